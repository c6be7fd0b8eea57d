// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/modulechange.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::BeamFile;
using Kind = ModuleChange::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupModules)
};

// What the compiler says about itself, the source and the lines.
bool saysNothingOfCode(const QByteArray &chunk)
{
    static const QByteArrayList ids{"CInf", "Dbgi", "Abst", "Attr", "Line", "Docs", "Type"};
    return ids.contains(chunk);
}

// As beam_lib:md5/1 tells; where all parts are equal it needs no reckoning.
bool sameCode(const BeamFile &left, const BeamFile &right)
{
    const QList<QByteArray> ids = left.chunkIds();
    const bool sameParts = ids == right.chunkIds() && std::ranges::all_of(ids, [&](const QByteArray &id) {
        return saysNothingOfCode(id) || left.chunk(id) == right.chunk(id);
    });
    return sameParts || left.md5() == right.md5();
}

/// Compares module by module and gathers what differs.
class Comparison
{
public:
    Result<> added(const QByteArray &name, const QString &path)
    {
        return single(Kind::Added, name, path);
    }
    Result<> deleted(const QByteArray &name, const QString &path)
    {
        return single(Kind::Deleted, name, path);
    }
    Result<> both(const QByteArray &name, const QString &older, const QString &newer)
    {
        const auto before = readModule(older);
        if (!before)
            return std::unexpected(before.error());
        const auto after = readModule(newer);
        if (!after)
            return std::unexpected(after.error());
        if (*before == *after)
            return {};
        auto olderBeam = parsed(name, *before, older);
        auto newerBeam = parsed(name, *after, newer);
        if (olderBeam && newerBeam && !sameCode(*olderBeam, *newerBeam))
            m_found.modules.append({Kind::Changed, name, std::move(olderBeam), std::move(newerBeam)});
        return {};
    }
    [[nodiscard]] ModuleChanges found() && { return std::move(m_found); }

private:
    Result<> single(Kind kind, const QByteArray &name, const QString &path)
    {
        const auto bytes = readModule(path);
        if (!bytes)
            return std::unexpected(bytes.error());
        if (auto beam = parsed(name, *bytes, path)) {
            ModuleChange &change = m_found.modules.emplaceBack();
            change.kind = kind;
            change.name = name;
            (kind == Kind::Added ? change.newer : change.older) = std::move(beam);
        }
        return {};
    }
    std::optional<BeamFile> parsed(const QByteArray &name, const QByteArray &bytes, const QString &path)
    {
        auto beam = BeamFile::parse(bytes);
        if (beam && beam->module() == name)
            return *std::move(beam);
        const QString why = beam ? Words::tr("the module in it is called %1.").arg(QString::fromUtf8(beam->module()))
                                 : beam.error().message;
        m_found.notes.append({Severity::Error, u"rules.bad-module"_s,
                              Words::tr("Erlang can't load this file: %1 Build the version again.").arg(why), path, {}, {}, {}});
        return std::nullopt;
    }

    ModuleChanges m_found;
};

} // namespace

Result<ModuleChanges> compareModules(const AppContents &older, const AppContents &newer)
{
    Comparison comparison;
    for (auto file = newer.modules.begin(); file != newer.modules.end(); ++file) {
        const auto before = older.modules.constFind(file.key());
        const bool isNew = before == older.modules.cend();
        auto compared = isNew ? comparison.added(file.key(), *file) : comparison.both(file.key(), *before, *file);
        if (!compared)
            return std::unexpected(compared.error());
    }
    for (auto file = older.modules.begin(); file != older.modules.end(); ++file) {
        if (newer.modules.contains(file.key()))
            continue;
        if (auto compared = comparison.deleted(file.key(), *file); !compared)
            return std::unexpected(compared.error());
    }
    ModuleChanges found = std::move(comparison).found();
    std::ranges::sort(found.modules, {}, &ModuleChange::name);
    return found;
}

} // namespace handover::appup
