// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/appup/rulespage.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/theme.h"

#include <QTableView>
#include <QTest>

namespace handover::test {

/// Saves pictures of the window as NAME.png and NAME-dark.png where HANDOVER_SHOTS says, for people to look at; does
/// nothing when it says nothing.
inline void shootBoth(QWidget &window, const QString &name)
{
    const QString directory = qEnvironmentVariable("HANDOVER_SHOTS");
    if (directory.isEmpty())
        return;
    for (const auto &[mode, suffix] : {std::pair(ui::Theme::Mode::Dark, QStringLiteral("-dark")),
                                       std::pair(ui::Theme::Mode::Light, QString())}) {
        ui::Theme::instance().setMode(mode);
        QTest::qWait(150);
        QVERIFY(window.grab().save(directory + u'/' + name + suffix + QStringLiteral(".png")));
    }
}

/// Of the table of versions × rules; invalid if the version isn't in it.
inline QModelIndex matchCell(const ui::MainWindow &window, const QString &version, int column)
{
    const QAbstractItemModel *model = window.rulesPage()->table()->model();
    const QModelIndexList found = model->match(model->index(0, 0), Qt::DisplayRole, version, 1, Qt::MatchExactly);
    return found.isEmpty() ? QModelIndex() : found.first().siblingAtColumn(column);
}

} // namespace handover::test
