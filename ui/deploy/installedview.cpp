// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deploy/installedview.h"

#include "models/workspace/workspace.h"
#include "ui/deploy/applicationtable.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"

#include <QGridLayout>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

constexpr int MostDifferences = 200;

QString sizeText(qint64 bytes) { return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat); }

void clear(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

Tone toneOf(node::ReleaseStatus status)
{
    switch (status) {
    case node::ReleaseStatus::Permanent: return Tone::Good;
    case node::ReleaseStatus::Current: return Tone::Warning; // a reboot takes it away
    case node::ReleaseStatus::Old:
    case node::ReleaseStatus::Unpacked: return Tone::Neutral;
    }
    Q_UNREACHABLE_RETURN(Tone::Neutral);
}

QString wayWords(const node::ReleaseFootprint &footprint)
{
    if (!footprint.reachable)
        return InstalledView::tr("no way");
    const QString way = footprint.andBack ? InstalledView::tr("there and back") : InstalledView::tr("there, not back");
    return footprint.restartsEmulator ? InstalledView::tr("%1, restarts the runtime").arg(way) : way;
}

} // namespace

InstalledView::InstalledView(workspace::Workspace *workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_facts(new QGridLayout)
    , m_releases(new QGridLayout)
    , m_applications(new ApplicationTable)
    , m_verify(new QPushButton(tr("Compare with the Build")))
    , m_verdict(new RoleLabel({}, Role::Text))
    , m_differences(new RoleLabel)
    , m_progress(new ProgressStrip)
    , m_message(new InlineMessage)
    , m_disagreements(new InlineMessage)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_disagreements->setClosable(false);
    m_facts->setHorizontalSpacing(16);
    m_facts->setVerticalSpacing(4);
    m_facts->setColumnStretch(1, 1);
    m_releases->setHorizontalSpacing(20);
    m_releases->setVerticalSpacing(6);
    m_releases->setColumnStretch(5, 1);
    for (RoleLabel *label : {m_verdict, m_differences}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *compare = new QHBoxLayout;
    compare->setSpacing(12);
    compare->addWidget(m_verify, 0, Qt::AlignTop);
    compare->addWidget(m_verdict, 1);

    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 16, 24, 20);
    column->setSpacing(10);
    column->addWidget(m_message);
    column->addWidget(m_disagreements);
    column->addWidget(new SectionHeader(tr("The node")));
    column->addLayout(m_facts);
    column->addSpacing(8);
    column->addWidget(new SectionHeader(tr("Releases")));
    column->addLayout(m_releases);
    column->addSpacing(8);
    column->addWidget(new SectionHeader(tr("Is it really this version?")));
    column->addLayout(compare);
    column->addWidget(m_progress);
    column->addWidget(m_differences);
    column->addSpacing(8);
    column->addWidget(new SectionHeader(tr("Applications")));
    column->addWidget(m_applications);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("What is installed"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(scroll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    connect(m_verify, &QPushButton::clicked, this, &InstalledView::verify);
    connect(workspace, &workspace::Workspace::progressed, this, &InstalledView::update);
    update();
}

void InstalledView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    update();
}

void InstalledView::followServer()
{
    deploy::ServerState *const current = m_workspace->target();
    if (current == m_server && (m_inspection != nullptr) == (current != nullptr))
        return;
    m_server = current;
    m_measured.clear();
    m_listed.clear();
    m_inspection.reset();
    if (!current)
        return;
    m_inspection = std::make_unique<deploy::Inspection>(current, m_workspace->jobs());
    connect(m_inspection.get(), &deploy::Inspection::changed, this, &InstalledView::update);
}

void InstalledView::update()
{
    followServer();
    const bool known = m_server && m_server->installation();
    if (!known)
        m_empty->set(u"server", m_server ? tr("Not Looked At Yet") : tr("No Server"),
                     m_server ? tr("When %1 was looked at, this says what is installed there.").arg(m_server->name())
                              : tr("Add a server at the right; then this says what is installed there."));
    m_stack->setCurrentIndex(known ? 1 : 0);
    if (!known || !isVisible())
        return;
    look();
    showFacts();
    showReleases();
    m_applications->set(*m_server->installation());
    showVerification();
    const QStringList &disagreements = m_server->installation()->disagreements;
    if (disagreements.isEmpty())
        m_disagreements->dismiss();
    else
        m_disagreements->showMessage(Tone::Warning, disagreements.join(u'\n'));
    if (m_inspection->error() && !m_asking)
        m_message->showError(*m_inspection->error());
}

// Sizes are read anew when other releases are there.
void InstalledView::look()
{
    QStringList releases;
    for (const node::InstalledRelease &release : m_server->installation()->releases)
        releases += release.version + node::statusWords(release.status);
    releases += m_server->installation()->runningVersion;
    if (releases == m_measured || m_server->isBusy())
        return;
    m_measured = releases;
    m_inspection->measure();
}

void InstalledView::showFacts()
{
    clear(m_facts);
    const node::Installation &installed = *m_server->installation();
    const auto fact = [this](const QString &name, const QString &value) {
        const int row = m_facts->rowCount();
        m_facts->addWidget(new RoleLabel(name), row, 0);
        m_facts->addWidget(new ElidedLabel(value), row, 1);
    };
    fact(tr("Server"), m_server->address().text());
    if (!installed.nodeUp) {
        fact(tr("State"), installed.way == node::HandlerWay::None ? tr("can't be asked; this is from the files alone")
                                                                 : tr("down; this is from the files alone"));
        fact(tr("After a reboot"), installed.bootVersion);
        return;
    }
    const node::NodeFacts &facts = installed.facts;
    fact(tr("Node"), tr("%1, up for %2%3").arg(facts.nodeName, node::durationWords(facts.uptimeSeconds), facts.heart ? tr(", under heart") : QString()));
    fact(tr("Running"), tr("%1 %2 on OTP %3, ERTS %4").arg(installed.name, installed.runningVersion, installed.otp, installed.erts));
    fact(tr("After a reboot"), installed.bootVersion);
    if (installed.way == node::HandlerWay::Calls)
        fact(tr("Upgrades"), tr("by calls of release_handler; bin/%1 can't unpack and install by itself").arg(installed.name));
    fact(tr("Memory"), tr("%1: processes %2, binaries %3, ETS %4")
                           .arg(sizeText(facts.memoryBytes), sizeText(facts.processMemoryBytes), sizeText(facts.binaryMemoryBytes),
                                sizeText(facts.etsMemoryBytes)));
    fact(tr("Processes"), tr("%L1 of %L2; run queue %3 on %4 schedulers")
                              .arg(facts.processes).arg(facts.processLimit).arg(facts.runQueue).arg(facts.schedulers));
}

// Sizes and ways follow when they were measured; nothing until then.
QStringList InstalledView::releaseWords(const node::InstalledRelease &release) const
{
    QStringList words{release.version, node::statusWords(release.status)};
    const node::ReleaseFootprint *footprint = m_inspection->footprint(release.version);
    if (!footprint)
        return words;
    const node::Installation &installed = *m_server->installation();
    const bool runs = installed.nodeUp && release.version == installed.runningVersion;
    return words + QStringList{sizeText(footprint->ownBytes), sizeText(footprint->sharedBytes),
                               QLocale().toString(footprint->unpacked, QLocale::ShortFormat),
                               runs ? tr("runs") : wayWords(*footprint)};
}

void InstalledView::showReleases()
{
    QStringList listed{m_server->isBusy() ? u"busy"_s : QString()};
    for (const node::InstalledRelease &release : m_server->installation()->releases)
        listed += releaseWords(release);
    if (listed == m_listed)
        return; // a row that is clicked at stays
    m_listed = listed;
    clear(m_releases);
    int column = 0;
    for (const QString &title : {tr("Version"), tr("Status"), tr("Own"), tr("Shared"), tr("Unpacked"), tr("From what runs")}) {
        auto *head = new RoleLabel(title);
        head->setFont(smallFont());
        m_releases->addWidget(head, 0, column++, Qt::AlignLeft);
    }
    int row = 1;
    for (const node::InstalledRelease &release : m_server->installation()->releases)
        addRelease(row++, release);
}

void InstalledView::addRelease(int row, const node::InstalledRelease &release)
{
    const node::Installation &installed = *m_server->installation();
    const bool runs = installed.nodeUp && release.version == installed.runningVersion;
    auto *version = new RoleLabel(release.version, Role::Text);
    if (runs)
        version->setFont(bold(font()));
    m_releases->addWidget(version, row, 0);
    m_releases->addWidget(new Chip(node::statusWords(release.status), toneOf(release.status)), row, 1, Qt::AlignLeft);
    const QStringList words = releaseWords(release);
    const node::ReleaseFootprint *footprint = m_inspection->footprint(release.version);
    for (int column = 2; column < words.size(); ++column) {
        auto *label = new RoleLabel(words.at(column), column == 2 ? Role::Text : Role::SecondaryText);
        if (footprint)
            label->setToolTip(footprint->removalWords());
        m_releases->addWidget(label, row, column);
    }
    const bool removable = !runs && installed.nodeUp && release.version != installed.bootVersion
                           && (release.status == node::ReleaseStatus::Old || release.status == node::ReleaseStatus::Unpacked);
    if (!removable)
        return;
    auto *remove = new LinkButton(tr("Remove…"));
    remove->setAccessibleName(tr("Remove %1").arg(release.version));
    remove->setEnabled(!m_server->isBusy());
    m_releases->addWidget(remove, row, 6);
    connect(remove, &QAbstractButton::clicked, this, [this, version = release.version] { askRemoval(version); });
}

void InstalledView::askRemoval(const QString &version)
{
    if (!m_server)
        return;
    m_asking = true;
    const node::ReleaseFootprint *footprint = m_inspection->footprint(version);
    m_message->showMessage(Tone::Warning, tr("Remove %1 from %2? Its folder, its tarball, its start script and the applications that "
                                             "only it uses go; there is no way back to it then. %3")
                                              .arg(version, m_server->name(), footprint ? footprint->removalWords() : QString()));
    m_message->addAction(tr("Remove %1").arg(version), this, [this, version] {
        m_asking = false;
        m_message->dismiss();
        if (m_server)
            m_server->remove(version);
    });
    m_message->addAction(tr("Keep It"), this, [this] {
        m_asking = false;
        m_message->dismiss();
    });
    connect(m_message, &InlineMessage::closed, this, [this] { m_asking = false; }, Qt::SingleShotConnection);
}

QString InstalledView::builtDirectory() const
{
    if (!m_workspace->project() || !m_server || !m_server->installation())
        return {};
    for (const versions::Version &version : m_workspace->project()->versions) {
        if (version.installedAs() != m_server->installation()->runningVersion)
            continue;
        if (const auto built = m_workspace->built(version))
            return built->directory;
    }
    return {};
}

void InstalledView::verify()
{
    const QString built = builtDirectory();
    if (!built.isEmpty())
        m_inspection->verify(built);
}

void InstalledView::showVerification()
{
    const QString running = m_server->installation()->runningVersion;
    const bool possible = !builtDirectory().isEmpty();
    m_verify->setEnabled(possible && !m_inspection->isVerifying());
    m_verify->setToolTip(possible ? QString() : tr("%1 is not built here: build its tag first").arg(running));
    m_progress->setJob(nullptr);
    m_differences->hide();
    const auto &verification = m_inspection->verification();
    if (m_inspection->isVerifying()) {
        m_verdict->setText(tr("The modules on the server's disk and in the node are being compared…"));
    } else if (!verification || !*verification || (*verification)->version != running) {
        m_verdict->setText(possible ? tr("Compares each module on the server's disk and in the node's memory with the build of %1.").arg(running)
                                    : tr("Build the tag of %1, then its modules can be compared with those on the server.").arg(running));
    } else {
        const node::ModuleVerification &found = **verification;
        m_verdict->setRole(found.holds() ? Role::GoodText : Role::BadText);
        m_verdict->setText(found.holds() ? tr("✓ All %L1 modules are those that were built, on the disk and in the node.").arg(found.built)
                                         : tr("✗ %L1 of %L2 modules are not those that were built.").arg(found.differences.size()).arg(found.built));
        QStringList lines;
        for (const node::ModuleDifference &difference : found.differences.first(qMin(found.differences.size(), qsizetype(MostDifferences))))
            lines += u"%1: %2"_s.arg(QString::fromUtf8(difference.module), difference.words);
        if (found.differences.size() > MostDifferences)
            lines += tr("and %1 more").arg(found.differences.size() - MostDifferences);
        m_differences->setText(lines.join(u'\n'));
        m_differences->setVisible(!lines.isEmpty());
        return;
    }
    m_verdict->setRole(Role::Text);
}

} // namespace handover::ui
