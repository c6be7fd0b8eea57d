// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/rulesnotices.h"

#include "models/repo/textdiff.h"
#include "models/workspace/rulesdocument.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/diffview.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QFileInfo>
#include <QLocale>
#include <QVBoxLayout>

namespace handover::ui {
namespace {

constexpr int ComparisonLines = 12;

} // namespace

RulesNotices::RulesNotices(workspace::RulesDocument *rules, CodeEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_rules(rules)
    , m_editor(editor)
    , m_message(new InlineMessage)
    , m_legend(new RoleLabel)
    , m_comparison(new DiffView)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->setSpacing(6);
    column->addWidget(m_message);
    column->addWidget(m_legend);
    column->addWidget(m_comparison);
    m_comparison->setAccessibleName(tr("Comparison of your text with the other one"));
    m_comparison->setFixedHeight(fontMetrics().height() * ComparisonLines);
    m_legend->setFont(smallFont());
    connect(m_message, &InlineMessage::closed, this, &QWidget::hide);
    connect(rules, &workspace::RulesDocument::noticed, this, &RulesNotices::update);
    update();
}

void RulesNotices::update()
{
    setCompared(false);
    if (m_rules->outside())
        sayOutside();
    else if (m_rules->leftDraft())
        sayDraft();
    else
        m_message->dismiss();
    setVisible(!m_message->isHidden());
}

void RulesNotices::sayOutside()
{
    const workspace::RulesDocument::Outside outside = *m_rules->outside();
    const QString name = QFileInfo(m_rules->source().file).fileName();
    if (!outside.deleted && !m_rules->isModified()) {
        reload();
        m_message->showMessage(Tone::Neutral, tr("Another program has changed %1. It was read again; Undo brings back "
                                                 "what was here.").arg(name));
        m_message->setClosable(true);
        return;
    }
    const QString words = outside.deleted
                              ? tr("Another program has deleted %1. The text here is all there is of it now.")
                              : tr("Another program has changed %1 while it is being edited here.");
    m_message->showMessage(Tone::Warning, words.arg(name));
    m_message->setClosable(false);
    if (!outside.deleted)
        m_message->addAction(tr("Reload"), this, [this] { reload(); });
    m_message->addAction(tr("Keep Mine"), this, [this] { m_rules->keepMine(); });
    if (!outside.deleted)
        m_message->addAction(tr("Compare"), this, [this, text = outside.text] {
            toggleComparison(text, tr("− your text   + the file as it is now"));
        });
}

void RulesNotices::sayDraft()
{
    const workspace::Draft draft = *m_rules->leftDraft();
    const QString words = tr("Handover ended on %1 while these rules had unsaved changes. They were kept.");
    m_message->showMessage(Tone::Accent, words.arg(QLocale().toString(draft.time, QLocale::ShortFormat)));
    m_message->setClosable(false);
    m_message->addAction(tr("Restore"), this, [this, text = draft.text] {
        m_editor->replaceText(text);
        m_rules->takeDraft();
    });
    m_message->addAction(tr("Discard"), this, [this] { m_rules->discardDraft(); });
    m_message->addAction(tr("Compare"), this, [this, text = draft.text] {
        toggleComparison(text, tr("− the text here   + the unsaved text"));
    });
}

void RulesNotices::reload()
{
    m_editor->replaceText(m_rules->outside()->text);
    m_rules->reload();
    m_editor->setSaved();
}

void RulesNotices::toggleComparison(const QByteArray &other, const QString &legend)
{
    setCompared(m_comparison->isHidden());
    if (m_comparison->isHidden())
        return;
    m_legend->setText(legend);
    if (const auto lines = repo::textDiff(m_rules->text(), other))
        m_comparison->setLines(*lines);
}

void RulesNotices::setCompared(bool shown)
{
    m_legend->setVisible(shown);
    m_comparison->setVisible(shown);
}

} // namespace handover::ui
