// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace handover::ui {

/// Scintilla's numbers that the editor uses; below 8 they belong to lexers.
enum Indicator {
    HighlightIndicator = 8,
    FindIndicator,
    HintIndicator,
    WarningIndicator,
    ErrorIndicator,
    BlankIndicator,      ///< what a completion left to be filled in
    BracketIndicator,    ///< the pair at the caret
    BadBracketIndicator, ///< one that has no other
};
enum EditorMarker { HighlightLineMarker = 1, NoteMarker = 2 };
enum EditorMargin { NumberMargin = 0, SymbolMargin = 1, FoldMargin = 2 };

} // namespace handover::ui
