// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/textpane.h"

#include "ui/editor/codeeditor.h"
#include "ui/editor/diffview.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int KeepAfterMs = 400; // at most so much typing is lost to a crash

[[nodiscard]] bool isErlang(const QByteArray &name)
{
    static const QByteArrayList endings{".config", ".rel", ".app", ".appup", ".src", ".script", ".erl", ".hrl", ".escript"};
    return name == "relup" || name == "RELEASES" ||
           std::ranges::any_of(endings, [&](const QByteArray &ending) { return name.endsWith(ending); });
}

} // namespace

TextPane::TextPane(JobQueue *jobs, QWidget *parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_title(new ElidedLabel)
    , m_chip(new Chip)
    , m_save(new QPushButton(tr("Save to the Server")))
    , m_message(new InlineMessage)
    , m_empty(new EmptyState)
    , m_editor(new CodeEditor)
    , m_comparison(new DiffView)
    , m_stack(new QStackedWidget)
{
    m_title->setFont(bold(font()));
    m_title->setElideMode(Qt::ElideMiddle);
    m_save->setToolTip(tr("Ctrl+S: with the owner and the mode that the file has"));
    m_comparison->setAccessibleName(tr("What differs: the server's text against yours"));
    auto *back = new IconButton(u"arrow-left", tr("Back to the Files"));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    row->addWidget(back);
    row->addWidget(m_title, 1);
    row->addWidget(m_chip);
    row->addWidget(m_save);
    auto *messages = new QVBoxLayout;
    messages->setContentsMargins(12, 0, 12, 0);
    messages->addWidget(m_message);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_editor);
    m_stack->addWidget(m_comparison);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new Hairline);
    column->addLayout(messages);
    column->addWidget(m_stack, 1);

    m_editor->focusProxy()->installEventFilter(this);
    connect(back, &QAbstractButton::clicked, this, &TextPane::close);
    connect(m_save, &QPushButton::clicked, this, &TextPane::save);
    m_keepSoon.setSingleShot(true);
    m_keepSoon.setInterval(KeepAfterMs);
    connect(&m_keepSoon, &QTimer::timeout, this, &TextPane::keepDraft);
    connect(m_editor, &CodeEditor::textEdited, this, [this] {
        if (!m_keepSoon.isActive())
            m_keepSoon.start();
    });
    connect(m_editor, &CodeEditor::modifiedChanged, this, [this] {
        update();
        if (!isModified())
            keepDraft();
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &TextPane::load);
    update();
}

TextPane::~TextPane()
{
    if (m_keepSoon.isActive())
        keepDraft();
}

void TextPane::keepDraft()
{
    m_keepSoon.stop();
    if (!m_opened)
        return;
    if (isModified())
        m_drafts.keep({m_link->address(), *m_opened, m_editor->text()});
    else
        m_drafts.forget(m_link->address(), m_opened->path);
}

void TextPane::open(const QString &server, std::shared_ptr<server::ServerLink> link, const server::RemotePath &path)
{
    begin(server, std::move(link), path);
    load();
}

void TextPane::restore(const QString &server, std::shared_ptr<server::ServerLink> link,
                       const workspace::TextDrafts::Left &left)
{
    begin(server, std::move(link), left.draft.opened.path);
    take(left.draft.opened);
    m_editor->replaceText(left.draft.text);
    keepDraft(); // before the other one goes
    m_drafts.drop(left);
}

void TextPane::begin(const QString &server, std::shared_ptr<server::ServerLink> link, const server::RemotePath &path)
{
    m_server = server;
    m_link = std::move(link);
    m_path = path;
    m_opened.reset();
    m_message->dismiss();
    m_title->setText(tr("%1 on %2").arg(server::shownName(path.bytes()), server));
    ++m_visit;
}

void TextPane::load()
{
    m_empty->set(u"file", tr("Reading…"), QString());
    m_stack->setCurrentWidget(m_empty);
    const auto work = [link = m_link, path = *m_path](const JobContext &context) {
        return link->use<transfer::RemoteText>(
            context, [&](server::Session &session) { return transfer::readText(session, path, context); });
    };
    m_jobs->start<transfer::RemoteText>(
        tr("Read %1").arg(server::shownName(m_path->fileName())), work, this,
        [this, visit = ++m_visit](const Result<transfer::RemoteText> &text) {
            if (visit != m_visit)
                return;
            if (!text) {
                m_empty->set(u"file", tr("Not Opened"), text.error().words(), tr("Try Again"));
                return update();
            }
            take(*text);
            keepDraft(); // there is nothing unsaved any more
        });
    update();
}

void TextPane::take(const transfer::RemoteText &text)
{
    m_opened = text;
    m_message->dismiss();
    m_editor->setText(text.text);
    m_editor->setColoured(isErlang(text.path.fileName()));
    showEditor();
}

void TextPane::showEditor()
{
    m_stack->setCurrentWidget(m_editor);
    m_editor->setFocus();
    update();
}

bool TextPane::isModified() const { return m_opened && m_editor->isModified(); }

void TextPane::save()
{
    if (isModified() && !m_saving)
        write(false);
}

void TextPane::write(bool overwrite)
{
    const QByteArray text = m_editor->text();
    const auto work = [link = m_link, opened = *m_opened, text, overwrite](const JobContext &context) {
        return link->use<transfer::RemoteText>(context, [&](server::Session &session) {
            return transfer::saveText(session, opened, text, overwrite, context);
        });
    };
    m_saving = true;
    m_message->dismiss();
    m_jobs->start<transfer::RemoteText>(
        tr("Save %1 on %2").arg(server::shownName(m_path->fileName()), m_server), work, this,
        [this, text](const Result<transfer::RemoteText> &done) { written(done, text); });
    update();
}

void TextPane::written(const Result<transfer::RemoteText> &done, const QByteArray &sent)
{
    m_saving = false;
    if (done) {
        m_opened = *done;
        if (m_editor->text() == sent)
            m_editor->setSaved();
        keepDraft();
        showEditor();
        emit saved();
        return;
    }
    update();
    if (done.error().isCancelled())
        return;
    m_message->showError(done.error());
    if (done.error().code == u"text.changed") {
        m_message->addAction(tr("Compare"), this, [this] { compare(); });
        m_message->addAction(tr("Overwrite"), this, [this] { write(true); });
        m_message->addAction(tr("Take Theirs"), this, [this] { load(); });
    } else {
        m_message->addAction(tr("Save Again"), this, [this] { save(); });
    }
}

// A file that is gone has nothing in it any more.
void TextPane::compare()
{
    const auto work = [link = m_link, path = m_opened->path](const JobContext &context) {
        return link->use<transfer::RemoteText>(
            context, [&](server::Session &session) { return transfer::readText(session, path, context); });
    };
    m_jobs->start<transfer::RemoteText>(
        tr("Compare %1").arg(server::shownName(m_path->fileName())), work, this,
        [this, visit = m_visit](const Result<transfer::RemoteText> &theirs) {
            if (visit != m_visit)
                return;
            if (!theirs && theirs.error().code != u"server.file-missing")
                return m_message->showError(theirs.error());
            const auto lines = repo::textDiff(theirs ? theirs->text : QByteArray(), m_editor->text());
            m_comparison->setLines(lines.value_or(QList<repo::DiffLine>()));
            m_stack->setCurrentWidget(m_comparison);
            m_message->showMessage(Tone::Warning, tr("Lines with − are only on the server, those with + only here."));
            m_message->addAction(tr("Back to My Text"), this, [this] {
                m_message->dismiss();
                showEditor();
            });
            m_message->addAction(tr("Overwrite"), this, [this] { write(true); });
            m_message->addAction(tr("Take Theirs"), this, [this] { load(); });
        });
}

void TextPane::askAboutUnsaved(const std::function<void()> &discard)
{
    m_message->showMessage(Tone::Warning, tr("%1 was changed here and not saved.").arg(m_title->text()));
    m_message->addAction(tr("Save"), this, [this] { save(); });
    m_message->addAction(tr("Discard Changes"), this, [this, discard] {
        m_message->dismiss();
        m_editor->setSaved();
        discard();
    });
    m_message->addAction(tr("Keep Editing"), this, [this] {
        m_message->dismiss();
        showEditor();
    });
}

void TextPane::close()
{
    if (isModified())
        askAboutUnsaved([this] { leave(); });
    else
        leave();
}

void TextPane::leave()
{
    ++m_visit;
    m_editor->setSaved();
    keepDraft();
    m_path.reset();
    m_opened.reset();
    m_editor->setText({});
    update();
    emit closed();
}

void TextPane::update()
{
    const bool modified = isModified();
    m_chip->set(m_saving ? tr("saving…") : modified ? tr("not saved") : QString(), modified ? Tone::Warning : Tone::Neutral);
    m_save->setEnabled(modified && !m_saving);
}

// The window's own Ctrl+S is for rules.
bool TextPane::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Save))
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        save();
    return true;
}

} // namespace handover::ui
