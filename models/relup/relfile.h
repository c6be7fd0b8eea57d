// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/term.h"

#include <QHash>

#include <expected>

namespace handover::relup {

/// What a .rel file says.
struct RelFile
{
    struct Entry
    {
        QByteArray name;
        QString vsn;
        QByteArray type;
    };

    QString name;
    QString vsn;
    QString erts;
    QList<Entry> applications;
    /// Lists of included applications that stand in place of those of the .app files, by application.
    QHash<QByteArray, QList<QByteArray>> includes;
};

/// Reads the term of a .rel file with the checks of systools_make:read_release/2 and in their order;
/// the error is OTP's reason.
[[nodiscard]] std::expected<RelFile, erlang::Term> readRelFile(const erlang::Term &term);

} // namespace handover::relup
