// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/carrying.h"

#include "models/transfer/folderwalk.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

using Type = server::RemoteEntry::Type;

constexpr int MostNames = 1000;

// "tally-1.4.0 (2).tar.gz": what says the kind of the file stays at its end.
QString numbered(const QString &name, int number)
{
    qsizetype dot = name.lastIndexOf(u'.');
    if (dot > 4 && name.first(dot).endsWith(u".tar"))
        dot -= 4;
    const QString stem = dot <= 0 ? name : name.first(dot);
    return u"%1 (%2)%3"_s.arg(stem, QString::number(number), name.sliced(stem.size()));
}

class Carrier
{
public:
    Carrier(server::Session &session, const Task &task, const JobContext &context)
        : m_session(session)
        , m_task(task)
        , m_transfer(task.transfer)
        , m_context(context)
        , m_local(task.transfer.local)
        , m_remote(task.transfer.remote)
    {
    }

    Result<Outcome> run()
    {
        const Result<bool> folder = isUp() ? isFolderHere() : isFolderThere();
        if (!folder)
            return std::unexpected(folder.error());
        if (*folder)
            return isUp() ? FolderWalk(m_session, m_context).up(m_local, m_remote)
                          : FolderWalk(m_session, m_context).down(m_remote, m_local);
        return m_transfer.answer == Answer::Rename ? underFreeName() : file();
    }

private:
    [[nodiscard]] bool isUp() const { return m_transfer.way == Way::Up; }
    [[nodiscard]] bool replaces() const
    {
        return m_transfer.answer == Answer::Overwrite || m_transfer.answer == Answer::Resume;
    }

    Result<bool> isFolderHere() const
    {
        const QFileInfo info(m_local);
        if (info.isDir() && info.isSymLink())
            return linkToFolder(m_local);
        return info.isDir();
    }

    Result<bool> isFolderThere()
    {
        const auto there = m_session.attributes(m_remote, m_context);
        if (!there)
            return std::unexpected(there.error());
        if (there->type == Type::Link && there->leadsToDirectory)
            return linkToFolder(m_remote.text());
        return there->type == Type::Directory;
    }

    static std::unexpected<Error> linkToFolder(const QString &path)
    {
        return failure(u"transfer.folder-link"_s, u"%1 is a link to a folder: links are not followed."_s.arg(path),
                       u"Open the folder that it leads to, and choose what is in it."_s);
    }

    Result<Outcome> file()
    {
        if (replaces()) {
            const auto target = factsOfTarget();
            if (target && target->isFolder)
                return failure(u"transfer.target-is-folder"_s,
                               u"%1 is a folder: a file doesn't replace it."_s.arg(isUp() ? m_remote.text() : m_local),
                               u"Choose another name for one of them."_s);
        }
        auto sent = send();
        if (sent || sent.error().code != "server.target-exists"_L1)
            return sent;
        if (m_transfer.answer == Answer::Skip)
            return Outcome{.kind = Outcome::Kind::Skipped};
        return question();
    }

    Result<Outcome> underFreeName()
    {
        const QString name = isUp() ? m_remote.text().section(u'/', -1) : QFileInfo(m_local).fileName();
        const QByteArray bytes = m_remote.fileName();
        const auto before = m_remote.bytes().chopped(bytes.size());
        for (int number = 2; number <= MostNames; ++number) {
            const auto target = factsOfTarget();
            if (!target && target.error().code != "server.file-missing"_L1)
                return std::unexpected(target.error());
            if (!target) {
                auto sent = send();
                if (sent || sent.error().code != "server.target-exists"_L1)
                    return sent;
            }
            if (isUp()) {
                const auto next = server::RemotePath::parse(QByteArray(before + numbered(name, number).toUtf8()));
                if (!next)
                    return std::unexpected(next.error());
                m_remote = *next;
            } else {
                m_local = QFileInfo(m_local).path() + u'/' + numbered(name, number);
            }
        }
        return failure(u"transfer.too-many"_s, u"There are already %1 files of such names."_s.arg(MostNames),
                       u"Choose another name."_s);
    }

    Result<Outcome> send()
    {
        const server::Resumption resumption{m_part,
                                            [this](const server::Part &part) {
                                                m_part = part;
                                                m_task.keep(part);
                                            },
                                            replaces(), m_transfer.answer == Answer::Resume};
        if (isUp())
            return done(m_session.upload(m_local, m_remote, resumption, m_context));
        return done(m_session.download(m_remote, m_local, resumption, m_context));
    }

    template<typename T>
    Result<Outcome> done(const Result<T> &sent) const
    {
        if (!sent)
            return std::unexpected(sent.error());
        return Outcome{.words = sent->remark, .local = m_local, .remote = m_remote.bytes(), .bytes = sent->bytes};
    }

    Result<Outcome> question()
    {
        const auto target = factsOfTarget();
        if (!target)
            return std::unexpected(target.error());
        const auto source = isUp() ? factsHere() : factsThere();
        if (!source)
            return std::unexpected(source.error());
        return Outcome{.kind = Outcome::Kind::Asks, .conflict = {*source, *target}};
    }

    Result<FileFacts> factsOfTarget() { return isUp() ? factsThere() : factsHere(); }

    Result<FileFacts> factsThere()
    {
        const auto there = m_session.attributes(m_remote, m_context);
        if (!there)
            return std::unexpected(there.error());
        return FileFacts{there->size, QDateTime::fromSecsSinceEpoch(there->modified),
                         there->type == Type::Link ? there->leadsToDirectory : there->type != Type::File};
    }

    Result<FileFacts> factsHere() const
    {
        const QFileInfo info(m_local);
        if (!info.exists() && !info.isSymLink())
            return failure(u"server.file-missing"_s, u"%1 is not here."_s.arg(m_local),
                           u"Check the file, then try again."_s);
        return FileFacts{info.size(), info.lastModified(), !info.isFile() && !info.isSymLink()};
    }

    server::Session &m_session;
    const Task &m_task;
    const Transfer &m_transfer;
    const JobContext &m_context;
    QString m_local;
    server::RemotePath m_remote;
    server::Part m_part = m_task.part;
};

} // namespace

Result<> removeLeftovers(server::Session &session, const QList<Leftover> &leftovers, const JobContext &context)
{
    for (const Leftover &leftover : leftovers) {
        const auto removed = session.removeFile(leftover.path, context);
        if (!removed && !session.isAlive())
            return std::unexpected(removed.error());
    }
    return {};
}

Result<Outcome> carry(server::Session &session, const Task &task, const JobContext &context)
{
    return Carrier(session, task, context).run();
}

} // namespace handover::transfer
