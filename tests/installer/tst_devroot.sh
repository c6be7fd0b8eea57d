#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# installer/devroot on a system that is new enough itself, which is where ctest runs it: what is
# installed is dpkg-query's word, here a stand-in's. Exit status 77: this system is too old.
# shellcheck source-path=SCRIPTDIR source=support.bash
. "$(dirname "${BASH_SOURCE[0]}")/support.bash"

[ "$("$top/installer/devroot" --where)" = / ] || { echo "only a system that needs no private root"; exit 77; }
devroot=$scratch/tree/installer/devroot
cp "$top/installer/devroot" "$devroot"

stub dpkg-query <<'END'
printf 'dpkg-query' >>"$calls"; printf ' %s' "${@:3}" >>"$calls"; echo >>"$calls"
for package in "${@:3}"; do
    grep -qxF -- "$package" "$INSTALLED" && echo "installed $package" || echo "not-installed $package"
done
exit 1
END
stub apt-get <<'END'
echo "apt-get $*" >>"$calls"
[ "$1" = install ] || exit 0
[ -z "${APT_FAILS:-}" ] || { echo 'E: the words of apt'; exit 100; }
END
stub id <<'END'
[ "$*" = -u ] && echo "$FAKE_UID" || exec /usr/bin/id "$@"
END
stub sudo <<'END'
echo "sudo $1" >>"$calls"
exec "$@"
END
stub systemctl <<'END'
echo "systemctl $*" >>"$calls"
END
export INSTALLED=$scratch/installed FAKE_UID=0

packages() { # LIST, INSTALLED…
    printf '%s' "$1" >"$scratch/tree/installer/packages"
    shift
    printf '%s\n' "$@" >"$INSTALLED"
    forget_calls
}

on_terminal() { # ANSWER, COMMAND…: the terminal's words; COMMAND's status is in $status
    printf '%q ' "${@:2}" >"$scratch/command"
    printf '%s' "$1" | script -qec "bash '$scratch/command'" /dev/null
    status=$?
}

# The list: several a line, comments, blank lines, tabs, no newline at the end.
packages $'# one\n\n  a1  b-2\tc++ # d\n#e\nlib.f' a1 b-2 c++ lib.f
"$devroot" true
check 'the list' "$(calls)" 'dpkg-query a1 b-2 c++ lib.f'

# What goes through: arguments, input, output, status, folder, process id.
# shellcheck disable=SC2016,SC1003  # to go through as they are
odd=('a b' '"q"' "'s'" $'n\nl' '' '$(exit 9)' '*' '\' -n -- 'ü')
check 'arguments' "$("$devroot" printf '<%s>' "${odd[@]}")" "$(printf '<%s>' "${odd[@]}")"
check 'input and output' "$(printf 'in\n\n' | "$devroot" cat; echo .)" $'in\n\n.'
for wanted in 0 1 2 42 125 255; do
    "$devroot" sh -c "exit $wanted"
    check "status $wanted" $? "$wanted"
done
"$devroot" "$scratch/nowhere" 2>/dev/null
check 'not there' $? 127
"$devroot" '' 2>/dev/null
check 'an empty name' $? 127
"$devroot" --not-ours 2>/dev/null
check 'a name with a dash' $? 127
"$devroot" "$scratch" 2>/dev/null
check 'not a program' $? 126
bash -c '"$0" sh -c "kill -SEGV \$\$"; exit $?' "$devroot" 2>/dev/null
check 'a crash' $? 139
mkdir "$scratch/the folder"
check 'folder' "$(cd "$scratch/the folder" && "$devroot" pwd)" "$scratch/the folder"
"$devroot" sh -c 'echo $$' >"$scratch/id" &
wait
check 'process id' "$(cat "$scratch/id")" $!
# shellcheck disable=SC2016  # for sh
"$devroot" sh -c 'echo up >"$0"; exec sleep 60' "$scratch/up" &
until [ -s "$scratch/up" ]; do sleep 0.02; done
kill -TERM $!
wait $! 2>/dev/null
check 'TERM' $? 143
check 'without a command' "$("$devroot" 2>/dev/null; echo $?)" 125
check '--where' "$("$devroot" --where)" /
check '--enter is refused' "$("$devroot" --enter 0 / 10 true 2>&1; echo $?)" $'devroot: --enter is devroot\'s own\n125'

# Something is missing: root installs it at once.
packages 'a1 b2 c3' b2
check 'root: output is the command'"'"'s alone' "$("$devroot" echo ran 2>"$scratch/words")" ran
check 'root: calls' "$(calls)" $'dpkg-query a1 b2 c3\napt-get update -qq\napt-get install -y --no-install-recommends a1 c3'
check_has 'root: words' "$(cat "$scratch/words")" 'installing a1 c3'
check 'apt-get fails' "$(APT_FAILS=1 "$devroot" echo ran 2>&1 | tail -n 2)" \
    $'E: the words of apt\ndevroot: apt-get could not install them (its words are above)'
APT_FAILS=1 "$devroot" true 2>/dev/null
check 'apt-get fails: status' $? 125

# Others are asked first; without a terminal they are told.
export FAKE_UID=1000
forget_calls
words=$(setsid -w "$devroot" echo ran 2>&1 </dev/null)
check 'no terminal: status' $? 125
check 'no terminal: words' "$words" \
    'devroot: these packages are missing; run: sudo apt-get install --no-install-recommends a1 c3'
check 'no terminal: nothing is run' "$(calls)" 'dpkg-query a1 b2 c3'
for answer in $'n\n' $'\n' $'no\n' $'\x04'; do
    forget_calls
    words=$(on_terminal "$answer" "$devroot" echo ran; exit $status)
    check "answer ${answer@Q}: status" $? 125
    check "answer ${answer@Q}: nothing is run" "$(calls)" 'dpkg-query a1 b2 c3'
    check_has "answer ${answer@Q}: words" "$words" 'not installed; to do it yourself: sudo apt-get install'
done
forget_calls
words=$(on_terminal $'y\n' "$devroot" echo ran; exit $status)
check 'yes: status' $? 0
check_has 'yes: the question' "$words" $'Handover needs these packages:\r\n  a1 c3\r\nInstall them with sudo apt-get? [y/N]'
check_has 'yes: the command runs' "$words" $'ran\r'
check 'yes: calls' "$(calls)" $'dpkg-query a1 b2 c3\nsudo sh\napt-get update -qq\napt-get install -y --no-install-recommends a1 c3'

# An SSH server that is installed for the sample must not start to serve the machine.
packages 'a1 openssh-server'
FAKE_UID=0 "$devroot" true 2>/dev/null
guarded=$'dpkg-query a1 openssh-server\nsystemctl mask --runtime ssh.service ssh.socket\napt-get update -qq
apt-get install -y --no-install-recommends a1 openssh-server
systemctl unmask --runtime ssh.service ssh.socket\nsystemctl disable ssh.service ssh.socket'
check 'the SSH service stays off' "$(calls)" "$guarded"
forget_calls
FAKE_UID=0 APT_FAILS=1 "$devroot" true >/dev/null 2>&1
check 'also when apt-get fails' "$(calls)" "$guarded"
packages 'a1 openssh-server' openssh-server
FAKE_UID=0 "$devroot" true 2>/dev/null
check 'a service that was there is left alone' "$(calls | grep -c systemctl)" 0

# The list itself: Debian's names, each once, and this system has them.
PATH=${PATH#*:}
mapfile -t names < <(sed 's/#.*//' "$top/installer/packages" | tr -s ' \t' '\n' | sed '/^$/d')
check 'each once' "$(printf '%s\n' "${names[@]}" | sort | uniq -d)" ''
check 'names' "$(printf '%s\n' "${names[@]}" | grep -vE '^[a-z0-9][a-z0-9+.-]+$')" ''
check 'all are installed' "$(dpkg-query -W -f='${db:Status-Status}\n' "${names[@]}" 2>&1 | sort -u)" installed

finish
