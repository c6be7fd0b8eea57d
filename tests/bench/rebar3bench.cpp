// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/build/appupplacer.h"
#include "models/relup/generator.h"
#include "models/workspace/sample.h"
#include "tests/bench/bench.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

const QString From = u"1.0.1"_s;
const QString To = u"1.1.0"_s;

/// The sample project with the releases of two of its tags in one _build, as rebar3 wants them.
struct Project
{
    [[nodiscard]] QString root() const { return directory.filePath(u"tally"_s); }
    [[nodiscard]] QString release() const { return root() + u"/_build/default/rel/tally"_s; }
    [[nodiscard]] QString relFile(const QString &version) const
    {
        return release() + u"/releases/"_s + version + u"/tally"_s;
    }
    [[nodiscard]] QString relup() const { return release() + u"/releases/"_s + To + u"/relup"_s; }

    // Nothing, or what the program said when it failed.
    [[nodiscard]] std::optional<QString> run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(root());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        if (process.waitForFinished(600'000) && process.exitStatus() == QProcess::NormalExit &&
            process.exitCode() == 0)
            return std::nullopt;
        return QString(program + u": "_s + process.errorString() + u'\n' +
                       QString::fromUtf8(process.readAll()));
    }

    [[nodiscard]] std::optional<QString> build(const versions::Version &version) const
    {
        QDir(root() + u"/_build/default/lib"_s).removeRecursively(); // rebar3 goes by the second
        if (auto error = run(u"git"_s, {u"checkout"_s, u"--quiet"_s, u"--force"_s, version.version}))
            return error;
        if (const auto placed = build::placeAppups(root(), version.apps, {}); !placed)
            return placed.error().message;
        return run(u"rebar3"_s, {u"release"_s});
    }

    [[nodiscard]] std::optional<QString> buildBoth() const
    {
        const auto repository = repo::Repository::open(root());
        const auto versions =
            repository ? versions::loadVersions(*repository, {}) : std::unexpected(repository.error());
        if (!versions)
            return versions.error().message;
        for (const QString &wanted : {From, To}) {
            const auto found = std::ranges::find(*versions, wanted, &versions::Version::version);
            if (found == versions->end())
                return u"There is no tag %1."_s.arg(wanted);
            if (auto error = build(*found))
                return error;
        }
        return std::nullopt;
    }

    QTemporaryDir directory;
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Timed rebar3Relup(const Project &project)
{
    QFile::remove(project.relup());
    const auto begin = std::chrono::steady_clock::now();
    if (const auto error =
            project.run(u"rebar3"_s, {u"relup"_s, u"-n"_s, u"tally"_s, u"-v"_s, To, u"-u"_s, From}))
        return std::unexpected(*error);
    return std::chrono::steady_clock::now() - begin;
}

// From nothing read to the file written.
Timed ourRelup(const Project &project)
{
    const auto begin = std::chrono::steady_clock::now();
    const relup::Base base{project.relFile(From), {}};
    const relup::RelupInput input{
        project.relFile(To), {base}, {base}, {project.release() + u"/lib/*/ebin"_s}, {}, false, false};
    relup::TermFiles files(project.root());
    const auto relup = relup::generateRelup(input, files);
    if (!relup)
        return std::unexpected(relup.error().toError().message);
    if (!relup::writeRelup(*relup, project.root()))
        return std::unexpected(u"The relup can't be written."_s);
    return std::chrono::steady_clock::now() - begin;
}

std::expected<Runner, QString> setUp()
{
    const auto project = std::make_shared<Project>();
    if (const auto made = workspace::makeSampleProject(project->root(), {}); !made)
        return std::unexpected(made.error().message);
    if (const auto error = project->buildBoth())
        return std::unexpected(*error);
    if (const Timed theirs = rebar3Relup(*project); !theirs)
        return std::unexpected(theirs.error());
    if (const Timed ours = ourRelup(*project); !ours)
        return std::unexpected(ours.error());
    const QByteArray relup = contents(project->relup());
    if (relup.isEmpty() || relup != contents(project->root() + u"/relup"_s))
        return std::unexpected(u"The relups differ."_s);
    return Runner{[project] { return ourRelup(*project); }, [project] { return rebar3Relup(*project); },
                  [size = relup.size()] { return u"a relup of %1 bytes"_s.arg(size); }};
}

} // namespace

QList<Benchmark> rebar3Benchmarks()
{
    return {{u"relup-rebar3"_s, u"the relup of the sample project from its files, against `rebar3 relup`"_s,
             std::nullopt, setUp}};
}

} // namespace handover::bench
