// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/jobqueue.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/logview.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/progressstrip.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/versionpicker.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPixmap>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableView>
#include <QThread>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <QWidget>

namespace handover::test {

/// Saves a picture of the widget as NAME-light.png or NAME-dark.png where HANDOVER_SHOTS says; does
/// nothing when it says nothing.
inline void shoot(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("HANDOVER_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QCoreApplication::processEvents();
    const QString theme = ui::Theme::instance().isDark() ? QStringLiteral("dark") : QStringLiteral("light");
    widget.grab().save(folder + u'/' + name + u'-' + theme + QStringLiteral(".png"));
}

inline double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// As WCAG 2.1 defines it: 1 to 21.
inline double contrast(const QColor &one, const QColor &other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

enum { DateRole = Qt::UserRole + 1, BadgesRole };

inline QList<ui::Stepper::Step> exampleSteps()
{
    using State = ui::Stepper::State;
    using namespace Qt::StringLiterals;
    return {{u"build"_s, u"Build"_s, State::Done, 0, {}},
            {u"rules"_s, u"Rules"_s, State::Attention, 1, u"One rule matches nothing."_s},
            {u"relup"_s, u"Relup"_s, State::Done, 0, {}},
            {u"package"_s, u"Package"_s, State::Todo, 0, {}},
            {u"deploy"_s, u"Deploy"_s, State::Todo, 0, {}}};
}

inline QStandardItemModel *exampleVersions(QObject *parent)
{
    using namespace Qt::StringLiterals;
    auto *model = new QStandardItemModel(parent);
    for (const auto &[name, date, badges] :
         {std::tuple{u"1.5.0"_s, u"today"_s, QStringList{u"built"_s}},
          {u"1.4.2"_s, u"3 Nov"_s, QStringList{u"built"_s, u"edge-1 permanent"_s}},
          {u"1.4.1"_s, u"21 Oct"_s, QStringList{u"edge-2 permanent"_s}},
          {u"1.4.0"_s, u"2 Oct"_s, QStringList{}}}) {
        auto *item = new QStandardItem(name);
        item->setData(date, DateRole);
        item->setData(badges, BadgesRole);
        model->appendRow(item);
    }
    return model;
}

/// Everything of ui/widgets and what the style draws, in several states, on one page.
class Gallery : public QWidget
{
public:
    explicit Gallery(JobQueue &queue)
        : m_column(new QVBoxLayout(this))
    {
        setFixedWidth(1000);
        m_column->setSpacing(10);
        m_column->setContentsMargins(0, 0, 0, 16);
        addBars();
        addControls();
        addMessages();
        addLists();
        addWork(queue);
        addIcons();
    }

    [[nodiscard]] QMenu *menu() const { return m_menu; }
    void showMenu() { m_menu->popup(mapToGlobal(QPoint(0, 30))); }

private:
    using Tone = ui::Tone;

    QHBoxLayout *row()
    {
        auto *line = new QHBoxLayout;
        line->setContentsMargins(16, 0, 16, 0);
        m_column->addLayout(line);
        return line;
    }

    void addBars()
    {
        using namespace Qt::StringLiterals;
        auto *bar = new QMenuBar(this);
        m_menu = bar->addMenu(u"&Project"_s);
        m_menu->addAction(ui::icon(u"folder"), u"Open Repository…"_s)->setShortcut(QKeySequence::Open);
        m_menu->addAction(ui::icon(u"refresh"), u"Reload"_s)->setShortcut(QKeySequence::Refresh);
        m_menu->addSeparator();
        QAction *dark = m_menu->addAction(u"Dark Theme"_s);
        dark->setCheckable(true);
        dark->setChecked(true);
        m_menu->addAction(ui::icon(u"deploy"), u"Upload"_s)->setEnabled(false);
        m_menu->addMenu(u"Recent"_s)->addAction(u"tally"_s);
        for (const QString &name : {u"&Version"_s, u"&Rules"_s, u"&Build"_s, u"&Server"_s})
            bar->addMenu(name);
        m_column->addWidget(bar);
        m_column->addWidget(new ui::Hairline);
        auto *top = row();
        top->setSpacing(14);
        auto *from = new ui::VersionPicker(u"From"_s);
        from->setVersion(u"1.4.2"_s);
        from->setChip(u"runs on edge-1"_s, Tone::Good);
        auto *to = new ui::VersionPicker(u"To"_s);
        to->setVersion(u"1.5.0"_s);
        auto *steps = new ui::Stepper;
        steps->setSteps(exampleSteps());
        steps->setCurrent(u"rules"_s);
        top->addWidget(from);
        top->addWidget(to);
        top->addWidget(steps);
        top->addStretch();
        top->addWidget(new ui::PrimaryButton(u"Fix 1 Rule"_s));
        auto *second = row();
        auto *more = new ui::Stepper;
        more->setSteps({{u"a"_s, u"Running"_s, ui::Stepper::State::Running, 0, {}},
                        {u"b"_s, u"Stale"_s, ui::Stepper::State::Stale, 0, {}},
                        {u"c"_s, u"Failed"_s, ui::Stepper::State::Failed, 0, {}},
                        {u"d"_s, u"Failed"_s, ui::Stepper::State::Failed, 3, {}}});
        second->addWidget(more);
        second->addStretch();
        m_column->addWidget(new ui::Hairline);
        auto *tabs = new QTabBar;
        tabs->setAccessibleName(u"Pages"_s);
        for (const QString &name : {u"Changes"_s, u"Rules"_s, u"Relup"_s, u"Package"_s, u"Build log"_s})
            tabs->addTab(name);
        tabs->setCurrentIndex(1);
        tabs->setExpanding(false);
        m_column->addWidget(tabs);
    }

    void addControls()
    {
        using namespace Qt::StringLiterals;
        auto *line = row();
        for (const QString &name : {u"Files"_s, u"Log"_s, u"Roll back…"_s})
            line->addWidget(new QPushButton(name));
        auto *off = new QPushButton(u"Disabled"_s);
        off->setEnabled(false);
        line->addWidget(off);
        auto *on = new QPushButton(u"Checked"_s);
        on->setCheckable(true);
        on->setChecked(true);
        line->addWidget(on);
        auto *primary = new ui::PrimaryButton(u"Disabled"_s);
        primary->setEnabled(false);
        line->addWidget(primary);
        line->addWidget(new ui::LinkButton(u"Show"_s));
        line->addWidget(new ui::IconButton(u"plus", u"Add Server"_s));
        auto *tool = new QToolButton;
        tool->setIcon(ui::icon(u"build"));
        tool->setText(u"Build"_s);
        tool->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        tool->setAutoRaise(true);
        line->addWidget(tool);
        line->addStretch();
        auto *fields = row();
        fields->addWidget(new ui::SearchField(u"Filter versions…"_s));
        auto *edit = new QLineEdit(u"edge-1.example.org"_s);
        edit->setAccessibleName(u"Host"_s);
        fields->addWidget(edit);
        auto *box = new QComboBox;
        box->addItems({u"prod"_s, u"staging"_s});
        box->setAccessibleName(u"Profile"_s);
        fields->addWidget(box);
        auto *spin = new QSpinBox;
        spin->setAccessibleName(u"Port"_s);
        fields->addWidget(spin);
        auto *check = new QCheckBox(u"Check"_s);
        check->setChecked(true);
        fields->addWidget(check);
        fields->addWidget(new QCheckBox(u"Off"_s));
        auto *radio = new QRadioButton(u"Key"_s);
        radio->setChecked(true);
        fields->addWidget(radio);
        fields->addWidget(new QRadioButton(u"Agent"_s));
        auto *chips = row();
        for (const auto &[text, tone] : {std::pair{u"built"_s, Tone::Neutral},
                                         {u"from"_s, Tone::Accent},
                                         {u"permanent"_s, Tone::Good},
                                         {u"1 problem"_s, Tone::Warning},
                                         {u"none"_s, Tone::Bad}})
            chips->addWidget(new ui::Chip(text, tone));
        for (const ui::Mark mark : {ui::Mark::Todo, ui::Mark::Done, ui::Mark::Attention, ui::Mark::Failed,
                                    ui::Mark::Stale, ui::Mark::Running, ui::Mark::Dot})
            chips->addWidget(new ui::MarkLabel(mark));
        chips->addStretch();
    }

    void addMessages()
    {
        using namespace Qt::StringLiterals;
        for (const auto &[tone, text] :
             {std::pair{Tone::Warning,
                        u"The folder has changes that no tag contains; a build of 1.5.0 leaves them out."_s},
              {Tone::Bad,
               u"The server refused the key. Choose another key, or add this one to the server."_s},
              {Tone::Good, u"edge-1 runs 1.5.0, and will after a restart."_s},
              {Tone::Accent, u"New tags were fetched."_s}}) {
            auto *message = new ui::InlineMessage;
            row()->addWidget(message);
            message->showMessage(tone, text,
                                 tone == Tone::Bad ? u"Permission denied (publickey)"_s : QString());
            if (tone == Tone::Bad)
                message->addAction(u"Choose Key…"_s, this, [] {});
        }
    }

    void addLists()
    {
        using namespace Qt::StringLiterals;
        auto *line = row();
        auto *model = new QStandardItemModel(0, 3, this);
        model->setHorizontalHeaderLabels({u"Version"_s, u"Up"_s, u"Down"_s});
        for (const QStringList &cells : {QStringList{u"1.4.2"_s, u"1 · code"_s, u"1 · code"_s},
                                         {u"1.4.1"_s, u"1 · code"_s, u"1 · code"_s},
                                         {u"1.3.9"_s, u"3 · VM restart"_s, u"none"_s}}) {
            QList<QStandardItem *> items;
            for (const QString &cell : cells)
                items.append(new QStandardItem(cell));
            items.first()->appendRow(new QStandardItem(u"tally"_s));
            model->appendRow(items);
        }
        auto *tree = new QTreeView;
        tree->setAccessibleName(u"Versions and rules"_s);
        tree->setModel(model);
        tree->expand(model->index(0, 0));
        tree->setCurrentIndex(model->index(1, 0));
        tree->setFixedHeight(170);
        line->addWidget(tree, 2);
        auto *card = new ui::Card;
        auto *inside = new QVBoxLayout(card);
        inside->addWidget(new ui::SectionHeader(u"Servers"_s, new ui::IconButton(u"plus", u"Add"_s)));
        inside->addWidget(new ui::RoleLabel(u"Running, processes, OTP"_s));
        inside->addStretch();
        line->addWidget(card, 1);
        auto *empty = new ui::EmptyState(
            u"server", u"No Servers Yet"_s,
            u"Add the host that runs the release, to see what is installed there."_s, u"Add Server…"_s);
        line->addWidget(empty, 2);
    }

    void addWork(JobQueue &queue)
    {
        using namespace Qt::StringLiterals;
        auto *line = row();
        auto *strip = new ui::ProgressStrip;
        strip->setJob(queue.start<int>(
            u"Upload"_s,
            [](const JobContext &context) -> Result<int> {
                context.progress({u"tally-1.4.2.tar.gz → edge-2"_s, 8'800'000, 14'200'000, true});
                while (!context.isCancelled())
                    QThread::msleep(5);
                return cancellation();
            },
            this, nullptr));
        line->addWidget(strip);
        auto *busy = new QProgressBar;
        busy->setRange(0, 0);
        busy->setAccessibleName(u"Busy"_s);
        line->addWidget(busy);
        auto *log = new LogModel(this);
        QStringList lines;
        for (int i = 0; i < 40; ++i)
            lines.append(u"===> Compiling tally_%1"_s.arg(i));
        log->append(lines);
        auto *view = new ui::LogView;
        view->setLog(log);
        view->setFixedHeight(100);
        row()->addWidget(view);
    }

    void addIcons()
    {
        auto *grid = new QGridLayout;
        grid->setContentsMargins(16, 0, 16, 0);
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
        int place = 0;
        for (const QString &file : files) {
            auto *label = new QLabel;
            const QString id = file.chopped(4);
            label->setPixmap(id == u"handover"
                                 ? ui::applicationIcon().pixmap(QSize(24, 24), 2)
                                 : ui::icon(id, ui::Role::Text).pixmap(QSize(16, 16), devicePixelRatio()));
            grid->addWidget(label, place / 28, place % 28);
            ++place;
        }
        m_column->addLayout(grid);
    }

    QVBoxLayout *m_column;
    QMenu *m_menu = nullptr;
};

} // namespace handover::test
