// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/overlay.h"

#include <QAccessible>
#include <QWidget>

namespace handover::ui {

void placeOverlay(QWidget *overlay, const QRect &line, const QSize &size)
{
    QWidget *window = overlay->window();
    if (overlay->parentWidget() != window)
        overlay->setParent(window);
    const QRect room = window->rect().adjusted(4, 4, -4, -4);
    const QSize fitting = size.boundedTo(room.size());
    const QPoint corner = window->mapFromGlobal(line.topLeft());
    const bool below = corner.y() + line.height() + fitting.height() <= room.bottom()
                       || corner.y() - fitting.height() < room.top();
    int y = below ? corner.y() + line.height() + 2 : corner.y() - fitting.height() - 2;
    y = qBound(room.top(), y, room.bottom() - fitting.height() + 1);
    const int x = qBound(room.left(), corner.x(), room.right() - fitting.width() + 1);
    overlay->setGeometry(QRect(QPoint(x, y), fitting));
    overlay->show();
    overlay->raise();
}

void announce(QObject *object, const QString &text)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(object, text);
#else
    Q_UNUSED(text);
    QAccessibleEvent event(object, QAccessible::Alert);
#endif
    QAccessible::updateAccessibility(&event);
}

} // namespace handover::ui
