// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/objecttext.h"

#include "models/repo/gitlibrary.h"

#include <array>
#include <utility>

namespace handover::repo {

namespace {

using Field = QByteArrayView ObjectText::*;

constexpr std::array<std::pair<QByteArrayView, Field>, 6> fields{{{"object", &ObjectText::object},
                                                                  {"type", &ObjectText::type},
                                                                  {"encoding", &ObjectText::encoding},
                                                                  {"author", &ObjectText::author},
                                                                  {"committer", &ObjectText::committer},
                                                                  {"tagger", &ObjectText::tagger}}};

void readHeader(QByteArrayView line, ObjectText &text)
{
    const qsizetype space = line.indexOf(' ');
    if (space <= 0) // what goes on from the line before, such as a signature
        return;
    for (const auto &[name, field] : fields) {
        if (line.first(space) == name && (text.*field).isEmpty())
            text.*field = line.sliced(space + 1);
    }
}

// "+0130": minutes east of UTC.
int offset(QByteArrayView zone)
{
    bool isNumber = false;
    const int value = zone.toInt(&isNumber);
    return isNumber ? value / 100 * 60 + value % 100 : 0;
}

} // namespace

ObjectText readObjectText(QByteArrayView bytes)
{
    ObjectText text;
    while (!bytes.isEmpty() && bytes.front() != '\n') {
        const qsizetype end = bytes.indexOf('\n');
        readHeader(end < 0 ? bytes : bytes.first(end), text);
        bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
    }
    text.message = bytes;
    return text;
}

Signature readSignature(QByteArrayView text)
{
    const qsizetype mail = text.indexOf('<');
    Signature signature{(mail < 0 ? text : text.first(mail)).trimmed(), {}};
    const QByteArrayView behind = text.sliced(text.lastIndexOf('>') + 1).trimmed();
    const qsizetype space = behind.indexOf(' ');
    bool isNumber = false;
    const qint64 seconds = (space < 0 ? behind : behind.first(space)).toLongLong(&isNumber);
    if (isNumber)
        signature.when = gitTime(seconds, space < 0 ? 0 : offset(behind.sliced(space + 1)));
    return signature;
}

} // namespace handover::repo
