// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>
#include <QLabel>

namespace handover::ui {

/// One line of text in a role's colour that is cut with "…" where it doesn't fit; then the tool tip
/// has all of it.
class ElidedLabel final : public QFrame
{
    Q_OBJECT

public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    void setElideMode(Qt::TextElideMode mode);
    void setRole(Role role);
    void setAlignment(Qt::Alignment alignment);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateToolTip();

    QString m_text;
    Qt::TextElideMode m_mode = Qt::ElideRight;
    Qt::Alignment m_alignment = Qt::AlignLeft | Qt::AlignVCenter;
    Role m_role = Role::Text;
};

/// A QLabel in a role's colour that follows the theme.
class RoleLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit RoleLabel(const QString &text = {}, Role role = Role::SecondaryText, QWidget *parent = nullptr);
    void setRole(Role role);

private:
    void apply();

    Role m_role;
};

/// A line of one device-independent pixel.
class Hairline final : public QWidget
{
    Q_OBJECT

public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A small bold title over a part of a page, with room for a widget at its right end.
class SectionHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit SectionHeader(const QString &title, QWidget *right = nullptr, QWidget *parent = nullptr);
    void setTitle(const QString &title);
    void setRight(QWidget *widget); ///< takes ownership; replaces (and deletes) what was there

private:
    ElidedLabel *m_title;
    QWidget *m_right = nullptr;
};

/// A rounded piece of Surface with a hairline around it. Put a layout into it.
class Card final : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);
    void setSelected(bool selected);   ///< soft accent with an accent edge
    void setClickable(bool clickable); ///< then clicks, Space and Enter emit clicked()

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool m_selected = false;
    bool m_clickable = false;
};

} // namespace handover::ui
