# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the tests of the scripts: a scratch folder, programs that stand in for the system's
# own, and checks that count. shellcheck shell=bash
set -uo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/handover test.XXXXXX")
trap '[ $BASHPID != $$ ] || rm -rf -- "$scratch"' EXIT
failures=0
export LC_ALL=C.UTF-8

check() { # WHAT, GOT, WANTED
    [ "$2" != "$3" ] || return 0
    printf 'FAIL %s\n  got:    %q\n  wanted: %q\n' "$1" "$2" "$3"
    failures=$((failures + 1))
}

check_has() { # WHAT, TEXT, PART
    [[ $2 != *"$3"* ]] || return 0
    printf 'FAIL %s\n  %q\n  is not in: %q\n' "$1" "$3" "$2"
    failures=$((failures + 1))
}

stub() { # NAME: the program is standard input, run by bash with its calls in $calls
    { printf '#!%s\ncalls=%q\n' "$BASH" "$scratch/calls"; cat; } >"$scratch/bin/$1"
    chmod +x "$scratch/bin/$1"
}

calls() { cat "$scratch/calls" 2>/dev/null; }
forget_calls() { rm -f "$scratch/calls"; }

mkdir "$scratch/bin" "$scratch/tree" "$scratch/tree/installer" "$scratch/tree/tests"
PATH=$scratch/bin:$PATH

finish() {
    [ $failures = 0 ] || { echo "$failures failed"; exit 1; }
    echo "all passed"
}
