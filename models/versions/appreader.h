// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repo/repository.h"
#include "models/versions/version.h"
#include "models/versions/vsnsource.h"

#include <QHash>
#include <QList>
#include <QString>

namespace handover::versions {

/// An application as its source directory declares it, whichever tag that is at.
struct AppDeclaration
{
    QString name;
    VsnSource vsn;
    QByteArray directory; ///< in the tree; empty for the top
    QByteArray appup;     ///< in the tree; empty if there is none
    bool isForeign = false; ///< only the appup is here, for an application that is declared elsewhere
};

/// All that a commit's tree declares.
struct Declarations
{
    QList<AppDeclaration> apps; ///< sorted by name
    std::optional<VsnSource> release;
    QList<Dependency> deps; ///< sorted by name
};

/// Finds the applications in the trees of a repository. Remembers trees, so that what does not
/// change from one commit to the next is read once. Errors: repo.object-missing.
class AppReader
{
public:
    explicit AppReader(const repo::Repository &repository)
        : m_repository(repository)
    {
    }

    [[nodiscard]] Result<Declarations> read(const repo::ObjectId &commit);

private:
    using Apps = QList<AppDeclaration>; // here with paths below the tree they are remembered for
    using Entries = QList<repo::TreeEntry>;

    Result<std::optional<VsnSource>> release(const Entries &top);
    Result<QList<Dependency>> dependencies(const Entries &top);
    Result<Apps> below(const repo::ObjectId &container);
    Result<Apps> at(const repo::ObjectId &directory);
    Result<Apps> in(const Entries &directory);
    Result<Apps> declared(const Entries &sources, const Entries &ebin) const;

    const repo::Repository &m_repository;
    QHash<QByteArray, Apps> m_containers;  // by tree, of apps/ and lib/
    QHash<QByteArray, Apps> m_directories; // by tree, of what is in those
    QHash<QByteArray, Apps> m_sources;     // by the trees of src/ and ebin/
    QHash<QByteArray, std::optional<VsnSource>> m_releases; // by the file rebar.config
    QHash<QByteArray, QList<Dependency>> m_dependencies;    // by the file rebar.lock
};

} // namespace handover::versions
