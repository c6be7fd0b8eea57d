// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/fileplace.h"

namespace handover::transfer {

namespace {

using server::Session;

class RemotePlace final : public FilePlace
{
public:
    RemotePlace(QString name, std::shared_ptr<server::ServerLink> link)
        : m_name(std::move(name))
        , m_link(std::move(link))
    {
    }

    QString name() const override { return m_name; }
    std::optional<server::Address> address() const override { return m_link->address(); }
    Result<QList<FileEntry>> list(const Path &directory, const JobContext &context) override
    {
        return m_link->use<QList<FileEntry>>(context, [&](Session &session) { return session.entries(directory, context); });
    }
    Result<Path> home(const JobContext &context) override
    {
        return m_link->use<Path>(context, [&](Session &session) { return session.home(context); });
    }
    Result<std::optional<qint64>> freeSpace(const Path &directory, const JobContext &context) override
    {
        return m_link->use<std::optional<qint64>>(
            context, [&](Session &session) { return session.freeSpace(directory, context); });
    }
    Result<void> rename(const Path &from, const Path &to, const JobContext &context) override
    {
        return m_link->use<void>(context, [&](Session &session) { return session.rename(from, to, context); });
    }
    Result<void> makeDirectory(const Path &path, const JobContext &context) override
    {
        return m_link->use<void>(context, [&](Session &session) { return session.makeDirectory(path, context); });
    }
    Result<void> setMode(const Path &path, quint32 mode, const JobContext &context) override
    {
        return m_link->use<void>(context, [&](Session &session) { return session.setMode(path, mode, context); });
    }
    Result<server::Removal> planRemoval(const QList<Path> &paths, const JobContext &context) override
    {
        return m_link->use<server::Removal>(
            context, [&](Session &session) { return server::planRemoval(session, paths, context); });
    }
    Result<void> remove(const server::Removal &removal, const JobContext &context) override
    {
        return m_link->use<void>(context, [&](Session &session) { return server::carryOut(session, removal, context); });
    }
    bool hasTrash() const override { return false; }

private:
    const QString m_name;
    const std::shared_ptr<server::ServerLink> m_link;
};

} // namespace

bool isSameServer(const server::Address &left, const server::Address &right)
{
    return left.user == right.user && left.host == right.host && left.port == right.port;
}

std::shared_ptr<FilePlace> remotePlace(const QString &name, std::shared_ptr<server::ServerLink> link)
{
    return std::make_shared<RemotePlace>(name, std::move(link));
}

} // namespace handover::transfer
