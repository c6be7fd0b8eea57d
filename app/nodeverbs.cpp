// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nodeverbs.h"

#include "app/json.h"
#include "app/verbs.h"
#include "models/node/console.h"
#include "models/node/followlog.h"
#include "models/node/verifymodules.h"

#include <QLocale>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

QString sizeWords(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

QString wayWords(const node::ReleaseFootprint &footprint)
{
    const QString way = footprint.reachable ? (footprint.andBack ? u"relup to it and back"_s : u"relup to it, none back"_s)
                        : footprint.andBack ? u"no relup to it, one back"_s
                                            : QString();
    return footprint.restartsEmulator ? QString(way + u", restarts the emulator") : way;
}

} // namespace

QString factsLine(const node::NodeFacts &facts)
{
    return u"%1, up for %2, %3 of memory (processes %4, binaries %5, ETS %6), %7 of %8 processes, run queue %9"_s
               .arg(facts.nodeName, node::durationWords(facts.uptimeSeconds), sizeWords(facts.memoryBytes),
                    sizeWords(facts.processMemoryBytes), sizeWords(facts.binaryMemoryBytes), sizeWords(facts.etsMemoryBytes),
                    QString::number(facts.processes), QString::number(facts.processLimit), QString::number(facts.runQueue)) +
           u" of %1 schedulers, %2"_s.arg(QString::number(facts.schedulers), facts.heart ? u"heart"_s : u"no heart"_s);
}

void printReleases(const node::Installation &installation, const QList<node::ReleaseFootprint> &footprints)
{
    QList<QStringList> rows;
    for (const node::InstalledRelease &release : installation.releases) {
        rows += {u"  "_s + release.version, node::statusWords(release.status)};
        const auto print = std::ranges::find(footprints, release.version, &node::ReleaseFootprint::version);
        if (print == footprints.end())
            continue;
        rows.last() += {u"%1 of its own"_s.arg(sizeWords(print->ownBytes)), u"%1 shared"_s.arg(sizeWords(print->sharedBytes)),
                        print->unpacked.isValid() ? u"unpacked %1"_s.arg(QLocale().toString(print->unpacked, QLocale::ShortFormat))
                                                  : u"its folder is missing"_s,
                        wayWords(*print)};
    }
    print(table(rows));
}

int verifyOnTerminal(server::Session &session, const node::Installation &installation, const QString &built, bool json,
                     const JobContext &context)
{
    const auto modules = node::BuiltModules::read(built, context);
    if (!modules)
        return printError(modules.error());
    const auto verified = node::verifyModules(session, installation, *modules, context);
    if (!verified)
        return printError(verified.error());
    if (json) {
        printJson(QJsonDocument(verificationJson(*verified)));
        return verified->holds() ? 0 : 1;
    }
    const QString loaded = verified->asked ? u"%1 of them are loaded"_s.arg(verified->loaded)
                                           : u"the node does not run it, so only the files were compared"_s;
    print(u"%1 modules of %2 were compared, %3 (%4 ms)"_s.arg(verified->built).arg(verified->version, loaded)
              .arg(verified->milliseconds));
    if (verified->sameCode > 0)
        print(u"  %1 have the same code, and other debug information, lines or attributes"_s.arg(verified->sameCode));
    if (verified->elsewhere > 0)
        print(u"  %1 differ only by the path of their source: built in another directory"_s.arg(verified->elsewhere));
    if (!verified->notCompared.isEmpty())
        print(u"  not inside the built release, so not compared: %1"_s.arg(verified->notCompared.join(u", "_s)));
    for (const node::ModuleDifference &difference : verified->differences)
        print(u"! "_s + difference.words);
    print(verified->holds() ? u"It is %1."_s.arg(verified->version) : u"It is not %1 as it was built."_s.arg(verified->version));
    return verified->holds() ? 0 : 1;
}

int listLogsOnTerminal(server::Session &session, const node::Installation &installation, bool json, const JobContext &context)
{
    const auto sources = node::findLogs(session, installation, context);
    if (!sources)
        return printError(sources.error());
    QJsonArray array;
    for (const node::LogSource &source : *sources) {
        array += QJsonObject{{u"name"_s, source.name}, {u"place"_s, QString::fromUtf8(source.place)}};
        if (!json)
            print(source.words());
    }
    if (json)
        printJson(QJsonDocument(array));
    return 0;
}

int followLogOnTerminal(server::Session &session, const node::Installation &installation, const QString &name,
                        const JobContext &context)
{
    const auto sources = node::findLogs(session, installation, context);
    if (!sources)
        return printError(sources.error());
    const auto chosen = std::ranges::find(*sources, name, &node::LogSource::name);
    if (chosen == sources->end())
        return printError(misuse(u"usage"_s, u"There is no log named %1 on the server."_s.arg(name),
                                 u"--logs names those there are."_s).error());
    const auto followed = node::followLog(session, *chosen, 200, [](const QStringList &lines) {
        for (const QString &line : lines)
            print(line);
        std::fflush(stdout);
    }, context);
    return followed ? 0 : printError(followed.error());
}

int printConsoleCommand(const server::Address &address, const server::ConnectOptions &options, const QString &release)
{
    const auto command = node::scriptBySsh(address, options, release, "remote_console", node::Terminal::Wanted);
    const auto text = command ? node::shellText(*command) : std::unexpected(command.error());
    if (!text)
        return printError(text.error());
    print(*text);
    return 0;
}

} // namespace handover::app
