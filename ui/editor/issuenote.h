// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"

#include <QList>
#include <QWidget>

class QLabel;

namespace handover::ui {

class LinkButton;

/// The issues of one line of the text: sign, words, and the fix to click.
class IssueNote final : public QWidget
{
    Q_OBJECT

public:
    explicit IssueNote(QWidget *parent);

    void add(const Issue &issue, int index);
    /// Whether it says just these, whatever their places; then they get those numbers and places.
    [[nodiscard]] bool becomes(const QList<Issue> &issues, const QList<int> &indices);
    [[nodiscard]] QSize sizeFor(int width) const; ///< at most that wide
    void applyTheme();

signals:
    void fixRequested(int issue);
    void left(bool forward); ///< by the Tab key from a fix, which the text would keep

protected:
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Row
    {
        Severity severity;
        QLabel *words;
        LinkButton *fix; ///< null if there is none
        int issue;
    };
    void name(const Row &row, const Issue &issue);

    /// Places the rows at that width (or only measures); gives the size that it takes.
    QSize layOut(int width, bool place) const;

    QList<Row> m_rows;
};

} // namespace handover::ui
