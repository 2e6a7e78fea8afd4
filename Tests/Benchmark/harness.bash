# What the parts of the benchmark share. A part begins with
#
#   # shellcheck source=../harness.bash
#   . "$(dirname "${BASH_SOURCE[0]}")/../harness.bash"
#
# and finds APUS and PEER, the executables that are compared, WORK, a directory of its own that is removed afterwards, and RUNS, how
# often what is short is run. It prints rows on standard output and nothing else there.
# shellcheck shell=bash disable=SC2034 # what is left in variables is for the parts
set -euo pipefail

benchmark_directory=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# What is measured is compiled each time, except where a part says APUS_CACHE=on, with an XDG_CACHE_HOME of its own.
export APUS_CACHE=off

# Ends with a sentence on standard error.
fail() {
    printf 'apus: %s\n' "$*" >&2
    exit 1
}

# Tells what is being measured now.
progress() { printf '  ... %s\n' "$*" >&2; }

# Prints a row: row WHAT UNIT OURS THEIRS [C [BUDGET [SERIES X]]]
#
# OURS, THEIRS and C, of the same program written in C, are samples separated by spaces, or '-' where nothing was measured; the
# report takes medians. BUDGET is described in README.md. SERIES and X make the row a point of the line SERIES in the part's plot.
row() {
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' \
        "$1" "$2" "${3:--}" "${4:--}" "${5:--}" "${6:--}" "${7:--}" "${8:--}" | tee -a "$WORK/rows"
}

# Prints a row with the geometric mean of the ratios of ours to theirs in all rows so far: mean_row WHAT BUDGET
#
# Less than a tenth of a unit counts as that much, since nothing smaller can be told apart.
mean_row() {
    row "$1" '' "$("$benchmark_directory/summarize" <"$WORK/rows" | awk -F '\t' '
        $3 != "-" && $5 > 0 { sum += log(($3 < 0.1 ? 0.1 : $3) / $5); count++ }
        END { if (count) printf "%.3f", exp(sum / count); else print "-" }')" - - "$2"
}

# Runs commands by turns, COUNT times each: by_turns COUNT COMMAND...
#
# The samples of the first command are left in milliseconds[0] and so on; '-' for a command that failed or took longer than a
# minute when it was run a first time, which does not count. A command is one string with a shell's quotes.
by_turns() {
    local lines
    lines=$("$benchmark_directory/by-turns" "$@")
    mapfile -t milliseconds < <(cut -f 1 <<<"$lines")
}

# Does as `by_turns`, but leaves the peaks of the commands' memory, in mebibytes[0] and so on.
peaks_by_turns() {
    local lines
    lines=$("$benchmark_directory/by-turns" --memory "$@")
    mapfile -t mebibytes < <(cut -f 2 <<<"$lines")
}

# Runs commands once each, in this order, in a guest: in_guest KERNEL SECONDS COMMAND...
#
# Times and peaks are left in milliseconds and mebibytes; '-' for what failed. Both tracers were started once before, so that what is
# measured is their work and not the reading of their files. What takes longer than SECONDS in all ends everything.
in_guest() {
    local kernel=$1 seconds=$2 script='kprobe:tcp_close { @ = count(); } interval:ms:1 { exit(); }' lines
    shift 2
    lines=$("$benchmark_directory/../Guest/guest" "$kernel" --timeout "$seconds" -- \
        XDG_CACHE_HOME=/root APUS_CACHE="$APUS_CACHE" "$benchmark_directory/by-turns" --first --memory 1 \
        "$APUS -e '$script'" "$PEER -e '$script'" "$@" | tail -n +3)
    mapfile -t milliseconds < <(cut -f 1 <<<"$lines")
    mapfile -t mebibytes < <(cut -f 2 <<<"$lines")
}

# Ends tracers as Ctrl-C does: end_tracers PID...
#
# One that has only just begun may not hear it, hence it is told every two seconds; after ten times it is killed.
end_tracers() {
    local pid turn
    kill -INT "$@" 2>/dev/null || true
    for pid in "$@"; do
        for ((turn = 1; turn <= 200; turn++)); do
            [[ -e /proc/$pid/stat && $(cat "/proc/$pid/stat" 2>/dev/null) != *') Z '* ]] || break
            ((turn % 20)) || kill -INT "$pid" 2>/dev/null || true
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}

# Prints the median of samples, nothing if there is none.
median() { tr -s ' ' '\n' <<<"$1" | { grep -vx -e - || true; } | datamash median 1; }
