// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/package/elf.h"

#include <QSet>
#include <QMap>
#include <QStringList>

#include <optional>

namespace handover::package {

/// One shared library that programs and libraries of a release ask for.
struct LibraryNeed
{
    struct Version
    {
        QByteArray name; ///< "GLIBC_2.38"
        QStringList by;  ///< the files that ask for it, as paths in the tarball
    };
    QByteArray library;                    ///< "libc.so.6"
    QMap<QByteArray, Version> highest;     ///< by symbol set: "GLIBC" → GLIBC_2.38
    QStringList by;                        ///< the files that ask for it
    QByteArrayList folders;                ///< absolute ones where its users look for it first
    QString provided;                      ///< the release's own, as a path in the tarball; empty: the server's

    [[nodiscard]] QByteArrayList versionNames() const; ///< of highest
    [[nodiscard]] QString words() const;               ///< "libc.so.6 with GLIBC_2.38"
};

/// What a release's programs, port programs and NIFs need of the system below them.
struct LibraryNeeds
{
    std::optional<ElfSystem> system; ///< of the emulator; else of most files; nothing: there is no machine code
    QString systemFile;              ///< the file that says so
    QByteArray interpreter;          ///< of the programs; empty if there is none inside
    QList<LibraryNeed> libraries;    ///< by name
    QStringList foreign;             ///< files for another machine, which are left out of all else
    QStringList unreadable;          ///< files that are damaged or too large, so what they need isn't known
    qsizetype files = 0;             ///< programs and libraries looked at
};

/// A symbol version's set and number: GLIBC and 2.38, OPENSSL and 3.0.0, NCURSES6_TINFO and 5.0.19991023. One
/// without a number (GLIBC_ABI_DT_RELR) is a set of its own.
struct SymbolVersion
{
    QByteArray set;
    QByteArray number;

    [[nodiscard]] static SymbolVersion parse(const QByteArray &name);
    [[nodiscard]] static bool isNewer(const QByteArray &left, const QByteArray &right); ///< of the same set
};

/// Gathers the needs of a release while its tarball is read.
class NeedsCollector
{
public:
    void addFile(const QString &path, QByteArrayView bytes); ///< an ELF file
    void addUnreadable(const QString &path) { m_unreadable.append(path); }
    void addName(const QString &path) { m_paths.append(path); } ///< of anything else that may stand for a library: links

    /// Everything was added. `erts` is the version of the runtime system inside.
    [[nodiscard]] LibraryNeeds finish(const QString &erts);

private:
    struct Found
    {
        QString path;
        ElfFile elf;
    };
    [[nodiscard]] const Found *chooseSystem(const QString &erts) const;
    [[nodiscard]] QString providerOf(const QByteArray &library, const Found &user, const QString &erts) const;
    void take(const Found &user, QMap<QByteArray, LibraryNeed> &needs, const QString &erts) const;

    QList<Found> m_files;
    QStringList m_paths;
    QSet<QString> m_names;
    QStringList m_unreadable;
};

} // namespace handover::package
