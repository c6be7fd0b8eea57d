// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/download.h"

namespace handover::server {

Result<Session::Downloaded> Session::download(const RemotePath &source, const QString &localFile,
                                              const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    return Download(*d, source, localFile, nullptr, context).run();
}

Result<Session::Downloaded> Session::download(const RemotePath &source, const QString &localFile,
                                              const Resumption &resumption, const JobContext &context)
{
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    return Download(*d, source, localFile, &resumption, context).run();
}

} // namespace handover::server
