// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/textsearch.h"

#include <QElapsedTimer>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::ui {
namespace {

constexpr qsizetype MostHits = 5000;
constexpr qint64 LongestMs = 60;

// Offsets of UTF-16 as offsets of UTF-8; asked for in rising order.
class Offsets
{
public:
    explicit Offsets(const QString &text) : m_text(text) {}

    qsizetype bytes(qsizetype at)
    {
        for (; m_at < at; ++m_at) {
            const QChar c = m_text[m_at];
            if (c.isHighSurrogate())
                m_bytes += 4;
            else if (!c.isLowSurrogate())
                m_bytes += c < u'\x80' ? 1 : c < u'\x0800' ? 2 : 3;
        }
        return m_bytes;
    }

private:
    const QString &m_text;
    qsizetype m_at = 0;
    qsizetype m_bytes = 0;
};

QRegularExpression expression(const SearchQuery &query)
{
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption;
    if (!query.matchCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    // An expression that explodes gives up at a place instead of holding up the window.
    const QString wanted = query.regex ? query.words : QRegularExpression::escape(query.words);
    return QRegularExpression(u"(*LIMIT_MATCH=50000)"_s + wanted, options);
}

} // namespace

SearchResult findAll(QByteArrayView text, const SearchQuery &query)
{
    SearchResult result;
    if (query.words.isEmpty())
        return result;
    const QRegularExpression wanted = expression(query);
    if (!wanted.isValid()) {
        result.error = wanted.errorString();
        return result;
    }
    const QString characters = QString::fromUtf8(text);
    // Where bytes are no UTF-8 the way back is not sure.
    if (characters.contains(QChar::ReplacementCharacter) && characters.toUtf8() != text) {
        result.complete = false;
        return result;
    }
    Offsets offsets(characters);
    QElapsedTimer clock;
    clock.start();
    for (auto match = wanted.globalMatch(characters); match.hasNext();) {
        const QRegularExpressionMatch hit = match.next();
        if (result.hits.size() == MostHits || clock.elapsed() > LongestMs) {
            result.complete = false;
            break;
        }
        if (hit.capturedLength() == 0)
            continue;
        const qsizetype begin = offsets.bytes(hit.capturedStart());
        result.hits.append({{begin, offsets.bytes(hit.capturedEnd())}, hit.capturedTexts()});
    }
    return result;
}

QByteArray replacementFor(const SearchHit &hit, const SearchQuery &query, const QString &replacement)
{
    if (!query.regex)
        return replacement.toUtf8();
    QString text;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        if (replacement[i] != u'\\' || i + 1 == replacement.size()) {
            text += replacement[i];
            continue;
        }
        const QChar next = replacement[++i];
        if (next.isDigit() && next < u'\x80')
            text += hit.groups.value(next.digitValue());
        else if (next == u'n')
            text += u'\n';
        else if (next == u't')
            text += u'\t';
        else if (next == u'\\')
            text += next;
        else
            text += u'\\' + QString(next);
    }
    return text.toUtf8();
}

} // namespace handover::ui
