// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/versionorder.h"

#include <QList>
#include <QStringTokenizer>

#include <algorithm>

#include <optional>

namespace handover {

namespace {

struct Parts
{
    QStringView core; // "1.4.2"
    QStringView pre;  // "rc.1" of "1.4.2-rc.1"
    QStringView build;
};

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

bool isNumber(QStringView text) { return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit); }

std::optional<Parts> split(QStringView text)
{
    if (text.size() > 1 && (text[0] == u'v' || text[0] == u'V') && isDigit(text[1]))
        text = text.mid(1);
    Parts parts;
    if (const qsizetype plus = text.indexOf(u'+'); plus >= 0) {
        parts.build = text.mid(plus + 1);
        text = text.left(plus);
    }
    if (const qsizetype dash = text.indexOf(u'-'); dash >= 0) {
        parts.pre = text.mid(dash + 1);
        text = text.left(dash);
    }
    for (const QStringView part : qTokenize(text, u'.')) {
        if (!isNumber(part))
            return std::nullopt;
    }
    parts.core = text;
    return parts;
}

// Numbers of any length, by value.
std::strong_ordering compareNumbers(QStringView left, QStringView right)
{
    while (left.size() > 1 && left[0] == u'0')
        left = left.mid(1);
    while (right.size() > 1 && right[0] == u'0')
        right = right.mid(1);
    if (left.size() != right.size())
        return left.size() <=> right.size();
    return left.compare(right) <=> 0;
}

std::strong_ordering compareNatural(QStringView left, QStringView right)
{
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < left.size() && j < right.size()) {
        if (isDigit(left[i]) && isDigit(right[j])) {
            const qsizetype i0 = i;
            const qsizetype j0 = j;
            while (i < left.size() && isDigit(left[i]))
                ++i;
            while (j < right.size() && isDigit(right[j]))
                ++j;
            const auto order = compareNumbers(left.sliced(i0, i - i0), right.sliced(j0, j - j0));
            if (order != 0)
                return order;
        } else {
            if (left[i] != right[j])
                return left[i].unicode() <=> right[j].unicode();
            ++i;
            ++j;
        }
    }
    return (left.size() - i) <=> (right.size() - j);
}

std::strong_ordering compareCore(QStringView left, QStringView right)
{
    const auto tokensLeft = left.split(u'.');
    const auto tokensRight = right.split(u'.');
    for (qsizetype i = 0; i < qMax(tokensLeft.size(), tokensRight.size()); ++i) {
        const QStringView a = i < tokensLeft.size() ? tokensLeft[i] : QStringView(u"0");
        const QStringView b = i < tokensRight.size() ? tokensRight[i] : QStringView(u"0");
        if (const auto order = compareNumbers(a, b); order != 0)
            return order;
    }
    return std::strong_ordering::equal;
}

std::strong_ordering compareIdentifiers(QStringView left, QStringView right)
{
    const auto a = left.split(u'.');
    const auto b = right.split(u'.');
    for (qsizetype i = 0; i < qMin(a.size(), b.size()); ++i) {
        const bool numberA = isNumber(a[i]);
        const bool numberB = isNumber(b[i]);
        std::strong_ordering order = std::strong_ordering::equal;
        if (numberA != numberB)
            order = numberA ? std::strong_ordering::less : std::strong_ordering::greater;
        else
            order = numberA ? compareNumbers(a[i], b[i]) : compareNatural(a[i], b[i]);
        if (order != 0)
            return order;
    }
    return a.size() <=> b.size();
}

// The first three numbers. Behind one that is too large for its room nothing may count.
quint64 rankOfNumbers(QStringView core)
{
    constexpr int roomBits = 20;
    constexpr quint64 largest = (quint64(1) << roomBits) - 1;
    quint64 rank = quint64(1) << 63;
    int shift = 63;
    for (const QStringView part : qTokenize(core, u'.')) {
        shift -= roomBits;
        if (shift < 0)
            break;
        quint64 number = 0;
        for (const QChar digit : part)
            number = qMin(largest, number * 10 + (digit.unicode() - u'0'));
        rank |= number << shift;
        if (number == largest)
            break;
    }
    return rank;
}

// The first three characters, of which a digit's place among numbers isn't known.
quint64 rankOfText(QStringView text)
{
    quint64 rank = 0;
    int shift = 48;
    for (const QChar c : text.left(3)) {
        shift -= 16;
        rank |= quint64(isDigit(c) ? u'0' : c.unicode()) << shift;
        if (isDigit(c))
            break;
    }
    return rank;
}

} // namespace

std::strong_ordering compareVersions(QStringView left, QStringView right)
{
    const auto a = split(left);
    const auto b = split(right);
    std::strong_ordering order = std::strong_ordering::equal;
    if (a && b) {
        order = compareCore(a->core, b->core);
        if (order == 0 && a->pre.isEmpty() != b->pre.isEmpty())
            order = a->pre.isEmpty() ? std::strong_ordering::greater : std::strong_ordering::less;
        if (order == 0)
            order = compareIdentifiers(a->pre, b->pre);
        if (order == 0)
            order = compareIdentifiers(a->build, b->build);
    } else if (a.has_value() != b.has_value()) {
        return a ? std::strong_ordering::greater : std::strong_ordering::less;
    } else {
        order = compareNatural(left, right);
    }
    return order != 0 ? order : left.compare(right) <=> 0;
}

quint64 versionRank(QStringView text)
{
    const auto parts = split(text);
    return parts ? rankOfNumbers(parts->core) : rankOfText(text);
}

bool looksLikeVersion(QStringView text) { return split(text).has_value(); }

} // namespace handover
