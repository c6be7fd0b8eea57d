// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo.h"

#include "app/demo/demorun.h"
#include "app/demo/demostage.h"
#include "app/terminal.h"
#include "app/windowapp.h"
#include "models/jobs/wholefile.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/inlinemessage.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

struct Options
{
    bool headless = false;
    bool keep = false;
    QString report;
};

Result<Options> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{u"headless"_s, u"Do the whole main job without a display and write a report."_s},
                       {u"report"_s, u"Where the report goes (default: report.json beside the screenshots)."_s, u"FILE"_s},
                       {u"keep"_s, u"Leave the temporary directory."_s}});
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments) || parser.positionalArguments() != QStringList{u"demo"_s})
        return misuse(u"usage"_s, parser.errorText().isEmpty() ? u"demo takes options only."_s : parser.errorText(),
                      u"handover demo [--headless] [--report FILE] [--keep]"_s);
    if (parser.isSet(help)) {
        print(parser.helpText());
        std::exit(0); // nothing has been started yet
    }
    return Options{parser.isSet(u"headless"_s), parser.isSet(u"keep"_s), parser.value(u"report"_s)};
}

int writeReport(const QJsonObject &report, const QString &file, const QString &screenshots)
{
    if (const auto written = writeWhole(file, QJsonDocument(report).toJson()); !written)
        return printError(failure(u"demo.report"_s, u"The report could not be written to %1."_s.arg(file),
                                  u"Choose another place with --report."_s, written.error()).error());
    const QJsonArray failures = report[u"failures"_s].toArray();
    for (const QJsonValue &words : failures)
        print(u"✗ "_s + words.toString());
    print(failures.isEmpty() ? u"Everything held."_s : u"%1 part(s) did not hold."_s.arg(failures.size()));
    print(u"Report:      %1\nScreenshots: %2"_s.arg(file, screenshots));
    return failures.isEmpty() ? 0 : 1;
}

int runHeadless(DemoStage &stage, ui::MainWindow &window, const Options &options, const QString &output)
{
    DemoRun run(stage, window, output);
    const QJsonObject report = run.run();
    const int status = writeReport(report, options.report.isEmpty() ? output + u"/report.json"_s : QDir::current().absoluteFilePath(options.report),
                       output);
    return stage.stopToken().stop_requested() ? exitStatus(Error::cancelled()) : status;
}

} // namespace

int runDemo(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    const auto options = parseOptions(arguments);
    if (!options)
        return printError(options.error());
    if (options->headless && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");

    if (const auto display = requireDisplay(); !display)
        return printError(display.error());

    QTemporaryDir directory(QDir::tempPath() + u"/handover-demo-XXXXXX"_s);
    if (!directory.isValid())
        return printError(failure(u"demo.directory"_s, u"No temporary folder could be made."_s,
                                  u"Check that %1 is writable."_s.arg(QDir::tempPath()), directory.errorString()).error());
    directory.setAutoRemove(!options->keep);
    // Nothing of the user's is read or written: cache and settings are the demo's own.
    qputenv("HANDOVER_CACHE_DIR", (directory.path() + u"/cache"_s).toUtf8());
    qputenv("HANDOVER_CONFIG_DIR", (directory.path() + u"/config"_s).toUtf8());
    qputenv("HANDOVER_STATE_DIR", (directory.path() + u"/state"_s).toUtf8());

    // The report and the screenshots outlive the rest.
    QTemporaryDir reports(QDir::tempPath() + u"/handover-demo-report-XXXXXX"_s);
    reports.setAutoRemove(!options->headless || !options->report.isEmpty());
    const QString output = options->report.isEmpty() ? reports.path()
                                                     : QFileInfo(QDir::current().absoluteFilePath(options->report)).path()
                                                           + u"/screenshots"_s;
    if (options->headless && (!QDir().mkpath(output) || QFileInfo(options->report).isDir()))
        return printError(failure(u"demo.directory"_s, u"The folder %1 could not be made."_s.arg(output),
                                  u"Choose another place with --report."_s).error());

    QApplication application(argc, argv);
    setUpApplication(application);
    const TerminalContext terminal;
    const std::stop_callback quit(terminal.context().stopToken(), [] {
        QMetaObject::invokeMethod(qApp, [] { QApplication::exit(130); }, Qt::QueuedConnection);
    });
    DemoStage stage(directory.path(), terminal.context().stopToken());
    ui::MainWindow window(stage.workspace());
    window.show();
    if (options->headless)
        return runHeadless(stage, window, *options, output);

    QObject::connect(&stage, &DemoStage::failed, &window, [&window](const Error &error) { window.message()->showError(error); });
    stage.prepare();
    const int status = QApplication::exec();
    if (options->keep)
        print(u"Left in %1"_s.arg(directory.path()));
    return status;
}

} // namespace handover::app
