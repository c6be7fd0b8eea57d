// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/carriage.h"
#include "models/server/filehash.h"

#include <QDateTime>
#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

std::unexpected<Error> noPlace(const QString &file, const QString &detail)
{
    return failure(u"server.local-file"_s, u"%1 can't be written."_s.arg(file),
                   u"Check its folder and the disk, then try again."_s, detail);
}

Result<> checkSpace(const QString &file, qint64 bytes)
{
    const QStorageInfo disk(QFileInfo(file).path());
    if (!disk.isValid() || disk.bytesAvailable() >= bytes)
        return {};
    return failure(u"server.local-file"_s,
                   u"The disk here is full: %1 has %2 bytes, and %3 are free."_s.arg(file).arg(bytes).arg(disk.bytesAvailable()),
                   u"Make room, or download to another disk."_s);
}

void takeOver(QSaveFile &file, const sftp_attributes_struct &attributes)
{
    ::fchmod(file.handle(), attributes.permissions & 0777U);
    file.setFileTime(QDateTime::fromSecsSinceEpoch(attributes.mtime), QFileDevice::FileModificationTime);
}

} // namespace

Result<Session::Downloaded> Session::download(const RemotePath &source, const QString &localFile,
                                              const JobContext &context)
{
    QElapsedTimer clock;
    clock.start();
    if (const Result<void> open = d->openSftp(context); !open)
        return std::unexpected(open.error());
    const GracefulCut cut(context.stopToken(), d->socket.get());
    Call call(*d, context, Call::OnCancel::Stop);
    const QString doing = u"Downloading"_s;
    SftpFile remote(sftp_open(d->sftp.get(), source.bytes().constData(), O_RDONLY, 0));
    if (!remote)
        return call.failed(doing, source.bytes());
    const SftpAttributes attributes(sftp_fstat(remote.get()));
    if (!attributes)
        return call.failed(doing, source.bytes());
    if (attributes->type != SSH_FILEXFER_TYPE_REGULAR)
        return failure(u"server.not-a-file"_s, u"%1 is a folder or a device, not a file."_s.arg(source.text()),
                       u"Choose the files in it."_s);
    const auto size = static_cast<qint64>(attributes->size);
    if (auto space = checkSpace(localFile, size); !space)
        return std::unexpected(space.error());
    QSaveFile file(localFile);
    if (!file.open(QIODevice::WriteOnly))
        return noPlace(localFile, file.errorString());

    Ranges ranges(0, size);
    const Freight freight{Freight::Way::Down, file.handle(), localFile, source.bytes(), source.bytes()};
    auto fetched = Carriage(*d, freight, ranges, call, context)
                       .run(std::move(remote), u"Downloading %1"_s.arg(QString::fromUtf8(source.fileName())));
    if (!fetched)
        return std::unexpected(fetched.error());
    const qint64 milliseconds = std::max<qint64>(clock.elapsed(), 1);
    fetched->reset();

    context.progress(u"Checking %1"_s.arg(QString::fromUtf8(source.fileName())));
    FileHash hash(file.handle());
    const Result<QByteArray> there = sha256(source, context);
    if (!there)
        return std::unexpected(there.error());
    const QByteArray here = hash.result(context);
    if (context.isCancelled())
        return cancellation();
    if (here.isEmpty())
        return noPlace(localFile, {});
    if (there->isEmpty())
        context.log(u"The server has no sha256sum: what arrived was not compared"_s);
    else if (*there != here)
        return failure(u"server.checksum"_s, u"The file that arrived is not the one on the server."_s,
                       u"Try again when nobody writes it; if it happens again, check the disks."_s,
                       u"here:   %1\nserver: %2"_s.arg(QString::fromLatin1(here), QString::fromLatin1(*there)));
    takeOver(file, *attributes);
    if (!file.commit())
        return noPlace(localFile, file.errorString());
    context.log(u"Downloaded %1 (%2 bytes, sha256 %3)"_s.arg(source.text()).arg(size).arg(QString::fromLatin1(here)));
    return Downloaded{size, milliseconds, here, !there->isEmpty()};
}

} // namespace handover::server
