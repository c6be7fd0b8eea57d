// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobcontext.h"
#include "models/server/removal.h"
#include "models/server/serverlink.h"

#include <memory>

namespace handover::transfer {

/// An entry and an absolute path, there or here.
using FileEntry = server::RemoteEntry;
using Path = server::RemotePath;

/// Where files are: on this machine or on a server. All functions but name() and address() block, and may be called in any thread.
class FilePlace
{
public:
    virtual ~FilePlace() = default;

    [[nodiscard]] virtual QString name() const = 0; ///< of the server; empty: here
    [[nodiscard]] virtual std::optional<server::Address> address() const = 0; ///< of the server
    /// Sorted by the names' bytes; links as links.
    [[nodiscard]] virtual Result<QList<FileEntry>> list(const Path &directory, const JobContext &context) = 0;
    [[nodiscard]] virtual Result<Path> home(const JobContext &context) = 0;
    [[nodiscard]] virtual Result<std::optional<qint64>> freeSpace(const Path &directory, const JobContext &context) = 0;
    /// Never over something.
    [[nodiscard]] virtual Result<void> rename(const Path &from, const Path &to, const JobContext &context) = 0;
    [[nodiscard]] virtual Result<void> makeDirectory(const Path &path, const JobContext &context) = 0;
    [[nodiscard]] virtual Result<void> setMode(const Path &path, quint32 mode, const JobContext &context) = 0;
    /// What a deletion would take; changes nothing.
    [[nodiscard]] virtual Result<server::Removal> planRemoval(const QList<Path> &paths, const JobContext &context) = 0;
    [[nodiscard]] virtual Result<void> remove(const server::Removal &removal, const JobContext &context) = 0;
    [[nodiscard]] virtual bool hasTrash() const = 0; ///< remove() can be taken back by the desktop's means
};

/// Do both lead to the same machine by the same user, whatever their release directories?
[[nodiscard]] bool isSameServer(const server::Address &left, const server::Address &right);

[[nodiscard]] std::shared_ptr<FilePlace> localPlace();
[[nodiscard]] std::shared_ptr<FilePlace> remotePlace(const QString &name, std::shared_ptr<server::ServerLink> link);

} // namespace handover::transfer
