// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/parallel.h"

#include <QList>
#include <QThread>
#include <QtConcurrentMap>

#include <numeric>

namespace handover {

void inParallel(qsizetype count, const std::function<void(qsizetype)> &work)
{
    QList<qsizetype> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0);
    QtConcurrent::blockingMap(numbers, [&work](qsizetype number) { work(number); });
}

int processorCount() { return qMax(1, QThread::idealThreadCount()); }

} // namespace handover
