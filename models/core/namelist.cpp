// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/namelist.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NameList)
};

constexpr qsizetype MaxNamed = 5;

} // namespace

QString nameList(const QStringList &names)
{
    const QString first = names.first(qMin(names.size(), MaxNamed)).join(u", "_s);
    const auto more = names.size() - MaxNamed;
    return more > 0 ? Words::tr("%1 and %2 more").arg(first, QString::number(more)) : first;
}

} // namespace handover
