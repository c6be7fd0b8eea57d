// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QRandomGenerator>
#include <QStringList>

#include <utility>

/// Releases for tst_release, good and bad.
namespace handover::test {

struct ReleaseCase
{
    QByteArray name;
    QByteArray rel;                                      ///< the text of r.rel; no such file if empty
    QList<std::pair<QByteArray, QByteArray>> files = {}; ///< besides those of kernel, stdlib and sasl
    QStringList path = {QStringLiteral("lib/*/ebin")};
};

/// An .app; `keys` come first and so count more than the usual ones.
inline QByteArray app(const QByteArray &name, const QByteArray &vsn, const QByteArray &keys = {})
{
    return "{application," + name + ",[" + keys + (keys.isEmpty() ? "" : ",") + "{vsn,\"" + vsn +
           "\"},{description,\"\"},{modules,[]},{registered,[]},{applications,[kernel,stdlib]}]}.\n";
}

inline std::pair<QByteArray, QByteArray> inLib(const QByteArray &name, const QByteArray &vsn,
                                               const QByteArray &keys = {})
{
    return {"lib/" + name + '-' + vsn + "/ebin/" + name + ".app", app(name, vsn, keys)};
}

inline const QByteArray Otp = "{kernel,\"1\"},{stdlib,\"1\"},{sasl,\"1\"}";

/// A .rel with kernel, stdlib, sasl and the applications.
inline QByteArray rel(const QByteArray &applications = {})
{
    return "{release,{\"r\",\"2.0\"},{erts,\"15.2\"},[" + Otp + (applications.isEmpty() ? "" : ",") +
           applications + "]}.\n";
}

inline QList<ReleaseCase> relCases()
{
    const auto head = [](const QByteArray &name, const QByteArray &vsn, const QByteArray &erts) {
        return "{release,{" + name + ',' + vsn + "},{erts," + erts + "},[" + Otp + "]}.";
    };
    const auto list = [](const QByteArray &applications) {
        return "{release,{\"r\",\"1\"},{erts,\"1\"}," + applications + "}.";
    };
    QList<ReleaseCase> cases{
        {"smallest", rel()},
        {"no file", {}},
        {"empty file", "\n"},
        {"comment only", "%% nothing\n"},
        {"unclosed", "{release,\n{\"r\",\"1\"},\n\n{erts"},
        {"no full stop", "{release,{\"r\",\"1\"}}\n\n"},
        {"syntax error", "{release,\n{\"r\" \"1\" x},[]}."},
        {"bad term", "\n{release,{X,\"1\"},\n[]}."},
        {"two terms", "{release,1},\nb."},
        {"unfinished string", "{release,\"r}."},
        {"latin-1 inside", "{release,\"\xE9\"}."},
        {"latin-1 first", "\xE9.\n"},
        {"utf-16", QByteArray("\xFF\xFE{\0}\0.\0", 8)},
        {"byte order mark", "\xEF\xBB\xBF" + rel()},
        {"declared latin-1", "%% coding: latin-1\n" + head("\"\xE9\"", "\"1\"", "\"1\"")},
        {"garbage behind", rel() + "}}} \xFF"},
        {"atom", "release."},
        {"triple", "{release,{\"r\",\"1\"},{erts,\"1\"}}."},
        {"name alone", "{release,\"r\",{erts,\"1\"},[]}."},
        {"no list", list("x")},
        {"no erts", "{release,{\"r\",\"1\"},{ert,\"1\"},[]}."},
        {"string for list", list("\"ab\"")},
        {"improper list", list("[{kernel,\"1\"}|x]")},
        {"improper list with a bad one", list("[x,{kernel,\"1\"}|{a}]")},
        {"crash before the tail", list("[{kernel,1}|x]")},
        {"bad name before all", "{release,{[\"r\"],[\"1\"]},{erts,[\"1\"]},[x]}."},
        {"bad version before erts", "{release,{\"r\",[\"1\"]},{erts,[\"1\"]},[x]}."},
        {"bad erts before applications", "{release,{\"r\",\"1\"},{erts,[\"1\"]},[x]}."},
        {"bad applications before kernel", list("[{a,\"1\"},{b,<<\"1\">>},x,{c,\"1\",x}]")},
        {"no kernel", list("[{stdlib,\"1\"}]")},
        {"no stdlib", list("[{kernel,\"1\"}]")},
        {"kernel before stdlib", list("[{stdlib,\"1\",load},{kernel,\"1\",none}]")},
        {"stdlib loaded", list("[{kernel,\"1\"},{stdlib,\"1\",load}]")},
        {"stdlib missing, kernel loaded", list("[{kernel,\"1\",load}]")},
        {"kernel twice, second loaded", list("[{kernel,\"1\"},{stdlib,\"1\"},{kernel,\"1\",load}]")},
        {"mandatory before files", list("[{kernel,\"1\"},{nowhere,\"1\"}]")},
        {"without sasl", list("[{kernel,\"1\"},{stdlib,\"1\"}]")},
        {"empty strings", head("\"\"", "\"\"", "\"\"")},
        {"lists of numbers", head("[114]", "[49,46,48]", "[1040]")},
    };
    // Where a string must stand: what is refused, and what OTP crashes on.
    for (const char *value :
         {"a",          "1",         "1.5",       "{a}",       "<<\"1\">>",      "<<5:3>>",
          "#{}",        "[a]",       "[\"a\"]",   "[97|98]",   "[97|<<\"b\">>]", "[<<5:3>>]",
          "[97,\"b\"]", "[-1]",      "[1114112]", "[55296]",   "[1.5]",          "[65534]",
          "[0]",        "fun a:b/1", "[97|a]",    "[[97|98]]", "[55296,a]",      "[123456789012345678901]"}) {
        const QByteArray text(value);
        cases.append({"name " + text, head(text, "\"1\"", "\"1\"")});
        cases.append({"version " + text, head("\"r\"", text, "\"1\"")});
        cases.append({"erts " + text, head("\"r\"", "\"1\"", text)});
        cases.append({"application version " + text, rel("{a," + text + '}')});
    }
    for (const char *entry :
         {"a", "{a}", "{\"a\",\"1\"}", "{a,\"1\",permanent,[],x}", "{a,\"1\",foo}", "{a,\"1\",\"load\"}",
          "{a,\"1\",[b|c]}", "{a,\"1\",[b,1]}", "{a,\"1\",permanent,b}", "{a,\"1\",[],permanent}",
          "{a,\"1\",1,[]}", "{a,1,foo}", "{a,1,1}", "{a,1,[x|y]}", "{}", "[]", "{a,\"1\",foo,[]}"})
        cases.append({QByteArray("entry ") + entry, rel(entry)});
    for (const char *type : {"permanent", "transient", "temporary", "load", "none"})
        cases.append(
            {QByteArray("type ") + type, rel(QByteArray("{a,\"1\",") + type + "}"), {inLib("a", "1")}});
    return cases;
}

/// What a single .app can have; the release has the application a in version 1.
inline QList<ReleaseCase> appCases()
{
    QList<ReleaseCase> cases;
    const auto add = [&cases](const QByteArray &name, const QByteArray &text) {
        cases.append({"app " + name, rel("{a,\"1\"}"), {{"lib/a-1/ebin/a.app", text}}});
    };
    add("good", app("a", "1", "{modules,[m2,m1,'M 3']},{id,\"x\"},{mod,{a,[]}},{env,[{k,v}]},{maxT,1}"));
    add("no file", "% only a comment");
    add("syntax error", "{application,a,\n\n[{vsn}}.");
    add("bad term", "\n{application,a,[x|Y]}.");
    add("latin-1 first", "\xE9\n" + app("a", "1"));
    add("cut first character", "\xE9");
    add("scan error", "{application,a,\"");
    add("other form", "{app,a,[]}.");
    add("string name", "{application,\"a\",[]}.");
    add("no list", "{application,a,x}.");
    add("string list", "{application,a,\"ab\"}.");
    add("other name", app("b", "1"));
    add("other version", app("a", "1.0"));
    add("nothing", "{application,a,[]}.");
    add("improper", "{application,a,[{vsn,\"1\"}|x]}.");
    add("improper behind all",
        "{application,a,[{vsn,\"1\"},{id,\"\"},{description,\"\"},{modules,[]},{registered,[]},{applications,"
        "[]},"
        "{optional_applications,[]},{included_applications,[]},{mod,[]},{start_phases,[]},{env,[]},{maxT,1},"
        "{maxP,1}|x]}.");
    add("first key counts", app("a", "1", "{vsn,\"1\"},{vsn,\"2\"}"));
    add("first key of another size", app("a", "1", "{},vsn,{vsn,\"1\",x}"));
    for (const char *key : {"vsn", "description", "modules", "registered", "applications"}) {
        QByteArray text = app("a", "1");
        add(QByteArray("without ") + key, text.replace(QByteArray('{' + QByteArray(key) + ','), "{x,"));
    }
    for (const char *key : {"vsn", "id", "description"}) {
        for (const char *value : {"a", "1", "<<\"1\">>", "[\"1\"]", "[1|2]", "[]", "[1040]"})
            add(QByteArray(key) + ' ' + value, app("a", "1", QByteArray("{") + key + ',' + value + '}'));
    }
    for (const char *key :
         {"modules", "registered", "applications", "optional_applications", "included_applications"}) {
        for (const char *value : {"a", "[a|b]", "[a,1]", "\"ab\"", "{a}",
                                  "[kernel,stdlib,kernel,kernel,stdlib]", "[{m,\"1\"}]", "[[]]"})
            add(QByteArray(key) + ' ' + value, app("a", "1", QByteArray("{") + key + ',' + value + '}'));
    }
    for (const char *pair : {"{mod,[]}",
                             "{mod,a}",
                             "{mod,{\"a\",[]}}",
                             "{mod,{a}}",
                             "{mod,\"a\"}",
                             "{start_phases,undefined}",
                             "{start_phases,[]}",
                             "{start_phases,[{a,1}]}",
                             "{start_phases,[{a}]}",
                             "{start_phases,a}",
                             "{start_phases,[{a,1}|b]}",
                             "{env,undefined}",
                             "{env,[{a,1},{\"b\",2}]}",
                             "{env,[{a,1,2}]}",
                             "{env,\"a\"}",
                             "{maxT,0}",
                             "{maxT,-1}",
                             "{maxT,1.0}",
                             "{maxT,infinity}",
                             "{maxT,123456789012345678901}",
                             "{maxT,-123456789012345678901}",
                             "{maxP,0}",
                             "{maxP,infinity}",
                             "{maxP,a}",
                             "{unknown,1,2,3}"})
        add(pair, app("a", "1", pair));
    // Which of two mistakes comes first.
    add("bad id before missing description", "{application,a,[{vsn,\"1\"},{id,<<>>}]}.");
    add("duplicate modules before missing registered",
        "{application,a,[{vsn,\"1\"},{description,\"\"},{modules,[m,m]}]}.");
    add("bad maxP before other version", app("a", "2", "{maxP,0}"));
    add("crash before bad modules", app("a", "1", "{modules,x},{description,1}"));
    return cases;
}

} // namespace handover::test
