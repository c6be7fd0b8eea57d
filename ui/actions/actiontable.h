// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

class QMenuBar;

namespace handover::ui {

/// The one table of actions: id, menu, text, icon, keys. Menus and shortcuts are made of it; who
/// can do an action connects to it by its id.
class ActionTable final : public QObject
{
    Q_OBJECT

public:
    explicit ActionTable(QObject *parent = nullptr);

    /// The action of an id of the table; asking for another one is a programming error.
    [[nodiscard]] QAction *action(QStringView id) const;
    [[nodiscard]] QList<QAction *> actions() const { return m_order; }
    void fillMenuBar(QMenuBar *bar) const;

private:
    QHash<QString, QAction *> m_actions;
    QList<QAction *> m_order;
};

} // namespace handover::ui
