// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/queuepanel.h"

#include "models/transfer/transferqueue.h"
#include "ui/files/conflictrow.h"
#include "ui/files/transferdelegate.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using Queue = transfer::TransferQueue;
using transfer::State;
using transfer::stateOf;

[[nodiscard]] bool isOver(State state)
{
    return state == State::Done || state == State::Skipped || state == State::Cancelled;
}

[[nodiscard]] bool mayBeTriedAgain(State state)
{
    return state == State::Failed || state == State::Cancelled || state == State::Skipped || state == State::Retrying;
}

} // namespace

QueuePanel::QueuePanel(Queue *queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_view(new QTreeView)
    , m_title(new ElidedLabel)
    , m_pause(new IconButton(u"pause", tr("Pause")))
    , m_cancel(new IconButton(u"stop", tr("Cancel")))
    , m_retry(new IconButton(u"redo", tr("Try Again")))
    , m_up(new IconButton(u"arrow-up", tr("Earlier")))
    , m_down(new IconButton(u"arrow-down", tr("Later")))
    , m_top(new IconButton(u"chevron-up", tr("First of All")))
    , m_tidy(new IconButton(u"trash", tr("Remove Finished")))
{
    m_title->setFont(bold(font()));
    m_title->setRole(Role::SecondaryText);
    m_view->setModel(queue);
    m_view->setItemDelegate(new TransferDelegate(m_view));
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setIndentation(0);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setAccessibleName(tr("Transfers"));

    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(2);
    row->addWidget(m_title, 1);
    for (IconButton *button : {m_pause, m_cancel, m_retry, m_top, m_up, m_down, m_tidy})
        row->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(new Hairline);
    column->addWidget(m_view, 1);

    const auto does = [this](IconButton *button, void (Queue::*function)(quint64)) {
        connect(button, &QAbstractButton::clicked, this, [this, function] { forSelected(function); });
    };
    connect(m_pause, &QAbstractButton::clicked, this, &QueuePanel::pauseOrResume);
    does(m_cancel, &Queue::cancel);
    does(m_retry, &Queue::retry);
    does(m_up, &Queue::moveUp);
    does(m_down, &Queue::moveDown);
    does(m_top, &Queue::moveToTop);
    connect(m_tidy, &QAbstractButton::clicked, queue, &Queue::removeFinished);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueuePanel::update);
    connect(queue, &Queue::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        showQuestions(first, last);
        if (first == 0 || !m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_queue->index(first));
        update();
    });
    connect(queue, &Queue::rowsRemoved, this, &QueuePanel::update);
    connect(queue, &Queue::modelReset, this, &QueuePanel::update);
    connect(queue, &Queue::busyChanged, this, &QueuePanel::update);
    connect(queue, &Queue::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        showQuestions(first.row(), last.row());
        if (!m_later.isActive())
            m_later.start();
    });
    m_later.setSingleShot(true);
    m_later.setInterval(100);
    connect(&m_later, &QTimer::timeout, this, &QueuePanel::update);
    showQuestions(0, queue->rowCount() - 1);
    update();
}

QList<quint64> QueuePanel::selected() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QList<quint64> ids;
    for (const QModelIndex &index : std::as_const(rows))
        ids += index.data(Queue::IdRole).toULongLong();
    return ids;
}

// Moved down or to the top one after the other they would change places.
void QueuePanel::forSelected(void (Queue::*does)(quint64))
{
    QList<quint64> ids = selected();
    if (does == &Queue::moveDown || does == &Queue::moveToTop)
        std::ranges::reverse(ids);
    for (const quint64 id : std::as_const(ids))
        (m_queue->*does)(id);
    update();
}

void QueuePanel::pauseOrResume()
{
    const QList<quint64> ids = selected();
    const bool resumes = std::ranges::all_of(ids, [this](quint64 id) { return stateOf(m_queue->indexOf(id)) == State::Paused; });
    for (const quint64 id : ids)
        resumes ? m_queue->resume(id) : m_queue->pause(id);
    update();
}

void QueuePanel::showQuestions(int first, int last)
{
    for (int row = first; row <= last; ++row)
        showQuestion(m_queue->index(row));
}

void QueuePanel::showQuestion(const QModelIndex &index)
{
    const bool asks = stateOf(index) == State::Asking;
    if (asks == (m_view->indexWidget(index) != nullptr))
        return;
    const quint64 id = index.data(Queue::IdRole).toULongLong();
    const auto conflict = asks ? m_queue->conflict(id) : std::nullopt;
    if (!conflict)
        return m_view->setIndexWidget(index, nullptr);
    auto *question = new ConflictRow(*conflict);
    connect(question, &ConflictRow::answered, m_queue, [this, id](transfer::Answer answer, bool forAll) {
        m_queue->answer(id, answer, forAll);
    });
    m_view->setIndexWidget(index, question);
    m_view->scrollTo(index);
}

void QueuePanel::update()
{
    int open = 0;
    int over = 0;
    for (int row = 0; row < m_queue->rowCount(); ++row)
        ++(isOver(stateOf(m_queue->index(row))) ? over : open);
    const bool empty = m_queue->rowCount() == 0;
    m_view->setVisible(!empty);
    setMaximumHeight(empty ? m_pause->sizeHint().height() + 9 : QWIDGETSIZE_MAX);
    m_title->setText(empty      ? tr("Transfers · none yet; drop or paste files on a side to copy them")
                     : open > 0 ? tr("Transfers · %n to do", nullptr, open)
                                : tr("Transfers"));
    m_tidy->setEnabled(over > 0);

    QList<State> states;
    for (const quint64 id : selected())
        states += stateOf(m_queue->indexOf(id));
    const auto any = [&](auto &&is) { return std::ranges::any_of(states, is); };
    const bool resumes = !states.isEmpty() && std::ranges::all_of(states, [](State state) { return state == State::Paused; });
    m_pause->set(resumes ? u"play" : u"pause", resumes ? tr("Resume") : tr("Pause"));
    m_pause->setEnabled(any([](State state) { return !isOver(state) && state != State::Failed; }));
    m_cancel->setEnabled(any([](State state) { return !isOver(state); }));
    m_retry->setEnabled(any(mayBeTriedAgain));
    for (IconButton *button : {m_up, m_down, m_top})
        button->setEnabled(any([](State state) { return !isOver(state); }));
}

} // namespace handover::ui
