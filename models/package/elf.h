// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QList>
#include <QStringList>

namespace handover::package {

/// What a program or a shared library is made for, as the first bytes of the file say (elf(5)).
struct ElfSystem
{
    int bits = 64;
    bool bigEndian = false;
    quint16 machine = 0; ///< e_machine

    [[nodiscard]] QString words() const;        ///< "x86_64", "aarch64"; as `uname -m` says it where that is known
    [[nodiscard]] QStringList unameNames() const; ///< what `uname -m` says on such a machine; empty: not known
    friend bool operator==(const ElfSystem &, const ElfSystem &) = default;
};

/// What the dynamic linker reads of a file before it starts it or loads it.
struct ElfFile
{
    struct Version
    {
        QByteArray library; ///< the DT_NEEDED it belongs to
        QByteArray name;    ///< "GLIBC_2.38"
        bool weak = false;  ///< the linker only warns if it is missing

        friend bool operator==(const Version &, const Version &) = default;
    };

    ElfSystem system;
    bool isLinked = false;  ///< a program or a shared library, not an object file or a core
    QByteArray interpreter; ///< "/lib64/ld-linux-x86-64.so.2"; empty: none
    QByteArray soname;
    QByteArrayList needed;  ///< DT_NEEDED, in order
    QByteArray rpath;       ///< as written: folders with ':' between them
    QByteArray runpath;
    QList<Version> versions; ///< .gnu.version_r

    /// Where its libraries are looked for first: a RUNPATH makes the linker ignore the RPATH (ld.so(8)).
    [[nodiscard]] QByteArrayList searchFolders() const;
};

[[nodiscard]] bool isElf(QByteArrayView bytes);

/// Reads an ELF file of 32 or 64 bits in either byte order by its program headers, which is all the linker uses
/// itself; sections may be stripped. Every offset is bounded by the file and every count by a limit. Error:
/// package.elf.
[[nodiscard]] Result<ElfFile> readElf(QByteArrayView bytes);

} // namespace handover::package
