// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"
#include "ui/editor/erlanglexer.h"
#include "ui/editor/findbar.h"
#include "ui/editor/highlightbox.h"
#include "ui/editor/indicators.h"
#include "ui/editor/issuenotes.h"
#include "ui/theme/theme.h"

#include <Qsci/qsciscintilla.h>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;

int indicatorOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return ErrorIndicator;
    case Severity::Warning:
        return WarningIndicator;
    case Severity::Hint:
        break;
    }
    return HintIndicator;
}

} // namespace

void CodeEditor::setColoured(bool coloured)
{
    m_lexer->setColoured(coloured);
    m_view->SendScintilla(Sci::SCI_COLOURISE, 0UL, -1L);
}

void CodeEditor::setUpView()
{
    m_view->setAccessibleName(tr("Text"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setLexer(m_lexer);
    m_view->setCaretLineVisible(true);
    m_view->setCaretWidth(2);
    m_view->setExtraAscent(1);
    m_view->setExtraDescent(3);
    m_view->setMarginType(NumberMargin, QsciScintilla::NumberMargin);
    m_view->setMarginWidth(SymbolMargin, 0);
    m_view->setFolding(QsciScintilla::PlainFoldStyle, FoldMargin);
    m_view->SendScintilla(Sci::SCI_MARKERDEFINE, long(Sci::SC_MARKNUM_FOLDER), long(Sci::SC_MARK_ARROW));
    m_view->SendScintilla(Sci::SCI_MARKERDEFINE, long(Sci::SC_MARKNUM_FOLDEROPEN),
                          long(Sci::SC_MARK_ARROWDOWN));
    m_view->SendScintilla(Sci::SCI_SETMARGINLEFT, 0UL, 6L);
    m_view->SendScintilla(Sci::SCI_SETSCROLLWIDTH, 1UL);
    m_view->SendScintilla(Sci::SCI_SETSCROLLWIDTHTRACKING, 1UL);
    m_view->SendScintilla(Sci::SCI_SETENDATLASTLINE, 1UL);
    m_view->SendScintilla(Sci::SCI_AUTOCSETSEPARATOR, long('\n'));
    m_view->SendScintilla(Sci::SCI_AUTOCSETAUTOHIDE, 1UL);
    m_view->SendScintilla(Sci::SCI_MARKERDEFINE, HighlightLineMarker, long(Sci::SC_MARK_BACKGROUND));
    // Ctrl+Shift+L, Ctrl+T and their like change text behind the user's back; the window has other
    // uses for them.
    for (const int key : {'D', 'L', 'T', 'U'}) {
        for (const int modifiers : {int(Sci::SCMOD_CTRL), int(Sci::SCMOD_CTRL) | int(Sci::SCMOD_SHIFT)})
            m_view->SendScintilla(Sci::SCI_CLEARCMDKEY, static_cast<unsigned long>(key | modifiers << 16));
    }
}

// What Scintilla keeps for each document.
void CodeEditor::setUpDocument()
{
    m_view->setUtf8(true);
    m_view->setIndentationsUseTabs(false);
    m_view->setIndentationWidth(2);
    m_view->setTabWidth(8);
    m_view->setTabIndents(true);
    m_view->setBackspaceUnindents(true);
}

void CodeEditor::applyTheme()
{
    const QColor paper = color(Role::CodeSurface);
    m_lexer->applyTheme();
    m_view->setPaper(paper);
    m_view->setColor(color(Role::Code));
    m_view->setMarginsFont(codeFont());
    m_view->setMarginsForegroundColor(color(Role::CodeComment));
    m_view->setMarginsBackgroundColor(paper);
    m_view->setFoldMarginColors(paper, paper);
    m_view->setCaretForegroundColor(color(Role::Accent));
    m_view->setCaretLineBackgroundColor(color(Role::NeutralSoft));
    QColor selected = color(Role::Accent);
    selected.setAlpha(Theme::instance().isDark() ? 110 : 70);
    m_view->setSelectionBackgroundColor(selected);
    m_view->resetSelectionForegroundColor();
    for (const int marker : {int(Sci::SC_MARKNUM_FOLDER), int(Sci::SC_MARKNUM_FOLDEROPEN)}) {
        m_view->SendScintilla(Sci::SCI_MARKERSETFORE, static_cast<unsigned long>(marker),
                              color(Role::Border));
        m_view->SendScintilla(Sci::SCI_MARKERSETBACK, static_cast<unsigned long>(marker),
                              color(Role::Border));
    }
    m_view->SendScintilla(Sci::SCI_MARKERSETBACK, HighlightLineMarker, color(Role::NeutralSoft));

    m_view->SendScintilla(Sci::SCI_INDICSETSTYLE, HighlightIndicator, long(Sci::INDIC_STRAIGHTBOX));
    m_view->SendScintilla(Sci::SCI_INDICSETFORE, HighlightIndicator, color(Role::Accent));
    m_view->SendScintilla(Sci::SCI_INDICSETALPHA, HighlightIndicator, Theme::instance().isDark() ? 45L : 26L);
    m_view->SendScintilla(Sci::SCI_INDICSETOUTLINEALPHA, HighlightIndicator, 0L);
    m_view->SendScintilla(Sci::SCI_INDICSETUNDER, HighlightIndicator, 1L);
    const auto box = [this](int indicator, Role role) {
        const auto number = static_cast<unsigned long>(indicator);
        m_view->SendScintilla(Sci::SCI_INDICSETSTYLE, number, long(Sci::INDIC_STRAIGHTBOX));
        m_view->SendScintilla(Sci::SCI_INDICSETFORE, number, color(role));
        m_view->SendScintilla(Sci::SCI_INDICSETALPHA, number, 40L);
        m_view->SendScintilla(Sci::SCI_INDICSETOUTLINEALPHA, number, 150L);
        m_view->SendScintilla(Sci::SCI_INDICSETUNDER, number, 1L);
    };
    box(BlankIndicator, Role::Good);
    box(BracketIndicator, Role::Accent);
    box(BadBracketIndicator, Role::Bad);
    const auto squiggle = [this](int indicator, Role role) {
        m_view->SendScintilla(Sci::SCI_INDICSETSTYLE, static_cast<unsigned long>(indicator),
                              long(Sci::INDIC_SQUIGGLE));
        m_view->SendScintilla(Sci::SCI_INDICSETFORE, static_cast<unsigned long>(indicator), color(role));
    };
    squiggle(ErrorIndicator, Role::Bad);
    squiggle(WarningIndicator, Role::Warning);
    squiggle(HintIndicator, Role::Accent);

    QPalette changed;
    changed.setColor(QPalette::Base, paper);
    m_view->setPalette(changed);
    QPalette ground;
    ground.setColor(QPalette::Window, paper);
    setPalette(ground);
    setAutoFillBackground(true);
    m_find->applyTheme();
    updateMargins();
}

void CodeEditor::updateMargins()
{
    const int digits = qMax(3, int(QString::number(m_view->lines()).size()));
    m_view->setMarginWidth(NumberMargin, QString(digits + 1, u'0'));
    m_view->setMarginWidth(FoldMargin, QFontMetrics(codeFont()).height());
}

void CodeEditor::setIssues(const QList<Issue> &issues)
{
    m_issues = issues;
    showIssues();
}

void CodeEditor::setNotesShown(bool shown)
{
    m_notesShown = shown;
    showIssues();
}

TextRange CodeEditor::rangeOf(const Issue &issue) const
{
    const qsizetype length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    if (!issue.range.isEmpty() && issue.range.begin < length)
        return {qMax<qsizetype>(0, issue.range.begin), qMin(issue.range.end, length)};
    // Only the place is known: the whole line without its indentation.
    const long line = qMax(0, issue.place.line - 1);
    return {m_view->SendScintilla(Sci::SCI_GETLINEINDENTPOSITION, static_cast<unsigned long>(line)),
            m_view->SendScintilla(Sci::SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line))};
}

void CodeEditor::showIssues()
{
    const long length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    for (const int indicator : {HintIndicator, WarningIndicator, ErrorIndicator}) {
        m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, static_cast<unsigned long>(indicator));
        m_view->SendScintilla(Sci::SCI_INDICATORCLEARRANGE, 0UL, length);
    }
    QList<IssueNotes::Placed> places;
    QStringList words;
    for (int i = 0; i < m_issues.size(); ++i) {
        const Issue &issue = m_issues.at(i);
        const TextRange range = rangeOf(issue);
        m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT,
                              static_cast<unsigned long>(indicatorOf(issue.severity)));
        m_view->SendScintilla(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(range.begin),
                              long(range.size()));
        const int line =
            int(m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(range.begin)));
        places.append({i, line});
        words.append(tr("Line %1: %2").arg(line + 1).arg(issue.message));
    }
    m_view->setAccessibleDescription(words.join(u'\n'));
    if (m_notesShown)
        m_notes->show(m_issues, places);
    else
        m_notes->clear();
}

void CodeEditor::goToNextIssue(bool backward)
{
    const qsizetype here = caret();
    qsizetype best = -1;
    qsizetype first = -1;
    for (const Issue &issue : std::as_const(m_issues)) {
        const qsizetype begin = rangeOf(issue).begin;
        const bool behind = backward ? begin < here : begin > here;
        const auto nearer = [backward](qsizetype a, qsizetype b) {
            return b < 0 || (backward ? a > b : a < b);
        };
        if (behind && nearer(begin, best))
            best = begin;
        if (nearer(begin, first))
            first = begin; // around the end
    }
    if (best < 0)
        best = first;
    if (best >= 0)
        revealOffset(best);
}

void CodeEditor::requestFixAtCaret()
{
    const long line = m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret()));
    for (int i = 0; i < m_issues.size(); ++i) {
        const auto begin = static_cast<unsigned long>(rangeOf(m_issues.at(i)).begin);
        if (m_issues.at(i).fix && m_view->SendScintilla(Sci::SCI_LINEFROMPOSITION, begin) == line) {
            emit issueFixRequested(i);
            return;
        }
    }
}

void CodeEditor::setHighlight(const TextRange &range)
{
    if (range == m_highlight)
        return;
    m_highlight = range;
    m_view->SendScintilla(Sci::SCI_SETINDICATORCURRENT, HighlightIndicator);
    m_view->SendScintilla(Sci::SCI_INDICATORCLEARRANGE, 0UL, m_view->SendScintilla(Sci::SCI_GETLENGTH));
    m_view->SendScintilla(Sci::SCI_MARKERDELETEALL, long(HighlightLineMarker));
    m_box->mark(range);
    if (range.isEmpty())
        return;
    m_view->SendScintilla(Sci::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(range.begin),
                          long(range.size()));
    m_view->SendScintilla(Sci::SCI_MARKERADD,
                          static_cast<unsigned long>(m_view->SendScintilla(
                              Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(range.begin))),
                          long(HighlightLineMarker));
}

void CodeEditor::followHighlight()
{
    if (m_highlight.isEmpty())
        return;
    // Scintilla keeps the indicator on its letters while text around it changes.
    const long length = m_view->SendScintilla(Sci::SCI_GETLENGTH);
    long begin = 0;
    if (!m_view->SendScintilla(Sci::SCI_INDICATORVALUEAT, HighlightIndicator, 0L))
        begin = m_view->SendScintilla(Sci::SCI_INDICATOREND, HighlightIndicator, 0L);
    const long end = m_view->SendScintilla(Sci::SCI_INDICATOREND, HighlightIndicator, begin);
    const bool there =
        begin < length && m_view->SendScintilla(Sci::SCI_INDICATORVALUEAT, HighlightIndicator, begin);
    m_highlight = there ? TextRange{begin, end} : TextRange{};
    m_box->mark(m_highlight);
}

} // namespace handover::ui
