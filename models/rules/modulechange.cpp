// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/modulechange.h"

#include "models/jobs/parallel.h"
#include "models/rules/placeindependence.h"

#include <QCoreApplication>

#include <vector>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

using erlang::BeamFile;
using Kind = ModuleChange::Kind;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupModules)
};

/// Compares the files of one module.
class ModuleComparison
{
public:
    /// A path is empty where the version has no such module.
    ModuleComparison(QByteArray name, QString older, QString newer)
        : m_name(std::move(name))
        , m_older(std::move(older))
        , m_newer(std::move(newer))
    {
    }

    void run()
    {
        const QByteArray before = read(m_older);
        const QByteArray after = read(m_newer);
        const bool both = !m_older.isEmpty() && !m_newer.isEmpty();
        if (error || (both && before == after))
            return;
        ModuleChange found;
        found.name = m_name;
        found.kind = m_older.isEmpty() ? Kind::Added : m_newer.isEmpty() ? Kind::Deleted : Kind::Changed;
        found.older = parsed(before, m_older);
        found.newer = parsed(after, m_newer);
        const bool whole = (found.older || m_older.isEmpty()) && (found.newer || m_newer.isEmpty());
        const bool same = whole && both &&
                          (found.older->hasCodeOf(*found.newer) || differOnlyInSourcePath(*found.older, *found.newer));
        if (same)
            unchanged = *std::move(found.older);
        else if (whole)
            change = std::move(found);
    }

    [[nodiscard]] const QByteArray &name() const noexcept { return m_name; }

    std::optional<ModuleChange> change;
    std::optional<BeamFile> unchanged;
    QList<Issue> notes;
    std::optional<Error> error;

private:
    QByteArray read(const QString &path)
    {
        if (path.isEmpty())
            return {};
        auto bytes = readModule(path);
        if (bytes)
            return *std::move(bytes);
        error = bytes.error();
        return {};
    }
    std::optional<BeamFile> parsed(const QByteArray &bytes, const QString &path)
    {
        if (path.isEmpty())
            return std::nullopt;
        auto beam = BeamFile::parse(bytes);
        if (beam && beam->module() == m_name)
            return *std::move(beam);
        const QString why = beam ? Words::tr("the module in it is called %1.").arg(QString::fromUtf8(beam->module()))
                                 : beam.error().message;
        notes.append({Severity::Error, u"rules.bad-module"_s,
                      Words::tr("Erlang can't load this file: %1 Build the version again.").arg(why), path, {}, {}, {}});
        return std::nullopt;
    }

    QByteArray m_name;
    QString m_older;
    QString m_newer;
};

} // namespace

QSet<QByteArray> loadedModules(const QList<ModuleChange> &changes, const AppContents &target, appup::Direction direction)
{
    const QSet<QByteArray> listed(target.listedModules.begin(), target.listedModules.end());
    QSet<QByteArray> modules;
    for (const ModuleChange &change : changes) {
        if (change.target(direction) && listed.contains(change.name))
            modules.insert(change.name);
    }
    return modules;
}

Result<ModuleChanges> compareModules(const AppContents &older, const AppContents &newer)
{
    QMap<QByteArray, QString> all = older.modules;
    all.insert(newer.modules);
    std::vector<ModuleComparison> comparisons;
    comparisons.reserve(static_cast<size_t>(all.size()));
    for (auto module = all.keyBegin(); module != all.keyEnd(); ++module)
        comparisons.emplace_back(*module, older.modules.value(*module), newer.modules.value(*module));
    inParallel(std::ssize(comparisons), [&](qsizetype number) { comparisons[static_cast<size_t>(number)].run(); });

    ModuleChanges found;
    for (ModuleComparison &comparison : comparisons) {
        if (comparison.error)
            return std::unexpected(*comparison.error);
        if (comparison.change)
            found.modules.append(*std::move(comparison.change));
        if (comparison.unchanged)
            found.unchanged.insert(comparison.name(), *std::move(comparison.unchanged));
        found.notes += comparison.notes;
    }
    if (found.modules.isEmpty())
        found.unchanged.clear();
    return found;
}

} // namespace handover::rules
