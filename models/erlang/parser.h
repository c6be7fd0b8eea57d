// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/erlang/term.h"

#include <QByteArrayView>

namespace handover::erlang {

/// What is wrong with a text and where, in words ("A comma is missing before 'update'.").
struct SyntaxError
{
    QString message;
    TextRange range;
    TextPlace place;

    [[nodiscard]] Error toError(const QString &file) const; ///< code "erlang.syntax", place in the message
};

template<typename T>
using Parsed = std::expected<T, SyntaxError>;

/// Bounds on hostile input; beyond them parsing ends with a SyntaxError.
struct Limits
{
    int depth = 500;
    qsizetype terms = 2'000'000;
    qsizetype bytes = 64 * 1024 * 1024;
};

/// Reads all terms of a text as file:consult/1 does (each ends with a full stop). Ranges are bytes
/// of `text`. A "%% coding: latin-1" comment in the first two lines is honoured, else it is UTF-8.
[[nodiscard]] Parsed<QList<Term>> parseTerms(QByteArrayView text, const Limits &limits = {});

/// Reads the first term only and ignores what follows it, as systools does with .appup, .rel and
/// .app files.
[[nodiscard]] Parsed<Term> parseFirstTerm(QByteArrayView text, const Limits &limits = {});

/// Reads a single term that needs no full stop, e.g. what erl_call prints.
[[nodiscard]] Parsed<Term> parseBareTerm(QByteArrayView text, const Limits &limits = {});

} // namespace handover::erlang
