// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowapp.h"

#include "app/terminal.h"
#include "models/deploy/savedserver.h"
#include "models/settings/usersettings.h"
#include "models/workspace/workspace.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

void addSavedServers(workspace::Workspace &workspace)
{
    for (const settings::ServerEntry &entry : settings::UserSettings::servers()) {
        const auto address = server::Address::parse(entry.address);
        if (!address)
            continue; // written by hand and wrong; the form refuses such ones
        deploy::lookWithSecrets(workspace.addServer(entry.name, *address, deploy::connectOptions(entry)), entry);
    }
}

} // namespace

Result<void> requireDisplay()
{
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return {};
    }
    return failure(u"window.no-display"_s, u"There is no display to open a window on."_s,
                   u"Every verb works without one (handover --help), and so does handover demo --headless."_s);
}

void setUpApplication(QApplication &application)
{
    QApplication::setApplicationDisplayName(u"Handover"_s);
    QGuiApplication::setDesktopFileName(u"handover"_s);
    auto *plurals = new QTranslator(&application);
    if (plurals->load(u":/i18n/handover_en.qm"_s))
        QCoreApplication::installTranslator(plurals);
    ui::Theme::instance().install(application);
    QApplication::setWindowIcon(ui::applicationIcon());
}

int runWindow(int argc, char **argv)
{
    const QString argument = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (argument.startsWith(u'-') || (!argument.isEmpty() && !QFileInfo::exists(argument))) {
        return printError(misuse(u"usage"_s, argument.startsWith(u'-') ? u"There is no option %1."_s.arg(argument)
                                                                       : u"There is no folder %1, and no such verb."_s.arg(argument),
                                 u"See handover --help."_s).error());
    }
    if (const auto display = requireDisplay(); !display)
        return printError(display.error());
    QApplication application(argc, argv);
    setUpApplication(application);

    workspace::Workspace workspace;
    ui::MainWindow window(&workspace);
    QObject::connect(&workspace, &workspace::Workspace::projectChanged, &workspace, [&workspace] {
        if (!workspace.projectError())
            settings::UserSettings::setLastProject(workspace.project()->path);
    });
    const QString path = argument.isEmpty() ? settings::UserSettings::lastProject() : QFileInfo(argument).absoluteFilePath();
    QObject::connect(&window, &ui::MainWindow::seen, &workspace, [&workspace, path] {
        if (!path.isEmpty() && QFileInfo::exists(path))
            workspace.open(path);
        addSavedServers(workspace);
    });
    window.show();
    return QApplication::exec();
}

} // namespace handover::app
