// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qsci/qscilexercustom.h>

namespace handover::ui {

/// Colours and folds Erlang terms line by line. QScintilla's own Erlang lexer misses the end of a
/// string that ends in an escaped backslash and colours the rest of the file inside out.
class ErlangLexer final : public QsciLexerCustom
{
    Q_OBJECT

public:
    enum Style { Default, Comment, String, QuotedAtom, Word, Number, Variable, Macro, Bad, StyleCount };

    explicit ErlangLexer(QObject *parent);

    /// Takes colours and font from the theme anew.
    void applyTheme();

    void setColoured(bool coloured) { m_coloured = coloured; } ///< else all is plain text

    [[nodiscard]] const char *language() const override { return "Erlang"; }
    [[nodiscard]] QString description(int style) const override;
    void styleText(int start, int end) override;
    [[nodiscard]] const char *wordCharacters() const override;

private:
    bool m_coloured = true;
};

} // namespace handover::ui
