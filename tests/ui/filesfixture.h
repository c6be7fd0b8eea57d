// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"
#include "tests/support/testserver.h"
#include "tests/ui/watchdog.h"
#include "tests/ui/windowtest.h"
#include "ui/editor/codeeditor.h"
#include "ui/files/filepane.h"
#include "ui/files/filespage.h"
#include "ui/files/textpane.h"
#include "ui/shell/mainwindow.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/inlinemessage.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSignalSpy>

#include <sys/stat.h>

namespace handover::test {

/// The page of files here and on a real sshd in the real window, with a watch on how long the window's thread is ever
/// blocked.
class FilesFixture
{
protected:
    void start(); ///< once: a server, and startProgram()
    void begin(); ///< of each test: a release directory as relx makes them there, and a project here
    void end() { m_longest = std::max(m_longest, m_watchdog->longest()); } ///< of each test
    void startProgram();
    void endProgram(); ///< without asking anything
    [[nodiscard]] bool until(const std::function<bool()> &condition) const { return QTest::qWaitFor(condition, 20'000); }
    [[nodiscard]] ui::FilePane *here() const { return m_page->here(); }
    [[nodiscard]] ui::FilePane *there() const { return m_page->there(); }
    [[nodiscard]] static QStringList shown(const ui::FilePane *pane);
    [[nodiscard]] bool shows(ui::FilePane *pane, const QString &directory) const;
    [[nodiscard]] bool has(const ui::FilePane *pane, const QString &name) const
    {
        return until([&] { return shown(pane).contains(name); });
    }
    [[nodiscard]] bool lacks(const ui::FilePane *pane, const QString &name) const
    {
        return until([&] { return !shown(pane).contains(name); });
    }
    void press(ui::FilePane *pane, ui::FileView::Command command) const;
    [[nodiscard]] bool clickLink(QWidget *in, const QString &text) const;
    [[nodiscard]] static bool isClean(const ui::FilePane *pane) { return pane->message()->isHidden(); }
    void drop(ui::FilePane *onto, const QMimeData &data) const;
    [[nodiscard]] bool carried() const; ///< all that is in the queue
    [[nodiscard]] QString hereFile(const QString &name) const { return m_home.filePath(QStringLiteral("work/") + name); }
    [[nodiscard]] bool opensText(const QByteArray &name) const;
    void type(const QByteArray &text) const;
    void shoot(const QString &name);
    void forgive() const ///< the test itself works in the window's thread, too
    {
        QTest::qWait(50);
        m_watchdog->reset();
    }

    QTemporaryDir m_home;
    server::TestServer m_test;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::FilesPage *m_page = nullptr;
    std::unique_ptr<test::Watchdog> m_watchdog;
    qint64 m_longest = 0;
};

inline void FilesFixture::start()
{
    for (const char *name : {"HANDOVER_CONFIG_DIR", "HANDOVER_CACHE_DIR", "HANDOVER_STATE_DIR"})
        qputenv(name, m_home.filePath(QString::fromLatin1(name)).toUtf8());
    qputenv("HOME", m_home.path().toUtf8());
    qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
    ui::Theme::instance().install(*qApp);
    QVERIFY(m_test.start());
    startProgram();
}

inline void FilesFixture::startProgram()
{
    m_workspace = std::make_unique<workspace::Workspace>();
    m_window = std::make_unique<ui::MainWindow>(m_workspace.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_page = m_window->filesPage();
    m_watchdog = std::make_unique<test::Watchdog>(m_window.get());
    m_window->showPage(ui::MainWindow::Page::Files);
    QVERIFY(until([this] { return here()->model()->directory().has_value(); }));
    m_workspace->addServer(QStringLiteral("edge-1"), m_test.address(), m_test.server().connectOptions());
    QVERIFY(until([this] { return there()->model()->directory().has_value(); }));
    forgive();
}

inline void FilesFixture::endProgram()
{
    m_watchdog.reset();
    m_window.reset();
    m_workspace.reset();
}

inline void FilesFixture::begin()
{
    for (const QString &directory : {m_test.local(), hereFile({})}) {
        std::filesystem::remove_all(directory.toStdString());
        QVERIFY(QDir().mkpath(directory));
    }
    for (const char *name : {"bin/", "erts-15.2/bin/", "lib/kernel-10.2/ebin/", "lib/tally-1.0.0/ebin/", "lib/tally-1.1.0/ebin/",
                             "lib/tally-0.9.0/ebin/", "releases/1.0.0/", "releases/1.1.0/", "log/"})
        QVERIFY(QDir().mkpath(m_test.local(QString::fromLatin1(name))));
    server::TestServer::write(m_test.local(QStringLiteral("bin/tally")), "#!/bin/sh\necho 'Node is not running!'\nexit 1\n");
    QCOMPARE(::chmod(m_test.remote("bin/tally").bytes().constData(), 0755), 0);
    server::TestServer::write(m_test.local(QStringLiteral("releases/RELEASES")),
                      "[{release,\"tally\",\"1.0.0\",\"15.2\",[{kernel,\"10.2\",\"lib/kernel-10.2\"},"
                      "{tally,\"1.0.0\",\"lib/tally-1.0.0\"}],permanent}].\n");
    server::TestServer::write(m_test.local(QStringLiteral("releases/start_erl.data")), "15.2 1.0.0\n");
    server::TestServer::write(m_test.local(QStringLiteral("lib/tally-0.9.0/ebin/tally.beam")), QByteArray(4000, 'x'));
    server::TestServer::write(m_test.local(QStringLiteral("tally.config")), "[{tally, [{port, 8080}]}].\n");
    server::TestServer::write(m_test.local(QStringLiteral(".erlang.cookie")), "secret");
    server::TestServer::write(m_test.local(QStringLiteral("erl_crash.dump")), QByteArray(300'000, 'x'));
    QVERIFY(QFile::link(QStringLiteral("releases/1.0.0"), m_test.local(QStringLiteral("current"))));
    QVERIFY(QDir().mkpath(hereFile(QStringLiteral("_build"))) && QDir().mkpath(hereFile(QStringLiteral("apps/tally"))));
    server::TestServer::write(hereFile(QStringLiteral("rebar.config")), "{deps, []}.\n");
    server::TestServer::write(hereFile(QStringLiteral("README.md")), "# Tally\n");
    server::TestServer::write(hereFile(QStringLiteral("tally-1.1.0.tar.gz")), server::noise(3'000'000));
    QVERIFY(shows(here(), hereFile(QStringLiteral("."))));
    QVERIFY(shows(there(), m_test.local(QStringLiteral("."))));
    m_page->queue()->removeFinished();
    forgive();
}

inline QStringList FilesFixture::shown(const ui::FilePane *pane)
{
    QStringList names;
    for (int row = 0; row < pane->order()->rowCount(); ++row)
        names += pane->order()->index(row, 0).data().toString();
    return names;
}

inline bool FilesFixture::shows(ui::FilePane *pane, const QString &directory) const
{
    const auto path = transfer::Path::parse(QFile::encodeName(QDir::cleanPath(directory)));
    QSignalSpy opened(pane->model(), &transfer::DirectoryModel::opened);
    pane->message()->dismiss();
    pane->model()->open(*path);
    return until([&] { return !opened.isEmpty() && pane->model()->directory() == *path; });
}

inline void FilesFixture::press(ui::FilePane *pane, ui::FileView::Command command) const
{
    pane->view()->setFocus();
    const QKeyCombination keys = ui::FileView::keys(command)[0];
    QTest::keyClick(pane->view(), keys.key(), keys.keyboardModifiers());
}

inline bool FilesFixture::clickLink(QWidget *in, const QString &text) const
{
    ui::LinkButton *found = nullptr;
    const bool there = until([&] {
        for (ui::LinkButton *link : in->findChildren<ui::LinkButton *>()) {
            if (link->text() == text && link->isVisibleTo(in->window()))
                found = link;
        }
        return found != nullptr;
    });
    if (there)
        QTest::mouseClick(found, Qt::LeftButton);
    return there;
}

inline void FilesFixture::drop(ui::FilePane *onto, const QMimeData &data) const
{
    const QPoint place(20, onto->view()->viewport()->height() - 5);
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(onto->view()->viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(onto->view()->viewport(), &event);
    QVERIFY(event.isAccepted());
}

inline bool FilesFixture::carried() const
{
    return until([this] { return !m_page->queue()->isBusy(); });
}

inline bool FilesFixture::opensText(const QByteArray &name) const
{
    there()->view()->select(name);
    press(there(), ui::FileView::Command::Open);
    return until([this] { return m_page->text()->editor()->isVisible(); });
}

inline void FilesFixture::type(const QByteArray &text) const { m_page->text()->editor()->replaceText(text); }

inline void FilesFixture::shoot(const QString &name)
{
    if (qEnvironmentVariableIsEmpty("HANDOVER_SHOTS"))
        return;
    for (const auto &[size, suffix] : {std::pair(QSize(1440, 900), QString()), std::pair(QSize(1000, 700), QStringLiteral("-small"))}) {
        m_window->resize(size);
        test::shootBoth(*m_window, QStringLiteral("files-") + name + suffix);
    }
    m_window->resize(1440, 900);
    forgive();
}

} // namespace handover::test
