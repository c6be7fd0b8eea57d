// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/pairgenerator.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

const QStringList &allForms()
{
    static const QStringList forms{u"update/2"_s,
                                   u"update/3 supervisor"_s,
                                   u"update/3 soft"_s,
                                   u"update/3 advanced"_s,
                                   u"update/3 modules"_s,
                                   u"update/4 soft"_s,
                                   u"update/4 advanced"_s,
                                   u"update/6"_s,
                                   u"update/7"_s,
                                   u"update/8 static"_s,
                                   u"update/8 dynamic"_s,
                                   u"load_module/2"_s,
                                   u"load_module/3"_s,
                                   u"load_module/5"_s,
                                   u"add_module/2"_s,
                                   u"add_module/3"_s,
                                   u"delete_module/2"_s,
                                   u"delete_module/3"_s,
                                   u"add_application/2"_s,
                                   u"add_application/3 permanent"_s,
                                   u"add_application/3 transient"_s,
                                   u"add_application/3 temporary"_s,
                                   u"add_application/3 load"_s,
                                   u"add_application/3 none"_s,
                                   u"remove_application"_s,
                                   u"restart_application"_s,
                                   u"load_object_code"_s,
                                   u"load"_s,
                                   u"remove"_s,
                                   u"purge"_s,
                                   u"suspend"_s,
                                   u"suspend with timeout"_s,
                                   u"resume"_s,
                                   u"code_change/2"_s,
                                   u"code_change/3 up"_s,
                                   u"code_change/3 down"_s,
                                   u"stop"_s,
                                   u"start"_s,
                                   u"sync_nodes nodes"_s,
                                   u"sync_nodes call"_s,
                                   u"apply"_s,
                                   u"point_of_no_return"_s,
                                   u"restart_emulator"_s,
                                   u"restart_new_emulator"_s,
                                   u"restart"_s,
                                   u"reboot"_s,
                                   u"list within a script"_s,
                                   u"[] within a script"_s};
    return forms;
}

const QStringList &allFeatures()
{
    static const QStringList features{
        // systems
        u"several bases"_s, u"base twice"_s, u"no way down"_s, u"many applications"_s, u"description"_s,
        u"option restart_emulator"_s, u"second path"_s, u"other erts"_s, u"other kernel, stdlib or sasl"_s,
        u"sasl before R15"_s, u"the applications of the Erlang that runs"_s, u"included application"_s,
        u"include in an include"_s, u"optional application"_s, u"releases found by the path"_s,
        u"path without wildcards"_s, u"application in the current directory"_s,
        u"version in several directories"_s, u"version in several directories that differ"_s,
        u"wrong version first in the path"_s, u"broken .app first in the path"_s,
        u"directory named .app first in the path"_s,
        // appups
        u"appup of another version"_s, u"rules that come too late"_s, u"dependencies: chain"_s,
        u"dependencies: star"_s, u"dependencies: random"_s, u"dependencies: rings"_s,
        u"dependency across applications"_s, u"regex: escaped"_s, u"regex: anchored"_s,
        u"regex: longer alternative"_s, u"regex: case"_s, u"regex: group"_s, u"regex: quoted"_s,
        u"regex: extended"_s, u"regex: optional rest"_s, u"regex: lookahead"_s,
        u"regex: dots that aren't escaped"_s, u"regex: classes"_s, u"regex: named group"_s,
        u"regex: atomic"_s, u"regex: other alternatives first"_s, u"regex: \\A"_s, u"regex: .*"_s,
        u"regex: .+"_s, u"regex: negated class"_s, u"regex: count"_s, u"regex: lazy"_s,
        u"regex: possessive"_s, u"regex: words"_s, u"decoy: empty regex"_s, u"decoy: lazy"_s,
        u"decoy: longer"_s, u"decoy: more before"_s, u"decoy: atom"_s, u"decoy: tuple"_s, u"decoy: number"_s,
        u"decoy: no pair"_s, u"decoy: script that is no list"_s, u"decoy: list with more"_s,
        u"decoy: prefix"_s, u"decoy: shorter alternative first"_s, u"decoy: tail"_s,
        // texts
        u"file in Latin-1"_s, u"more after the term"_s, u"layout: parentheses"_s, u"layout: [H|T]"_s,
        u"layout: atom of Latin-1 letters"_s, u"layout: numbers"_s, u"layout: list of characters"_s,
        u"layout: adjacent strings"_s, u"layout: triple-quoted string"_s, u"layout: string sigil"_s,
        u"layout: verbatim sigil"_s, u"layout: binary sigil"_s, u"layout: sized segment"_s,
        u"layout: comments"_s, u"layout: odd white space"_s};
    return features;
}

} // namespace handover::pairs
