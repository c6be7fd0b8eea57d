// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/widgets/labels.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace handover::ui {
namespace {

/// The icon on a soft disc.
class Sign final : public QWidget
{
public:
    using QWidget::QWidget;
    void setIcon(QStringView id)
    {
        m_icon = id.toString();
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRectF area = rect();
        paintBox(&painter, area, color(Role::AccentSoft), {}, area.width() / 2);
        const qreal gap = area.width() * 0.27;
        paintIcon(&painter, area.adjusted(gap, gap, -gap, -gap), m_icon, color(Role::Accent));
    }

private:
    QString m_icon;
};

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : EmptyState({}, {}, {}, {}, parent)
{
}

EmptyState::EmptyState(QStringView iconId, const QString &title, const QString &sentence,
                       const QString &action, QWidget *parent)
    : QWidget(parent)
    , m_sign(new Sign(this))
    , m_title(new QLabel(this))
    , m_sentence(new RoleLabel({}, Role::SecondaryText, this))
    , m_button(new QPushButton(this))
{
    const Theme &theme = Theme::instance();
    const int unit = QFontMetrics(theme.baseFont()).height();
    m_sign->setFixedSize(unit * 3, unit * 3);
    QFont large = bold(theme.baseFont());
    large.setPointSizeF(large.pointSizeF() * 1.2);
    m_title->setFont(large);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    m_sentence->setMaximumWidth(unit * 26);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(6);
    column->addStretch(2);
    column->addWidget(m_sign, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    column->addWidget(m_title);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_sentence, 100);
    middle->addStretch(1);
    column->addLayout(middle);
    column->addSpacing(6);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::actionTriggered);
    set(iconId, title, sentence, action);
}

void EmptyState::set(QStringView iconId, const QString &title, const QString &sentence, const QString &action)
{
    static_cast<Sign *>(m_sign)->setIcon(iconId);
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

} // namespace handover::ui
