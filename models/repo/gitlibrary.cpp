// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/gitlibrary.h"

#include <QStringDecoder>
#include <QTimeZone>

#include <git2.h>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace handover::repo {

void startGitLibrary()
{
    // Strict hash verification stays on, although reading is about a tenth quicker without: what
    // is built here goes to a live node, so a damaged object must not get into a release.
    static const int started = git_libgit2_init();
    if (started < 0)
        qFatal("libgit2 could not be started: %s", qPrintable(lastGitError()));
}

QString lastGitError()
{
    const git_error *error = git_error_last();
    return error && error->message ? QString::fromUtf8(error->message) : QString();
}

std::unexpected<Error> gitFailure(QString code, QString message, QString hint)
{
    return failure(std::move(code), std::move(message), std::move(hint), lastGitError());
}

ObjectId objectId(const git_oid &id) { return ObjectId::of(id.id); }

git_oid rawId(const ObjectId &id)
{
    git_oid raw;
    if (git_oid_fromstrn(&raw, id.hex().constData(), static_cast<size_t>(id.hex().size())) != 0)
        std::abort(); // an ObjectId can't be anything but 40 digits
    return raw;
}

QString gitText(QByteArrayView bytes, const char *encoding)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8(bytes);
    if (!utf8.hasError())
        return text;
    if (encoding) {
        QStringDecoder decoder(encoding);
        if (decoder.isValid()) {
            QString decoded = decoder(bytes);
            if (!decoder.hasError())
                return decoded;
        }
    }
    return QString::fromLatin1(bytes);
}

QByteArray messageBytes(const QString &message) { return message.trimmed().toUtf8() + '\n'; }

QDateTime gitTime(qint64 seconds, int offsetMinutes)
{
    constexpr qint64 lastSecond = 253'402'300'799; // of the year 9999
    if (seconds < -lastSecond || seconds > lastSecond)
        return {};
    const QTimeZone zone = QTimeZone::fromSecondsAheadOfUtc(qBound(-14 * 60, offsetMinutes, 14 * 60) * 60);
    return QDateTime::fromSecsSinceEpoch(seconds, zone);
}

Result<GitPtr<git_commit>> lookUpCommit(git_repository *repository, const ObjectId &id)
{
    const git_oid raw = rawId(id);
    GitPtr<git_commit> commit;
    if (git_commit_lookup(std::out_ptr(commit), repository, &raw) != 0)
        return objectMissing(id);
    return commit;
}

std::unexpected<Error> objectMissing(const ObjectId &id)
{
    return gitFailure(
        u"repo.object-missing"_s, u"The repository has no usable object %1."_s.arg(id.text()),
        u"Run \"git fsck\" in it; if it is a shallow clone, \"git fetch --unshallow --tags\"."_s);
}

} // namespace handover::repo
