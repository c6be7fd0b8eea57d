// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/filenames.h"

using namespace Qt::StringLiterals;

namespace handover::relup::filenames {

namespace {

bool isNormal(const QString &name)
{
    return !name.isEmpty() && !name.contains("//"_L1) && !name.contains("/./"_L1) &&
           (!name.endsWith(u'/') || name.size() == 1);
}

QString normal(const QString &name)
{
    if (isNormal(name))
        return name;
    QString result = isAbsolute(name) ? u"/"_s : QString();
    const QStringList parts = name.split(u'/', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i] == u"." && !result.isEmpty() && i + 1 < parts.size())
            continue;
        if (!result.isEmpty() && !result.endsWith(u'/'))
            result += u'/';
        result += parts[i];
    }
    return result;
}

} // namespace

QStringList split(const QString &name)
{
    QStringList parts = name.split(u'/', Qt::SkipEmptyParts);
    if (isAbsolute(name))
        parts.prepend(u"/"_s);
    return parts;
}

QString joined(const QString &directory, const QString &name)
{
    return normal(isAbsolute(name) ? name : QString(directory + u'/' + name));
}

QString directoryOf(const QString &name)
{
    const qsizetype slash = name.lastIndexOf(u'/');
    if (slash < 0)
        return u"."_s;
    return slash == 0 ? u"/"_s : name.first(slash);
}

} // namespace handover::relup::filenames
