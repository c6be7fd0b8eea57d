// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/fileplace.h"

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QLineEdit;
class QStackedWidget;

namespace handover::ui {

/// Where one is: a button for each directory on the way, the last ones that fit; a click beside them, or their edit
/// button, makes it a line to type into.
class PathBar final : public QWidget
{
    Q_OBJECT

public:
    explicit PathBar(const QString &name, QWidget *parent = nullptr);

    void setPath(const transfer::Path &path);
    void edit();
    [[nodiscard]] QLineEdit *line() const { return m_line; }
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosen(const handover::transfer::Path &path);
    void refused(const handover::Error &error); ///< what was typed is no path

protected:
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void typed();

    std::optional<transfer::Path> m_path;
    QList<QAbstractButton *> m_crumbs;
    QWidget *m_way;
    QHBoxLayout *m_row;
    QLineEdit *m_line;
    QStackedWidget *m_stack;
};

} // namespace handover::ui
