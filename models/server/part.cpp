// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/part.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qsizetype MaximumFileName = 255;
const QByteArray Mark = ".handover-"_ba;
const QByteArray End = ".part"_ba;

} // namespace

QByteArray newPartName(const QByteArray &targetName)
{
    const QByteArray tail = Mark + QByteArray::number(QRandomGenerator::system()->generate64(), 36) + End;
    return '.' + targetName.first(std::min(targetName.size(), MaximumFileName - 1 - tail.size())) + tail;
}

bool isPartName(QByteArrayView name)
{
    return name.startsWith('.') && name.endsWith(End) && name.contains(Mark) && !name.contains('/') &&
           !name.contains('\0') && name.size() <= MaximumFileName;
}

} // namespace handover::server
