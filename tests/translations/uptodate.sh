#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# uptodate.sh LUPDATE TOP: translations/*.ts hold what the sources say, and nothing is unfinished.
set -euo pipefail
lupdate=$1 top=$2
copy=$(mktemp --suffix=.ts)
trap 'rm -f "$copy"' EXIT
cd "$top"
cp translations/handover_en.ts "$copy"
mapfile -t sources < <(find ui app -name '*.cpp' -o -name '*.h' | sort)
"$lupdate" -silent -I . -pluralonly -locations none -no-obsolete "${sources[@]}" -ts "$copy"
diff -u translations/handover_en.ts "$copy"
! grep -n unfinished translations/handover_en.ts
