// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/gitlibrary.h"

#include <QUrl>

#include <git2.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

// What stands in a configuration may have a password in it. What has no scheme is a path or ssh's
// user@host:path, which have none.
QString withoutPassword(const char *text)
{
    const QString url = QString::fromUtf8(text);
    if (!url.contains(u"://"))
        return url;
    return QUrl(url).toString(QUrl::RemovePassword);
}

QString configured(git_config *config, const QByteArray &key)
{
    const char *value = nullptr; // belongs to the snapshot
    return git_config_get_string(&value, config, key.constData()) == 0 ? QString::fromUtf8(value) : QString();
}

// By the order in which "git push" looks (git-config, remote.pushDefault).
QString pushRemote(git_repository *repository, const QString &branch)
{
    GitPtr<git_config> config;
    if (git_repository_config_snapshot(std::out_ptr(config), repository) != 0)
        return {};
    const QByteArray section = "branch." + branch.toUtf8();
    for (const QByteArray &key : {QByteArray(section + ".pushRemote"), "remote.pushDefault"_ba, QByteArray(section + ".remote")}) {
        if (const QString name = configured(config.get(), key); !name.isEmpty())
            return name;
    }
    return u"origin"_s;
}

} // namespace

Result<QList<Remote>> Repository::remotes() const
{
    git_repository *const repository = m_handle->repository.get();
    git_strarray names = {};
    if (git_remote_list(&names, repository) != 0)
        return gitFailure(u"repo.unreadable"_s, u"The repository's remotes can't be read."_s,
                          u"Run \"git remote -v\" there and see what it says."_s);
    const std::unique_ptr<git_strarray, decltype([](git_strarray *array) { git_strarray_dispose(array); })> owner(&names);
    QList<Remote> remotes;
    for (size_t i = 0; i < names.count; ++i) {
        GitPtr<git_remote> remote;
        if (git_remote_lookup(std::out_ptr(remote), repository, names.strings[i]) != 0)
            continue; // a section without a URL
        const char *url = git_remote_pushurl(remote.get());
        if (!url)
            url = git_remote_url(remote.get());
        if (url)
            remotes.append({QString::fromUtf8(names.strings[i]), withoutPassword(url)});
    }
    const auto here = head();
    const QString first = pushRemote(repository, here ? here->branch : QString());
    std::ranges::stable_partition(remotes, [&first](const Remote &remote) { return remote.name == first; });
    return remotes;
}

} // namespace handover::repo
