// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>
#include <QStringView>

namespace handover::node {

/// Makes lines for people of the bytes of a log, in whatever pieces they come: UTF-8 repaired, control characters
/// (of terminals and of text direction) shown as "\x1B" or "\u202E", what a line has over 4000 bytes counted instead.
class LogLines
{
public:
    /// The lines that these bytes end.
    [[nodiscard]] QStringList feed(QByteArrayView bytes);
    /// What was fed since the last line end; nothing is left then.
    [[nodiscard]] QStringList finish();

private:
    [[nodiscard]] QString takeLine();

    QByteArray m_line;
    qint64 m_left = 0; ///< bytes of this line that are not kept
};

/// What a program said, for people: as LogLines shows it, without what is only space around it; of more than 64 KiB
/// the end.
[[nodiscard]] QString spokenText(QByteArrayView output);

/// Whether it can be shown as it is: none of what LogLines would show otherwise, on one line.
[[nodiscard]] bool isPlain(QStringView text);

} // namespace handover::node
