// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/limits.h"
#include "models/package/tarball.h"

#include <QHash>

namespace handover::package {

/// Where a link inside an archive leads, as a path inside it; nothing if it may lead out of it.
/// ".." is only taken at the beginning: behind a name that is a link itself it would lead elsewhere.
[[nodiscard]] std::optional<QString> linkDestination(const QString &linkPath, const QString &target);

/// Lets entries pass that can be unpacked anywhere without touching anything outside, and that mean
/// the same to every program that unpacks them. Errors: package.unsafe, package.too-large.
class EntryCheck
{
public:
    explicit EntryCheck(const Limits &limits)
        : m_limits(limits)
    {
    }

    /// The path as Entry wants it; "" is the archive's own top folder.
    [[nodiscard]] Result<QString> clean(const QString &path) const;
    [[nodiscard]] Result<> add(const Entry &entry);

private:
    [[nodiscard]] Result<> insert(const QString &path, EntryType type);
    [[nodiscard]] Result<> addParents(const QString &path);
    [[nodiscard]] Result<> checkLink(const Entry &entry) const;

    Limits m_limits;
    QHash<QString, EntryType> m_known; ///< folders that are only part of a path included
    qsizetype m_characters = 0;
};

} // namespace handover::package
