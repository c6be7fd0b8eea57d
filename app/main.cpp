// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"
#include "app/demo/demo.h"
#include "app/windowapp.h"

#include <QCoreApplication>

#include <clocale>

int main(int argc, char *argv[])
{
    std::setlocale(LC_ALL, "");
    QCoreApplication::setApplicationName(QStringLiteral("handover"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HANDOVER_VERSION));
    const QString verb = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (handover::app::isVerb(verb)) {
        const QCoreApplication application(argc, argv);
        return handover::app::runVerb(QCoreApplication::arguments());
    }
    if (verb == QLatin1StringView("demo"))
        return handover::app::runDemo(argc, argv);
    return handover::app::runWindow(argc, argv);
}
