// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>

namespace handover::ui {

/// A piece of a line for colouring; what lies between tokens is white space.
struct ErlangToken
{
    enum class Kind {
        Comment,
        String,
        Atom,
        QuotedAtom,
        Word,
        Number,
        Variable,
        Macro,
        Bracket,
        Operator,
        Bad
    };
    qsizetype begin = 0;
    qsizetype end = 0; ///< exclusive, bytes
    Kind kind = Kind::Operator;
    friend bool operator==(const ErlangToken &, const ErlangToken &) = default;
};

/// What a line leaves open for the next one, as a number that Scintilla can keep for each line.
struct ErlangLineState
{
    enum class Open : unsigned char { Nothing, String, VerbatimString, QuotedAtom, TripleString };
    Open open = Open::Nothing;
    int quotes = 0; ///< of a TripleString: how many end it
    int depth = 0;  ///< brackets open at the end of the line, for folding

    [[nodiscard]] int packed() const;
    [[nodiscard]] static ErlangLineState unpacked(int value);
    friend bool operator==(const ErlangLineState &, const ErlangLineState &) = default;
};

/// The tokens of one line (without its line end) that starts in `state`, which becomes the state of
/// the next line. Follows erl_scan for terms, OTP 27's triple-quoted strings and sigils included;
/// never fails: a text that is being typed is broken most of the time. Words are the atoms that
/// appup(4) and relup(4) give a meaning.
[[nodiscard]] QList<ErlangToken> erlangTokens(QByteArrayView line, ErlangLineState &state);

} // namespace handover::ui
