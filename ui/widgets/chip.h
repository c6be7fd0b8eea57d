// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QPainter;

namespace handover::ui {

/// How large a chip with this text is.
[[nodiscard]] QSize chipSize(const QString &text);
/// Paints a chip with its left edge, centred in height, into `rect`, elided if it doesn't fit;
/// gives where it is. For item delegates.
QRect paintChip(QPainter *painter, const QRect &rect, const QString &text, Tone tone, bool enabled = true);
/// Several in a row from the left, as many as fit; the rest becomes "+n". Gives the width used.
int paintChips(QPainter *painter, const QRect &rect, const QList<QPair<QString, Tone>> &chips,
               bool enabled = true);

/// A state in one or two words on a soft background. Takes no room and paints nothing while empty.
class Chip final : public QWidget
{
    Q_OBJECT

public:
    explicit Chip(QWidget *parent = nullptr);
    Chip(const QString &text, Tone tone, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] Tone tone() const { return m_tone; }
    void set(const QString &text, Tone tone);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_text;
    Tone m_tone = Tone::Neutral;
};

} // namespace handover::ui
