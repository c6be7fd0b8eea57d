// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStyledItemDelegate>

namespace handover::ui {

/// A floating list: rounded, on Surface.
class PopupFrame final : public QFrame
{
    Q_OBJECT

public:
    explicit PopupFrame(QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// One version in a line: name, chips, and a detail (text or date) at the far end.
class VersionRowDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    VersionRowDelegate(int nameRole, int detailRole, int badgesRole, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_name;
    int m_detail;
    int m_badges;
};

} // namespace handover::ui
