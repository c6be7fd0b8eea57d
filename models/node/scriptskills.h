// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace handover::node {

/// What a release's own script, bin/NAME, can do, as its text tells. It is never tried: what a script does with a word
/// that it does not know can be anything, and OTP's plain one starts a second node.
struct ScriptSkills
{
    /// The word behind which an Erlang expression reaches the node.
    enum class Talk {
        None,
        Eval, ///< the expression itself, with a full stop
        Rpc,  ///< a module, a function and its arguments in a list
    };
    Talk talk = Talk::None;
    bool callsEscript = false;    ///< unpack and install are relx's, by bin/install_upgrade.escript
    bool startsAndStops = false;  ///< daemon and stop
    bool hasInstallHooks = false; ///< relx's, run before unpack and install
    bool isElixirs = false;       ///< made by mix: its eval and rpc take Elixir, and eval does not ask the node

    [[nodiscard]] static ScriptSkills of(QByteArrayView script);
    /// "eval" or "rpc"; empty for none.
    [[nodiscard]] QString word() const;
};

/// Whether that text is an install_upgrade.escript that can unpack alone, and install without making permanent.
[[nodiscard]] bool isUsableEscript(QByteArrayView escript);

} // namespace handover::node
