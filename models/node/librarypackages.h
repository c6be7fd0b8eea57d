// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace handover::node {

/// A server's distribution, of /etc/os-release (os-release(5)).
struct Distribution
{
    QString id;      ///< "debian", "ubuntu", "fedora"; empty: not known
    QString like;    ///< ID_LIKE
    QString version; ///< VERSION_ID, "13", "24.04"
    QString name;    ///< PRETTY_NAME, for people

    [[nodiscard]] static Distribution parse(const QByteArray &osRelease);
    [[nodiscard]] bool isLikeDebian() const;
    [[nodiscard]] bool isLikeFedora() const; ///< what has RPM packages
};

/// What to type there to get a library: "apt install libtinfo6", "dnf install 'libtinfo.so.6()(64bit)'"; empty where
/// that isn't known, or the library is part of the C library, which isn't installed beside another.
[[nodiscard]] QString installCommand(const QByteArray &library, int bits, const Distribution &distribution);

} // namespace handover::node
