// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/transferqueueprivate.h"

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

QString pausedWords(const Entry &entry)
{
    switch (entry.pausedBy) {
    case Entry::PausedBy::ProgramEnd:
        return u"Paused by the end of the program."_s;
    case Entry::PausedBy::Server:
        return entry.error.message;
    case Entry::PausedBy::Person:
        break;
    }
    return u"Paused."_s;
}

QString doneWords(const Entry &entry)
{
    if (entry.isFolder)
        return entry.words;
    return entry.words.isEmpty() ? u"Arrived; the SHA-256 of both ends is the same."_s : u"Arrived. "_s + entry.words;
}

} // namespace

QString wordsOf(const Entry &entry, int milliseconds)
{
    switch (entry.state) {
    case State::Waiting:
        return u"Waiting for its turn."_s;
    case State::Running:
        return entry.words.isEmpty() ? u"Connecting…"_s : entry.words;
    case State::Asking:
        return entry.transfer.way == Way::Up ? u"Something of this name is on the server already."_s
                                             : u"Something of this name is here already."_s;
    case State::Paused:
        return pausedWords(entry);
    case State::Retrying:
        return u"%1 Trying again in %2 s."_s.arg(entry.error.message).arg((qMax(milliseconds, 0) + 999) / 1000);
    case State::Done:
        return doneWords(entry);
    case State::Skipped:
        return u"Skipped: what was there was kept."_s;
    case State::Failed:
        return entry.error.message;
    case State::Cancelled:
        return u"Cancelled."_s;
    }
    return {};
}

bool mayPass(const Error &error)
{
    return error.code == "server.connection-lost"_L1 || error.code == "server.timeout"_L1 ||
           error.code == "server.unreachable"_L1;
}

bool asksPerson(const Error &error)
{
    return error.code == "server.authentication"_L1 || error.code == "server.password-needed"_L1 ||
           error.code == "server.passphrase-needed"_L1 || error.code == "server.host-key-unknown"_L1 ||
           error.code == "server.host-key-changed"_L1 || error.code == "server.known-hosts"_L1;
}

} // namespace handover::transfer
