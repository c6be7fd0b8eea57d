// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/quoting.h"

using namespace Qt::StringLiterals;

namespace handover::server {

Result<QByteArray> shellQuote(QByteArrayView bytes)
{
    if (bytes.contains('\0'))
        return misuse(u"server.unquotable"_s,
                      u"A name or argument contains a NUL byte, which no shell can pass on."_s,
                      u"Rename what it stands for."_s);
    // Between single quotes a POSIX shell (2.2.2) leaves every byte alone but the single quote.
    QByteArray word;
    word.reserve(bytes.size() + 2);
    word += '\'';
    for (const char c : bytes) {
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    word += '\'';
    return word;
}

Result<QByteArray> shellCommand(QByteArrayView directory, const QList<QByteArray> &arguments)
{
    if (!directory.startsWith('/') || arguments.isEmpty() || arguments.first().isEmpty() ||
        arguments.first().startsWith('-'))
        return misuse(u"server.bad-command"_s,
                      u"A command for a server needs an absolute directory and a program."_s);
    const Result<QByteArray> where = shellQuote(directory);
    if (!where)
        return where;
    QByteArray command = "cd " + *where + " && exec";
    for (const QByteArray &argument : arguments) {
        const Result<QByteArray> word = shellQuote(argument);
        if (!word)
            return word;
        command += ' ' + *word;
    }
    return command;
}

} // namespace handover::server
