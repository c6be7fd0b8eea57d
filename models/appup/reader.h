// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/template.h"

/// The steps of Appup::parse() one by one, for check(), which tells them apart.
namespace handover::appup {

enum class ShapeError { NotThree, UpNoList, DownNoList };

[[nodiscard]] std::optional<ShapeError> shapeError(const erlang::Term &term);
[[nodiscard]] QString shapeWords(ShapeError error);
[[nodiscard]] TextRange shapeRange(const erlang::Term &term, ShapeError error); ///< in the rendered text

/// A term without shape error as an appup; ranges are those of the source.
[[nodiscard]] Appup fromTerm(const erlang::Term &term, const Template &source);

/// The same error with the place in the text the template was made from.
[[nodiscard]] erlang::SyntaxError inSource(erlang::SyntaxError error, const Template &source,
                                           QByteArrayView text);

} // namespace handover::appup
