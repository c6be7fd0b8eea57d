// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/nativecode.h"

#include "models/core/namelist.h"
#include "models/rules/moduleindex.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupNative)
};

bool isNative(const QString &path, const PrivateFile &file)
{
    static const QRegularExpression library(uR"(\.(so(\.[0-9]+)*|dll|dylib|exe)$)"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    return file.executable || library.match(path).hasMatch();
}

enum class Which { All, Native };

Result<QStringList> changedFiles(const AppContents &older, const AppContents &newer, Which which)
{
    QStringList changed;
    const auto wanted = [&](const QString &path, const PrivateFile &file) {
        return which == Which::All || isNative(path, file);
    };
    for (auto file = newer.privateFiles.begin(); file != newer.privateFiles.end(); ++file) {
        if (!wanted(file.key(), *file))
            continue;
        const auto before = older.privateFiles.constFind(file.key());
        if (before != older.privateFiles.cend()) {
            const auto same = sameBytes(*before, *file);
            if (!same)
                return std::unexpected(same.error());
            if (*same)
                continue;
        }
        changed.append(u"priv/"_s + file.key());
    }
    for (auto file = older.privateFiles.begin(); file != older.privateFiles.end(); ++file) {
        if (wanted(file.key(), *file) && !newer.privateFiles.contains(file.key()))
            changed.append(u"priv/"_s + file.key());
    }
    changed.sort();
    return changed;
}

} // namespace

bool usesNativeCode(const erlang::BeamFile &module)
{
    if (!mentions(module, {"nif", "erl_ddll"}))
        return false;
    const auto nifs = module.attribute("nifs");
    if (nifs && !nifs->isEmpty())
        return true;
    const auto imports = module.imports();
    return imports && std::ranges::any_of(*imports, [](const erlang::ImportedFunction &imported) {
        return imported.module == "erl_ddll" || (imported.module == "erlang" && imported.function.name == "load_nif");
    });
}

Result<QStringList> changedNativeFiles(const AppContents &older, const AppContents &newer)
{
    return changedFiles(older, newer, Which::Native);
}

Result<QStringList> changedPrivateFiles(const AppContents &older, const AppContents &newer)
{
    return changedFiles(older, newer, Which::All);
}

std::optional<Issue> nativeCodeNote(const QStringList &files, const QList<ModuleChange> &changes,
                                    const AppContents &newer)
{
    QStringList modules;
    for (const ModuleChange &change : changes) {
        if (change.kind == ModuleChange::Kind::Changed && (usesNativeCode(*change.older) || usesNativeCode(*change.newer)))
            modules.append(QString::fromUtf8(change.name));
    }
    if (files.isEmpty() && modules.isEmpty())
        return std::nullopt;
    QStringList words;
    if (!files.isEmpty())
        words += Words::tr("Native code changed: %1. What is loaded or runs stays as it was after a hot upgrade.")
                     .arg(nameList(files));
    if (!modules.isEmpty())
        words += Words::tr("%1 changed and loads native code: loading it again fails unless its library has an "
                           "upgrade function.")
                     .arg(nameList(modules));
    words += Words::tr("Only a restart is sure to bring the new code: use restart_emulator in the appup, or "
                       "install this version as a new one.");
    return Issue{Severity::Warning, u"rules.native-code"_s, words.join(u' '), newer.directory, {}, {}, {}};
}

} // namespace handover::rules
