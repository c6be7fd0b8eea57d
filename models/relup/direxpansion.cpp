// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/direxpansion.h"

#include "models/relup/filenames.h"

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

/// A path of OTP in the making; nothing yet is what a relative one begins with.
using Begun = std::optional<QString>;

QString with(const Begun &begun, const QString &part)
{
    return begun ? filenames::joined(*begun, part) : part;
}

QStringList expandOne(const QString &directory, Directories &directories)
{
    const QStringList parts = filenames::split(directory);
    QList<Begun> reached{std::nullopt};
    for (const QString &part : parts) {
        QList<Begun> next;
        for (const Begun &begun : std::as_const(reached)) {
            if (!part.contains(u'*')) {
                next.append(with(begun, part));
                continue;
            }
            const QStringList names = directories.matching(begun.value_or(u"."_s), part);
            for (const QString &name : names)
                next.append(with(begun, name));
        }
        reached = std::move(next);
    }
    QStringList found;
    for (const Begun &begun : std::as_const(reached)) {
        // A way through what is no directory leads nowhere, so it's enough to look at its end.
        if (begun && directories.isDirectory(*begun))
            found.append(*begun);
    }
    return found;
}

} // namespace

QStringList expandPath(const QStringList &path, Directories &directories)
{
    QStringList found;
    for (const QString &directory : path)
        found += expandOne(directory, directories);
    return found;
}

} // namespace handover::relup
