// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyleOption>

class QPainter;

namespace handover::ui::parts {

// The drawings of Style, one for each thing; they take the colours of the theme and the geometry
// that Style gives.

void pushButton(QPainter *painter, const QStyleOptionButton &option);
void toolButton(QPainter *painter, const QStyleOption &option);
void lineEdit(QPainter *painter, const QStyleOption &option);
void checkBox(QPainter *painter, const QStyleOption &option);
void radioButton(QPainter *painter, const QStyleOption &option);
void itemRow(QPainter *painter, const QStyleOptionViewItem &option);
void branch(QPainter *painter, const QStyleOption &option);
void chevron(QPainter *painter, const QRect &rect, Qt::ArrowType direction, bool enabled);

void tabShape(QPainter *painter, const QStyleOptionTab &option);
void headerSection(QPainter *painter, const QStyleOptionHeader &option);
void menuBarItem(QPainter *painter, const QStyleOptionMenuItem &option);
void menuItem(QPainter *painter, const QStyleOptionMenuItem &option, int iconExtent);
void progressBar(QPainter *painter, const QStyleOptionProgressBar &option, qreal phase);
void scrollThumb(QPainter *painter, const QStyleOptionSlider &option, const QRect &thumb);
void comboBox(QPainter *painter, const QStyleOptionComboBox &option, const QRect &arrow);
void spinBox(QPainter *painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down);

inline constexpr int MenuPadding = 10;
[[nodiscard]] bool keyboardFocus(const QStyleOption &option); ///< has the focus, and got it from the keyboard

} // namespace handover::ui::parts
