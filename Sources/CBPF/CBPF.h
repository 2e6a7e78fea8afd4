// The parts of libbpf and of the kernel's interface that apus uses.
#pragma once
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
