// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "models/workspace/workspace.h"
#include "ui/appup/rulespage.h"
#include "ui/build/buildpage.h"
#include "ui/changes/changespage.h"
#include "ui/package/packagepage.h"
#include "ui/relup/reluppage.h"
#include "ui/relup/relupstrip.h"
#include "ui/deploy/deploypage.h"
#include "ui/files/filespage.h"
#include "ui/server/servercard.h"
#include "ui/server/serverspanel.h"
#include "ui/shell/headerbar.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/versions/newversionpage.h"
#include "ui/versions/versionspanel.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/versionpicker.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QLocale>
#include <QMenuBar>
#include <QMessageBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int LatestSeenMs = 500; // a window that starts minimized is never painted
constexpr int FoldBelow = 1200; // width at which the servers become a tab

} // namespace

MainWindow::MainWindow(workspace::Workspace *workspace, QWidget *parent)
    : QMainWindow(parent)
    , m_workspace(workspace)
    , m_actions(new ActionTable(this))
    , m_header(new HeaderBar(workspace))
    , m_versions(new VersionsPanel(workspace))
    , m_splitter(new QSplitter)
    , m_tabs(new QTabBar)
    , m_work(new QStackedWidget)
    , m_pages(new QStackedWidget)
    , m_rules(new RulesPage(workspace))
    , m_center(new QSplitter(Qt::Vertical))
    , m_servers(new ServersPanel(workspace))
    , m_message(new InlineMessage)
    , m_progress(new ProgressStrip)
    , m_place(new RoleLabel)
    , m_problems(new RoleLabel)
{
    setWindowIcon(applicationIcon());
    resize(1440, 900);
    setMinimumSize(860, 560);
    m_actions->fillMenuBar(menuBar());
    addActions(m_actions->actions());
    buildLayout();
    connectActions();

    connect(workspace, &workspace::Workspace::projectChanged, this, &MainWindow::update);
    connect(workspace, &workspace::Workspace::progressed, this, &MainWindow::update);
    connect(m_versions, &VersionsPanel::openRequested, this, &MainWindow::openProject);
    connect(m_header, &HeaderBar::nextRequested, this, &MainWindow::doNext);
    connect(m_header->stepper(), &Stepper::stepActivated, this, [this](const QString &id) {
        static const QHash<QString, Page> pages{{u"build"_s, Page::Log}, {u"rules"_s, Page::Rules}, {u"relup"_s, Page::Relup},
                                                {u"package"_s, Page::Package}, {u"deploy"_s, Page::Deploy}};
        showPage(pages.value(id));
    });
    connect(workspace->way(), &workspace::InstructionWay::placeRequested, this, [this] { showPage(Page::Rules); });
    connect(m_servers, &ServersPanel::logRequested, this, [this](deploy::ServerState *server) { showLog(server->job()); });
    connect(m_progress, &ProgressStrip::logRequested, this, &MainWindow::showLog);
    connect(m_versions, &VersionsPanel::logRequested, this, &MainWindow::showLog);
    connect(m_versions, &VersionsPanel::newVersionRequested, this, [this] { showNewVersion(true); });
    QTimer::singleShot(LatestSeenMs, this, &MainWindow::tellSeen);
    update();
}

// All but the first, when that one has been seen.
void MainWindow::makePages()
{
    if (m_changes)
        return;
    m_rules->makeTools();
    m_versions->makeTools();
    m_changes = new ChangesPage(m_workspace);
    m_strip = new RelupStrip(m_workspace);
    m_center->addWidget(m_strip);
    m_center->setStretchFactor(0, 1);
    m_center->setStretchFactor(1, 0);
    m_center->setSizes({600, 210});
    connect(m_strip, &RelupStrip::relupAppeared, this, &MainWindow::showStrip);
    showStrip();
    m_relup = new RelupPage(m_workspace);
    m_package = new PackagePage(m_workspace);
    m_deploy = new DeployPage(m_workspace);
    m_files = new FilesPage(m_workspace);
    m_log = new BuildPage(m_workspace);
    m_newVersion = new NewVersionPage(m_workspace);
    m_work->addWidget(m_newVersion);
    m_pages->insertWidget(0, m_changes);
    int at = int(Page::Relup);
    for (QWidget *page : std::initializer_list<QWidget *>{m_relup, m_package, m_deploy, m_files, m_log})
        m_pages->insertWidget(at++, page);
    connect(m_changes, &ChangesPage::rulesRequested, this, [this] { showPage(Page::Rules); });
    connect(m_changes, &ChangesPage::newVersionRequested, this, [this] { showNewVersion(true); });
    connect(m_changes, &ChangesPage::instructionRequested, this, [this](const QString &module) {
        showPage(Page::Rules);
        m_rules->addInstructionsFor(module);
    });
    connect(m_newVersion, &NewVersionPage::closed, this, [this] { showNewVersion(false); });
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (!m_seen)
        QMetaObject::invokeMethod(this, &MainWindow::tellSeen, Qt::QueuedConnection);
}

void MainWindow::tellSeen()
{
    if (std::exchange(m_seen, true))
        return;
    makePages();
    emit seen();
}

void MainWindow::turnTo(int tab)
{
    if (currentPage() != Page::Rules)
        makePages();
    if (m_changes)
        m_pages->setCurrentIndex(tab);
    showStrip();
    m_header->setReviewing(currentPage() == Page::Deploy);
    static const QHash<Page, QString> steps{{Page::Rules, u"rules"_s}, {Page::Relup, u"relup"_s},
                                            {Page::Package, u"package"_s}, {Page::Deploy, u"deploy"_s},
                                            {Page::Log, u"build"_s}};
    m_header->stepper()->setCurrent(steps.value(currentPage()));
}

void MainWindow::showLog(Job *job)
{
    makePages();
    m_log->showJob(job);
    showPage(Page::Log);
}

QWidget *MainWindow::buildCenter()
{
    for (const QString &title : {tr("Changes"), tr("Rules"), tr("Relup"), tr("Package"), tr("Deploy"), tr("Files"), tr("Log")})
        m_tabs->addTab(title);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Pages"));
    m_pages->addWidget(m_rules);

    auto *center = new QWidget;
    auto *column = new QVBoxLayout(center);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(12, 4, 12, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch(1);
    column->addLayout(tabRow);
    column->addWidget(new Hairline);
    auto *messageRow = new QVBoxLayout;
    messageRow->setContentsMargins({}); // an empty message or strip takes no room at all
    messageRow->addWidget(m_message);
    column->addLayout(messageRow);
    m_center->addWidget(m_pages);
    m_center->setHandleWidth(1);
    m_center->setChildrenCollapsible(false);
    column->addWidget(m_center, 1);
    auto *progressRow = new QVBoxLayout;
    progressRow->setContentsMargins(16, 0, 16, 0);
    progressRow->addWidget(m_progress);
    column->addLayout(progressRow);
    return center;
}

void MainWindow::buildLayout()
{
    m_splitter->addWidget(m_versions);
    m_work->addWidget(buildCenter());
    m_splitter->addWidget(m_work);
    m_splitter->addWidget(m_servers);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({264, 840, 336});
    m_splitter->setHandleWidth(1);
    m_versions->setMinimumWidth(200);
    m_servers->setMinimumWidth(260);
    m_work->setMinimumWidth(420);

    auto *whole = new QWidget;
    auto *rows = new QVBoxLayout(whole);
    rows->setContentsMargins({});
    rows->setSpacing(0);
    rows->addWidget(m_header);
    rows->addWidget(new Hairline);
    rows->addWidget(m_splitter, 1);
    setCentralWidget(whole);
    whole->setAutoFillBackground(true);
    const auto surface = [whole] { // menu and status bar stay on Window
        QPalette palette;
        palette.setColor(QPalette::Window, color(Role::Surface));
        whole->setPalette(palette);
    };
    surface();
    connect(&Theme::instance(), &Theme::changed, whole, surface);

    buildStatusBar();
    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::turnTo);
    showPage(Page::Rules);
}

void MainWindow::buildStatusBar()
{
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(12, 0, 12, 0);
    statusBar()->addWidget(m_place);
    statusBar()->addPermanentWidget(m_problems);
}

void MainWindow::connectActions()
{
    const auto on = [this](QStringView id, auto &&slot) {
        connect(m_actions->action(id), &QAction::triggered, this, slot);
    };
    on(u"project.open", [this] { openProject(); });
    on(u"project.reload", [this] { m_workspace->reload(); }); // unsaved rules stay
    on(u"project.quit", [this] { close(); });
    on(u"version.new", [this] { showNewVersion(true); });
    on(u"version.push", [this] { m_versions->askPush(); });
    on(u"version.delete", [this] { m_versions->askDelete(); });
    on(u"version.filter", [this] { m_versions->searchField()->setFocus(); });
    on(u"version.from", [this] { m_header->fromPicker()->openList(); });
    on(u"version.to", [this] { m_header->toPicker()->openList(); });
    on(u"rules.save", [this] { m_rules->save(); });
    on(u"rules.write", [this] {
        showPage(Page::Rules);
        m_rules->writeRules();
    });
    on(u"rules.choose", [this] {
        showPage(Page::Rules);
        m_rules->chooseModules();
    });
    on(u"rules.new", [this] {
        showPage(Page::Rules);
        m_rules->showBuilder(true);
    });
    on(u"rules.matrix", [this] {
        showPage(Page::Rules);
        m_rules->showMatrix(true);
    });
    on(u"rules.evaluate", [this] {
        showPage(Page::Rules);
        m_rules->evaluate();
    });
    on(u"rules.undo", [this] { m_rules->undo(); });
    on(u"rules.redo", [this] { m_rules->redo(); });
    on(u"rules.find", [this] { m_rules->find(); });
    on(u"rules.replace", [this] { m_rules->replace(); });
    on(u"rules.complete", [this] { m_rules->complete(); });
    on(u"rules.explain", [this] { m_rules->explain(); });
    on(u"rules.next", [this] { m_rules->goToProblem(false); });
    on(u"rules.previous", [this] { m_rules->goToProblem(true); });
    on(u"build.next", [this] { doNext(); });
    on(u"build.build", [this] { m_workspace->build(); });
    on(u"build.package", [this] { m_workspace->package(); });
    on(u"build.cancel", [this] { m_workspace->jobs()->cancelAll(); });
    on(u"server.add", [this] {
        if (m_folded)
            showPage(Page::Servers);
        m_servers->showForm();
    });
    on(u"server.look", [this] {
        for (deploy::ServerState *server : m_workspace->servers())
            server->refresh();
    });
    on(u"server.rollback", [this] {
        for (ServerCard *card : m_servers->cards()) {
            if (card->server() == m_workspace->target())
                card->askRollBack();
        }
    });
    on(u"view.changes", [this] { showPage(Page::Changes); });
    on(u"view.rules", [this] { showPage(Page::Rules); });
    on(u"view.relup", [this] { showPage(Page::Relup); });
    on(u"view.package", [this] { showPage(Page::Package); });
    on(u"view.deploy", [this] { showPage(Page::Deploy); });
    on(u"view.files", [this] { showPage(Page::Files); });
    on(u"view.log", [this] { showPage(Page::Log); });
    on(u"view.dark", [](bool dark) { Theme::instance().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light); });
    on(u"help.about", [this] { about(); });
    m_actions->action(u"view.dark")->setChecked(Theme::instance().isDark());
    connect(&Theme::instance(), &Theme::changed, this,
            [this] { m_actions->action(u"view.dark")->setChecked(Theme::instance().isDark()); });
}

void MainWindow::showNewVersion(bool shown)
{
    if (!shown)
        return m_work->setCurrentIndex(0);
    makePages();
    if (m_workspace->project() && m_work->currentWidget() != m_newVersion) {
        m_work->setCurrentWidget(m_newVersion);
        m_newVersion->start();
    }
}

void MainWindow::showPage(Page page)
{
    showNewVersion(false);
    if (page == Page::Servers && !m_folded) {
        m_servers->setFocus();
        return;
    }
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

MainWindow::Page MainWindow::currentPage() const { return static_cast<Page>(m_tabs->currentIndex()); }

void MainWindow::doNext()
{
    const workspace::NextAction next = m_workspace->next();
    if (!next.possible)
        return;
    if (m_workspace->to()->place != versions::Version::Place::Tag) {
        showNewVersion(true);
        return;
    }
    // What changes a server is read on its page before it is done.
    if (next.step == workspace::StepId::Deploy && currentPage() != Page::Deploy) {
        showPage(Page::Deploy);
        return;
    }
    m_workspace->doNext();
}

void MainWindow::openProject()
{
    if (!mayLoseRules())
        return;
    const QString start = m_workspace->project() ? m_workspace->project()->path : QDir::homePath();
    const QString path = QFileDialog::getExistingDirectory(this, tr("Open Project"), start);
    if (!path.isEmpty())
        m_workspace->open(path);
}

bool MainWindow::mayLoseRules()
{
    const QStringList unsaved = m_workspace->rules()->unsavedApps();
    if (unsaved.isEmpty())
        return true;
    QMessageBox box(this);
    box.setWindowTitle(tr("Unsaved Rules"));
    box.setText(tr("The rules of %1 were changed and not saved.").arg(QLocale().createSeparatedList(unsaved)));
    QPushButton *save = box.addButton(tr("Save Rules"), QMessageBox::AcceptRole);
    QPushButton *discard = box.addButton(tr("Discard Changes"), QMessageBox::DestructiveRole);
    box.addButton(tr("Keep Editing"), QMessageBox::RejectRole);
    box.exec();
    if (box.clickedButton() == save)
        return m_rules->saveAll();
    if (box.clickedButton() == discard)
        m_workspace->rules()->discardAll();
    return box.clickedButton() == discard;
}

void MainWindow::update()
{
    updateTitle();
    const auto &project = m_workspace->project();
    const bool busy = m_workspace->isBusy();
    m_actions->action(u"project.reload")->setEnabled(project.has_value());
    m_actions->action(u"version.new")->setEnabled(project.has_value());
    m_actions->action(u"version.push")->setEnabled(m_workspace->to().has_value());
    m_actions->action(u"version.delete")->setEnabled(m_workspace->to().has_value());
    m_actions->action(u"build.next")->setEnabled(m_workspace->next().possible);
    m_actions->action(u"build.build")->setEnabled(m_workspace->canBuild());
    m_actions->action(u"build.package")->setEnabled(m_workspace->canBuild());
    m_actions->action(u"build.cancel")->setEnabled(m_workspace->jobs()->isBusy());
    m_actions->action(u"server.look")->setEnabled(!m_workspace->servers().isEmpty());
    m_actions->action(u"server.rollback")->setEnabled(!m_workspace->servers().isEmpty());
    m_actions->action(u"rules.write")->setEnabled(m_workspace->canProposeRules());
    m_actions->action(u"rules.choose")->setEnabled(m_workspace->canProposeRules());
    m_actions->action(u"rules.evaluate")->setEnabled(m_workspace->rules()->code() != workspace::RulesDocument::Code::No);
    m_actions->action(u"rules.save")->setEnabled(m_workspace->rules()->isModified());

    m_progress->setJob(busy ? m_workspace->buildJob() : nullptr);
    const auto &error = m_workspace->buildError();
    if (m_workspace->projectError()) {
        m_message->showError(*m_workspace->projectError());
    } else if (error && !busy && !error->code.startsWith(u"relup.") && !error->code.startsWith(u"package.")) {
        m_message->showError(*error);
        m_message->addAction(tr("Show Log"), this, [this] { showLog(m_workspace->buildJob()); });
    } else {
        m_message->dismiss();
    }

    m_place->setText(project ? project->path : tr("No project"));
    const int problems = m_workspace->rules()->errorCount();
    m_problems->setText(problems > 0 ? tr("%n problem(s)", nullptr, problems) : QString());
}

void MainWindow::updateTitle()
{
    const auto &project = m_workspace->project();
    setWindowTitle(project ? tr("%1[*] — Handover").arg(project->name) : tr("Handover"));
    setWindowModified(!m_workspace->rules()->unsavedApps().isEmpty());
}

void MainWindow::showStrip()
{
    if (m_strip)
        m_strip->setVisible(currentPage() == Page::Rules && m_strip->hasRelup());
}

void MainWindow::foldServers(bool fold)
{
    if (fold == m_folded)
        return;
    m_folded = fold;
    if (fold) {
        makePages();
        m_pages->addWidget(m_servers);
        m_tabs->addTab(tr("Servers"));
    } else {
        m_tabs->removeTab(static_cast<int>(Page::Servers));
        m_splitter->addWidget(m_servers);
        m_splitter->setSizes({264, width() - 264 - 336, 336});
        m_servers->show();
    }
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    foldServers(width() < FoldBelow);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->ignore();
    if (m_files && !m_files->mayClose([this] { close(); }))
        showPage(Page::Files);
    else if (mayLoseRules())
        event->accept();
}

void MainWindow::about()
{
    QMessageBox box(this);
    box.setWindowTitle(tr("About Handover"));
    box.setIconPixmap(applicationIcon().pixmap(64, 64));
    box.setText(tr("<b>Handover %1</b>").arg(QLatin1StringView(HANDOVER_VERSION)));
    box.setInformativeText(tr("Release manager for Erlang/OTP systems that are upgraded while they run.\n"
                              "GPL-3.0-or-later"));
    box.addButton(tr("Close"), QMessageBox::AcceptRole);
    box.exec();
}

} // namespace handover::ui
