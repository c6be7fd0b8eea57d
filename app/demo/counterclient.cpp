// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/counterclient.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>

namespace handover::app {

CounterClient::CounterClient(quint16 port) : m_thread([this, port] { run(port); }) {}

CounterClient::~CounterClient() { stop(); }

void CounterClient::stop()
{
    m_stop = true;
    if (m_thread.joinable())
        m_thread.join();
}

CounterClient::Seen CounterClient::seen() const
{
    const QMutexLocker lock(&m_mutex);
    return m_seen;
}

void CounterClient::run(quint16 port)
{
    QElapsedTimer sinceLast;
    while (!m_stop) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        if (!socket.waitForConnected(2000))
            continue;
        {
            const QMutexLocker lock(&m_mutex);
            ++m_seen.connections;
        }
        while (!m_stop && socket.state() == QAbstractSocket::ConnectedState) {
            if (!socket.canReadLine() && !socket.waitForReadyRead(50))
                continue;
            while (socket.canReadLine()) {
                const QByteArray line = socket.readLine().trimmed();
                if (line.startsWith('#'))
                    continue;
                const QMutexLocker lock(&m_mutex);
                if (sinceLast.isValid())
                    m_seen.longestGapMs = qMax(m_seen.longestGapMs, sinceLast.elapsed());
                sinceLast.start();
                take(line);
            }
        }
        if (!m_stop) {
            const QMutexLocker lock(&m_mutex);
            ++m_seen.drops;
        }
    }
}

// "COUNT VSN"
void CounterClient::take(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    bool ok = false;
    const qint64 count = words.first().toLongLong(&ok);
    if (!ok || words.size() != 2) {
        m_seen.monotonic = false;
        return;
    }
    if (m_seen.readings == 0)
        m_seen.first = count;
    else if (count < m_seen.last)
        m_seen.monotonic = false;
    m_seen.last = count;
    ++m_seen.readings;
    const QString version = QString::fromUtf8(words[1]);
    if (m_seen.versions.isEmpty() || m_seen.versions.last() != version)
        m_seen.versions += version;
}

} // namespace handover::app
