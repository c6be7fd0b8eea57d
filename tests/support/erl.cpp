// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/erl.h"

#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace handover::test {

bool Erl::isThere() { return !QStandardPaths::findExecutable(u"erl"_s).isEmpty(); }

QByteArray Erl::run(const QByteArray &code, const QStringList &arguments)
{
    QProcess process;
    process.start(u"erl"_s, QStringList{u"-noshell"_s, u"-noinput"_s, u"-eval"_s,
                                        QString::fromUtf8(code + ", halt(0)."), u"-extra"_s} +
                                arguments);
    process.waitForFinished(120'000);
    const QByteArray output = process.readAllStandardOutput();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return output;
    return "ERL FAILED " + output + process.readAllStandardError();
}

} // namespace handover::test
