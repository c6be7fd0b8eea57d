// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filepane.h"

#include "ui/files/filedetails.h"
#include "ui/files/pathbar.h"
#include "ui/theme/icons.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progressstrip.h"
#include "ui/widgets/searchfield.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Command = FileView::Command;

[[nodiscard]] QString withKeys(const QString &name, Command command)
{
    return u"%1 (%2)"_s.arg(name, FileView::keys(command).toString(QKeySequence::NativeText));
}

} // namespace

FilePane::FilePane(const QString &name, QWidget *head, QStringView copyIcon, const QString &copyText, JobQueue *jobs,
                   QWidget *parent)
    : QWidget(parent)
    , m_model(new transfer::DirectoryModel(jobs, this))
    , m_order(new transfer::DirectoryOrder(m_model, this))
    , m_view(new FileView(m_model, m_order))
    , m_path(new PathBar(tr("Path, %1").arg(name)))
    , m_filter(new SearchField(tr("Filter")))
    , m_newName(new QLineEdit)
    , m_copy(new QPushButton(copyText))
    , m_up(new IconButton(u"arrow-up", withKeys(tr("Up"), Command::Up)))
    , m_home(new IconButton(u"home", tr("Home")))
    , m_releaseButton(new IconButton(u"package", tr("Release Directory")))
    , m_refresh(new IconButton(u"refresh", withKeys(tr("Refresh"), Command::Refresh)))
    , m_newDirectory(new IconButton(u"plus", withKeys(tr("New Directory"), Command::MakeDirectory)))
    , m_hidden(new IconButton(u"eye", withKeys(tr("Hidden Files"), Command::Hidden)))
    , m_detailsButton(new IconButton(u"key", withKeys(tr("Permissions"), Command::Details)))
    , m_message(new InlineMessage)
    , m_progress(new ProgressStrip)
    , m_details(new FileDetails)
    , m_status(new ElidedLabel)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_view->setAccessibleName(name);
    m_filter->setAccessibleName(tr("Filter, %1").arg(name));
    m_newName->setPlaceholderText(tr("Name of the new directory; Enter makes it"));
    m_newName->setAccessibleName(tr("Name of the new directory, %1").arg(name));
    m_newName->hide();
    m_copy->setIcon(icon(copyIcon));
    m_copy->setToolTip(withKeys(copyText, Command::Copy));
    m_hidden->setCheckable(true);
    m_detailsButton->setCheckable(true);
    m_details->hide();
    m_status->setRole(Role::SecondaryText);
    m_status->setFont(smallFont());
    m_releaseButton->hide();

    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeList());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeTools(head));
    column->addWidget(new Hairline);
    auto *messages = new QVBoxLayout;
    messages->setContentsMargins(12, 0, 12, 0);
    messages->addWidget(m_message);
    messages->addWidget(m_progress);
    column->addLayout(messages);
    column->addWidget(m_stack, 1);
    connectAll();
    update();
}

QWidget *FilePane::makeTools(QWidget *head)
{
    auto *tools = new QWidget;
    auto *title = new QHBoxLayout;
    title->setSpacing(2);
    title->addWidget(head, 1);
    for (IconButton *button : {m_up, m_home, m_releaseButton, m_refresh, m_newDirectory, m_hidden, m_detailsButton})
        title->addWidget(button);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_filter, 1);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(tools);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(8);
    column->addLayout(title);
    column->addWidget(m_path);
    column->addLayout(row);
    column->addWidget(m_newName);
    return tools;
}

QWidget *FilePane::makeList()
{
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(new Hairline);
    column->addWidget(m_details);
    auto *status = new QHBoxLayout;
    status->setContentsMargins(12, 4, 12, 4);
    status->addWidget(m_status);
    column->addLayout(status);
    return list;
}

void FilePane::connectAll()
{
    const auto does = [this](QAbstractButton *button, Command command) {
        connect(button, &QAbstractButton::clicked, this, [this, command] { run(command); });
    };
    does(m_up, Command::Up);
    does(m_refresh, Command::Refresh);
    does(m_newDirectory, Command::MakeDirectory);
    does(m_hidden, Command::Hidden);
    does(m_detailsButton, Command::Details);
    does(m_copy, Command::Copy);
    connect(m_home, &QAbstractButton::clicked, m_model, &transfer::DirectoryModel::openHome);
    connect(m_releaseButton, &QAbstractButton::clicked, this, [this] { m_model->open(*m_release); });
    connect(m_path, &PathBar::chosen, m_model, &transfer::DirectoryModel::open);
    connect(m_path, &PathBar::refused, this, &FilePane::failed);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_order->setWords(words);
        update();
    });
    connect(m_filter, &SearchField::movedOut, m_view, [this] { m_view->setFocus(); });
    connect(m_newName, &QLineEdit::returnPressed, this, [this] {
        if (m_model->makeDirectory(m_newName->text())) {
            m_newName->hide();
            m_view->setFocus();
        }
    });
    auto *escape = new QShortcut(Qt::Key_Escape, m_newName, nullptr, nullptr, Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, this, [this] {
        m_newName->hide();
        m_view->setFocus();
    });

    connect(m_details, &FileDetails::modeRequested, this,
            [this](quint32 mode) { follow(m_model->setMode(selectedPaths(), mode)); });
    connect(m_view, &FileView::commanded, this, &FilePane::run);
    connect(m_view, &FileView::selectionMoved, this, &FilePane::updateDetails);
    connect(m_view, &QWidget::customContextMenuRequested, this, &FilePane::showMenu);
    connect(m_view, &FileView::dropped, this, [this](const QMimeData *carried, int row) {
        const auto into = row < 0 ? m_model->directory() : m_model->pathOf(row);
        if (into)
            emit dropped(carried, *into);
    });
    connect(m_model, &transfer::DirectoryModel::loadingChanged, this, &FilePane::update);
    connect(m_model, &transfer::DirectoryModel::failed, this, &FilePane::failed);
    connect(m_model, &transfer::DirectoryModel::acted, this, [this](const QByteArray &name) { m_wanted = name; });
    connect(m_model, &transfer::DirectoryModel::opened, this, [this](bool another) {
        if (another) {
            m_message->dismiss();
            m_filter->clear();
            m_view->scrollToTop();
        }
        m_path->setPath(*m_model->directory());
        if (!m_wanted.isEmpty())
            m_view->select(std::exchange(m_wanted, {}));
        else if (another)
            m_view->setCurrentIndex(m_order->index(0, 0));
        update();
        updateDetails();
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &FilePane::retryRequested);
}

void FilePane::setPlace(std::shared_ptr<transfer::FilePlace> place, const std::optional<transfer::Path> &start)
{
    m_message->dismiss();
    m_model->setPlace(std::move(place));
    m_model->setUses({});
    if (start)
        m_model->open(*start);
    else
        m_model->openHome();
}

void FilePane::setReleaseDirectory(const std::optional<transfer::Path> &directory)
{
    m_release = directory;
    m_releaseButton->setVisible(directory.has_value());
}

void FilePane::setEmpty(QStringView icon, const QString &title, const QString &words)
{
    m_model->setPlace(nullptr);
    m_empty->set(icon, title, words);
    m_stack->setCurrentWidget(m_empty);
}

QList<transfer::Path> FilePane::selectedPaths() const
{
    QList<transfer::Path> paths;
    for (const int row : m_view->selectedSourceRows()) {
        if (const auto path = m_model->pathOf(row))
            paths += *path;
    }
    return paths;
}

void FilePane::run(Command command)
{
    if (!m_model->directory())
        return;
    switch (command) {
    case Command::Open: return open();
    case Command::Up:
        m_wanted = m_model->directory()->fileName();
        return m_model->open(m_model->directory()->parent());
    case Command::Rename: return m_view->edit(m_view->currentIndex().siblingAtColumn(0));
    case Command::Delete: return askRemoval();
    case Command::Refresh: return m_model->refresh();
    case Command::Hidden:
        m_order->setHiddenShown(!m_order->isHiddenShown());
        m_hidden->setChecked(m_order->isHiddenShown());
        return update();
    case Command::MakeDirectory: return askName();
    case Command::Copy: emit copyRequested(); return;
    case Command::CopyTo:
        if (!m_copyTo.isEmpty() && !selectedPaths().isEmpty())
            emit copyToRequested();
        return;
    case Command::Remember: return remember();
    case Command::Paste: return paste();
    case Command::Details:
        m_details->setVisible(m_details->isHidden());
        m_detailsButton->setChecked(m_details->isVisible());
        return;
    }
}

void FilePane::open()
{
    const int row = m_view->currentSourceRow();
    if (row < 0)
        return;
    const auto path = m_model->pathOf(row);
    if (m_model->entry(row).leadsToDirectory && path)
        m_model->open(*path);
    else if (path)
        emit openRequested(row);
}

void FilePane::askName()
{
    m_newName->clear();
    m_newName->show();
    m_newName->setFocus();
}

void FilePane::update()
{
    const bool there = m_model->directory().has_value();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_path, m_filter, m_home, m_releaseButton, m_refresh,
                                                            m_newDirectory, m_hidden, m_detailsButton})
        widget->setEnabled(there);
    m_up->setEnabled(there && !m_model->directory()->isRoot());
    if (!there && m_model->place()) {
        const auto &error = m_model->error();
        if (m_model->isLoading() || !error)
            m_empty->set(u"folder", m_model->place()->name().isEmpty() ? tr("Listing…")
                                                                       : tr("Connecting to %1…").arg(m_model->place()->name()),
                         QString());
        else
            m_empty->set(u"server", tr("Not Connected"), error->words(), tr("Try Again"));
    }
    m_stack->setCurrentIndex(there ? 1 : 0);
    if (!there)
        return m_copy->setEnabled(false);

    QStringList words{m_model->isLoading() ? tr("Listing…") : tr("%n entry(s)", nullptr, m_order->rowCount())};
    if (const int hidden = m_order->hiddenCount(); hidden > 0)
        words += tr("%n hidden", nullptr, hidden);
    if (m_model->freeSpace())
        words += tr("%1 free").arg(QLocale().formattedDataSize(*m_model->freeSpace(), 1, QLocale::DataSizeSIFormat));
    m_status->setText(words.join(u" · "_s));
    updateDetails();
}

void FilePane::updateDetails()
{
    QList<transfer::FileEntry> entries;
    for (const int row : m_view->selectedSourceRows())
        entries += m_model->entry(row);
    m_copy->setEnabled(!entries.isEmpty());
    m_details->setEntries(entries);
}

} // namespace handover::ui
