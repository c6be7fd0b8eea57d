// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/erlang/term.h"

#include <QByteArray>
#include <QList>

#include <compare>
#include <optional>
#include <tuple>

namespace handover::erlang {

/// A function by name and arity.
struct FunctionName
{
    QByteArray name;
    quint32 arity = 0;
    friend bool operator==(const FunctionName &, const FunctionName &) = default;
    friend auto operator<=>(const FunctionName &left, const FunctionName &right)
    {
        return std::tie(left.name, left.arity) <=> std::tie(right.name, right.arity);
    }
};

/// A function of a module that is called or imported.
struct ImportedFunction
{
    QByteArray module;
    FunctionName function;
    friend bool operator==(const ImportedFunction &, const ImportedFunction &) = default;
};

class BeamAtoms;

/// A compiled module: the chunks of a .beam file (beam_lib(3)), compressed as a whole or not, of the
/// compilers of OTP 20 to 28 and older ones. Cheap to copy. Parsing finds the chunks and checks sizes;
/// what a chunk holds is read, each time, when asked for, and what is wrong in it is the error
/// erlang.beam or erlang.external-term. Reentrant.
class BeamFile
{
public:
    /// Errors: erlang.beam (no BEAM file, cut off, sizes that can't be, beyond the limits).
    [[nodiscard]] static Result<BeamFile> parse(const QByteArray &bytes);

    [[nodiscard]] const QByteArray &module() const noexcept { return m_module; } ///< its name, UTF-8
    /// The data of a chunk, by its four letters; nothing if the file has none. Valid as long as this
    /// object or a copy of it.
    [[nodiscard]] std::optional<QByteArrayView> chunk(QByteArrayView id) const;
    [[nodiscard]] QList<QByteArray> chunkIds() const; ///< in file order

    /// beam_lib:md5/1: equal for modules whose code is equal, whatever lines, build directory or
    /// attributes are. 16 bytes.
    [[nodiscard]] QByteArray md5() const;
    /// Whether md5() of both is equal; found out by comparing, which is much faster.
    [[nodiscard]] bool hasCodeOf(const BeamFile &other) const;

    [[nodiscard]] Result<QList<FunctionName>> exports() const;     ///< sorted, module_info included
    [[nodiscard]] Result<QList<ImportedFunction>> imports() const; ///< in file order
    /// The attributes in source order, {Name, Values} each; a name may come again. Empty if stripped.
    [[nodiscard]] Result<QList<Term>> attributes() const;
    /// All values of an attribute, as beam_lib joins them: {behaviour,[a]} and {behaviour,[b]} give a and b.
    [[nodiscard]] Result<QList<Term>> attribute(QByteArrayView name) const;
    /// Of -behaviour and -behavior, in source order.
    [[nodiscard]] Result<QList<QByteArray>> behaviours() const;
    /// {version,_}, {options,_}, {source,_}; empty if stripped.
    [[nodiscard]] Result<QList<Term>> compileInfo() const;

    /// The abstract code (Forms of debug_info_v1/erl_abstract_code, or of an old raw_abstract_v1); nothing if
    /// the file has none that can be read here: stripped, encrypted, of another language's backend. Terms in
    /// it may be nested 10 000 deep: a list in the source is, once for each element.
    [[nodiscard]] Result<std::optional<QList<Term>>> abstractCode() const;

private:
    struct Chunk
    {
        quint32 id = 0; ///< its letters as one number, as in the file
        qsizetype offset = 0;
        qsizetype size = 0;
    };
    struct Triple ///< what the tables of functions are made of
    {
        quint32 first = 0;
        quint32 second = 0;
        quint32 third = 0;
    };

    [[nodiscard]] Result<> findChunks();
    [[nodiscard]] QByteArray hashed() const; ///< what md5() is the sum of
    [[nodiscard]] std::optional<BeamAtoms> atoms(qsizetype most) const;
    [[nodiscard]] Result<QList<Triple>> triples(QByteArrayView id) const;
    [[nodiscard]] Result<QList<Term>> termList(QByteArrayView id) const; ///< empty if there is no such chunk

    QByteArray m_bytes; ///< uncompressed
    QList<Chunk> m_chunks;
    QByteArray m_module;
};

} // namespace handover::erlang
