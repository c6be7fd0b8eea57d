// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sshconfig.h"

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

bool isSpace(QChar c) { return c == u' ' || c == u'\t' || c == u'\r' || c == u'\f'; }

qsizetype skipSpace(QStringView line, qsizetype at)
{
    while (at < line.size() && isSpace(line[at]))
        ++at;
    return at;
}

// OpenSSH's argv_split(): quotes of both kinds, and a backslash that takes the meaning from quotes, itself and a space.
QString nextWord(QStringView line, qsizetype &at)
{
    QString word;
    QChar quote;
    for (; at < line.size(); ++at) {
        const QChar c = line[at];
        const QChar next = at + 1 < line.size() ? line[at + 1] : QChar();
        if (c == u'\\' && (next == u'\'' || next == u'"' || next == u'\\' || (quote.isNull() && next == u' '))) {
            word += next;
            ++at;
        } else if (quote.isNull() && isSpace(c)) {
            break;
        } else if (quote.isNull() && (c == u'"' || c == u'\'')) {
            quote = c;
        } else if (!quote.isNull() && c == quote) {
            quote = QChar();
        } else {
            word += c;
        }
    }
    return word;
}

} // namespace

QStringList sshConfigWords(QStringView line)
{
    QStringList words;
    qsizetype at = skipSpace(line, 0);
    const qsizetype begin = at;
    while (at < line.size() && !isSpace(line[at]) && line[at] != u'=')
        ++at;
    if (at == begin || line[begin] == u'#')
        return words;
    words += line.sliced(begin, at - begin).toString().toLower();
    at = skipSpace(line, at);
    if (at < line.size() && line[at] == u'=')
        at = skipSpace(line, at + 1);
    while (at < line.size() && line[at] != u'#') {
        words += nextWord(line, at);
        at = skipSpace(line, at);
    }
    return words;
}

bool sshPatternMatches(QStringView pattern, QStringView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1; // to take one more for the last star is all that can help
    qsizetype taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && (pattern[p] == u'?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

} // namespace handover::server
