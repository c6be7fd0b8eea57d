#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install of the build that ctest runs in: everything is in its place and fits together.
# shellcheck source-path=SCRIPTDIR source=support.bash
. "$(dirname "${BASH_SOURCE[0]}")/support.bash"

prefix=$scratch/prefix
cmake --install "${HANDOVER_BINARY_DIR:?ctest sets it}" --prefix "$prefix" >"$scratch/words" 2>&1
check 'status' $? 0
[ $failures = 0 ] || cat "$scratch/words"

share=$prefix/share
desktop=$share/applications/handover.desktop
for file in "$desktop" "$share/metainfo/handover.metainfo.xml" "$share/mime/packages/handover.xml" \
    "$share/icons/hicolor/scalable/apps/handover.svg"; do
    check "${file#"$prefix/"} is there" "$([ -s "$file" ]; echo $?)" 0
done

check 'the program' "$("$prefix/bin/handover" --version)" "handover $HANDOVER_VERSION"
check 'the newest release' "$(grep -m 1 -o '<release version="[^"]*"' "$share/metainfo/handover.metainfo.xml")" \
    "<release version=\"$HANDOVER_VERSION\""
check 'the desktop file starts it' "$(sed -n 's/^Exec=\([^ ]*\).*/\1/p' "$desktop")" handover
check 'the icon' "$(sed -n 's/^Icon=//p' "$desktop")" handover
check 'nothing is left behind' "$(find "$prefix" -name '*.in' -o -name '*.a' -o -name '*.h')" ''

# The MIME types as a desktop would read them.
update-mime-database "$share/mime" >/dev/null 2>"$scratch/words"
check 'MIME types: status' $? 0
check 'MIME types: patterns' "$(cut -d: -f 2,3 "$share/mime/globs2" | grep -v '^#' | sort -u)" \
    $'text/x-erlang-appup:*.appup\ntext/x-erlang-appup:*.appup.src\ntext/x-erlang-release:*.rel\ntext/x-erlang-relup:relup'

finish
