// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/staging.h"
#include "models/server/upload.h"

namespace handover::server {

Result<Session::Uploaded> Session::upload(const QString &localFile, const RemotePath &target, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    if (d->sftpUser != d->options.runAs)
        return uploadStaged(*this, *d, localFile, target, context);
    return Upload(*d, localFile, target, nullptr, context).run();
}

Result<Session::Uploaded> Session::upload(const QString &localFile, const RemotePath &target,
                                          const Resumption &resumption, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    if (d->sftpUser == d->options.runAs)
        return Upload(*d, localFile, target, &resumption, context).run();
    // What is staged for another user starts anew: its place is another one each time.
    const Result<bool> there = resumption.replaces ? Result<bool>(false) : exists(target, context);
    if (!there)
        return std::unexpected(there.error());
    return *there ? targetExists(target.bytes()) : uploadStaged(*this, *d, localFile, target, context);
}

} // namespace handover::server
