// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/codenotice.h"

#include "models/workspace/workspace.h"
#include "ui/widgets/inlinemessage.h"

#include <QFileInfo>
#include <QVBoxLayout>

namespace handover::ui {

using Rules = workspace::RulesDocument;

CodeNotice::CodeNotice(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_message(new InlineMessage)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 8);
    column->addWidget(m_message);
    m_message->setClosable(false);
    connect(workspace->rules(), &Rules::opened, this, &CodeNotice::update);
    connect(workspace->rules(), &Rules::analysed, this, &CodeNotice::update);
    connect(workspace, &workspace::Workspace::rulesNotEvaluated, this, [this](const Error &error) {
        if (error.isCancelled()) {
            update();
            return;
        }
        m_message->showError(error);
        m_message->setClosable(false);
        m_message->addAction(tr("Evaluate Again"), this, [this] { evaluate(); });
    });
    update();
}

void CodeNotice::update()
{
    const Rules::Code code = m_workspace->rules()->code();
    setVisible(code != Rules::Code::No);
    if (code == Rules::Code::Unknown)
        sayUnknown();
    else if (code == Rules::Code::Evaluated)
        sayEvaluated();
    else
        m_message->dismiss();
}

void CodeNotice::sayUnknown()
{
    const bool before = m_workspace->rules()->evaluated().has_value();
    m_message->showMessage(Tone::Neutral,
                           before ? tr("The code has changed since it was evaluated, so which rules it makes isn't known.")
                                  : tr("These rules are made by Erlang code. Which ones isn't known before it is run: on this "
                                       "machine, with your rights, for ten seconds at most."));
    m_message->addAction(before ? tr("Evaluate Again") : tr("Evaluate"), this, [this] { evaluate(); });
}

void CodeNotice::sayEvaluated()
{
    m_message->showMessage(Tone::Accent, tr("The rules beside are evaluated from this code, for %1.").arg(m_workspace->rules()->source().vsn),
                           QString::fromUtf8(m_workspace->rules()->evaluated()->appup));
    m_message->addAction(tr("Evaluate Again"), this, [this] { evaluate(); });
}

void CodeNotice::evaluate()
{
    m_job = m_workspace->evaluateRules();
    if (!m_job)
        return;
    m_message->showMessage(Tone::Neutral, tr("The code is running…"));
    m_message->addAction(tr("Stop"), this, [this] {
        if (m_job)
            m_job->cancel();
    });
}

} // namespace handover::ui
