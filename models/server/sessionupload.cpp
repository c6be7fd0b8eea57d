// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/upload.h"

#include "models/server/filehash.h"
#include "models/server/staging.h"

using namespace Qt::StringLiterals;

namespace handover::server {

Result<Session::Uploaded> Session::upload(const QString &localFile, const RemotePath &target,
                                          const JobContext &context)
{
    if (!d->options.runAs.isEmpty())
        return uploadStaged(*this, *d, localFile, target, context);
    QElapsedTimer clock;
    clock.start();
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());

    Upload upload(*d, target, context);
    const auto discarded = [&](const Error &error) {
        upload.discard();
        if (context.isCancelled())
            return cancellation();
        return std::unexpected(error);
    };
    QFile file(localFile);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"server.local-file"_s, u"%1 can't be read."_s.arg(localFile), u"Check the file, then try again."_s,
                       file.errorString());
    FileHash hash(file.handle());
    if (const Result<void> sent = upload.send(file); !sent)
        return discarded(sent.error());
    const qint64 milliseconds = std::max<qint64>(clock.elapsed(), 1);

    context.progress(u"Checking %1"_s.arg(QString::fromUtf8(target.fileName())));
    Result<QByteArray> sum = d->sha256(upload.directory(), upload.temporaryName(), context, Private::OnCancel::Stop);
    if (!sum)
        return discarded(sum.error());
    if (sum->isEmpty()) {
        context.log(u"The server has no sha256sum: reading the file back instead"_s);
        const Result<QByteArray> read = upload.readBack();
        if (!read)
            return discarded(read.error());
        sum = *read;
    }
    const QByteArray here = hash.result(context);
    if (here.isEmpty())
        return discarded(failure(u"server.local-file"_s, u"%1 can't be read."_s.arg(localFile),
                                 u"Check the file, then try again."_s)
                             .error());
    if (*sum != here)
        return discarded(
            failure(
                u"server.checksum"_s,
                u"The file arrived damaged: its check sum on the server is another one."_s,
                u"Try again, and leave the file alone meanwhile; if it happens again, check the server's disk."_s,
                u"here:   %1\nserver: %2"_s.arg(QString::fromLatin1(here),
                                                QString::fromLatin1(*sum)))
                .error());
    if (const Result<void> renamed = upload.rename(); !renamed)
        return discarded(renamed.error());
    context.log(u"Uploaded %1 (%2 bytes, sha256 %3)"_s.arg(target.text())
                    .arg(upload.sentBytes())
                    .arg(QString::fromLatin1(*sum)));
    return Uploaded{upload.sentBytes(), milliseconds, *sum};
}

} // namespace handover::server
