// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/rulesnotices.h"

#include "models/workspace/rulesdocument.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/linediffview.h"
#include "ui/widgets/inlinemessage.h"

#include <QFileInfo>
#include <QLocale>
#include <QVBoxLayout>

namespace handover::ui {

RulesNotices::RulesNotices(workspace::RulesDocument *rules, CodeEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_rules(rules)
    , m_editor(editor)
    , m_message(new InlineMessage)
    , m_comparison(new LineDiffView)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(4);
    column->addWidget(m_message);
    column->addWidget(m_comparison);
    m_comparison->hide();
    connect(rules, &workspace::RulesDocument::noticed, this, &RulesNotices::update);
    update();
}

void RulesNotices::update()
{
    m_comparison->hide();
    if (m_rules->outside())
        sayOutside();
    else if (m_rules->leftDraft())
        sayDraft();
    else
        m_message->dismiss();
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
    m_message->showMessage(Tone::Warning,
                           outside.deleted ? tr("Another program has deleted %1. The text here is all there is of it now.").arg(name)
                                           : tr("Another program has changed %1 while it is being edited here.").arg(name));
    m_message->setClosable(false);
    if (!outside.deleted)
        m_message->addAction(tr("Reload"), this, [this] { reload(); });
    m_message->addAction(tr("Keep Mine"), this, [this] { m_rules->keepMine(); });
    if (!outside.deleted)
        m_message->addAction(tr("Compare"), this, [this, text = outside.text] { toggleComparison(text); });
}

void RulesNotices::sayDraft()
{
    const workspace::Draft draft = *m_rules->leftDraft();
    m_message->showMessage(Tone::Accent, tr("Handover ended on %1 while these rules had unsaved changes. They were kept.")
                                             .arg(QLocale().toString(draft.time, QLocale::ShortFormat)));
    m_message->setClosable(false);
    m_message->addAction(tr("Restore"), this, [this, text = draft.text] {
        m_editor->replaceText(text);
        m_rules->takeDraft();
    });
    m_message->addAction(tr("Discard"), this, [this] { m_rules->discardDraft(); });
    m_message->addAction(tr("Compare"), this, [this, text = draft.text] { toggleComparison(text); });
}

void RulesNotices::reload()
{
    m_editor->replaceText(m_rules->outside()->text);
    m_rules->reload();
    m_editor->setSaved();
}

void RulesNotices::toggleComparison(const QByteArray &other)
{
    m_comparison->setVisible(m_comparison->isHidden());
    if (m_comparison->isVisible())
        m_comparison->compare(m_rules->text(), other);
}

} // namespace handover::ui
