// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/completionitems.h"

#include "models/appup/instructionhelp.h"
#include "models/erlang/term.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;
using Kind = Completion::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCompletion)
};

QList<Completion> words(const QByteArrayList &names)
{
    QList<Completion> items;
    for (const QByteArray &name : names) {
        const InstructionHelp *help = helpOn(name);
        items.append({Kind::Word, name, name, name, help ? help->does : QString()});
    }
    return items;
}

QList<Completion> atoms(const QByteArrayList &names, Kind kind, const QString &about)
{
    QList<Completion> items;
    for (const QByteArray &name : names) {
        const QByteArray written = Term::atom(name).print();
        items.append({kind, name, written, written, about});
    }
    return items;
}

QString escaped(const QString &version)
{
    QString pattern;
    for (const QChar c : version) {
        if (uR"(\^$.|?*+()[]{})"_s.contains(c))
            pattern += u'\\';
        pattern += c;
    }
    return pattern;
}

Completion versionItem(const QByteArray &key, Kind kind, Kind keyKind, const QString &about)
{
    if (kind != Kind::Rule)
        return {keyKind, key, key, key, about};
    const QByteArray rule = "{" + key + ", []}";
    return {kind, rule, rule, rule, about};
}

QByteArray asPattern(const QString &pattern) { return "<<" + Term::string(pattern).print() + ">>"; }

} // namespace

QList<Completion> instructionItems(bool tuplesOnly)
{
    QList<Completion> items;
    for (const InstructionHelp &help : instructionHelp()) {
        for (const QByteArray &form : help.forms) {
            if (form.startsWith('{') || !tuplesOnly)
                items.append({Kind::Instruction, help.name, form, insertable(form), help.does + u"\n\n"_s + help.use});
        }
    }
    return items;
}

QList<Completion> versionItems(const CompletionContext &context, Kind kind)
{
    QList<Completion> items;
    QStringList series; // "1.4" of 1.4.0
    for (const QString &version : context.versions) {
        if (version.isEmpty())
            continue;
        items.append(versionItem(Term::string(version).print(), kind, Kind::Version,
                                 Words::tr("Exactly the version %1.").arg(version)));
        const QString parent = version.section(u'.', 0, -2);
        if (!parent.isEmpty() && !series.contains(parent))
            series.append(parent);
    }
    for (const QString &version : context.versions) {
        if (!version.isEmpty())
            items.append(versionItem(asPattern(escaped(version)), kind, Kind::Pattern,
                                     Words::tr("Exactly the version %1, written as a pattern.").arg(version)));
    }
    for (const QString &parent : std::as_const(series))
        items.append(versionItem(asPattern(escaped(parent) + u"\\.[0-9]+"_s), kind, Kind::Pattern,
                                 Words::tr("Every version %1.N, N a number.").arg(parent)));
    return items;
}

QList<Completion> argumentItems(const QByteArray &argument, const CompletionContext &context)
{
    if (argument == "Mod" || argument == "M")
        return atoms(context.modules, Kind::Module, Words::tr("A module of this version."));
    if (argument == "App")
        return atoms(context.applications, Kind::Application, Words::tr("An application of this version."));
    if (argument == "Vsn") {
        QList<Completion> items;
        for (const QString &version : context.versions) {
            const QByteArray written = Term::string(version).print();
            items.append({Kind::Version, written, written, written, {}});
        }
        return items;
    }
    if (argument == "DepMods")
        return {{Kind::Word, "[]", "[]", "[]", Words::tr("It depends on no other module.")},
                {Kind::Word, "[Mod]", "[Mod]", "[Mod]", Words::tr("The modules it depends on.")}};
    if (argument == "Change")
        return words({"soft"})
               + QList<Completion>{{Kind::Word, "{advanced, []}", "{advanced, Extra}", "{advanced, []}",
                                    helpOn("advanced")->does}};
    if (argument == "PrePurge" || argument == "PostPurge")
        return words({"brutal_purge", "soft_purge"});
    if (argument == "Timeout")
        return words({"default", "infinity"});
    if (argument == "ModType")
        return words({"dynamic", "static"});
    if (argument == "Type") {
        QList<Completion> items = words({"permanent", "transient", "temporary", "none"});
        items.insert(3, {Kind::Word, "load", "load", "load", Words::tr("The new application is loaded, not started.")});
        return items;
    }
    if (argument == "Mode")
        return words({"up", "down"});
    if (argument == "supervisor" || argument == "advanced")
        return words({argument});
    return {};
}

} // namespace handover::appup
