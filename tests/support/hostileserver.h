// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/bounded.h"

namespace handover::server {

/// A real sshd whose SFTP misbehaves in one of the ways of tests/hostile/sftp.cpp; programs run as on any other.
class HostileServer
{
public:
    [[nodiscard]] bool start()
    {
        m_mode = m_test.path(QStringLiteral("mode"));
        return m_test.start("Subsystem sftp " HOSTILE_SFTP " " + QFile::encodeName(m_mode) + '\n');
    }
    static constexpr int Patient = 20; ///< seconds; for what is no question of time
    /// A connection to a server that behaves in this way from here on. On a busy machine an impatient one takes several
    /// tries until it is there.
    [[nodiscard]] Result<Session> connect(const QByteArray &mode, int timeoutSeconds = 1)
    {
        TestServer::write(m_mode, mode + '\n');
        ConnectOptions options = m_test.server().connectOptions();
        options.timeoutSeconds = timeoutSeconds;
        Result<Session> session = Session::connect(m_test.address(), options, {});
        for (int tries = 0; !session && tries < Patient; ++tries)
            session = Session::connect(m_test.address(), options, {});
        return session;
    }
    [[nodiscard]] TestServer &test() { return m_test; }

    /// All the ways, one a row.
    static void modes()
    {
        QTest::addColumn<QByteArray>("mode");
        for (const char *mode :
             {"none", "silence", "end", "packet of 2 GB", "packet of 200 MB", "packet without bytes", "cut packet",
              "short body", "unknown type", "wrong type", "wrong ids", "endless wrong ids",
              "endless listing", "endless dots", "no names", "too few names", "endless tree", "endless wide tree",
              "name up", "name absolute", "name up alone", "name empty", "name of NUL", "name with NUL", "name long",
              "name with escapes", "directory with escapes", "name turned around", "name not UTF-8",
              "no long names", "endless attributes", "endless data", "more data than asked for", "empty data", "no data",
              "size beyond signed", "largest size", "links in a circle", "links out", "long links",
              "disk beyond numbers", "bare status", "escapes in status", "long handle", "version 99", "version 0",
              "many extensions"})
            QTest::newRow(mode) << QByteArray(mode);
    }

private:
    TestServer m_test;
    QString m_mode;
};

} // namespace handover::server
