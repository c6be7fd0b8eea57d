// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QPointer>

#include <functional>

class QAbstractItemModel;
class QListView;
class QModelIndex;

namespace handover::ui {

class SearchField;

/// The From or To box: caption, version, chip; a click, Space or Down opens a list with a filter.
class VersionPicker final : public QAbstractButton
{
    Q_OBJECT

public:
    /// Where the list finds its texts; -1: not there.
    struct Roles
    {
        int name = Qt::DisplayRole;
        int detail = -1; ///< QString, small at the right, e.g. the date
        int badges = -1; ///< QStringList, shown as neutral chips
    };

    explicit VersionPicker(const QString &caption, QWidget *parent = nullptr);

    /// `filter`, where the model can do that better itself: shows only what has the words.
    void setModel(QAbstractItemModel *model, const Roles &roles,
                  std::function<void(const QString &words)> filter = {});
    void setVersion(const QString &version); ///< empty shows "choose…"
    [[nodiscard]] QString version() const { return m_version; }
    void setChip(const QString &text, Tone tone = Tone::Neutral); ///< empty: none
    void openList();
    void closeList();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosen(const QModelIndex &index); ///< of the model that was set

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildList();
    void choose(const QModelIndex &proxyIndex);
    void moveInList(int key);
    void describe();

    QString m_caption;
    QString m_version;
    QString m_chip;
    Tone m_tone = Tone::Neutral;
    Roles m_roles;
    QAbstractItemModel *m_shown = nullptr; ///< the model, as filtered
    std::function<void(const QString &)> m_filter;
    QPointer<QWidget> m_popup;
    SearchField *m_search = nullptr;
    QListView *m_list = nullptr;
};

} // namespace handover::ui
