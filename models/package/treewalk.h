// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/packplan.h"

#include <QSet>

#include <functional>

namespace handover::package {

/// Gathers files below a release directory. A link is kept as a link when what it leads to is
/// gathered too and by a relative path; else what it leads to takes its place.
class TreeWalk
{
public:
    /// Whether the path, as it will be in the archive, is wanted; a folder's answer holds for all below.
    using Filter = std::function<bool(const QString &path)>;

    explicit TreeWalk(const JobContext &context)
        : m_context(context)
    {
    }

    /// The file, link or folder `source`, as `path`.
    [[nodiscard]] Result<> add(const QString &source, const QString &path, const Filter &filter = {});
    /// Decides about the links: everything has been added.
    [[nodiscard]] Result<> settleLinks();

    [[nodiscard]] const QList<PackItem> &items() const noexcept { return m_items; }

private:
    struct Link
    {
        PackItem item;
        Filter filter;
    };
    [[nodiscard]] Result<> addLink(const QString &source, const QString &path, const Filter &filter);
    [[nodiscard]] Result<> addFollowed(const QString &source, const QString &path, const Filter &filter);
    [[nodiscard]] Result<> addFolder(const QString &source, PackItem item, const Filter &filter);

    const JobContext &m_context;
    QList<PackItem> m_items;
    QList<Link> m_links;
    QSet<QString> m_paths; ///< of all that is gathered, folders included
    QStringList m_open;    ///< the folders we are in, without links, for circles
};

} // namespace handover::package
