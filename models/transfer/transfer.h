// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/server/address.h"

#include <QDateTime>
#include <QString>

namespace handover::transfer {

enum class Way { Up, Down };

enum class State {
    Waiting, ///< for its turn
    Running,
    Asking,   ///< something stands at its target: answer() goes on
    Paused,   ///< by somebody, by the end of the program, or because its server asks something
    Retrying, ///< the connection broke; it is tried again by itself
    Done,
    Skipped,   ///< what stood at its target was kept
    Failed,    ///< retry() goes on
    Cancelled, ///< what had arrived was removed
};

/// What is done about something that stands at the target already.
enum class Answer {
    Ask,
    Overwrite, ///< as a whole, in the end; until then the old file stands there
    Resume,    ///< what is there is the beginning of the file: only the rest is sent. Checked; else as Overwrite
    Skip,
    Rename, ///< "name (2).txt"
};

/// A file or a folder to be copied. Who adds it gives the first four.
struct Transfer
{
    Way way = Way::Up;
    QString server;            ///< the name by which the queue's connections are asked for
    QString local;             ///< absolute path of the file or folder here
    server::RemotePath remote; ///< of the same there; both with its name, whichever is the target
    Answer answer = Answer::Ask;
    quint64 id = 0;     ///< the queue's, for as long as the row and the program are there
    quint64 folder = 0; ///< the transfer of the folder that it was found in; 0: it was added itself
    quint64 batch = 0;  ///< what was added at once: "for all" is about that
    qint64 size = -1;   ///< bytes, if it is a file whose size is known when it is added
};

/// A file as a question about it shows it.
struct FileFacts
{
    qint64 size = 0;
    QDateTime modified;
    bool isFolder = false; ///< or something else that is no file: it can't be overwritten
};

/// Why a transfer asks.
struct Conflict
{
    FileFacts source;
    FileFacts target;
    /// The target is not empty and smaller than the source: Answer::Resume makes sense.
    [[nodiscard]] bool mayResume() const { return !target.isFolder && target.size > 0 && target.size < source.size; }
};

} // namespace handover::transfer
