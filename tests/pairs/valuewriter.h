// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/dice.h"
#include "tests/pairs/value.h"

#include <QSet>

namespace handover::pairs {

/// How a file is written.
struct Layout
{
    enum class Style {
        Tight,  ///< no white space
        Broken, ///< lines as a printer breaks them
        Wild,   ///< whatever the scanner takes: comments, adjacent strings, $c, based numbers, [H|T], …
    };

    Style style = Style::Tight;
    bool latin1 = false; ///< the file's bytes; characters beyond are escaped
};

/// Writes values as Erlang text that reads back as the same term.
class ValueWriter
{
public:
    ValueWriter(Dice &dice, Layout layout)
        : m_dice(dice)
        , m_layout(layout)
    {
    }

    [[nodiscard]] QString write(const Value &value);
    /// What was used that not every writer uses: "layout: …".
    [[nodiscard]] const QSet<QString> &features() const { return m_features; }

private:
    [[nodiscard]] QString atom(const QString &name);
    [[nodiscard]] QString number(const QString &digits);
    [[nodiscard]] QString text(const QString &characters);
    [[nodiscard]] QString tripleQuoted(const QString &characters);
    [[nodiscard]] QString characterList(const QString &characters);
    [[nodiscard]] QString binary(const QByteArray &bytes);
    [[nodiscard]] QString segments(const QByteArray &bytes);
    [[nodiscard]] QString list(const Value &value);
    [[nodiscard]] QString map(const Value &value);
    [[nodiscard]] QString sequence(const QList<Value> &items);

    [[nodiscard]] QString quoted(const QString &characters, QChar quote);
    [[nodiscard]] QString character(char32_t code, QChar quote);
    [[nodiscard]] QString escaped(char32_t code);
    [[nodiscard]] QString gap();   ///< where white space may stand
    [[nodiscard]] QString blank(); ///< where it must
    [[nodiscard]] bool wild(int percent);
    [[nodiscard]] bool isVerbatim(const QString &characters) const;
    void note(const QString &feature) { m_features += feature; }

    Dice &m_dice;
    Layout m_layout;
    int m_depth = 0;
    QSet<QString> m_features;
};

} // namespace handover::pairs
