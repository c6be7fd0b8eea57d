// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

/// What TermReader says when a text is no term.
namespace handover::erlang::ReaderWords {

[[nodiscard]] QString tooLong(qsizetype bytes);
[[nodiscard]] QString tooManyTerms(qsizetype terms);
[[nodiscard]] QString tooDeep(int depth);
[[nodiscard]] QString dotMissing();
[[nodiscard]] QString signNeedsNumber(QByteArrayView sign);
[[nodiscard]] QString recordInText();
[[nodiscard]] QString onlyExportedFuns();
[[nodiscard]] QString badSize();
[[nodiscard]] QString segmentType(); ///< a noun
[[nodiscard]] QString unitNumber();
[[nodiscard]] QString badSegmentType();
[[nodiscard]] QString badSegment();
[[nodiscard]] QString noTerm();
[[nodiscard]] QString unknownSigil();
[[nodiscard]] QString sigilSuffix();

[[nodiscard]] QString endOfText();
[[nodiscard]] QString variable(const QString &name);
[[nodiscard]] QString reserved(const QString &word);
[[nodiscard]] QString termMissing(const QString &before);
[[nodiscard]] QString commaTooMany(const QString &bracket);
[[nodiscard]] QString commaMissing(const QString &before);
[[nodiscard]] QString closesOther(const QString &found, const QString &opening, int line,
                                  const QString &expected);
[[nodiscard]] QString nothingToClose(const QString &found);
[[nodiscard]] QString unclosed(const QString &opening, const QString &closing);
[[nodiscard]] QString calculation(const QString &sign);
[[nodiscard]] QString dotInside(const QString &opening, int line, const QString &closing);
[[nodiscard]] QString expected(const QString &what, const QString &found);

} // namespace handover::erlang::ReaderWords
