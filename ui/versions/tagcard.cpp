// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/versions/tagcard.h"

#include "models/workspace/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

using workspace::Tagging;

TagCard::TagCard(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_question(new QWidget)
    , m_title(new ElidedLabel)
    , m_words(new RoleLabel)
    , m_checkColumn(new QVBoxLayout)
    , m_where(new QComboBox)
    , m_do(new QPushButton)
    , m_cancel(new QPushButton)
    , m_progress(new ProgressStrip)
    , m_message(new InlineMessage)
{
    m_title->setFont(bold(font()));
    m_words->setWordWrap(true);
    m_where->setAccessibleName(tr("Where to push the tag"));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_do);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    auto *question = new QVBoxLayout(m_question);
    question->setContentsMargins({});
    question->setSpacing(8);
    question->addWidget(m_title);
    question->addWidget(m_where);
    question->addWidget(m_words);
    question->addLayout(m_checkColumn);
    question->addLayout(buttons);

    auto *column = new QVBoxLayout;
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_question);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(new Hairline);
    layout->addLayout(column);

    connect(m_do, &QPushButton::clicked, this, &TagCard::carryOut);
    connect(m_cancel, &QPushButton::clicked, this, &TagCard::stopAsking);
    connect(m_where, &QComboBox::currentIndexChanged, this, &TagCard::updateWords);
    connect(m_message, &InlineMessage::closed, this, &TagCard::showWhetherAnything);
    connect(m_progress, &ProgressStrip::logRequested, this, &TagCard::logRequested);
    connect(workspace, &workspace::Workspace::projectChanged, this, [this] {
        const auto &project = m_workspace->project();
        if (m_path.isEmpty() || (project && project->path == m_path))
            return;
        m_path.clear();
        m_message->dismiss();
        stopAsking();
    });
    connect(workspace->tagging(), &Tagging::done, this, &TagCard::showDone);
    connect(workspace->tagging(), &Tagging::failed, this, &TagCard::showFailed);
    stopAsking();
}

bool TagCard::ask(Asking what, const QString &tag)
{
    const auto &project = m_workspace->project();
    const auto version = project ? project->find(tag) : std::unexpected(Error());
    if (!version)
        return false;
    m_asking = what;
    m_path = project->path;
    m_version = *version;
    m_remotes.clear();
    if (const auto repository = repo::Repository::open(project->path))
        m_remotes = repository->remotes().value_or(QList<repo::Remote>());
    m_progress->setJob(nullptr);
    m_message->dismiss();
    return true;
}

void TagCard::askDelete(const QString &tag)
{
    if (!ask(Asking::Delete, tag))
        return;
    m_title->setText(tr("Delete %1?").arg(tag));
    m_cancel->setText(tr("Keep It"));
    m_where->hide();
    makeChecks();
    updateWords();
    showWhetherAnything();
    m_cancel->setFocus();
}

void TagCard::askPush(const QString &tag)
{
    if (!ask(Asking::Push, tag))
        return;
    qDeleteAll(std::exchange(m_checks, {}));
    if (m_remotes.isEmpty()) {
        stopAsking();
        m_message->showMessage(Tone::Warning, tr("There is no remote to push %1 to. git remote add origin ADDRESS names one.").arg(tag));
        showWhetherAnything();
        return;
    }
    m_title->setText(tr("Push %1?").arg(tag));
    m_cancel->setText(tr("Cancel"));
    {
        const QSignalBlocker quiet(m_where);
        m_where->clear();
        for (const repo::Remote &remote : std::as_const(m_remotes))
            m_where->addItem(remote.name);
    }
    m_where->setVisible(m_remotes.size() > 1);
    updateWords();
    showWhetherAnything();
    m_do->setFocus();
}

void TagCard::makeChecks()
{
    qDeleteAll(std::exchange(m_checks, {}));
    for (const repo::Remote &remote : std::as_const(m_remotes)) {
        auto *check = new QCheckBox(tr("Also at %1").arg(remote.name));
        check->setToolTip(u"<p>%1</p>"_s.arg(remote.url.toHtmlEscaped()));
        connect(check, &QCheckBox::toggled, this, &TagCard::updateWords);
        m_checkColumn->addWidget(check);
        m_checks += check;
    }
}

QStringList TagCard::checkedRemotes() const
{
    QStringList remotes;
    for (qsizetype i = 0; i < m_checks.size(); ++i) {
        if (m_checks[i]->isChecked())
            remotes += m_remotes[i].name;
    }
    return remotes;
}

void TagCard::updateWords()
{
    if (m_asking == Asking::Push && m_where->currentIndex() >= 0) {
        const repo::Remote &remote = m_remotes[m_where->currentIndex()];
        m_words->setText(workspace::pushWords(*m_version, remote));
        m_do->setText(tr("Push to %1").arg(remote.name));
    } else if (m_asking == Asking::Delete) {
        const QStringList remotes = checkedRemotes();
        m_words->setText(workspace::deletionWords(*m_version, remotes, m_workspace->built(*m_version).has_value()));
        m_do->setText(remotes.isEmpty() ? tr("Delete Here") : tr("Delete Here and There"));
    }
}

void TagCard::carryOut()
{
    const QByteArray tag = m_version->tag.name;
    Tagging *const tagging = m_workspace->tagging();
    Job *const job = m_asking == Asking::Push ? tagging->push(m_path, tag, m_where->currentText())
                                              : tagging->remove(m_path, tag, checkedRemotes());
    if (!job) {
        m_message->showMessage(Tone::Warning, tr("Wait until this is done: %1").arg(tagging->job()->title()));
        return;
    }
    m_isMine = true;
    stopAsking();
    m_progress->setJob(job);
    showWhetherAnything();
}

void TagCard::stopAsking()
{
    m_asking = Asking::Nothing;
    showWhetherAnything();
}

void TagCard::showDone(const Tagging::Done &done)
{
    using Kind = Tagging::Done::Kind;
    m_isMine = false;
    m_progress->setJob(nullptr);
    stopAsking();
    const QString tag = QString::fromUtf8(done.tag);
    const QString there = done.remotes.join(u", "_s);
    const auto offerPush = [&] {
        m_message->addAction(tr("Push…"), this, [this, tag] { askPush(tag); });
    };
    switch (done.kind) {
    case Kind::Made:
        m_path = m_workspace->project()->path;
        m_message->showMessage(Tone::Good, tr("%1 was made, here alone so far.").arg(tag));
        offerPush();
        break;
    case Kind::Pushed:
        m_message->showMessage(Tone::Good, tr("%1 is at %2 now.").arg(tag, there));
        break;
    case Kind::BroughtBack:
        m_message->showMessage(Tone::Good, tr("%1 is here again. Where it was deleted elsewhere, it has to be pushed.").arg(tag));
        offerPush();
        break;
    case Kind::Deleted:
        m_message->showMessage(Tone::Neutral, there.isEmpty() ? tr("%1 was deleted here.").arg(tag)
                                                              : tr("%1 was deleted at %2 and here.").arg(tag, there));
        m_message->addAction(tr("Undo"), this, [this, deleted = *done.deleted] {
            m_isMine = m_workspace->tagging()->bringBack(m_path, deleted) != nullptr;
        });
        break;
    }
    showWhetherAnything();
}

void TagCard::showFailed(const Error &error)
{
    if (!std::exchange(m_isMine, false)) // the page that started it says so
        return;
    m_progress->setJob(nullptr);
    m_message->showError(error);
    if (!error.isCancelled())
        m_message->addAction(tr("Show Log"), this, [this] { emit logRequested(m_workspace->tagging()->job()); });
    showWhetherAnything();
}

void TagCard::showWhetherAnything()
{
    m_question->setVisible(m_asking != Asking::Nothing);
    setVisible(m_asking != Asking::Nothing || m_progress->job() || !m_message->isHidden());
}

} // namespace handover::ui
