// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/transferqueue.h"
#include "tests/support/cutrelay.h"
#include "tests/support/testserver.h"

#include <QAbstractItemModelTester>

namespace handover::transfer {

inline constexpr qsizetype Large = 40'000'000;
inline constexpr int Patience = 60'000;

/// A queue between here and a real sshd, by a line that can be cut.
class QueueFixture
{
protected:
    server::TestServer m_test;
    std::unique_ptr<test::CutRelay> m_relay;
    server::ConnectOptions m_options;
    QString m_state;
    std::unique_ptr<TransferQueue> m_queue;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::map<QString, std::shared_ptr<server::ServerLink>> m_links;
    QByteArray m_large = server::noise(Large, 1);

    [[nodiscard]] server::Address address() const
    {
        server::Address address = m_test.address();
        address.port = m_relay->port();
        return address;
    }
    std::shared_ptr<server::ServerLink> link(const QString &server)
    {
        if (server == QStringLiteral("none"))
            return nullptr;
        auto &link = m_links[server];
        if (!link)
            link = std::make_shared<server::ServerLink>(address(), m_options);
        return link;
    }
    void open()
    {
        m_queue = std::make_unique<TransferQueue>([this](const QString &server) { return link(server); }, m_state);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_queue.get());
    }
    void close()
    {
        m_tester.reset();
        m_queue.reset();
    }
    [[nodiscard]] QString here(const QString &name = {}) const { return m_test.path(QStringLiteral("here/") + name); }
    [[nodiscard]] QString there(const QString &name = {}) const { return m_test.local(name); }
    [[nodiscard]] QString sourceOf(Way way, const QString &name) const
    {
        return way == Way::Up ? here(name) : there(name);
    }
    [[nodiscard]] QString targetOf(Way way, const QString &name) const
    {
        return way == Way::Up ? there(name) : here(name);
    }
    [[nodiscard]] Transfer transfer(Way way, const QString &name, const QString &server = QStringLiteral("a")) const
    {
        return {way, server, here(name), m_test.remote(name.toUtf8())};
    }
    quint64 add(Way way, const QString &name, Answer answer = Answer::Ask)
    {
        Transfer one = transfer(way, name);
        one.answer = answer;
        return m_queue->add({one}).value(0);
    }
    [[nodiscard]] QVariant value(quint64 id, int role) const { return m_queue->indexOf(id).data(role); }
    [[nodiscard]] State state(quint64 id) const
    {
        return static_cast<State>(value(id, TransferQueue::StateRole).toInt());
    }
    [[nodiscard]] QString words(quint64 id) const { return value(id, TransferQueue::WordsRole).toString(); }
    [[nodiscard]] QString code(quint64 id) const { return value(id, TransferQueue::ErrorCodeRole).toString(); }
    [[nodiscard]] bool comesTo(quint64 id, State wanted, int milliseconds = Patience) const
    {
        const bool came = QTest::qWaitFor([&] { return state(id) == wanted; }, milliseconds);
        if (!came)
            qWarning("%d: %s %s", int(state(id)), qPrintable(words(id)),
                     qPrintable(value(id, TransferQueue::DetailRole).toString()));
        return came;
    }
    [[nodiscard]] bool runsUpTo(quint64 id, qint64 bytes) const
    {
        return QTest::qWaitFor([&] { return value(id, TransferQueue::DoneRole).toLongLong() >= bytes; }, Patience);
    }
    [[nodiscard]] QStringList namesIn(const QString &folder) const
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                                      QDir::Name);
    }
    static void ways()
    {
        QTest::addColumn<Way>("way");
        QTest::newRow("up") << Way::Up;
        QTest::newRow("down") << Way::Down;
    }

    void start()
    {
        QVERIFY(m_test.start("PasswordAuthentication no\n"));
        m_relay = test::CutRelay::start(m_test.server().port());
        QVERIFY(m_relay);
        m_options = m_test.server().connectOptions();
        const auto session = server::Session::connect(address(), m_options, {});
        QCOMPARE(server::codeOf(session), QStringLiteral("server.host-key-unknown")); // of the relay's port
        m_options.acceptedHostKey = session.error().detail.toLatin1();
        m_state = m_test.path(QStringLiteral("state"));
    }
    void begin() // of each test
    {
        for (const QString &folder : {there(), here(), m_state}) {
            std::filesystem::remove_all(folder.toStdString());
            QVERIFY(QDir().mkpath(folder));
        }
        m_links.clear();
        m_relay->setOpen(true);
        open();
    }
};

} // namespace handover::transfer
