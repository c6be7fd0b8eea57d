// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QTreeView>
#include <QWidget>

namespace handover::transfer {
class TransferQueue;
}

namespace handover::ui {

class ElidedLabel;
class IconButton;

/// The transfers, a row each; what is done about those that are selected stands above them.
class QueuePanel final : public QWidget
{
    Q_OBJECT

public:
    explicit QueuePanel(transfer::TransferQueue *queue, QWidget *parent = nullptr);

    [[nodiscard]] QTreeView *view() const { return m_view; }

private:
    [[nodiscard]] QList<quint64> selected() const;
    void forSelected(void (transfer::TransferQueue::*does)(quint64));
    void pauseOrResume();
    void showQuestions(int first, int last);
    void showQuestion(const QModelIndex &index);
    void update();

    transfer::TransferQueue *m_queue;
    QTimer m_later; ///< progress comes many times a second
    QTreeView *m_view;
    ElidedLabel *m_title;
    IconButton *m_pause;
    IconButton *m_cancel;
    IconButton *m_retry;
    IconButton *m_up;
    IconButton *m_down;
    IconButton *m_top;
    IconButton *m_tidy;
};

} // namespace handover::ui
