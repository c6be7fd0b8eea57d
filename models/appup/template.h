// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/textrange.h"

#include <QList>
#include <QString>

namespace handover::appup {

/// An .appup.src with its {{vsn}} filled in as rebar3_appup_plugin's Mustache does it ({{vsn}} is
/// HTML-escaped, {{{vsn}}} and {{&vsn}} are not), and the way back to the places in the source.
class Template
{
public:
    /// Without a vsn nothing is replaced.
    Template(QByteArrayView source, const QString &vsn);

    [[nodiscard]] const QByteArray &rendered() const noexcept { return m_rendered; }
    /// Where a piece of the rendered text comes from; it covers the whole of every tag it touches.
    [[nodiscard]] TextRange toSource(TextRange rendered) const;

private:
    struct Replacement
    {
        TextRange source;
        TextRange rendered;
    };
    [[nodiscard]] qsizetype toSource(qsizetype offset, bool end) const;

    QByteArray m_rendered;
    QList<Replacement> m_replacements;
};

/// The source with digits in the place of its tags: as long as it was, so that what is parsed from it
/// stands where it stands in the source.
[[nodiscard]] QByteArray blanked(QByteArrayView source);

} // namespace handover::appup
