// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QSet>

class QListWidget;
class QPushButton;

namespace handover::ui {

/// A small window with the modules that differ, each with a tick: for which of them rules are to be written.
class ModuleChooser final : public QFrame
{
    Q_OBJECT

public:
    explicit ModuleChooser(QWidget *parent = nullptr);

    void open(const QList<QByteArray> &modules, const QPoint &topRight); ///< all of them are ticked
    [[nodiscard]] QListWidget *list() const { return m_list; }
    [[nodiscard]] QPushButton *button() const { return m_write; }

signals:
    void chosen(const QSet<QByteArray> &leftOut);

protected:
    void hideEvent(QHideEvent *event) override;

private:
    [[nodiscard]] QSet<QByteArray> leftOut() const;

    QListWidget *m_list;
    QPushButton *m_write;
};

} // namespace handover::ui
