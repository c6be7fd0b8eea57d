// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/template.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

const QRegularExpression &tagPattern()
{
    static const QRegularExpression tag(u"\\{\\{\\{\\s*vsn\\s*\\}\\}\\}|\\{\\{\\s*(&?)\\s*vsn\\s*\\}\\}"_s);
    return tag;
}

} // namespace

Template::Template(QByteArrayView source, const QString &vsn)
{
    if (vsn.isEmpty()) {
        m_rendered = source.toByteArray();
        return;
    }
    // Latin-1 keeps a byte a character, so the offsets of matches are byte offsets.
    const QString bytes = QString::fromLatin1(source);
    qsizetype done = 0;
    for (const auto &match : tagPattern().globalMatch(bytes)) {
        const bool raw = match.capturedView(0).startsWith("{{{"_L1) || match.capturedLength(1) > 0;
        m_rendered += source.sliced(done, match.capturedStart() - done);
        const qsizetype begin = m_rendered.size();
        m_rendered += (raw ? vsn : vsn.toHtmlEscaped()).toUtf8();
        done = match.capturedEnd();
        m_replacements.append(Replacement{{match.capturedStart(), done}, {begin, m_rendered.size()}});
    }
    m_rendered += source.sliced(done);
}

qsizetype Template::toSource(qsizetype offset, bool end) const
{
    qsizetype shift = 0;
    for (const Replacement &replacement : m_replacements) {
        const bool before = end ? offset <= replacement.rendered.begin : offset < replacement.rendered.begin;
        if (before)
            break;
        if (offset < replacement.rendered.end)
            return end ? replacement.source.end : replacement.source.begin;
        shift = replacement.source.end - replacement.rendered.end;
    }
    return offset + shift;
}

TextRange Template::toSource(TextRange rendered) const
{
    return {toSource(rendered.begin, false), toSource(rendered.end, true)};
}

QByteArray blanked(QByteArrayView source)
{
    QByteArray text = source.toByteArray();
    if (!text.contains("{{"))
        return text;
    for (const auto &match : tagPattern().globalMatch(QString::fromLatin1(source)))
        std::fill_n(text.begin() + match.capturedStart(), match.capturedLength(), '0');
    return text;
}

} // namespace handover::appup
