// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked before something goes, the clipboard, the menu, and what went wrong.
#include "ui/files/filedetails.h"
#include "ui/files/filepane.h"
#include "ui/widgets/inlinemessage.h"
#include "ui/widgets/progressstrip.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Command = FileView::Command;

[[nodiscard]] QString contentsWords(const server::Removal &removal)
{
    QStringList parts;
    if (removal.directories > 0)
        parts += FilePane::tr("%n directory(s)", nullptr, int(removal.directories));
    if (removal.files > 0)
        parts += FilePane::tr("%n file(s)", nullptr, int(removal.files));
    if (removal.links > 0)
        parts += FilePane::tr("%n link(s)", nullptr, int(removal.links));
    return QLocale().createSeparatedList(parts);
}

[[nodiscard]] QString rootWords(const server::Removal &removal)
{
    return removal.roots.size() == 1 ? server::shownName(removal.roots.first().bytes())
                                     : FilePane::tr("%n entry(s)", nullptr, int(removal.roots.size()));
}

} // namespace

void FilePane::askRemoval()
{
    const QList<transfer::Path> paths = selectedPaths();
    if (paths.isEmpty())
        return;
    follow(m_model->planRemoval(paths, [this](const server::Removal &removal) {
        const QStringList users = m_model->usersOf(removal.roots);
        if (users.isEmpty())
            confirmRemoval(removal);
        else
            warnOfUse(removal, users);
    }));
}

void FilePane::warnOfUse(const server::Removal &removal, const QStringList &users)
{
    m_message->showMessage(Tone::Bad, tr("%1 is in use on %2: %3. Without it the node loses code that it may load at any time, "
                                         "and doesn't start again.")
                                          .arg(rootWords(removal), m_model->place()->name(), QLocale().createSeparatedList(users)));
    m_message->addAction(tr("Keep It"), this, [this] { m_message->dismiss(); });
    m_message->addAction(tr("Delete All the Same…"), this, [this, removal] { confirmRemoval(removal); });
}

void FilePane::confirmRemoval(const server::Removal &removal)
{
    if (m_model->place()->hasTrash()) {
        m_message->showMessage(Tone::Warning, tr("Move %1 to the trash?").arg(rootWords(removal)));
        m_message->addAction(tr("Move to Trash"), this, [this, removal] {
            m_message->dismiss();
            follow(m_model->remove(removal));
        });
    } else {
        const QString size = QLocale().formattedDataSize(removal.bytes, 1, QLocale::DataSizeSIFormat);
        m_message->showMessage(Tone::Warning, tr("Delete %1 from %2 for good? That is %3, %4 in all. What links lead to stays.")
                                                  .arg(rootWords(removal), m_model->place()->name(), contentsWords(removal), size));
        m_message->addAction(tr("Delete"), this, [this, removal] {
            m_message->dismiss();
            follow(m_model->remove(removal));
        });
    }
    m_message->addAction(tr("Keep"), this, [this] { m_message->dismiss(); });
}

// The paths go with it as text, for a terminal.
void FilePane::remember()
{
    QStringList paths;
    for (const transfer::Path &path : selectedPaths())
        paths += QFile::decodeName(path.bytes());
    if (paths.isEmpty())
        return;
    std::unique_ptr<QMimeData> files = m_view->selectedFiles();
    files->setText(paths.join(u'\n'));
    QGuiApplication::clipboard()->setMimeData(files.release());
}

void FilePane::paste()
{
    const QMimeData *carried = QGuiApplication::clipboard()->mimeData();
    if (m_view->accepts(carried))
        return emit dropped(carried, *m_model->directory());
    m_message->showMessage(Tone::Neutral, m_model->place()->address()
                                              ? tr("The clipboard has no files of this machine, which is all that can be pasted here.")
                                              : tr("The clipboard has no files of a server, which is all that can be pasted here."));
    m_message->setClosable(true);
}

// Work that is done at once needs no bar; it would only flicker.
void FilePane::follow(Job *job)
{
    QTimer::singleShot(500, job, [this, job] {
        if (!job->isFinished())
            m_progress->setJob(job);
    });
    connect(job, &Job::finished, this, [this, job] {
        if (m_progress->job() == job)
            m_progress->setJob(nullptr);
    });
}

void FilePane::failed(const Error &error)
{
    if (m_model->directory())
        m_message->showError(error);
    update();
}

void FilePane::showMenu(const QPoint &position)
{
    if (!m_model->directory())
        return;
    const qsizetype selected = m_view->selectedSourceRows().size();
    QMenu menu(this);
    const auto add = [&](const QString &text, Command command, bool able) {
        QAction *action = menu.addAction(text, this, [this, command] { run(command); });
        action->setShortcut(FileView::keys(command));
        action->setEnabled(able);
    };
    add(tr("Open"), Command::Open, selected == 1);
    menu.addSeparator();
    add(m_copy->text(), Command::Copy, selected > 0);
    if (!m_copyTo.isEmpty())
        add(m_copyTo, Command::CopyTo, selected > 0);
    add(tr("Copy"), Command::Remember, selected > 0);
    add(tr("Paste"), Command::Paste, m_view->accepts(QGuiApplication::clipboard()->mimeData()));
    menu.addSeparator();
    add(tr("Rename"), Command::Rename, selected == 1);
    add(tr("Delete…"), Command::Delete, selected > 0);
    add(tr("Permissions"), Command::Details, selected > 0);
    menu.addSeparator();
    add(tr("New Directory"), Command::MakeDirectory, true);
    add(tr("Hidden Files"), Command::Hidden, true);
    add(tr("Refresh"), Command::Refresh, true);
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

} // namespace handover::ui
