// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/pattern.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

// Calls visit(offset) for each character of the pattern that stands for itself or is an operator:
// outside of classes, \Q..\E, and not escaped.
template<typename Visit>
void eachActive(QStringView pattern, Visit visit)
{
    bool inClass = false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == u'\\') {
            if (pattern.sliced(i).startsWith("\\Q"_L1)) {
                const qsizetype end = pattern.indexOf("\\E"_L1, i + 2);
                i = end < 0 ? pattern.size() : end;
            }
            ++i;
        } else if (inClass) {
            inClass = c != u']';
        } else if (c == u'[') {
            inClass = true;
            // A ']' directly behind the opening bracket belongs to the class.
            if (i + 1 < pattern.size() && pattern[i + 1] == u'^')
                ++i;
            if (i + 1 < pattern.size() && pattern[i + 1] == u']')
                ++i;
        } else {
            visit(i);
        }
    }
}

} // namespace

bool looksLikePattern(QStringView text)
{
    static const QRegularExpression signs(u"\\\\|[.\\]][*+?]|\\[[^\\]]*\\]|^\\^|\\$$|\\||\\*|\\(|\\?"_s);
    return signs.matchView(text).hasMatch();
}

QList<qsizetype> unescapedDots(QStringView pattern)
{
    QList<qsizetype> dots;
    eachActive(pattern, [&](qsizetype i) {
        if (pattern[i] != u'.' || i == 0 || i + 1 == pattern.size())
            return;
        const QChar before = pattern[i - 1];
        const QChar behind = pattern[i + 1];
        const bool afterNumber = isDigit(before) || (QStringView(u"])}+*").contains(before));
        const bool beforeNumber =
            isDigit(behind) || behind == u'[' || behind == u'(' || pattern.sliced(i + 1).startsWith("\\d"_L1);
        if (afterNumber && beforeNumber)
            dots.append(i);
    });
    return dots;
}

QString withEscapedDots(const QString &pattern, const QList<qsizetype> &dots)
{
    QString escaped = pattern;
    for (auto dot = dots.crbegin(); dot != dots.crend(); ++dot)
        escaped.insert(*dot, u'\\');
    return escaped;
}

bool takesEverything(QStringView pattern)
{
    static const QRegularExpression everything(u"\\A\\^?\\(?(?:\\?:)?\\.[*+]\\)?\\$?\\z"_s);
    return everything.matchView(pattern).hasMatch();
}

QStringList widened(const QString &pattern)
{
    const bool end = pattern.endsWith(u'$') && !pattern.endsWith("\\$"_L1);
    const QString base = end ? pattern.chopped(1) : pattern;
    const QString tail = end ? u"$"_s : QString();
    QStringList patterns;
    for (const QString &suffix : {u"(\\.[0-9]+)*"_s, u"(\\.[0-9]+)*(\\+.*)?"_s}) {
        patterns.append(QString(base + suffix + tail));
        patterns.append(QString(u"(?:"_s + base + u')' + suffix + tail));
    }
    return patterns;
}

QString dialectTrap(const QString &pattern)
{
    static const QRegularExpression traps(u"\\{ *, *[0-9]+ "
                                          u"*\\}|\\(\\?\\^|\\(\\?[a-z]*n[a-z]*[:)]|\\\\N\\{U\\+|\\\\g\\{\\+|"
                                          u"\\(\\*(?:atomic|napla|naplb|pla|plb|nla|nlb|sr|asr):"
                                          "|\\(\\?xx|\\\\p\\{(?:Script|scx?)="_s);
    return traps.match(pattern).captured();
}

} // namespace handover::appup
