// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/keptlog.h"

#include <QMutex>

#include <memory>

namespace handover {

JobContext keepingLog(const JobContext &context, QStringList &lines)
{
    // Work may log from several threads at once.
    return {context.stopToken(), {[context](const Progress &progress) { context.progress(progress); },
                                  [context, &lines, mutex = std::make_shared<QMutex>()](const QString &line) {
                                      {
                                          const QMutexLocker lock(mutex.get());
                                          lines += line;
                                      }
                                      context.log(line);
                                  }}};
}

} // namespace handover
