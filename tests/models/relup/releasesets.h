// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/models/relup/releasecases.h"

namespace handover::test {

/// Several applications, and what they are to each other.
inline QList<ReleaseCase> setCases()
{
    const QByteArray abc = "{a,\"1\"},{b,\"1\"},{c,\"1\"}";
    const auto apps = [](const QByteArray &a, const QByteArray &b = {}, const QByteArray &c = {}) {
        return QList{inLib("a", "1", a), inLib("b", "1", b), inLib("c", "1", c)};
    };
    return {
        {"order of the release", rel("{c,\"1\"},{a,\"1\"},{b,\"1\"}"), apps({})},
        {"all needed first", rel(abc), apps("{applications,[c,b,kernel]}", "{applications,[c]}")},
        {"undefined uses and includes", rel(abc),
         apps("{applications,[kernel,x,y]}", "{included_applications,[z,x]}", "{applications,[w,x]}")},
        {"optional may be missing", rel(abc),
         apps("{applications,[x,y,b]},{optional_applications,[x,y,z,b]}")},
        {"optional that is there comes first", rel(abc),
         apps("{applications,[c]},{optional_applications,[c]}")},
        {"optional alone is no use", rel(abc), apps("{optional_applications,[c]}")},
        {"optional include", rel(abc), apps("{included_applications,[x]},{optional_applications,[x]}")},
        {"process twice", rel(abc), apps("{registered,[p,q]}", "{registered,[q,r]}", "{registered,[p,q]}")},
        {"process before module", rel(abc),
         apps("{registered,[p]},{modules,[m]}", "{registered,[p]},{modules,[m]}")},
        {"undefined before process", rel(abc),
         apps("{registered,[p]}", "{registered,[p]},{applications,[x]}")},
        {"included twice", rel(abc), apps("{included_applications,[c]}", "{included_applications,[c]}")},
        {"included twice before circle", rel(abc),
         apps("{included_applications,[c]},{applications,[b]}",
              "{included_applications,[c]},{applications,[a]}")},
        {"module twice", rel(abc), apps("{modules,[m,b]}", "{modules,[b,a,m]}", "{modules,[a,c]}")},
        {"module before circle", rel(abc),
         apps("{modules,[m]},{applications,[b]}", "{modules,[m]},{applications,[a]}")},
        {"circle of two", rel(abc), apps("{applications,[b]}", "{applications,[a]}")},
        {"circle of three", rel(abc), apps("{applications,[b]}", "{applications,[c]}", "{applications,[a]}")},
        {"two circles", rel(abc + ",{d,\"1\"}"),
         apps("{applications,[b]}", "{applications,[a]}", "{applications,[d]}") +
             QList{inLib("d", "1", "{applications,[c]}")}},
        {"uses itself", rel(abc), apps("{applications,[a]}")},
        {"includes itself", rel(abc), apps("{included_applications,[a]}")},
        {"include each other", rel(abc), apps("{included_applications,[b]}", "{included_applications,[a]}")},
        {"included in a circle", rel(abc),
         apps("{included_applications,[b]}", "{included_applications,[a,c]}")},
        {"uses an included one", rel(abc), apps("{included_applications,[b]}", {}, "{applications,[b]}")},
        {"uses an included one and its top", rel("{c,\"1\"},{a,\"1\"},{b,\"1\"}"),
         apps("{included_applications,[b]}", {}, "{applications,[b,a]}")},
        {"included uses its top", rel("{b,\"1\"},{a,\"1\"},{c,\"1\"}"),
         apps("{included_applications,[b]}", "{applications,[a]}")},
        {"included uses its parent below the top", rel("{c,\"1\"},{b,\"1\"},{a,\"1\"}"),
         apps("{included_applications,[b]}", "{included_applications,[c]}", "{applications,[b]}")},
        {"the same from the top", rel(abc),
         apps("{included_applications,[b]}", "{included_applications,[c]}", "{applications,[b]}")},
        {"missing and circle", rel("{c,\"1\"},{b,\"1\"},{a,\"1\"},{d,\"1\"},{e,\"1\"}"),
         apps("{included_applications,[b]}", "{included_applications,[c]}", "{applications,[b]}") +
             QList{inLib("d", "1", "{applications,[e]}"), inLib("e", "1", "{applications,[d]}")}},
        {"siblings use each other", rel("{c,\"1\"},{b,\"1\"},{a,\"1\"}"),
         apps("{included_applications,[b,c]}", "{applications,[c]}")},
        {"top uses what it includes", rel(abc), apps("{included_applications,[b]},{applications,[b]}")},
        {"include list of the release", rel("{a,\"1\",[c]},{b,\"1\"},{c,\"1\"}"),
         apps("{included_applications,[b,c]}")},
        {"empty include list of the release", rel("{a,\"1\",[]},{b,\"1\"},{c,\"1\"}"),
         apps("{included_applications,[x]}")},
        {"include list with type", rel("{a,\"1\",load,[c,b]},{b,\"1\",none},{c,\"1\",temporary}"),
         apps("{included_applications,[b,c]}")},
        {"include list twice", rel("{a,\"1\",[c]},{a,\"1\",[b]},{b,\"1\"},{c,\"1\"}"),
         apps("{included_applications,[b,c]}")},
        {"include list names one twice", rel("{a,\"1\",[c,c]},{b,\"1\"},{c,\"1\"}"),
         apps("{included_applications,[b,c]}")},
        {"include list of strangers", rel("{a,\"1\",[b,x,c]},{b,\"1\",[y]},{c,\"1\"}"),
         apps("{included_applications,[c]}")},
        {"other version before strangers", rel("{a,\"2\",[x]}"), {inLib("a", "1")}},
        {"application twice", rel("{a,\"1\"},{b,\"1\"},{a,\"1\"}"), apps({})},
        {"application twice, in a circle", rel("{a,\"1\"},{b,\"1\"},{a,\"1\"}"),
         apps("{applications,[b]}", "{applications,[a]}")},
        {"application in two versions", rel("{a,\"1\"},{b,\"1\"},{a,\"2\"}"),
         apps({}, "{applications,[a]}") + QList{inLib("a", "2", "{applications,[b]}")}},
        {"application twice with a module", rel("{a,\"1\"},{a,\"1\"}"), apps("{modules,[m]}")},
        {"many problems",
         rel("{x,\"1\"},{a,\"2\"},{b,\"1\"},{c,\"1\"},{y,\"1\"}"),
         {inLib("a", "1"),
          {"lib/b-1/ebin/b.app", "{application,c,[]}."},
          {"lib/c-1/ebin/c.app", app("q", "1")},
          {"lib/y-1/ebin/y.app", "\n{y"}}},
        {"names in quotes",
         rel("{'Elixir.A',\"1\"},{'a b',\"1\"},{'\xD0\xB9',\"1\"}"),
         {{"lib/e/ebin/Elixir.A.app", app("'Elixir.A'", "1")},
          {"lib/s/ebin/a b.app", app("'a b'", "1")},
          {"lib/u/ebin/\xD0\xB9.app", app("'\xD0\xB9'", "1")}}},
        {"an empty name",
         rel("{'',\"1\"}"),
         {{"lib/e/ebin/.app", app("''", "1", "{included_applications,['']}")}}},
    };
}

/// Where files are looked for.
inline QList<ReleaseCase> pathCases()
{
    const QByteArray a = rel("{a,\"1\"}");
    const auto file = [](const char *directory, const QByteArray &text) {
        return std::pair<QByteArray, QByteArray>(QByteArray(directory) + "/a.app", text);
    };
    const QStringList xy{QStringLiteral("lib/*/ebin"), QStringLiteral("x"), QStringLiteral("y")};
    const auto path = [](std::initializer_list<const char *> parts) {
        QStringList list;
        for (const char *part : parts)
            list.append(QString::fromUtf8(part));
        return list;
    };
    return {
        {"first of the right version",
         a,
         {file("x", app("a", "1", "{modules,[x]}")), file("y", app("a", "1"))},
         xy},
        {"right version behind",
         a,
         {file("x", app("a", "2")), file("y", app("a", "1", "{modules,[y]}"))},
         xy},
        {"first wrong version", a, {file("x", app("a", "2")), file("y", app("a", "3"))}, xy},
        {"wrong version, then syntax error", a, {file("x", app("a", "2")), file("y", "{")}, xy},
        {"syntax error, then wrong version", a, {file("x", "\n{\n]"), file("y", app("a", "2"))}, xy},
        {"syntax error, then right", a, {file("x", "]."), file("y", app("a", "1"))}, xy},
        {"unreadable, then right", a, {file("x", "\""), file("y", app("a", "1"))}, xy},
        {"unreadable only", a, {file("x", "\""), file("y", "")}, xy},
        {"bad key ends the search",
         a,
         {file("x", app("a", "2", "{modules,x}")), file("y", app("a", "1"))},
         xy},
        {"crash ends all", a, {file("x", "\xE9."), file("y", app("a", "1"))}, xy},
        {"other name of the right version", a, {file("x", app("b", "1")), file("y", app("a", "1"))}, xy},
        {"no path", a, {}, {}},
        {"path of one", a, {file("x", app("a", "1"))}, path({"x", "lib/kernel-1/ebin"})},
        {"slashes and dots", a, {file("x/z", app("a", "2"))}, path({"lib//*/./ebin/", "./x/./z/"})},
        {"here", a, {file(".", app("a", "1"))}, path({".", "lib/*/ebin"})},
        {"here in another version", a, {file(".", app("a", "2"))}, path({".", "lib/*/ebin"})},
        {"up and down", a, {file("x", app("a", "1"))}, path({"lib/../x", "lib/*/../*/ebin"})},
        {"directory of that name", a, {file("x/a.app", "1"), file("y", app("a", "1"))}, xy},
        {"expression", a, {file("x1-1", app("a", "1"))}, path({"lib/*/ebin", "x[0-9]-*"})},
        {"rel in the path", {}, {{"x/r.rel", rel()}, {"y/r.rel", "x."}}, xy},
        {"rel here first", rel(), {{"x/r.rel", "x."}}, xy},
        {"bad rel here first", "x", {{"x/r.rel", rel()}}, xy},
        {"bad rel in the path", {}, {{"x/r.rel", "\n]"}, {"y/r.rel", rel()}}, xy},
        {"directory r.rel ends the search", {}, {{"x/r.rel/x", ""}, {"y/r.rel", rel()}}, xy},
    };
}

/// Releases of a to h with random uses, includes and order, most of them good.
inline QList<ReleaseCase> randomCases(int count)
{
    QList<ReleaseCase> cases;
    QRandomGenerator random(20240611);
    const QByteArrayList names{"a", "b", "c", "d", "e", "f", "g", "h"};
    const auto chance = [&](int percent) { return random.bounded(100) < percent; };
    for (int i = 0; i < count; ++i) {
        QByteArrayList order = names;
        std::shuffle(order.begin(), order.end(), random);
        const int useChance = 5 + random.bounded(30);
        QByteArrayList unincluded = names;
        QByteArrayList entries;
        ReleaseCase made{"random " + QByteArray::number(i), {}};
        for (const QByteArray &name : names) {
            QByteArrayList uses{"kernel"};
            QByteArrayList optional;
            QByteArrayList includes;
            for (const QByteArray &other : names) {
                // A use of what comes later in the alphabet makes no circle by itself.
                if (chance(useChance) && (other > name || chance(10)))
                    uses.insert(random.bounded(int(uses.size()) + 1), other);
                if (chance(12) && other > name && unincluded.removeOne(other))
                    includes.insert(random.bounded(int(includes.size()) + 1), other);
            }
            if (chance(20))
                uses.append("missing");
            if (uses.contains("missing") && chance(97))
                optional.append("missing");
            made.files.append(inLib(name, "1",
                                    "{applications,[" + uses.join(',') + "]},{optional_applications,[" +
                                        optional.join(',') + "]},{included_applications,[" +
                                        includes.join(',') + "]}"));
            const bool overridden = !includes.isEmpty() && chance(20);
            if (overridden && chance(50))
                includes.removeLast();
            entries.append('{' + name + ",\"1\"" +
                           (overridden ? QByteArray(",[" + includes.join(',') + ']') : QByteArray()) + '}');
        }
        std::shuffle(entries.begin(), entries.end(), random);
        made.rel = rel(entries.join(','));
        cases.append(made);
    }
    return cases;
}

} // namespace handover::test
