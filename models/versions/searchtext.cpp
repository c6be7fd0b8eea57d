// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/searchtext.h"

#include <QByteArrayMatcher>

#include <numeric>

namespace handover::versions {

SearchText::SearchText(const QList<Version> &versions)
{
    m_ends.reserve(versions.size());
    for (const Version &version : versions) {
        for (const QString &text : {version.tag.text(), version.tag.author, version.summary()}) {
            m_text += text.toCaseFolded().toUtf8();
            m_text += '\n';
        }
        m_ends.append(m_text.size());
    }
}

QList<int> SearchText::rowsWith(const QString &words) const
{
    QList<int> rows;
    const QByteArray folded = words.toCaseFolded().toUtf8();
    if (folded.isEmpty()) {
        rows.resize(m_ends.size());
        std::iota(rows.begin(), rows.end(), 0);
        return rows;
    }
    if (folded.contains('\n'))
        return rows;
    const QByteArrayMatcher matcher(folded);
    qsizetype row = 0;
    qsizetype at = matcher.indexIn(m_text);
    while (at >= 0) {
        while (m_ends[row] <= at)
            ++row;
        rows.append(static_cast<int>(row));
        at = matcher.indexIn(m_text, m_ends[row]);
    }
    return rows;
}

} // namespace handover::versions
