// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/node/builtmodules.h"
#include "models/node/installation.h"

namespace handover::node {

/// Something by which a server's modules are not those of a built release.
struct ModuleDifference
{
    enum class Kind {
        HandLoaded,   ///< what runs is neither on the disk nor built
        LoadedElsewhere, ///< it was loaded from a file outside this release
        DiskDiffers,  ///< the file on the server has other code than the built one
        Broken,       ///< the file on the server is no compiled module: cut off, half copied
        Missing,      ///< there is no such file on the server
        ExtraFile,    ///< a file of a module that was not built
        ExtraLoaded,  ///< a module runs that is not of this release
        CoverCompiled ///< what runs was compiled by cover
    };
    Kind kind = Kind::DiskDiffers;
    QString app; ///< empty: of none
    QByteArray module;
    QString words;
};
[[nodiscard]] QString kindName(ModuleDifference::Kind kind); ///< "hand-loaded", "missing", …; untranslated

struct ModuleVerification
{
    QString version;       ///< of the built release
    qint64 built = 0;      ///< modules that were compared
    qint64 same = 0;       ///< their files on the server are the same to the byte …
    qint64 sameCode = 0;   ///< … or in all that runs: debug information, lines, attributes differ
    qint64 elsewhere = 0;  ///< … or differ only by the path of their source, as modules built in two directories do
    bool asked = false;    ///< what the node has loaded was compared, too
    qint64 loaded = 0;     ///< of the compared modules
    qint64 milliseconds = 0;
    QStringList notCompared; ///< applications that are not inside the built release
    QList<ModuleDifference> differences; ///< by application and module

    [[nodiscard]] bool holds() const { return differences.isEmpty(); }
};

/// Whether a server really has, and if the release runs there the node really runs, what was built. The files are
/// summed up by the server (sha256sum), and fetched where they differ, so that a node that is down, or lies, does not
/// matter; what is loaded is told by the node. Nothing is changed. Errors: server.not-installed (the server has no such
/// release), server.node-answer, server.timeout, and the session's.
[[nodiscard]] Result<ModuleVerification> verifyModules(server::Session &session, const Installation &installation,
                                                       const BuiltModules &built, const JobContext &context);

} // namespace handover::node
