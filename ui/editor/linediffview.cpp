// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/linediffview.h"

#include "models/core/linediff.h"
#include "ui/theme/theme.h"

#include <QTextBlock>

namespace handover::ui {
namespace {

QString signOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Removed:
        return QStringLiteral("− ");
    case DiffLine::Kind::Added:
        return QStringLiteral("+ ");
    case DiffLine::Kind::Gap:
        return QStringLiteral("⋯");
    case DiffLine::Kind::Same:
        break;
    }
    return QStringLiteral("  ");
}

} // namespace

LineDiffView::LineDiffView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setTabChangesFocus(true);
    setFont(codeFont());
    setAccessibleName(tr("Comparison"));
    connect(&Theme::instance(), &Theme::changed, this, &LineDiffView::paintLines);
}

void LineDiffView::compare(const QByteArray &before, const QByteArray &after)
{
    QStringList lines;
    for (const DiffLine &line : lineDiff(before, after))
        lines += signOf(line.kind) + QString::fromUtf8(line.text);
    setPlainText(lines.isEmpty() ? tr("The texts are the same, except perhaps for their line ends.") : lines.join(u'\n'));
    const int rows = qBound(3, blockCount() + 1, 14);
    setFixedHeight(QFontMetrics(codeFont()).lineSpacing() * rows + 8);
    paintLines();
}

void LineDiffView::paintLines()
{
    QPalette changed;
    changed.setColor(QPalette::Base, color(Role::CodeSurface));
    changed.setColor(QPalette::Text, color(Role::Code));
    setPalette(changed);
    QList<QTextEdit::ExtraSelection> selections;
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next()) {
        const bool removed = block.text().startsWith(signOf(DiffLine::Kind::Removed));
        if (!removed && !block.text().startsWith(signOf(DiffLine::Kind::Added)))
            continue;
        QTextEdit::ExtraSelection line;
        line.cursor = QTextCursor(block);
        line.format.setBackground(color(removed ? Role::BadSoft : Role::GoodSoft));
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections.append(line);
    }
    setExtraSelections(selections);
}

} // namespace handover::ui
