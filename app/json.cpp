// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/json.h"

#include "models/versions/versionlistmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

QJsonObject appsJson(const QMap<QString, QString> &apps)
{
    QJsonObject object;
    for (auto app = apps.begin(); app != apps.end(); ++app)
        object.insert(app.key(), app.value());
    return object;
}

QJsonValue orNull(const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); }

QJsonArray scriptVersions(const QList<relup::Script> &scripts)
{
    QJsonArray versions;
    for (const relup::Script &script : scripts)
        versions += script.version;
    return versions;
}

QJsonValue rule(int number) { return number > 0 ? QJsonValue(number) : QJsonValue(QJsonValue::Null); }

QString outcomeName(workspace::PackageCheck::Outcome outcome)
{
    switch (outcome) {
    case workspace::PackageCheck::Outcome::Passed: return u"passed"_s;
    case workspace::PackageCheck::Outcome::Failed: return u"failed"_s;
    case workspace::PackageCheck::Outcome::NotChecked: return u"not-checked"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QJsonObject needsJson(const package::LibraryNeeds &needs)
{
    QJsonArray libraries;
    for (const package::LibraryNeed &need : needs.libraries) {
        QJsonArray versions;
        for (const QByteArray &name : need.versionNames())
            versions += QString::fromUtf8(name);
        libraries += QJsonObject{{u"library"_s, QString::fromUtf8(need.library)},
                                 {u"versions"_s, versions},
                                 {u"by"_s, QJsonArray::fromStringList(need.by)},
                                 {u"provided"_s, orNull(need.provided)}};
    }
    return {{u"machine"_s, needs.system ? QJsonValue(needs.system->words()) : QJsonValue()},
            {u"interpreter"_s, orNull(QString::fromUtf8(needs.interpreter))},
            {u"libraries"_s, libraries},
            {u"foreign"_s, QJsonArray::fromStringList(needs.foreign)},
            {u"unreadable"_s, QJsonArray::fromStringList(needs.unreadable)}};
}

} // namespace

QJsonArray toJson(const QList<Issue> &issues)
{
    QJsonArray array;
    for (const Issue &issue : issues)
        array += QJsonObject{{u"severity"_s, severityName(issue.severity)},
                             {u"code"_s, issue.code},
                             {u"message"_s, issue.message},
                             {u"file"_s, issue.file},
                             {u"line"_s, issue.place.line},
                             {u"column"_s, issue.place.column},
                             {u"fix"_s, issue.fix ? QJsonValue(issue.fix->label) : QJsonValue()}};
    return array;
}

QJsonArray versionsJson(const workspace::Project &project)
{
    QJsonArray array;
    for (const versions::Version &version : project.versions) {
        QJsonObject apps;
        for (const versions::AppSource &app : version.apps)
            apps.insert(app.name, orNull(app.vsn));
        QJsonObject deps;
        for (const versions::Dependency &dependency : version.deps)
            deps.insert(dependency.name, orNull(dependency.vsn));
        const bool isBuilt = build::cachedRelease(project.buildRequest(version)).has_value();
        array += QJsonObject{{u"tag"_s, version.tag.text()},
                             {u"version"_s, version.version},
                             {u"commit"_s, version.tag.commit.text()},
                             {u"date"_s, version.tag.date.toString(Qt::ISODate)},
                             {u"author"_s, version.tag.author},
                             {u"message"_s, version.tag.message},
                             {u"annotated"_s, version.tag.annotated},
                             {u"release"_s, orNull(version.release.value_or(QString()))},
                             {u"remarks"_s, QJsonArray::fromStringList(versions::remarks(version))},
                             {u"apps"_s, apps},
                             {u"deps"_s, deps},
                             {u"built"_s, isBuilt},
                             {u"packagedFrom"_s, QJsonArray::fromStringList(isBuilt ? workspace::packagedFrom(project, version)
                                                                                    : QStringList())}};
    }
    return array;
}

QJsonObject changesJson(const changes::Differences &differences)
{
    const auto names = [](const QByteArrayList &list) {
        QJsonArray array;
        for (const QByteArray &name : list)
            array += QString::fromUtf8(name);
        return array;
    };
    QJsonArray apps;
    for (const changes::AppDifference &app : differences.apps) {
        QJsonArray modules;
        for (const changes::ModuleDifference &module : app.modules) {
            const QByteArrayList &behaviours = module.facts().behaviours;
            modules += QJsonObject{{u"name"_s, QString::fromUtf8(module.name)},
                                   {u"change"_s, changes::changeName(module.change)},
                                   {u"behaviour"_s, orNull(QString::fromUtf8(behaviours.value(0)))},
                                   {u"behaviours"_s, names(behaviours)},
                                   {u"exportsAdded"_s, names(module.addedExports())},
                                   {u"exportsRemoved"_s, names(module.removedExports())},
                                   {u"records"_s, QJsonArray::fromStringList(module.recordChanges())},
                                   {u"native"_s, module.isNative()}};
        }
        apps += QJsonObject{{u"name"_s, QString::fromUtf8(app.name)},
                            {u"from"_s, orNull(app.from)},
                            {u"to"_s, orNull(app.to)},
                            {u"change"_s, changes::changeName(app.change)},
                            {u"vsnBumped"_s, app.vsnBumped()},
                            {u"modules"_s, modules},
                            {u"files"_s, QJsonArray::fromStringList(app.files)}};
    }
    QJsonArray files;
    for (const changes::FileDifference &file : differences.files)
        files += QJsonObject{{u"path"_s, file.path}, {u"change"_s, changes::changeName(file.change)}};
    return {{u"basis"_s, differences.basis == changes::Differences::Basis::Builds ? u"builds"_s : u"sources"_s},
            {u"apps"_s, apps},
            {u"files"_s, files},
            {u"erts"_s, QJsonObject{{u"from"_s, orNull(differences.ertsFrom)}, {u"to"_s, orNull(differences.ertsTo)}}}};
}

QJsonObject matchJson(const QString &version, int up, int down)
{
    return {{u"version"_s, version}, {u"up"_s, rule(up)}, {u"down"_s, rule(down)}};
}

QJsonObject relupJson(const relup::GeneratedRelup &relup,
                      const std::optional<Result<relup::Verification>> &verified)
{
    QJsonArray warnings;
    for (const relup::RelupWarning &warning : relup.warnings)
        warnings += QJsonObject{{u"message"_s, warning.words()},
                                {u"term"_s, QString::fromUtf8(warning.term.print())}};
    const bool compared = verified && verified->has_value();
    QJsonObject object{{u"relup"_s, QString::fromUtf8(relup.text())}, {u"warnings"_s, warnings}};
    object.insert(u"verified"_s, compared ? QJsonValue((*verified)->agreement != relup::Agreement::Different)
                                          : QJsonValue());
    if (compared)
        object.insert(u"verdict"_s, (*verified)->words());
    return object;
}

QJsonObject reasonJson(const relup::Reason &reason)
{
    const Error error = reason.toError();
    return {{u"code"_s, error.code},
            {u"message"_s, error.message},
            {u"fix"_s, error.hint},
            {u"module"_s, QString::fromUtf8(reason.moduleName())},
            {u"term"_s, QString::fromUtf8(reason.term.print())}};
}

QJsonObject buildJson(const build::BuiltRelease &release)
{
    return {{u"release"_s, release.name},
            {u"version"_s, release.version},
            {u"directory"_s, release.directory},
            {u"cached"_s, release.cached}};
}

QJsonObject packageJson(const workspace::Packaged &packaged)
{
    QJsonArray checks;
    for (const workspace::PackageCheck &check : packaged.checks)
        checks += QJsonObject{{u"code"_s, check.code}, {u"outcome"_s, outcomeName(check.outcome)}, {u"words"_s, check.words}};
    return {{u"tarball"_s, packaged.manifest.file},
            {u"sha256"_s, QString::fromLatin1(packaged.manifest.sha256)},
            {u"size"_s, packaged.manifest.size},
            {u"relupFrom"_s, packaged.relup ? scriptVersions(packaged.relup->up) : QJsonArray()},
            {u"checks"_s, checks}};
}

QJsonObject manifestJson(const package::Manifest &manifest)
{
    const QJsonValue relup = manifest.relup ? QJsonValue(QJsonObject{{u"up"_s, scriptVersions(manifest.relup->up)},
                                                                     {u"down"_s, scriptVersions(manifest.relup->down)}})
                                            : QJsonValue();
    return {{u"name"_s, manifest.name},     {u"version"_s, manifest.version},
            {u"erts"_s, manifest.erts},     {u"ertsInside"_s, manifest.hasErts},
            {u"apps"_s, appsJson(manifest.apps)}, {u"relup"_s, relup},
            {u"size"_s, manifest.size},     {u"unpackedSize"_s, manifest.unpackedSize},
            {u"entries"_s, manifest.entries.size()}, {u"sha256"_s, QString::fromLatin1(manifest.sha256)},
            {u"needs"_s, needsJson(manifest.needs)}};
}

namespace {

QJsonObject factsJson(const node::NodeFacts &facts)
{
    return {{u"name"_s, facts.nodeName},
            {u"uptimeSeconds"_s, facts.uptimeSeconds},
            {u"memory"_s, QJsonObject{{u"total"_s, facts.memoryBytes},
                                      {u"processes"_s, facts.processMemoryBytes},
                                      {u"binary"_s, facts.binaryMemoryBytes},
                                      {u"ets"_s, facts.etsMemoryBytes}}},
            {u"processes"_s, facts.processes},
            {u"processLimit"_s, facts.processLimit},
            {u"runQueue"_s, facts.runQueue},
            {u"schedulers"_s, facts.schedulers},
            {u"heart"_s, facts.heart}};
}

void addFootprint(QJsonObject &object, const node::ReleaseFootprint &footprint)
{
    object.insert(u"ownBytes"_s, footprint.ownBytes);
    object.insert(u"sharedBytes"_s, footprint.sharedBytes);
    object.insert(u"sharedWith"_s, QJsonArray::fromStringList(footprint.sharedWith));
    object.insert(u"unpacked"_s, footprint.unpacked.isValid() ? QJsonValue(footprint.unpacked.toUTC().toString(Qt::ISODate))
                                                              : QJsonValue());
    object.insert(u"relupTo"_s, footprint.reachable);
    object.insert(u"relupBack"_s, footprint.andBack);
    object.insert(u"restartsEmulator"_s, footprint.restartsEmulator);
}

} // namespace

QJsonObject installationJson(const node::Installation &installation, const QList<node::ReleaseFootprint> &footprints)
{
    QJsonArray releases;
    for (const node::InstalledRelease &release : installation.releases) {
        QJsonObject object{{u"version"_s, release.version},
                           {u"status"_s, node::statusWords(release.status)},
                           {u"apps"_s, appsJson(release.apps)}};
        const auto print = std::ranges::find(footprints, release.version, &node::ReleaseFootprint::version);
        if (print != footprints.end())
            addFootprint(object, *print);
        releases += object;
    }
    return {{u"name"_s, installation.name},
            {u"node"_s, installation.nodeUp ? u"up"_s : u"down"_s},
            {u"running"_s, installation.nodeUp ? QJsonValue(installation.runningVersion) : QJsonValue()},
            {u"otp"_s, installation.nodeUp ? QJsonValue(installation.otp) : QJsonValue()},
            {u"erts"_s, installation.erts},
            {u"facts"_s, installation.nodeUp ? QJsonValue(factsJson(installation.facts)) : QJsonValue()},
            {u"afterReboot"_s, installation.bootVersion},
            {u"releaseHandler"_s, node::wayName(installation.way)},
            {u"releases"_s, releases},
            {u"disagreements"_s, QJsonArray::fromStringList(installation.disagreements)}};
}

QJsonArray checksJson(const QList<Check> &checks)
{
    QJsonArray array;
    for (const Check &check : checks)
        array += QJsonObject{{u"id"_s, check.id},           {u"title"_s, check.title},   {u"outcome"_s, outcomeName(check.outcome)},
                             {u"words"_s, check.words}, {u"remedy"_s, check.remedy}, {u"details"_s, QJsonArray::fromStringList(check.details)}};
    return array;
}

QJsonObject verificationJson(const node::ModuleVerification &verification)
{
    QJsonArray differences;
    for (const node::ModuleDifference &difference : verification.differences)
        differences += QJsonObject{{u"kind"_s, node::kindName(difference.kind)},
                                   {u"app"_s, difference.app.isEmpty() ? QJsonValue() : QJsonValue(difference.app)},
                                   {u"module"_s, QString::fromUtf8(difference.module)},
                                   {u"words"_s, difference.words}};
    return {{u"version"_s, verification.version},
            {u"holds"_s, verification.holds()},
            {u"modules"_s, verification.built},
            {u"same"_s, verification.same},
            {u"sameCode"_s, verification.sameCode},
            {u"builtElsewhere"_s, verification.elsewhere},
            {u"loaded"_s, verification.asked ? QJsonValue(verification.loaded) : QJsonValue()},
            {u"ms"_s, verification.milliseconds},
            {u"notCompared"_s, QJsonArray::fromStringList(verification.notCompared)},
            {u"differences"_s, differences}};
}

QJsonArray stepsJson(const QList<node::Step> &steps)
{
    QJsonArray array;
    for (const node::Step &step : steps)
        array += QJsonObject{{u"name"_s, node::stepName(step.kind)},
                             {u"ok"_s, step.ok},
                             {u"ms"_s, step.milliseconds},
                             {u"detail"_s, step.detail}};
    return array;
}

QJsonObject deployJson(const deploy::DeployReport &report)
{
    using Kind = node::Step::Kind;
    return {{u"uploaded"_s, report.did(Kind::Upload)},
            {u"unpacked"_s, report.did(Kind::Unpack)},
            {u"installed"_s, report.did(Kind::Install)},
            {u"permanent"_s, report.did(Kind::MakePermanent) || report.did(Kind::Reboot)},
            {u"before"_s, report.versionBefore},
            {u"after"_s, report.versionAfter},
            {u"steps"_s, stepsJson(report.steps)},
            {u"health"_s, checksJson(report.health)},
            {u"error"_s, report.error ? QJsonValue(QJsonObject{{u"code"_s, report.error->code},
                                                              {u"message"_s, report.error->message},
                                                              {u"hint"_s, report.error->hint}})
                                      : QJsonValue()}};
}

} // namespace handover::app
