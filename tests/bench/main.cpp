// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowapp.h"
#include "tests/bench/result.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace handover::bench;

namespace {

void say(const QString &text, std::FILE *file = stdout)
{
    std::fputs(qPrintable(text + u'\n'), file);
    std::fflush(file);
}

QList<Benchmark> allBenchmarks()
{
    return tagBenchmarks() + matchBenchmarks() + relupBenchmarks() + ruleBenchmarks() + rebar3Benchmarks() +
           keystrokeBenchmarks() + startBenchmarks() + sftpBenchmarks();
}

bool writeJson(const QString &path, const QJsonArray &results)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(results).toJson()) > 0 && file.commit();
}

// False if a benchmark failed.
bool run(const QList<Benchmark> &benchmarks, int rounds, QJsonArray &results)
{
    bool good = true;
    say(Result::header());
    for (const Benchmark &benchmark : benchmarks) {
        const auto result = measure(benchmark, rounds);
        if (!result) {
            say(u"%1: %2"_s.arg(benchmark.name, result.error()), stderr);
            good = false;
            continue;
        }
        say(result->row());
        results.append(result->json());
    }
    say(u"Medians of %1 rounds, both sides by turns. A ratio above 1: ours is ahead."_s.arg(rounds));
    return good;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    handover::app::setUpApplication(application);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures Handover against the tools it stands for."_s);
    parser.addHelpOption();
    const QCommandLineOption json(u"json"_s, u"Writes the results to a file too."_s, u"FILE"_s);
    const QCommandLineOption count(u"rounds"_s, u"How many rounds count; 5 at least."_s, u"N"_s, u"7"_s);
    const QCommandLineOption list(u"list"_s, u"Says what can be measured."_s);
    parser.addOptions({json, count, list});
    parser.addPositionalArgument(u"NAME"_s, u"What to measure; all without one."_s, u"[NAME…]"_s);
    parser.process(application);

    QStringList names = parser.positionalArguments();
    QList<Benchmark> chosen;
    for (const Benchmark &benchmark : allBenchmarks()) {
        if (parser.isSet(list))
            say(QString(benchmark.name.leftJustified(20) + benchmark.words));
        if (parser.positionalArguments().isEmpty() || names.removeAll(benchmark.name) > 0)
            chosen.append(benchmark);
    }
    if (parser.isSet(list))
        return 0;
    if (!names.isEmpty()) {
        say(u"There is no benchmark %1 (--list names them)."_s.arg(names.constFirst()), stderr);
        return 2;
    }
    QJsonArray results;
    bool good = run(chosen, qMax(5, parser.value(count).toInt()), results);
    if (parser.isSet(json) && !writeJson(parser.value(json), results)) {
        say(u"%1 can't be written."_s.arg(parser.value(json)), stderr);
        good = false;
    }
    return good ? 0 : 1;
}
