// SPDX-License-Identifier: GPL-3.0-or-later
// Opens a window, says when it is painted, and ends. With a project: Handover's own; without: an
// empty one, linked to the same libraries.
#include "app/windowapp.h"

#include <QApplication>
#include <QLabel>
#include <QMainWindow>

#include <cstdio>
#include <cstdlib>

namespace {

class FirstPaint final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = event->type() == QEvent::Paint ? qobject_cast<QWidget *>(watched) : nullptr;
        if (widget && !std::exchange(m_seen, widget->isWindow()) && m_seen)
            QMetaObject::invokeMethod(this, &FirstPaint::tell, Qt::QueuedConnection); // when all of it is painted
        return false;
    }

private:
    void tell()
    {
        std::fputs("painted\n", stdout);
        std::fflush(stdout);
        std::_Exit(0);
    }

    bool m_seen = false;
};

void watchFirstPaint() { qApp->installEventFilter(new FirstPaint(qApp)); }

int runEmptyWindow(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.setCentralWidget(new QLabel);
    window.resize(1440, 900);
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    qAddPreRoutine(watchFirstPaint);
    return argc > 1 ? handover::app::runWindow(argc, argv) : runEmptyWindow(argc, argv);
}
