// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/rulespage.h"

#include "models/workspace/workspace.h"
#include "ui/appup/appbar.h"
#include "ui/appup/matchdelegate.h"
#include "ui/appup/rulesnotices.h"
#include "ui/editor/codeeditor.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

using Model = appup::MatchTableModel;

RulesPage::RulesPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_apps(new AppBar(workspace))
    , m_write(new QPushButton(tr("Write Rules")))
    , m_editor(new CodeEditor)
    , m_table(new QTableView)
    , m_delegate(new MatchDelegate(m_table))
    , m_state(new Chip)
    , m_test(new QLineEdit)
    , m_message(new InlineMessage)
    , m_notices(new RulesNotices(workspace->rules(), m_editor))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_editor->setAccessibleName(tr("Upgrade rules"));
    m_title = new SectionHeader(tr("Versions × rules"), m_state);
    m_title->setContentsMargins(12, 8, 12, 8);
    m_table->setModel(workspace->rules()->matches());
    m_table->setItemDelegate(m_delegate);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Versions and the rule that takes each"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setMinimumSectionSize(1);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Model::VersionColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_test->setPlaceholderText(tr("Try a version…"));
    m_test->setAccessibleName(tr("Try a version against the rules"));

    auto *right = new QWidget;
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    column->addWidget(new Hairline);
    auto *testRow = new QHBoxLayout;
    testRow->setContentsMargins(12, 8, 12, 8);
    testRow->addWidget(m_test);
    column->addLayout(testRow);

    auto *splitter = new QSplitter;
    splitter->addWidget(m_editor);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({500, 370});
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);

    m_stack->addWidget(m_empty);
    m_stack->addWidget(splitter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 16, 0);
    top->addWidget(m_apps, 1);
    top->addWidget(m_write);
    layout->addLayout(top);
    layout->addWidget(new Hairline);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(12, 0, 12, 0);
    messageRow->addWidget(m_message);
    messageRow->addWidget(m_notices);
    layout->addLayout(messageRow);
    layout->addWidget(m_stack, 1);

    workspace::RulesDocument *const rules = workspace->rules();
    connect(m_apps, &AppBar::chosen, workspace, &workspace::Workspace::chooseApp);
    connect(rules, &workspace::RulesDocument::opened, this, &RulesPage::showDocument);
    connect(rules, &workspace::RulesDocument::analysed, this, &RulesPage::showAnalysis);
    connect(rules, &workspace::RulesDocument::textChanged, this, &RulesPage::showState);
    connect(rules, &workspace::RulesDocument::modifiedChanged, this, &RulesPage::showState);
    connect(m_editor, &CodeEditor::textEdited, this, [this] { m_workspace->rules()->setText(m_editor->text()); });
    m_editor->assistant()->setCompleter([rules](const QByteArray &text, qsizetype caret) {
        const workspace::RulesDocument::Source &source = rules->source();
        return appup::completionsAt(text, caret, {source.modules, source.otherVersions, source.applications});
    });
    connect(m_editor, &CodeEditor::cursorMoved, this, &RulesPage::followCaret);
    connect(m_editor, &CodeEditor::issueFixRequested, this, [this](int index) {
        const Issue issue = m_workspace->rules()->issues().value(index);
        if (issue.fix && m_workspace->rules()->isAnalysed())
            m_editor->applyEdits(issue.fix->edits);
    });
    connect(workspace->way(), &workspace::InstructionWay::placeRequested, m_editor, [this](const TextRange &range) {
        m_editor->select(range);
        m_editor->setFocus();
    });
    connect(m_write, &QPushButton::clicked, this, &RulesPage::writeRules);
    connect(m_empty, &EmptyState::actionTriggered, this, &RulesPage::writeRules);
    connect(workspace, &workspace::Workspace::rulesProposed, this, &RulesPage::take);
    connect(workspace, &workspace::Workspace::rulesNotProposed, m_message, &InlineMessage::showError);
    connect(workspace, &workspace::Workspace::progressed, this, &RulesPage::updateButton);
    connect(m_table, &QTableView::clicked, this, &RulesPage::goToRule);
    connect(m_table, &QTableView::activated, this, &RulesPage::goToRule);
    connect(m_test, &QLineEdit::returnPressed, this, &RulesPage::addTestVersion);
    showDocument();
}

void RulesPage::showDocument()
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    const bool none = !rules->isOpen() || (rules->text().isEmpty() && rules->source().text.isEmpty());
    if (!rules->isOpen())
        m_empty->set(u"rules", tr("No Application"),
                     tr("An appup belongs to an application. Choose a version that has one (src/NAME.app.src)."));
    else if (none)
        m_empty->set(u"rules", tr("No Rules"),
                     tr("%1 has no appup at %2. It needs one as soon as its version changes between two releases: "
                        "src/%1.appup.src.").arg(rules->source().app, rules->source().tag),
                     m_workspace->canProposeRules() ? tr("Write Rules") : QString());
    m_stack->setCurrentIndex(none ? 0 : 1);
    m_message->dismiss();
    m_editor->open(rules->isEditable() ? rules->source().file : rules->source().tag + u'/' + rules->source().app,
                   rules->text());
    m_editor->setReadOnly(!rules->isEditable());
    m_editor->setHighlight({});
    m_delegate->setCurrentRule(appup::Direction::Up, 0);
    m_testVersions.clear();
    m_workspace->rules()->matches()->setTestVersions({});
    showAnalysis();
}

void RulesPage::updateButton()
{
    const bool can = m_workspace->canProposeRules();
    m_write->setEnabled(can);
    m_write->setToolTip(can ? tr("Add what the builds of both versions suggest; nothing that is written is changed")
                            : tr("Both versions have to be built, and the rules must be in the work tree"));
    if (m_stack->currentIndex() == 0 && m_workspace->rules()->isOpen() && m_empty->button()->isVisibleTo(m_empty) != can)
        showDocument();
}

void RulesPage::writeRules() { m_workspace->proposeRules(); }

void RulesPage::take(const workspace::ProposedRules &rules)
{
    const bool changes = m_editor->text() != rules.text;
    m_stack->setCurrentIndex(1);
    m_editor->replaceText(rules.text);

    const Issue *worst = nullptr;
    QStringList words;
    for (const Issue &note : rules.notes) {
        words += severityName(note.severity) + u": "_s + note.message;
        if (note.severity != Severity::Hint && (!worst || note.severity > worst->severity))
            worst = &note;
    }
    const QString done = changes ? tr("Rules were added; Undo takes them away.")
                                 : tr("The rules load everything that differs already.");
    m_message->showMessage(!worst                                  ? Tone::Good
                           : worst->severity == Severity::Error ? Tone::Bad
                                                                : Tone::Warning,
                           worst ? done + u' ' + worst->message : done);
    if (!words.isEmpty())
        m_message->addAction(tr("Copy %n Note(s)", nullptr, static_cast<int>(words.size())), this,
                             [all = words.join(u'\n')] { QGuiApplication::clipboard()->setText(all); });
}

void RulesPage::showAnalysis()
{
    m_editor->setIssues(m_workspace->rules()->issues());
    followCaret(m_editor->caret());
    showState();
}

void RulesPage::showState()
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    if (!rules->isOpen())
        m_state->set({}, Tone::Neutral);
    else if (rules->isModified())
        m_state->set(tr("not saved"), Tone::Warning);
    else if (!rules->isEditable())
        m_state->set(tr("as tagged, read only"), Tone::Neutral);
    else if (rules->differsFromTag())
        m_state->set(tr("differs from %1").arg(rules->source().tag), Tone::Warning);
    else
        m_state->set(tr("as in %1").arg(rules->source().tag), Tone::Neutral);
    m_state->setToolTip(rules->differsFromTag()
                            ? tr("A build of %1 uses the rules that were tagged, not these").arg(rules->source().tag)
                            : QString());
}

void RulesPage::followCaret(qsizetype offset)
{
    m_workspace->way()->setCaret(offset);
    if (!m_workspace->rules()->isAnalysed())
        return; // in a moment; the highlight moves along with its text
    const auto &appup = m_workspace->rules()->appup();
    const appup::Rule *rule = appup ? appup->ruleAt(offset) : nullptr;
    m_editor->setHighlight(rule ? rule->keyRange : TextRange());
    m_delegate->setCurrentRule(rule ? rule->direction : appup::Direction::Up, rule ? rule->number : 0);
    m_table->viewport()->update();
}

void RulesPage::goToRule(const QModelIndex &index)
{
    const auto &appup = m_workspace->rules()->appup();
    if (!m_workspace->rules()->isAnalysed())
        return;
    const int number = index.data(Model::RuleNumberRole).toInt();
    if (!appup || number == 0 || index.column() == Model::VersionColumn)
        return;
    const auto direction = index.column() == Model::UpColumn ? appup::Direction::Up : appup::Direction::Down;
    for (const appup::Rule &rule : appup->rules(direction)) {
        if (rule.number == number) {
            m_editor->revealOffset(rule.keyRange.begin);
            followCaret(rule.keyRange.begin);
            return;
        }
    }
}

void RulesPage::addTestVersion()
{
    const QString version = m_test->text().trimmed();
    if (version.isEmpty())
        return;
    m_testVersions.removeAll(version);
    m_testVersions.prepend(version);
    m_workspace->rules()->matches()->setTestVersions(m_testVersions);
    m_test->clear();
}

bool RulesPage::save()
{
    workspace::RulesDocument *const rules = m_workspace->rules();
    if (rules->isEditable())
        rules->setText(m_editor->text()); // what was typed a moment ago, too
    if (!rules->isModified())
        return true;
    if (const auto saved = rules->save(); !saved) {
        m_message->showError(saved.error());
        return false;
    }
    m_editor->setSaved();
    m_message->dismiss();
    return true;
}

bool RulesPage::saveAll()
{
    if (const auto saved = m_workspace->rules()->saveAll(); !saved) {
        m_message->showError(saved.error());
        return false;
    }
    m_editor->setSaved();
    return true;
}

void RulesPage::undo() { m_editor->undo(); }

void RulesPage::redo() { m_editor->redo(); }

void RulesPage::find() { m_editor->showFind(); }

void RulesPage::replace() { m_editor->showReplace(); }

void RulesPage::complete() { m_editor->assistant()->complete(true); }

void RulesPage::explain() { m_editor->assistant()->showHelp(); }

void RulesPage::goToProblem(bool backward) { m_editor->goToNextIssue(backward); }

} // namespace handover::ui
