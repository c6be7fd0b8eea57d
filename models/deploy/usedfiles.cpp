// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/usedfiles.h"

#include "models/server/address.h"

using namespace Qt::StringLiterals;

namespace handover::deploy {

namespace {

class Uses
{
public:
    explicit Uses(const server::RemotePath &directory)
        : m_directory(directory)
    {
    }
    void add(const QString &relative, const QString &user)
    {
        const auto path = m_directory.child(relative.toUtf8());
        if (!path)
            return; // a version that is no name of a directory has none
        QString &words = m_uses[path->bytes()];
        if (words.isEmpty())
            words = user;
    }
    void addRelease(const QString &version, const QMap<QString, QString> &apps, const QString &user)
    {
        add(u"releases/"_s + version, user);
        for (auto app = apps.begin(); app != apps.end(); ++app)
            add(u"lib/%1-%2"_s.arg(app.key(), app.value()), user);
    }
    [[nodiscard]] QHash<QByteArray, QString> result() const { return m_uses; }

private:
    server::RemotePath m_directory;
    QHash<QByteArray, QString> m_uses;
};

} // namespace

QHash<QByteArray, QString> usedFiles(const server::RemotePath &directory, const node::Installation &installation)
{
    Uses uses(directory);
    const QString &running = installation.runningVersion;
    if (!running.isEmpty()) {
        const QString user = u"running %1"_s.arg(running);
        uses.addRelease(running, installation.runningApps, user);
        if (const node::InstalledRelease *release = installation.release(running))
            uses.addRelease(running, release->apps, user);
        uses.add(u"erts-"_s + installation.erts, user);
    }
    for (const node::InstalledRelease &release : installation.releases) {
        const bool boots = release.version == installation.bootVersion;
        if (release.status == node::ReleaseStatus::Permanent || boots)
            uses.addRelease(release.version, release.apps, u"permanent %1"_s.arg(release.version));
    }
    for (const QString &shared : {u"releases/RELEASES"_s, u"releases/start_erl.data"_s, u"bin"_s})
        uses.add(shared, u"every release"_s);
    return uses.result();
}

} // namespace handover::deploy
