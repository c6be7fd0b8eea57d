// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/numberpattern.h"

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

QString digit(QChar least, QChar most)
{
    return least == most ? QString(least) : u"[%1-%2]"_s.arg(least, most);
}

QString digits(qsizetype count)
{
    if (count == 0)
        return {};
    return count == 1 ? u"[0-9]"_s : u"[0-9]{%1}"_s.arg(count);
}

bool isAll(const QString &number, QChar digit) { return number.count(digit) == number.size(); }

QStringList prefixed(const QString &prefix, QStringList patterns)
{
    for (QString &pattern : patterns)
        pattern.prepend(prefix);
    return patterns;
}

// Both of the same length.
QStringList between(const QString &least, const QString &most)
{
    const qsizetype rest = least.size() - 1;
    if (isAll(least.sliced(1), u'0') && isAll(most.sliced(1), u'9'))
        return {digit(least.front(), most.front()) + digits(rest)};
    if (least.front() == most.front())
        return prefixed(QString(least.front()), between(least.sliced(1), most.sliced(1)));
    QStringList patterns;
    QChar first = least.front();
    QChar last = most.front();
    if (!isAll(least.sliced(1), u'0')) {
        patterns += prefixed(QString(first), between(least.sliced(1), QString(rest, u'9')));
        first = QChar(first.unicode() + 1);
    }
    QStringList end;
    if (!isAll(most.sliced(1), u'9')) {
        end = prefixed(QString(last), between(QString(rest, u'0'), most.sliced(1)));
        last = QChar(last.unicode() - 1);
    }
    if (first <= last)
        patterns += digit(first, last) + digits(rest);
    return patterns + end;
}

} // namespace

QString oneOf(const QStringList &alternatives)
{
    if (alternatives.size() == 1)
        return alternatives.constFirst();
    QStringList filled = alternatives;
    const bool optional = filled.removeAll(QString()) > 0;
    return u'(' + filled.join(u'|') + (optional ? u")?"_s : u")"_s);
}

QString numberPattern(quint64 least, std::optional<quint64> most, bool padded)
{
    const QString zeros = padded ? u"0*"_s : QString();
    if (!most && least == 0)
        return u"[0-9]+"_s;
    QStringList patterns;
    QString from = QString::number(least);
    if (most) {
        const QString to = QString::number(*most);
        for (; from.size() < to.size(); from = u'1' + QString(from.size(), u'0'))
            patterns += between(from, QString(from.size(), u'9'));
        patterns += between(from, to);
    } else {
        patterns = between(from, QString(from.size(), u'9'));
        patterns += u"[1-9][0-9]{%1,}"_s.arg(from.size());
    }
    return zeros + oneOf(patterns);
}

} // namespace handover::appup
