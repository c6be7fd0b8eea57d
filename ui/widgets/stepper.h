// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QTimer>
#include <QWidget>

namespace handover::ui {

/// The way of a release in one row: steps with their state, joined by hairlines. Click or arrow
/// keys and Space go to a step. Too narrow, it drops the titles of all but the current one.
class Stepper final : public QWidget
{
    Q_OBJECT

public:
    enum class State { Todo, Running, Done, Attention, Failed, Stale };
    Q_ENUM(State)

    struct Step
    {
        QString id;
        QString title;
        State state = State::Todo;
        int count = 0;   ///< of problems, for Attention and Failed
        QString toolTip; ///< why it is in that state, in words
        friend bool operator==(const Step &, const Step &) = default;
    };

    explicit Stepper(QWidget *parent = nullptr);

    void setSteps(const QList<Step> &steps);
    [[nodiscard]] const QList<Step> &steps() const { return m_steps; }
    void setState(const QString &id, State state, int count = 0, const QString &toolTip = {});
    void setCurrent(const QString &id); ///< the page that is shown
    [[nodiscard]] QString current() const { return m_current; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void stepActivated(const QString &id);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QList<QRect> boxes() const;
    [[nodiscard]] int boxWidth(const Step &step, bool titled) const;
    [[nodiscard]] int stepAt(const QPoint &position) const;
    [[nodiscard]] int indexOf(const QString &id) const;
    void describe();

    QList<Step> m_steps;
    QString m_current;
    int m_focused = 0;
    int m_hovered = -1;
    qreal m_turn = 0;
    QTimer m_timer;
};

} // namespace handover::ui
