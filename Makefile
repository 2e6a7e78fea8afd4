# What a developer does with apus, one target each. `make` lists them.

SHELL := bash
PREFIX ?= /usr/local
KERNEL ?= 6.12
APUS := $(CURDIR)/.build/release/apus
MAN ?= $(CURDIR)/.build/man
RESULTS ?= .build/benchmark
PROJECT_SWIFT := $(wildcard Package.swift Sources Tests)

# Release builds carry the Swift runtime, so that the executable runs on a machine without Swift.
BUILD := swift build --configuration release --static-swift-stdlib

.PHONY: help build test demo bench memcheck soak man install guest order format lint dependencies-%

help: ## list these targets
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

build: dependencies-build ## build the release executable, .build/release/apus
	@echo "==> building the release executable"
	$(BUILD) --product apus

test: dependencies-build dependencies-guest dependencies-monitoring build ## build and run all tests, those for kprobes in guests
	@echo "==> building and running the tests"
	APUS=$(APUS) swift test

demo: dependencies-build build ## watch the TCP functions that a process named smbd uses
	@APUS=$(APUS) Tests/Demo/demo

bench: dependencies-build dependencies-guest dependencies-bench build ## measure against bpftrace: PARTS, or all; tables and plots go to RESULTS
	@APUS=$(APUS) Tests/Benchmark/benchmark --results $(RESULTS) $(PARTS)

memcheck: dependencies-memory build ## look for errors with memory: scripts under valgrind, and the tests with AddressSanitizer
	@APUS=$(APUS) Tests/Memory/memcheck
	ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=address --scratch-path .build/asan --skip EndToEndTests

soak: build ## run ten minutes under full load and see whether memory grows
	@APUS=$(APUS) Tests/Memory/soak

man: ## write the man pages of apus and of its tools into MAN, which is .build/man unless given
	@test -x $(APUS) || { echo "apus: there is nothing to make man pages of; run 'make build' first" >&2; exit 1; }
	@set -e -o pipefail; for name in apus $$($(APUS) tools | cut -d ' ' -f 1); do \
		page=$$name; [[ $$name == apus ]] || page=apus-$$name; \
		$(APUS) tools --man $$name | install -D -m 644 /dev/stdin "$(MAN)/man8/$$page.8"; \
	done

install: ## install what `make build` built, and man pages, into $(DESTDIR)$(PREFIX)
	@# Builds nothing, so that root need not have Swift.
	@test -x $(APUS) || { echo "apus: there is nothing to install; run 'make build' first" >&2; exit 1; }
	install -D -s -m 755 $(APUS) $(DESTDIR)$(PREFIX)/bin/apus
	@$(MAKE) --no-print-directory man MAN=$(DESTDIR)$(PREFIX)/share/man

guest: dependencies-guest ## boot KERNEL (6.1 or 6.12) for a shell, or for COMMAND='...'
	@Tests/Guest/guest $(KERNEL) $(if $(COMMAND),-- sh -c '$(subst ','\'',$(COMMAND))')

order: dependencies-build build ## find out anew which functions run at the start, which the linker puts side by side
	@command -v valgrind >/dev/null || { echo "apus: this needs valgrind" >&2; exit 1; }
	@APUS=$(APUS) Sources/CLLVM/link/order

format: ## format the Swift code in place
	swift format --in-place --recursive $(PROJECT_SWIFT)

lint: ## check the Swift code's format and the shell scripts
	swift format lint --strict --recursive $(PROJECT_SWIFT)
	@if type -P shellcheck >/dev/null; then git grep -lE '^#!.*bash' | xargs shellcheck; \
	else echo "shellcheck is not installed, so the shell scripts are not checked"; fi

dependencies-%:
	@.ci/install-dependencies $*
