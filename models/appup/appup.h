// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/parser.h"

#include <QList>
#include <QString>

#include <optional>

namespace handover::appup {

enum class Direction { Up, Down };

/// What taking a rule costs the running system, by its dearest instruction.
enum class Cost {
    CodeOnly,           ///< modules are loaded, no process is touched (also: nothing at all)
    CodeChange,         ///< processes are suspended and their state is converted
    ApplicationRestart, ///< an application is stopped and started
    VmRestart,          ///< the emulator restarts
};
[[nodiscard]] QString costWords(Cost cost); ///< "code", "code change", "application restart", "VM restart"

/// One entry {Version, Instructions} of an up or down list.
struct Rule
{
    enum class Key {
        Literal, ///< a string: equal or not
        Regex,   ///< a binary: a pattern
        Ignored, ///< anything else: OTP passes over it in silence
    };

    int number = 0; ///< counted from 1 in file order within its list
    Direction direction = Direction::Up;
    Key key = Key::Ignored;
    QString text;             ///< the version, or the pattern
    bool badEncoding = false; ///< the pattern's bytes are no UTF-8; OTP raises badarg on such
    TextRange range;          ///< of the whole entry
    TextRange keyRange;       ///< of its first element
    TextRange instructionsRange;
    QList<erlang::Term> instructions; ///< ranges in them are those of the rendered text, see Appup
    Cost cost = Cost::CodeOnly;
};

/// The contents of an .appup or .appup.src file. In an .appup.src, {{vsn}} inside a string or a
/// binary stands for `vsn`; all ranges are those of the text as it was given, except within terms.
struct Appup
{
    QString version; ///< of the application, as the file says
    TextRange versionRange;
    TextRange upRange; ///< of the whole list
    TextRange downRange;
    QList<Rule> up;
    QList<Rule> down;

    [[nodiscard]] const QList<Rule> &rules(Direction direction) const
    {
        return direction == Direction::Up ? up : down;
    }
    /// The rule whose range the offset touches, if any; of both lists.
    [[nodiscard]] const Rule *ruleAt(qsizetype offset) const;

    [[nodiscard]] static erlang::Parsed<Appup> parse(QByteArrayView text, const QString &vsn = {});
};

/// The text of an .appup.src with {{vsn}} and {{{vsn}}} replaced, every other byte as it was.
[[nodiscard]] QByteArray render(QByteArrayView source, const QString &vsn);

} // namespace handover::appup
