// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/diffview.h"

#include "ui/theme/theme.h"

#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using LineKind = repo::DiffLine::Kind;

constexpr qsizetype MostLines = 5000; // more is no reading

QString signOf(LineKind kind)
{
    switch (kind) {
    case LineKind::Added: return u"+ "_s;
    case LineKind::Removed: return u"− "_s;
    case LineKind::Context: return u"  "_s;
    case LineKind::Gap: return u"⋯"_s;
    case LineKind::File: return {};
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

DiffView::DiffView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(QFrame::NoFrame);
    setFont(codeFont());
    setAccessibleName(tr("What changed in the source, line by line"));
    connect(&Theme::instance(), &Theme::changed, this, &DiffView::colour);
}

void DiffView::setLines(const QList<repo::DiffLine> &lines)
{
    m_lines = lines.first(qMin(lines.size(), MostLines));
    QString text;
    for (const repo::DiffLine &line : std::as_const(m_lines))
        text += signOf(line.kind) + QString::fromUtf8(line.text) + u'\n';
    if (lines.size() > m_lines.size())
        text += tr("… and %n more line(s)", nullptr, static_cast<int>(lines.size() - m_lines.size()));
    else
        text.chop(1);
    setPlainText(text);
    colour();
}

void DiffView::colour()
{
    QList<QTextEdit::ExtraSelection> selections;
    QTextBlock block = document()->firstBlock();
    for (const repo::DiffLine &line : std::as_const(m_lines)) {
        if (line.kind != LineKind::Context) {
            QTextEdit::ExtraSelection selection;
            selection.cursor = QTextCursor(block);
            selection.format.setProperty(QTextFormat::FullWidthSelection, true);
            selection.format.setBackground(color(line.kind == LineKind::Added     ? Role::GoodSoft
                                                 : line.kind == LineKind::Removed ? Role::BadSoft
                                                                              : Role::NeutralSoft));
            selections.append(selection);
        }
        block = block.next();
    }
    setExtraSelections(selections);
}

} // namespace handover::ui
