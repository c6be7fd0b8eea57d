// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/patternclass.h"

#include "models/appup/patternscanner.h"

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

constexpr qsizetype MaxName = 40;

// The end of a [:name:] that begins at `begin`, or -1 if the bracket stands for itself.
qsizetype posixEnd(QStringView pattern, qsizetype begin)
{
    const QChar mark = begin + 1 < pattern.size() ? pattern[begin + 1] : QChar();
    if (mark != u':' && mark != u'.' && mark != u'=')
        return -1;
    const QStringView text = pattern.sliced(begin).first(qMin(MaxName, pattern.size() - begin));
    const qsizetype close = text.indexOf(u']', 2);
    return close > 2 && text[close - 1] == mark ? begin + close + 1 : -1;
}

} // namespace

PatternClass::PatternClass(QStringView pattern, qsizetype begin)
{
    using Kind = Item::Kind;
    bool quoted = false;
    qsizetype i = begin + 1;
    if (i < pattern.size() && pattern[i] == u'^') {
        m_negated = true;
        ++i;
    }
    while (i < pattern.size()) {
        const QStringView rest = pattern.sliced(i);
        if (rest.startsWith("\\E"_L1) || (!quoted && rest.startsWith("\\Q"_L1))) {
            quoted = rest[1] == u'Q';
            i += 2;
            continue;
        }
        // A ']' that comes first belongs to the class.
        if (rest.front() == u']' && !quoted && !m_items.isEmpty()) {
            m_end = i + 1;
            return;
        }
        Item item{Kind::Character, i, i + (rest.front().isHighSurrogate() ? 2 : 1), quoted};
        if (!quoted && rest.front() == u'\\') {
            item.kind = Kind::Escape;
            item.end = escapeEnd(pattern, i);
        } else if (const qsizetype end = posixEnd(pattern, i); !quoted && rest.front() == u'[' && end > 0) {
            item.kind = Kind::Posix;
            item.end = end;
        }
        item.end = qMin(item.end, pattern.size());
        m_items.append(item);
        i = item.end;
    }
    m_end = pattern.size();
}

} // namespace handover::appup
