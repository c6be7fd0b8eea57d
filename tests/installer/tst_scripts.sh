#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every script parses, can be started, and is clean under shellcheck where that is installed.
# shellcheck source-path=SCRIPTDIR source=support.bash
. "$(dirname "${BASH_SOURCE[0]}")/support.bash"

cd "$top" || exit 1
scripts=(installer/devroot installer/build installer/run tests/run tests/*/run .ci/run tests/installer/*.sh)
for script in "${scripts[@]}"; do
    check "$script parses" "$(bash -n "$script" 2>&1)" ''
    check "$script can be started" "$([ -x "$script" ]; echo $?)" 0
done
! command -v shellcheck >/dev/null ||
    check 'shellcheck' "$(shellcheck -x "${scripts[@]}" 2>&1)" ''

finish
