// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/remotetext.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

using server::RemoteEntry;
using server::RemotePath;
using server::Session;
using server::shownName;

constexpr qsizetype LongestName = 255;

[[nodiscard]] Result<void> checkText(const RemotePath &path, const QByteArray &text)
{
    if (text.size() > MaximumText)
        return failure(u"server.file-too-large"_s, u"%1 is larger than the 1 MB that is edited here."_s.arg(shownName(path.bytes())),
                       u"Download it and edit it with another program."_s);
    if (text.contains('\0') || !text.isValidUtf8())
        return failure(u"text.not-text"_s, u"%1 is no UTF-8 text."_s.arg(shownName(path.bytes())),
                       u"Download it and open it with a program for its kind."_s);
    return {};
}

[[nodiscard]] RemotePath temporaryBeside(const RemotePath &path)
{
    const QByteArray tail = ".handover-" + QByteArray::number(QRandomGenerator::system()->generate64(), 36) + ".edit";
    const QByteArray name = path.fileName();
    return *path.parent().child(QByteArray('.' + name.first(std::min(name.size(), LongestName - 1 - tail.size())) + tail));
}

[[nodiscard]] std::unexpected<Error> changed(const RemotePath &path, const QString &how)
{
    return refusal(u"text.changed"_s, u"%1 %2 since it was opened."_s.arg(shownName(path.bytes()), how),
                   u"Compare both, then overwrite the other's changes or take them over."_s);
}

// The mode comes last: a server clears set-user-id when the owner changes.
[[nodiscard]] Result<void> keepOwnerAndMode(Session &session, const RemotePath &fresh, const RemoteEntry &old,
                                            const JobContext &context)
{
    Result<RemoteEntry> made = session.attributes(fresh, context);
    if (!made)
        return std::unexpected(made.error());
    if (made->uid != old.uid || made->gid != old.gid) {
        const Result<void> given = session.setOwner(fresh, old.uid, old.gid, context);
        if (!given && given.error().code != "server.permission"_L1 && given.error().code != "server.sftp"_L1)
            return given;
        made = session.attributes(fresh, context);
        if (!made)
            return std::unexpected(made.error());
        if (made->uid != old.uid || made->gid != old.gid)
            return refusal(u"text.owner"_s,
                           u"Nothing was saved: the file belongs to %1:%2 and would belong to %3:%4 afterwards."_s.arg(old.owner, old.group)
                               .arg(made->uid)
                               .arg(made->gid),
                           u"Connect as the user that it belongs to."_s, given ? QString() : given.error().detail);
    }
    return session.setMode(fresh, old.mode, context);
}

} // namespace

QByteArray sumOf(const QByteArray &text) { return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex(); }

Result<RemoteText> readText(Session &session, const RemotePath &path, const JobContext &context)
{
    context.progress(u"Reading %1"_s.arg(shownName(path.bytes())));
    const Result<RemotePath> file = session.canonical(path, context);
    if (!file)
        return std::unexpected(file.error());
    Result<RemoteEntry> facts = session.attributes(*file, context);
    if (!facts)
        return std::unexpected(facts.error());
    if (facts->type != RemoteEntry::Type::File)
        return failure(u"server.not-a-file"_s, u"%1 is not a file."_s.arg(shownName(path.bytes())), u"Choose a text file."_s);
    if (facts->size > MaximumText)
        return std::unexpected(checkText(*file, QByteArray(MaximumText + 1, ' ')).error());
    const Result<QByteArray> text = session.readFile(*file, context, MaximumText);
    if (!text)
        return std::unexpected(text.error());
    if (const Result<void> able = checkText(*file, *text); !able)
        return std::unexpected(able.error());
    return RemoteText{*file, *text, sumOf(*text), *facts};
}

Result<RemoteText> saveText(Session &session, const RemoteText &opened, const QByteArray &text, bool overwrite,
                            const JobContext &context)
{
    const RemotePath &path = opened.path;
    context.progress(u"Saving %1"_s.arg(shownName(path.bytes())));
    if (const Result<void> able = checkText(path, text); !able)
        return std::unexpected(able.error());
    RemoteEntry facts = opened.facts;
    if (const Result<RemoteEntry> now = session.attributes(path, context); now) {
        const QString owner = now->uid == facts.uid ? facts.owner : now->owner;
        const QString group = now->gid == facts.gid ? facts.group : now->group;
        facts = *now;
        facts.owner = owner;
        facts.group = group;
    } else if (now.error().code != "server.file-missing"_L1) {
        return std::unexpected(now.error());
    } else if (!overwrite) {
        return changed(path, u"was deleted"_s);
    }
    if (facts.type != RemoteEntry::Type::File)
        return failure(u"server.not-a-file"_s, u"%1 is no file any more."_s.arg(shownName(path.bytes())),
                       u"Look at the directory again."_s);
    if (!overwrite) {
        const Result<QByteArray> now = session.readFile(path, context);
        if (!now)
            return std::unexpected(now.error());
        if (sumOf(*now) != opened.sha256)
            return changed(path, u"was changed"_s);
    }

    const RemotePath fresh = temporaryBeside(path);
    Result<void> done = session.createFile(fresh, text, 0600, context);
    if (!done)
        return std::unexpected(done.error());
    done = keepOwnerAndMode(session, fresh, facts, context);
    if (done) {
        const Result<QByteArray> written = session.readFile(fresh, context, MaximumText);
        if (!written)
            done = std::unexpected(written.error());
        else if (*written != text)
            done = failure(u"server.checksum"_s, u"What arrived on the server is not what was sent; the old file is still there."_s,
                           u"Try again; if it happens again, check the server's disk."_s);
    }
    if (done)
        done = session.replace(fresh, path, context);
    if (!done) {
        if (session.isAlive())
            (void)session.removeFile(fresh, context);
        return std::unexpected(done.error());
    }
    context.log(u"Saved %1 (%2 bytes)"_s.arg(shownName(path.bytes())).arg(text.size()));
    Result<RemoteEntry> now = session.attributes(path, context);
    if (!now)
        return std::unexpected(now.error());
    now->owner = facts.owner;
    now->group = facts.group;
    return RemoteText{path, text, sumOf(text), *now};
}

} // namespace handover::transfer
