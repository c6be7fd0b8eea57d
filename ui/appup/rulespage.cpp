// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/rulespage.h"

#include "models/workspace/workspace.h"
#include "ui/appup/appbar.h"
#include "ui/appup/codenotice.h"
#include "ui/appup/matchpanel.h"
#include "ui/appup/matrixview.h"
#include "ui/appup/modulechooser.h"
#include "ui/appup/rulebuilder.h"
#include "ui/appup/rulesnotices.h"
#include "ui/editor/codeeditor.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

RulesPage::RulesPage(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_apps(new AppBar(workspace))
    , m_write(new QPushButton(tr("Write Rules")))
    , m_choose(new IconButton(u"chevron-down", tr("Choose Modules to Write Rules For")))
    , m_editor(new CodeEditor)
    , m_build(new QPushButton(tr("New Rule")))
    , m_matches(new MatchPanel(workspace))
    , m_builderPlace(new QScrollArea)
    , m_builderArea(new QWidget)
    , m_overview(new QPushButton(tr("Overview")))
    , m_message(new InlineMessage)
    , m_notices(new RulesNotices(workspace->rules(), m_editor))
    , m_code(new CodeNotice(workspace))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_editor->setAccessibleName(tr("Upgrade rules"));
    auto *splitter = new QSplitter;
    splitter->addWidget(m_editor);
    splitter->addWidget(besideTheText());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({470, 390});
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
    top->setSpacing(8);
    top->addWidget(m_overview);
    top->addWidget(m_build);
    top->addWidget(m_write);
    top->addWidget(m_choose);
    m_overview->setCheckable(true);
    m_overview->setToolTip(tr("What the upgrade from each version costs, for all applications"));
    m_build->setCheckable(true);
    m_build->setToolTip(tr("Make a rule by saying for which versions it is and what should happen"));
    layout->addLayout(top);
    layout->addWidget(new Hairline);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(12, 0, 12, 0);
    messageRow->addWidget(m_message);
    messageRow->addWidget(m_notices);
    messageRow->addWidget(m_code);
    layout->addLayout(messageRow);
    layout->addWidget(m_stack, 1);

    workspace::RulesDocument *const rules = workspace->rules();
    connect(m_apps, &AppBar::chosen, this, [this](const QString &app) {
        showMatrix(false);
        m_workspace->chooseApp(app);
    });
    connect(rules, &workspace::RulesDocument::opened, this, &RulesPage::showDocument);
    connect(rules, &workspace::RulesDocument::analysed, this, &RulesPage::showAnalysis);
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
    connect(m_choose, &QAbstractButton::clicked, this, &RulesPage::chooseModules);
    connect(m_empty, &EmptyState::actionTriggered, this, &RulesPage::writeRules);
    connect(workspace, &workspace::Workspace::rulesProposed, this, &RulesPage::take);
    connect(workspace, &workspace::Workspace::rulesNotProposed, m_message, &InlineMessage::showError);
    connect(workspace, &workspace::Workspace::progressed, this, &RulesPage::updateButton);
    connect(m_matches, &MatchPanel::ruleChosen, this, &RulesPage::goToRule);
    connect(m_overview, &QPushButton::toggled, this, &RulesPage::showMatrix);
    connect(m_build, &QPushButton::toggled, this, &RulesPage::showBuilder);
    showDocument();
}

void RulesPage::makeTools()
{
    if (m_builder)
        return;
    m_builder = new RuleBuilder(m_workspace);
    m_builderPlace->setWidget(m_builder);
    connect(m_matches, &MatchPanel::selectionChanged, m_builder,
            [this] { m_builder->setSelectedVersions(m_matches->selectedVersions()); });
    connect(m_builder, &RuleBuilder::closeRequested, this, [this] { showBuilder(false); });
    connect(m_builder, &RuleBuilder::insertRequested, this, &RulesPage::insert);
    m_builder->showDocument();
    m_matrix = new MatrixView(m_workspace);
    m_stack->addWidget(m_matrix);
    connect(m_matrix, &MatrixView::closeRequested, this, [this] { showMatrix(false); });
    connect(m_matrix, &MatrixView::chosen, this, &RulesPage::goToVersion);
    m_chooser = new ModuleChooser(this);
    connect(m_chooser, &ModuleChooser::chosen, this,
            [this](const QSet<QByteArray> &leftOut) { m_workspace->proposeRules(leftOut); });
}

QWidget *RulesPage::besideTheText()
{
    m_builderPlace->setWidgetResizable(true);
    m_builderPlace->setFrameShape(QFrame::NoFrame);
    m_builderPlace->setFocusPolicy(Qt::NoFocus);
    m_builderPlace->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(m_builderArea);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(new Hairline);
    column->addWidget(m_builderPlace);
    m_builderArea->hide();
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_matches);
    splitter->addWidget(m_builderArea);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({160, 500}); // all of the builder, where there is room
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

void RulesPage::showBuilder(bool shown)
{
    if (shown)
        makeTools();
    m_builderArea->setVisible(shown);
    m_build->setChecked(shown);
    if (shown)
        m_overview->setChecked(false);
    showStack();
    if (shown)
        m_builder->kindBox()->setFocus();
    else
        m_editor->setFocus();
}

void RulesPage::showMatrix(bool shown)
{
    if (shown)
        makeTools();
    m_overview->setChecked(shown);
    showStack();
    if (shown)
        m_matrix->table()->setFocus();
}

// What is chosen above the text comes first; the builder can begin a text where there is none.
void RulesPage::showStack()
{
    if (m_overview->isChecked())
        m_stack->setCurrentWidget(m_matrix);
    else
        m_stack->setCurrentIndex(isEmpty() && !m_builderArea->isVisibleTo(m_builderArea->parentWidget()) ? 0 : 1);
}

bool RulesPage::isEmpty() const
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    return !rules->isOpen() || (rules->text().isEmpty() && rules->source().text.isEmpty());
}

void RulesPage::goToVersion(const QString &app, const QString &vsn)
{
    showMatrix(false);
    m_workspace->chooseApp(app);
    m_matches->selectVersion(vsn);
}

void RulesPage::insert(const QList<TextEdit> &edits)
{
    m_editor->applyEdits(edits);
    m_editor->revealOffset(edits.constFirst().range.begin + 1);
    m_editor->setFocus();
}

void RulesPage::showDocument()
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    if (!rules->isOpen())
        m_empty->set(u"rules", tr("No Application"),
                     tr("An appup belongs to an application. Choose a version that has one (src/NAME.app.src)."));
    else if (isEmpty())
        m_empty->set(u"rules", tr("No Rules"),
                     tr("%1 has no appup at %2. It needs one as soon as its version changes between two releases: "
                        "src/%1.appup.src.").arg(rules->source().app, rules->source().tag),
                     m_workspace->canProposeRules() ? tr("Write Rules") : QString());
    showStack();
    m_message->dismiss();
    m_editor->open(rules->isEditable() ? rules->source().file : rules->source().tag + u'/' + rules->source().app,
                   rules->text());
    m_editor->setReadOnly(!rules->isEditable());
    m_editor->setHighlight({});
    m_matches->showDocument();
    if (m_builder)
        m_builder->showDocument();
    m_build->setEnabled(rules->isOpen());
    showAnalysis();
}

void RulesPage::updateButton()
{
    const bool can = m_workspace->canProposeRules();
    m_write->setEnabled(can);
    m_choose->setEnabled(can);
    m_write->setToolTip(can ? tr("Add what the builds of both versions suggest; nothing that is written is changed")
                            : tr("Both versions have to be built, and the rules must be in the work tree"));
    if (m_stack->currentIndex() == 0 && m_workspace->rules()->isOpen() && m_empty->button()->isVisibleTo(m_empty) != can)
        showDocument();
}

void RulesPage::chooseModules()
{
    QList<QByteArray> modules;
    if (const auto &differences = m_workspace->rules()->source().differences) {
        for (const changes::ModuleDifference &module : differences->modules)
            modules += module.name;
    }
    moduleChooser()->open(modules, m_choose->mapToGlobal(m_choose->rect().bottomRight()));
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
                                 : tr("There is nothing to add: the rules have all of it already.");
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
}

void RulesPage::followCaret(qsizetype offset)
{
    m_workspace->way()->setCaret(offset);
    if (!m_workspace->rules()->isAnalysed())
        return; // in a moment; the highlight moves along with its text
    const auto &appup = m_workspace->rules()->appup();
    const appup::Rule *rule = appup ? appup->ruleAt(offset) : nullptr;
    m_editor->setHighlight(rule ? rule->keyRange : TextRange());
    m_matches->setCurrentRule(rule ? rule->direction : appup::Direction::Up, rule ? rule->number : 0);
}

void RulesPage::goToRule(const TextRange &key)
{
    if (!m_workspace->rules()->isAnalysed()) // the range is one of an older text
        return;
    m_editor->revealOffset(key.begin);
    followCaret(key.begin);
}

QTableView *RulesPage::table() const { return m_matches->table(); }

QLineEdit *RulesPage::testField() const { return m_matches->testField(); }

void RulesPage::addInstructionsFor(const QString &module)
{
    const QRegularExpression named(u"\\b%1\\b"_s.arg(QRegularExpression::escape(module)));
    QList<TextEdit> edits;
    const QList<Issue> issues = m_workspace->rules()->isAnalysed() ? m_workspace->rules()->issues() : QList<Issue>();
    for (const Issue &issue : issues) {
        const bool mends = issue.code == u"changes.unmentioned"_s && issue.fix && issue.message.contains(named);
        edits += mends ? issue.fix->edits : QList<TextEdit>();
    }
    if (edits.isEmpty())
        return;
    m_editor->applyEdits(edits);
    m_editor->revealOffset(edits.first().range.begin);
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

void RulesPage::evaluate() { m_code->evaluate(); }

void RulesPage::undo() { m_editor->undo(); }

void RulesPage::redo() { m_editor->redo(); }

void RulesPage::find() { m_editor->showFind(); }

void RulesPage::replace() { m_editor->showReplace(); }

void RulesPage::complete() { m_editor->assistant()->complete(true); }

void RulesPage::explain() { m_editor->assistant()->showHelp(); }

void RulesPage::goToProblem(bool backward) { m_editor->goToNextIssue(backward); }

} // namespace handover::ui
