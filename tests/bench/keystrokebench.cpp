// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/sample.h"
#include "tests/bench/generatedproject.h"
#include "tests/bench/typist.h"

#include <QTemporaryDir>
#include <QThread>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

constexpr int Keys = 100; // of a round: all places twice, about
constexpr std::chrono::milliseconds Median(16);
constexpr std::chrono::milliseconds Worst(50);

/// A project and the one who types in it.
struct Bench
{
    QTemporaryDir directory;
    std::optional<GeneratedProject> generated;
    std::unique_ptr<Typist> typist;

    Bench()
    {
        for (const char *name : {"HANDOVER_CACHE_DIR", "HANDOVER_CONFIG_DIR", "HANDOVER_STATE_DIR"})
            qputenv(name, directory.filePath(QString::fromLatin1(name).toLower()).toUtf8());
    }
};

std::expected<Runner, QString> runner(const std::shared_ptr<Bench> &bench)
{
    QThread::msleep(300); // so that no file counts as just changed
    return Runner{[bench] { return bench->typist->press(); }, {}, [bench] { return bench->typist->note(); }};
}

std::optional<QString> buildSample(const QString &path, const QStringList &tags)
{
    if (const auto made = workspace::makeSampleProject(path, {}); !made)
        return made.error().message;
    const auto project = workspace::loadProject(path, {});
    if (!project)
        return project.error().message;
    for (const QString &tag : tags) {
        const auto version = project->find(tag);
        const auto built = version ? build::buildRelease(project->buildRequest(*version), {})
                                   : std::unexpected(version.error());
        if (!built)
            return built.error().message;
    }
    return std::nullopt;
}

std::expected<Runner, QString> setUpSample()
{
    const auto bench = std::make_shared<Bench>();
    const QString path = bench->directory.filePath(u"tally"_s);
    auto error = buildSample(path, {u"1.0.0"_s, u"2.0.0"_s});
    const QByteArray first = " [{<<\"1\\\\.0\\\\.0\">>,\n   [";
    bench->typist = std::make_unique<Typist>(QList<Typing>{{"%% A binary is", " really"},
                                                           {"<<\"1\\\\.0\\\\.[0-9", "a-f"},
                                                           {first, "{load_module, tally_tcp_acceptor}, "},
                                                           {"{live, edit, [1", "23456"}});
    if (!error)
        error = bench->typist->open(path, u"1.0.0"_s, u"2.0.0"_s, u"tally_tcp"_s);
    if (!error)
        error = bench->typist->insert(first, "{apply, {live, edit, [1]}},\n    ");
    return error ? std::unexpected(*error) : runner(bench);
}

std::expected<Runner, QString> setUpGenerated()
{
    const auto bench = std::make_shared<Bench>();
    auto generated = GeneratedProject::make();
    if (!generated)
        return std::unexpected(generated.error());
    bench->generated = *std::move(generated);
    const QByteArray first = " [{<<\"1\\\\.19\\\\.[0-9]+\">>,\n   [";
    bench->typist = std::make_unique<Typist>(QList<Typing>{{"%% What the lines", " of code"},
                                                           {"<<\"1\\\\.18\\\\.[0-9", "a-f"},
                                                           {first, "{load_module, unit_07_m01}, "},
                                                           {"{live, edit, [1", "23456"}});
    auto error = bench->typist->open(bench->generated->path(), GeneratedProject::version(GeneratedProject::Tags - 2),
                                     GeneratedProject::version(GeneratedProject::Tags - 1), GeneratedProject::appName(7));
    if (!error)
        error = bench->typist->insert(first, "{apply, {live, edit, [1]}},\n    ");
    return error ? std::unexpected(*error) : runner(bench);
}

} // namespace

QList<Benchmark> keystrokeBenchmarks()
{
    const QString words = u"from a key in the rules to all that follows it painted: %1"_s;
    return {{u"keystroke"_s, words.arg(u"the sample"_s), Median, setUpSample, Keys, Worst},
            {u"keystroke-large"_s, words.arg(u"30 applications, 2,000 modules, 1,000 tags"_s), Median, setUpGenerated,
             Keys, Worst}};
}

} // namespace handover::bench
