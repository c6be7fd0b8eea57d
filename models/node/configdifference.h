// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "models/erlang/term.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace handover::node {

/// A system configuration by application and key (config(4)).
using Config = QMap<QString, QMap<QString, erlang::Term>>;

/// What one sys.config says itself, and what it takes in.
struct ConfigFile
{
    Config values;
    QStringList includes; ///< other files, as written
};

/// Errors: node.config, with the place, for text that OTP can't read either.
[[nodiscard]] Result<ConfigFile> parseConfig(QByteArrayView text, const QString &name);
/// As the application controller merges them: what comes later counts, key by key.
void mergeInto(Config &config, const Config &later);

/// "tally: limit was 3, becomes 5", a line for each key that is added, goes, or differs. What may be a secret is named
/// and not shown.
[[nodiscard]] QStringList differencesOf(const Config &before, const Config &after);

/// A value for people, of limited length, with all that may be a secret hidden: what stands with a key whose name has
/// password, secret, token, key, cookie or credential in it, and the password in an address.
[[nodiscard]] QString shownValue(const QString &key, const erlang::Term &value);

/// The flags of a vm.args with their values (erl's -args_file: words, '#' comments, quotes as in a shell). Error:
/// node.config for a quote that isn't closed.
[[nodiscard]] Result<QMap<QString, QStringList>> parseArguments(QByteArrayView text, const QString &name);
[[nodiscard]] QStringList differencesOf(const QMap<QString, QStringList> &before, const QMap<QString, QStringList> &after);

} // namespace handover::node
