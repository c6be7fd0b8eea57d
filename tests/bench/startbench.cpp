// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/sample.h"
#include "tests/bench/bench.h"

#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

struct Bench
{
    QTemporaryDir directory;
    [[nodiscard]] QString project() const { return directory.filePath(u"tally"_s); }
};

// From exec to the first painted window.
Timed start(const Bench &bench, const QStringList &arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"HANDOVER_CACHE_DIR"_s, u"HANDOVER_CONFIG_DIR"_s, u"HANDOVER_STATE_DIR"_s})
        environment.insert(name, bench.directory.filePath(name.toLower()));
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral(HANDOVER_BENCH_START));
    process.setArguments(arguments);
    const auto begin = std::chrono::steady_clock::now();
    process.start();
    const bool said = process.waitForReadyRead(60'000);
    const Duration passed = std::chrono::steady_clock::now() - begin;
    const QByteArray words = said ? process.readAllStandardOutput() : QByteArray();
    process.waitForFinished(60'000);
    if (words == "painted\n")
        return passed;
    return std::unexpected(QString::fromUtf8(words + process.readAllStandardError()));
}

std::expected<Runner, QString> setUp()
{
    const auto bench = std::make_shared<Bench>();
    if (const auto made = workspace::makeSampleProject(bench->project(), {}); !made)
        return std::unexpected(made.error().message);
    return Runner{[bench] { return start(*bench, {bench->project()}); }, [bench] { return start(*bench, {}); }, {}};
}

} // namespace

QList<Benchmark> startBenchmarks()
{
    constexpr int Starts = 5; // of a round
    Benchmark benchmark{u"start"_s,
                        u"from exec to the first painted window with a project open, against an empty window linked to "
                        "the same libraries"_s,
                        std::nullopt, setUp, Starts};
    benchmark.leastRatio = 1 / 1.5;
    return {benchmark};
}

} // namespace handover::bench
