#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# installer/run, installer/build and tests/run: what they call, with which arguments, and that they
# stop where something fails. cmake, ninja, ctest and the program itself are stand-ins.
# shellcheck source-path=SCRIPTDIR source=support.bash
. "$(dirname "${BASH_SOURCE[0]}")/support.bash"

tree=$scratch/tree
cp "$top/installer/run" "$top/installer/build" "$tree/installer/"
cp "$top/tests/run" "$tree/tests/"
printf '#!/bin/sh\nexec "$@"\n' >"$tree/installer/devroot"
chmod +x "$tree/installer/devroot"

stub cmake <<'END'
echo "cmake ${CXXFLAGS-}${CC-}${CMAKE_GENERATOR-}${*:3}" >>"$calls"
[ -z "${CONFIGURE_FAILS:-}" ] || exit 1
mkdir -p "$2/build/$4"
printf 'CMAKE_HOME_DIRECTORY:INTERNAL=%s\n' "$2" >"$2/build/$4/CMakeCache.txt"
touch "$2/build/$4/build.ninja"
END
stub ninja <<'END'
echo "ninja $(basename "$2")${*:3}" >>"$calls"
printf '[0/2] Re-checking globbed directories...\n[1/9] Building x\nmain.cpp:1:2: error: the words of the compiler\n'
[ -z "${NINJA_FAILS:-}" ] || exit 1
mkdir -p "$2/bin"
printf '#!/bin/sh\nprintf "<%%s>" "$@"; cat\nexit ${PROGRAM_STATUS:-0}\n' >"$2/bin/handover"
chmod +x "$2/bin/handover"
END
stub ctest <<'END'
printf 'ctest in %s:' "$(basename "$PWD")" >>"$calls"; printf ' <%s>' "$@" >>"$calls"; echo >>"$calls"
exit "${CTEST_STATUS:-0}"
END

run() { "$tree/installer/run" "$@" 2>"$scratch/words" </dev/null; }

# From nothing: configure, build, run; afterwards build and run.
check 'first: output is the program'"'"'s alone' "$(CXXFLAGS=-bad CC=bad CMAKE_GENERATOR=bad run versions -C 'a b')" '<versions><-C><a b>'
check 'first: calls, without the flags of the shell' "$(calls)" $'cmake --preset release --log-level=NOTICE\nninja releasehandover'
check 'first: the compiler is heard, ninja is not' "$(cat "$scratch/words")" $'building: 9 steps\nmain.cpp:1:2: error: the words of the compiler'
forget_calls
# shellcheck disable=SC2016  # to go through as it is
check 'second: odd arguments' "$(run $'n\nl' '' '$(x)' --help)" $'<n\nl><><$(x)><--help>'
check 'second: calls' "$(calls)" 'ninja releasehandover'
check 'input goes to the program' "$(printf in | "$tree/installer/run" x 2>/dev/null)" '<x>in'
PROGRAM_STATUS=3 run x >/dev/null
check 'status' $? 3

# A failed build stops with the compiler's words and does not start the old program.
check 'a failed build' "$(NINJA_FAILS=1 run x; echo $?)" 1
check_has 'a failed build: words' "$(cat "$scratch/words")" 'the words of the compiler'
rm "$tree/build/release/build.ninja"
forget_calls
check 'a failed configuration' "$(CONFIGURE_FAILS=1 run x; echo $?)" 1
check 'a failed configuration is not built' "$(calls)" 'cmake --preset release --log-level=NOTICE'
check 'it is tried again' "$(run x)" '<x>'

# A tree copied with its build must not go on building the one it was copied from.
cp -r "$tree" "$scratch/copied tree"
forget_calls
"$scratch/copied tree/installer/run" x >/dev/null 2>&1 </dev/null
check 'a copied tree' "$(calls | head -n 1)" 'cmake --preset release --log-level=NOTICE'

# Two at once: the second waits for the first.
forget_calls
( exec 8>"$tree/build/release/.lock"; flock 8; touch "$scratch/held"; sleep 0.7; echo first >>"$scratch/calls" ) &
until [ -e "$scratch/held" ]; do sleep 0.02; done
run x >/dev/null
wait
check 'two at once' "$(calls)" $'first\nninja releasehandover'
check_has 'two at once: words' "$(cat "$scratch/words")" 'another build'

# Without arguments: in a window where a display answers.
unset DISPLAY WAYLAND_DISPLAY
check 'no display' "$(run)" '<demo><--headless>'
check 'no display: nothing to say' "$(grep -c display "$scratch/words")" 0
for dead in "DISPLAY=:98765" "DISPLAY=unix:98765.0" "DISPLAY=localhost:59000.0" "WAYLAND_DISPLAY=$scratch/none"; do
    check "$dead is dead" "$(env "$dead" "$tree/installer/run" 2>"$scratch/words" </dev/null)" '<demo><--headless>'
    check_has "$dead is dead: words" "$(cat "$scratch/words")" "the display ${dead#*=} does not answer"
done
listen() { # PATH: until the pipe to its input is closed
    perl -MSocket -e '
        socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un($ARGV[0])) or die $!; listen($s, 5);
        open(my $up, ">", $ARGV[1]); close($up); <STDIN>' "$1" "$scratch/up"
}
mkfifo "$scratch/hold"
listen "$scratch/wayland-7" <"$scratch/hold" &
exec {hold}>"$scratch/hold"
until [ -e "$scratch/up" ]; do sleep 0.02; done
check 'Wayland answers' "$(XDG_RUNTIME_DIR=$scratch WAYLAND_DISPLAY=wayland-7 run)" '<demo>'
check 'Wayland by its path' "$(WAYLAND_DISPLAY=$scratch/wayland-7 DISPLAY=:98765 run)" '<demo>'
exec {hold}>&-
wait
check 'a socket that nobody listens at' "$(WAYLAND_DISPLAY=$scratch/wayland-7 run)" '<demo><--headless>'
check 'arguments are left alone' "$(DISPLAY=:98765 run .)" '<.>'

# tests/run builds everything and hands its arguments to ctest.
forget_calls
( cd / && "$tree/tests/run" -R 'a b' >/dev/null 2>&1 </dev/null )
check 'tests/run' "$(calls)" $'ninja release\nctest in tree: <--preset> <release> <-R> <a b>'
forget_calls
HANDOVER_PRESET=asan CTEST_STATUS=8 "$tree/tests/run" >/dev/null 2>&1 </dev/null
check 'tests/run: status' $? 8
check 'tests/run: another preset' "$(calls)" $'cmake --preset asan --log-level=NOTICE\nninja asan\nctest in tree: <--preset> <asan>'
forget_calls
NINJA_FAILS=1 "$tree/tests/run" >/dev/null 2>&1 </dev/null
check 'tests/run: a failed build' "$?:$(calls)" '1:ninja release'

finish
