// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/buildcomparison.h"

#include "models/jobs/parallel.h"
#include "models/rules/abstractcode.h"
#include "models/rules/modulechange.h"
#include "models/rules/nativecode.h"

#include <QFile>
#include <QFileInfo>

#include <vector>

using namespace Qt::StringLiterals;

namespace handover::changes {

namespace {

using rules::AppContents;

constexpr qint64 LargestConfiguration = 4 * 1024 * 1024;

QSet<QByteArray> modulesOf(const AppContents &app)
{
    return {app.modules.keyBegin(), app.modules.keyEnd()};
}

/// One module's facts, worked out beside the others'.
struct Reading
{
    ModuleDifference module;
    std::optional<Error> error;

    void read(const rules::ModuleChange &change)
    {
        module.name = change.name;
        module.change = change.kind == rules::ModuleChange::Kind::Added     ? Change::Added
                        : change.kind == rules::ModuleChange::Kind::Deleted ? Change::Removed
                                                                            : Change::Changed;
        for (const auto &[beam, facts] : {std::pair(&change.older, &module.older), std::pair(&change.newer, &module.newer)}) {
            if (!*beam)
                continue;
            auto read = factsOf(**beam);
            if (!read) {
                error = read.error();
                return;
            }
            *facts = *std::move(read);
        }
        if (module.change == Change::Changed && module.newer->behaviours.contains("supervisor"))
            module.initChanged = hasAnotherInit(*change.older, *change.newer);
    }

private:
    static bool hasAnotherInit(const erlang::BeamFile &older, const erlang::BeamFile &newer)
    {
        const auto before = rules::AbstractCode::of(older);
        const auto after = rules::AbstractCode::of(newer);
        return before && after && !rules::sameCode(before->clauseForms("init", 1), after->clauseForms("init", 1));
    }
};

Result<> compareFiles(AppDifference &app, const AppContents &older, const AppContents &newer)
{
    const auto changes = rules::compareModules(older, newer);
    if (!changes)
        return std::unexpected(changes.error());
    std::vector<Reading> readings(static_cast<size_t>(changes->modules.size()));
    inParallel(changes->modules.size(),
               [&](qsizetype number) { readings[static_cast<size_t>(number)].read(changes->modules[number]); });
    for (Reading &reading : readings) {
        if (reading.error)
            return std::unexpected(*reading.error);
        app.modules.append(std::move(reading.module));
    }
    const auto files = rules::changedPrivateFiles(older, newer);
    if (!files)
        return std::unexpected(files.error());
    app.files = *files;
    return {};
}

Result<AppDifference> compareApp(const QByteArray &name, const rules::ReleaseContents &older,
                                 const rules::ReleaseContents &newer)
{
    AppDifference app;
    app.name = name;
    app.from = older.versions.value(name);
    app.to = newer.versions.value(name);
    const bool both = older.versions.contains(name) && newer.versions.contains(name);
    const bool hasFiles = (older.applications.contains(name) || !older.versions.contains(name)) &&
                          (newer.applications.contains(name) || !newer.versions.contains(name));
    app.looked = hasFiles && !(both && app.from == app.to && rules::isOtpApplication(name));
    app.olderModules = modulesOf(older.applications.value(name));
    app.newerModules = modulesOf(newer.applications.value(name));
    if (app.looked) {
        if (auto done = compareFiles(app, older.applications.value(name), newer.applications.value(name)); !done)
            return std::unexpected(done.error());
    }
    app.change = !older.versions.contains(name)   ? Change::Added
                 : !newer.versions.contains(name) ? Change::Removed
                 : app.from != app.to || !app.modules.isEmpty() || !app.files.isEmpty() ? Change::Changed
                                                                                        : Change::Same;
    return app;
}

// Nothing: there is no such file.
std::optional<QByteArray> configuration(const QString &directory, const QString &name)
{
    QFile file(directory + u'/' + name);
    return QFileInfo(file).isFile() && file.open(QIODevice::ReadOnly) ? std::optional(file.read(LargestConfiguration))
                                                                      : std::nullopt;
}

void compareConfiguration(Differences &found, const QString &older, const QString &newer)
{
    for (const QString &name : {u"sys.config"_s, u"sys.config.src"_s, u"vm.args"_s, u"vm.args.src"_s}) {
        const auto before = configuration(older, name);
        const auto after = configuration(newer, name);
        if (before == after)
            continue;
        const Change change = !before ? Change::Added : !after ? Change::Removed : Change::Changed;
        found.files.append({name, change, before.value_or(QByteArray()), after.value_or(QByteArray())});
    }
}

} // namespace

Result<Differences> compareBuilds(const BuiltContents &older, const BuiltContents &newer, const JobContext &context)
{
    Differences found;
    found.basis = Differences::Basis::Builds;
    found.ertsFrom = older.release.erts;
    found.ertsTo = newer.release.erts;
    auto names = older.release.versions;
    names.insert(newer.release.versions);
    for (auto name = names.keyBegin(); name != names.keyEnd(); ++name) {
        if (context.isCancelled())
            return std::unexpected(Error::cancelled());
        auto app = compareApp(*name, older.release, newer.release);
        if (!app)
            return std::unexpected(app.error());
        found.apps.append(*std::move(app));
    }
    compareConfiguration(found, older.configuration, newer.configuration);
    return found;
}

} // namespace handover::changes
