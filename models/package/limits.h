// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

namespace handover::package {

/// Bounds on a hostile tarball. An ordinary release unpacks to 20 to 500 MB at a ratio of 2 to 6.
struct Limits
{
    qint64 unpackedBytes = qint64{8} << 30;
    qint64 ratio = 100;                   ///< unpacked to packed …
    qint64 ratioFrom = qint64{256} << 20; ///< … looked at when this much was unpacked
    qsizetype entries = 200'000;
    qsizetype nameCharacters = 32 << 20; ///< of all paths together, folders on the way included
    qsizetype pathLength = 4096;
    qsizetype pathDepth = 64;
    qint64 relBytes = 4 << 20;
    qint64 relupBytes = 32 << 20;
    qint64 elfBytes = qint64{256} << 20; ///< of a program or library, which is read whole
    qint64 keptBytes = 64 << 20; ///< of all files read into memory
};

} // namespace handover::package
