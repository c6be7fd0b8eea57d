// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/rulebuilder.h"

#include "models/appup/modulechoicesmodel.h"
#include "models/changes/suggestedchoices.h"
#include "models/core/namelist.h"
#include "models/workspace/workspace.h"
#include "ui/appup/answerdelegate.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

using Kind = appup::VersionChoice::Kind;

namespace {

constexpr int ModuleLines = 5;
constexpr int MostModuleWidth = 240;

QComboBox *namedBox(const QString &name)
{
    auto *box = new QComboBox;
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

void fill(QComboBox *box, const QStringList &items)
{
    const QSignalBlocker silent(box);
    const QString before = box->currentText();
    box->clear();
    box->addItems(items);
    if (const int same = box->findText(before); same >= 0)
        box->setCurrentIndex(same);
}

} // namespace

RuleBuilder::RuleBuilder(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_kind(namedBox(tr("For which versions the rule is")))
    , m_from(namedBox(tr("The oldest version")))
    , m_upTo(new RoleLabel(tr("up to")))
    , m_to(namedBox(tr("The version")))
    , m_suffixes(new QCheckBox(tr("with pre-releases and builds")))
    , m_key(new ElidedLabel)
    , m_takes(new RoleLabel)
    , m_choices(new appup::ModuleChoicesModel(this))
    , m_modules(new QTableView)
    , m_oldCode(namedBox(tr("Processes that still run code from before the last upgrade")))
    , m_up(new QCheckBox(tr("upgrade")))
    , m_down(new QCheckBox(tr("and the way back")))
    , m_place(new RoleLabel)
    , m_insert(new QPushButton(tr("Insert Rule")))
{
    auto *close = new IconButton(u"close", tr("Close the Rule Builder"));
    auto *title = new SectionHeader(tr("New rule"), close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    column->addWidget(title);
    column->addLayout(versionRows());
    column->addLayout(moduleRows());
    column->addLayout(lastRows());
    column->addStretch(1);

    connect(close, &QAbstractButton::clicked, this, &RuleBuilder::closeRequested);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RuleBuilder::showKind);
    for (QComboBox *box : {m_from, m_to, m_oldCode})
        connect(box, &QComboBox::currentIndexChanged, this, &RuleBuilder::update);
    for (QCheckBox *box : {m_suffixes, m_up, m_down})
        connect(box, &QCheckBox::toggled, this, &RuleBuilder::update);
    connect(m_choices, &QAbstractItemModel::dataChanged, this, &RuleBuilder::update);
    connect(m_choices, &QAbstractItemModel::modelReset, this, &RuleBuilder::update);
    connect(m_insert, &QPushButton::clicked, this, [this] { emit insertRequested(m_edits); });
    connect(workspace->rules(), &workspace::RulesDocument::textChanged, this, &RuleBuilder::update);
    connect(workspace->changes(), &workspace::LiveChanges::changed, this, &RuleBuilder::fillModules);
    showDocument();
}

QLayout *RuleBuilder::versionRows()
{
    const QList<std::pair<Kind, QString>> kinds{
        {Kind::Series, tr("any version of the series")},      {Kind::One, tr("exactly the version")},
        {Kind::Range, tr("the versions from")},               {Kind::Older, tr("everything older than")},
        {Kind::Listed, tr("those selected in the table")},    {Kind::All, tr("every version")},
    };
    for (const auto &[kind, words] : kinds)
        m_kind->addItem(words, static_cast<int>(kind));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_from, 1);
    row->addWidget(m_upTo);
    row->addWidget(m_to, 1);
    m_key->setFont(codeFont());
    m_key->setElideMode(Qt::ElideMiddle);
    m_key->setAccessibleName(tr("The rule's version, as it will be written"));
    m_takes->setWordWrap(true);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(6);
    rows->addWidget(m_kind);
    rows->addLayout(row);
    rows->addWidget(m_suffixes);
    rows->addWidget(m_key);
    rows->addWidget(m_takes);
    return rows;
}

QLayout *RuleBuilder::moduleRows()
{
    m_modules->setModel(m_choices);
    m_modules->setItemDelegate(new AnswerDelegate(m_modules));
    m_modules->setShowGrid(false);
    m_modules->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_modules->setSelectionMode(QAbstractItemView::SingleSelection);
    m_modules->setTabKeyNavigation(false);
    m_modules->setAccessibleName(tr("What should happen to the processes of each module"));
    m_modules->verticalHeader()->hide();
    m_modules->verticalHeader()->setMinimumSectionSize(1);
    const int line = fontMetrics().height() + 10;
    m_modules->verticalHeader()->setDefaultSectionSize(line);
    m_modules->setFixedHeight(line * (ModuleLines + 1) + 4);
    QHeaderView *header = m_modules->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    header->setSectionResizeMode(appup::ModuleChoicesModel::ModuleColumn, QHeaderView::ResizeToContents);
    header->setMaximumSectionSize(MostModuleWidth);
    m_oldCode->addItem(tr("end processes that still run older code"), static_cast<int>(appup::OldCode::End));
    m_oldCode->addItem(tr("refuse the upgrade while some still run older code"), static_cast<int>(appup::OldCode::Refuse));
    auto *rows = new QVBoxLayout;
    rows->setSpacing(6);
    rows->addWidget(m_modules);
    rows->addWidget(m_oldCode);
    return rows;
}

QLayout *RuleBuilder::lastRows()
{
    m_up->setChecked(true);
    m_down->setChecked(true);
    m_place->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addStretch(1);
    row->addWidget(m_insert);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(6);
    rows->addWidget(m_place);
    rows->addLayout(row);
    return rows;
}

void RuleBuilder::showDocument()
{
    fillModules();
    showKind();
}

void RuleBuilder::setSelectedVersions(const QStringList &versions)
{
    m_selected = versions;
    if (m_kind->currentData().toInt() == static_cast<int>(Kind::Listed))
        update();
}

void RuleBuilder::fillModules()
{
    const workspace::RulesDocument::Source &source = m_workspace->rules()->source();
    const auto suggested = changes::suggestedChoices(source.differences, source.modules);
    if (source.app != std::exchange(m_application, source.app) || suggested != m_suggested) // answers stay as long as they can
        m_choices->setChoices(suggested);
    m_suggested = suggested;
}

// The versions themselves, or the names of their series.
void RuleBuilder::fillVersions()
{
    const QStringList versions = m_workspace->rules()->matches()->versions();
    const auto kind = static_cast<Kind>(m_kind->currentData().toInt());
    fill(m_from, versions);
    if (kind == Kind::Series)
        fill(m_to, appup::seriesOf(versions));
    else if (kind == Kind::Older)
        fill(m_to, QStringList{m_workspace->rules()->source().vsn} + versions);
    else
        fill(m_to, versions);
}

void RuleBuilder::showKind()
{
    fillVersions();
    const auto kind = static_cast<Kind>(m_kind->currentData().toInt());
    m_from->setVisible(kind == Kind::Range);
    m_upTo->setVisible(kind == Kind::Range);
    m_to->setVisible(kind != Kind::Listed && kind != Kind::All);
    m_suffixes->setVisible(kind == Kind::Series || kind == Kind::Range || kind == Kind::Older);
    if (kind == Kind::Range && m_from->currentIndex() == m_to->currentIndex())
        m_from->setCurrentIndex(m_from->count() - 1); // the oldest
    update();
}

appup::RuleRequest RuleBuilder::request() const
{
    const workspace::RulesDocument *rules = m_workspace->rules();
    const workspace::RulesDocument::Source &source = rules->source();
    appup::RuleRequest request;
    request.text = rules->text();
    request.application = source.app.toUtf8();
    request.version = source.file.endsWith(u".src") ? u"{{vsn}}"_s : source.vsn;
    request.wanted = {static_cast<Kind>(m_kind->currentData().toInt()), m_from->currentText(), m_to->currentText(),
                      m_selected, m_suffixes->isVisibleTo(this) && m_suffixes->isChecked()};
    request.versions = rules->matches()->versions();
    request.modules = m_choices->choices();
    request.oldCode = static_cast<appup::OldCode>(m_oldCode->currentData().toInt());
    request.up = m_up->isChecked();
    request.down = m_down->isChecked();
    return request;
}

void RuleBuilder::update()
{
    m_edits.clear();
    m_insert->setEnabled(false);
    if (!isVisible() || !m_workspace->rules()->isOpen())
        return;
    m_preview.start<Result<appup::RulePreview>>(
        [request = request()](const JobContext &) { return appup::previewRule(request); },
        [this](const Result<appup::RulePreview> &preview) { take(preview); });
}

void RuleBuilder::take(const Result<appup::RulePreview> &preview)
{
    if (!preview) {
        m_key->setText({});
        m_takes->setRole(Role::SecondaryText);
        m_takes->setText(preview.error().words());
        m_place->setText({});
        return;
    }
    m_key->setText(QString::fromUtf8(preview->key.term().print()));
    const appup::RulePlace &place = preview->upPlace;
    QStringList takes;
    takes += place.takes.isEmpty() ? tr("It would take none of the versions there are.")
                                   : tr("It would take %1.").arg(nameList(place.takes));
    if (!place.takenFirst.isEmpty())
        takes += tr("Earlier rules take %1 first.").arg(nameList(place.takenFirst));
    m_takes->setRole(place.takes.isEmpty() ? Role::WarningText : Role::GoodText);
    m_takes->setText(takes.join(u' '));
    showPlace(*preview);
    if (preview->edits && m_workspace->rules()->isEditable())
        m_edits = *preview->edits;
    m_insert->setEnabled(!m_edits.isEmpty());
}

void RuleBuilder::showPlace(const appup::RulePreview &preview)
{
    if (!m_workspace->rules()->isEditable()) {
        m_place->setText(tr("These rules are the tag's and can't be edited."));
    } else if (!preview.edits) {
        m_place->setText(preview.edits.error().words());
    } else if (preview.instructions.isEmpty()) {
        m_place->setText(tr("It would do nothing: no module has an answer yet."));
    } else {
        m_place->setText(preview.upPlace.before > 0 ? tr("It goes in front of rule %1, which takes more.").arg(preview.upPlace.before)
                                                    : tr("It goes behind the other rules."));
    }
}

void RuleBuilder::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fillVersions();
    update();
}

QString RuleBuilder::keyText() const { return m_key->text(); }

QString RuleBuilder::takesText() const { return m_takes->text(); }

} // namespace handover::ui
