// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/nextversion.h"

#include "models/core/versionorder.h"
#include "models/versions/vsnsource.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::versions {

namespace {

constexpr qsizetype MostParts = 4;

// Of digits, of any number.
QString increased(QStringView number)
{
    QString next = number.toString();
    qsizetype at = next.size() - 1;
    while (at >= 0 && next[at] == u'9')
        next[at--] = u'0';
    if (at < 0)
        return u'1' + next;
    next[at] = QChar(next[at].unicode() + 1);
    return next;
}

QStringList afterRelease(const QStringList &parts)
{
    QStringList next;
    for (qsizetype part = qMin(parts.size(), MostParts) - 1; part >= 0; --part) {
        QStringList version = parts;
        version[part] = increased(parts[part]);
        for (qsizetype below = part + 1; below < parts.size(); ++below)
            version[below] = u"0"_s;
        next += version.join(u'.');
    }
    return next;
}

// "rc.1" and "rc1" count on, "beta" doesn't.
QStringList afterPreRelease(const QString &core, const QString &pre)
{
    qsizetype digits = pre.size();
    while (digits > 0 && pre[digits - 1] >= u'0' && pre[digits - 1] <= u'9')
        --digits;
    if (digits == pre.size())
        return {core};
    return {core + u'-' + pre.first(digits) + increased(QStringView(pre).sliced(digits)), core};
}

bool isPartOfName(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || u"._+-"_s.contains(c);
}

} // namespace

QStringList nextVersions(QStringView last)
{
    if (!looksLikeVersion(last))
        return {u"0.1.0"_s, u"1.0.0"_s};
    const QString plain = versionOfTag(last.toUtf8()).section(u'+', 0, 0);
    const QString core = plain.section(u'-', 0, 0);
    const QString pre = plain.section(u'-', 1);
    return pre.isEmpty() ? afterRelease(core.split(u'.')) : afterPreRelease(core, pre);
}

QByteArray tagPrefix(QByteArrayView tag)
{
    const QString version = versionOfTag(tag);
    return looksLikeVersion(version) ? tag.chopped(version.toUtf8().size()).toByteArray() : QByteArray();
}

Result<> checkVersionName(QStringView version)
{
    if (version.isEmpty())
        return misuse(u"versions.name"_s, u"A version has to have a name."_s, u"Give one, such as 1.0.0."_s);
    if (std::ranges::all_of(version, isPartOfName) && version.front() != u'-' && version.front() != u'.')
        return {};
    return misuse(u"versions.name"_s, u"rebar3 can't make a release of a version named \"%1\"."_s.arg(version.left(80)),
                  u"Use letters, digits and . _ + - only, and none of the marks as the first."_s);
}

} // namespace handover::versions
