// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/versions/version.h"

#include <QByteArray>
#include <QList>

namespace handover::versions {

/// What a filter looks through: tag, author and the first line of the message of each version, in one
/// piece of memory. A hundred thousand versions are searched within a frame.
class SearchText
{
public:
    SearchText() = default;
    explicit SearchText(const QList<Version> &versions);

    [[nodiscard]] qsizetype size() const { return m_ends.size(); } ///< number of versions
    /// The rows with `words` in one of the three texts, whichever the case; ascending.
    [[nodiscard]] QList<int> rowsWith(const QString &words) const;

private:
    QByteArray m_text;       // folded; each of the three ends with a line end
    QList<qsizetype> m_ends; // behind each version's part
};

} // namespace handover::versions
