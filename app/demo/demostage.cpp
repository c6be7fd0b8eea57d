// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demostage.h"

#include "app/demo/treehash.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

// Unfinished work, as every real work tree has some: a build must leave it alone.
Result<void> leaveUncommittedWork(const QString &directory)
{
    QFile changed(directory + u"/README.md"_s);
    QFile added(directory + u"/notes.txt"_s);
    if (!changed.open(QIODevice::Append) || changed.write("\nNot committed yet.\n") < 0
        || !added.open(QIODevice::WriteOnly) || added.write("untracked\n") < 0)
        return failure(u"demo.directory"_s, u"%1 can't be written."_s.arg(directory), u"Check that the disk is not full."_s);
    return {};
}

struct Prepared
{
    QByteArray hash;
    workspace::SampleServer server;
};

Result<Prepared> prepareAll(const QString &directory, const QString &projectDirectory, const JobContext &context)
{
    context.progress(u"Making the sample project"_s);
    if (auto made = workspace::makeSampleProject(projectDirectory, context); !made)
        return std::unexpected(made.error());
    if (auto left = leaveUncommittedWork(projectDirectory); !left)
        return std::unexpected(left.error());
    const QByteArray hash = treeHash(projectDirectory);
    const auto project = workspace::loadProject(projectDirectory, context);
    if (!project)
        return std::unexpected(project.error());
    const auto first = project->find(DemoStage::FirstTag.toString());
    if (!first)
        return std::unexpected(first.error());
    const auto packaged = workspace::packageVersion(*project, {}, *first, context);
    if (!packaged)
        return std::unexpected(packaged.error());
    auto server = workspace::SampleServer::start(directory + u"/server"_s, packaged->manifest, context);
    if (!server)
        return std::unexpected(server.error());
    return Prepared{hash, std::move(*server)};
}

} // namespace

DemoStage::DemoStage(QString directory, std::stop_token stop) : m_directory(std::move(directory)), m_stop(std::move(stop)) {}

DemoStage::~DemoStage() = default;

void DemoStage::prepare()
{
    const auto work = [directory = m_directory, project = projectDirectory()](const JobContext &context) {
        // A result must be copyable to travel; the server is not.
        auto prepared = prepareAll(directory, project, context);
        return prepared ? Result<std::shared_ptr<Prepared>>(std::make_shared<Prepared>(std::move(*prepared)))
                        : std::unexpected(prepared.error());
    };
    m_workspace.jobs()->start<std::shared_ptr<Prepared>>(
        u"Set up the sample and its server"_s, work, this, [this](Result<std::shared_ptr<Prepared>> prepared) {
            if (!prepared) {
                emit failed(prepared.error());
                return;
            }
            m_hash = (*prepared)->hash;
            m_server.emplace(std::move((*prepared)->server));
            connect(&m_workspace, &workspace::Workspace::projectChanged, this, [this] {
                if (m_workspace.projectError()) {
                    emit failed(*m_workspace.projectError());
                    return;
                }
                deploy::ServerState *server =
                    m_workspace.addServer(ServerName.toString(), m_server->address(), m_server->connectOptions());
                Job *look = server->refresh();
                connect(look, &Job::finished, this, [this] {
                    m_workspace.choosePair(FirstTag.toString(), LastTag.toString());
                    emit ready();
                });
            }, Qt::SingleShotConnection);
            m_workspace.open(projectDirectory());
        });
}

} // namespace handover::app
