// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.h"

#include <QProcess>

namespace handover::test {

Outcome runProgram(const QStringList &arguments)
{
    QProcess process;
    process.start(qEnvironmentVariable("HANDOVER_PROGRAM"), arguments);
    process.waitForFinished(60'000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace handover::test
