// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

namespace handover::package {

/// Stands between KTar and where it writes: KTar gives every entry the user id 501 and the group id
/// 100, whatever names it is told; this makes both 0 in the headers that pass.
class RootOwner : public QIODevice
{
    Q_OBJECT
public:
    explicit RootOwner(QIODevice *target)
        : m_target(target)
    {
    }

    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    QIODevice *m_target;
    qint64 m_contents = 0; ///< bytes until the next header
    QByteArray m_header;   ///< what came of it so far
};

} // namespace handover::package
