// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/helpcard.h"

#include "ui/editor/overlay.h"
#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace handover::ui {
namespace {

constexpr int CardWidth = 460;

QLabel *addLabel(QVBoxLayout *column)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    column->addWidget(label);
    return label;
}

} // namespace

HelpCard::HelpCard(QWidget *parent)
    : QFrame(parent)
    , m_link(new LinkButton(tr("OTP Documentation"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(6);
    m_name = addLabel(column);
    m_forms = addLabel(column);
    m_does = addLabel(column);
    m_use = addLabel(column);
    m_costs = addLabel(column);
    column->addWidget(m_link, 0, Qt::AlignLeft);
    connect(m_link, &LinkButton::clicked, this, [this] { emit linkActivated(m_address); });
    connect(&Theme::instance(), &Theme::changed, this, &HelpCard::applyTheme);
    applyTheme();
    hide();
}

void HelpCard::applyTheme()
{
    m_name->setFont(bold(codeFont()));
    m_forms->setFont(codeFont());
    const auto paint = [](QLabel *label, Role role) {
        QPalette changed;
        changed.setColor(QPalette::WindowText, color(role));
        label->setPalette(changed);
    };
    paint(m_name, Role::CodeWord);
    paint(m_forms, Role::Code);
    paint(m_does, Role::Text);
    paint(m_use, Role::Text);
    paint(m_costs, Role::WarningText);
}

void HelpCard::showAt(const QRect &line, const appup::InstructionHelp &help, bool focus)
{
    m_address = help.address;
    m_name->setText(QString::fromLatin1(help.name));
    m_forms->setText(QString::fromLatin1(help.forms.join('\n')));
    m_forms->setVisible(help.forms.size() > 1 || (help.forms.size() == 1 && help.forms.first() != help.name));
    m_does->setText(help.does);
    m_use->setText(tr("When: %1").arg(help.use));
    m_costs->setText(tr("Costs: %1").arg(help.costs));
    m_costs->setVisible(!help.costs.isEmpty());
    m_link->setToolTip(help.address);
    m_link->setAccessibleName(tr("OTP documentation on %1").arg(m_name->text()));
    setAccessibleName(words());
    placeOverlay(this, line, {CardWidth, layout()->heightForWidth(CardWidth)});
    announce(this, words());
    if (focus)
        m_link->setFocus(Qt::ShortcutFocusReason);
}

QString HelpCard::words() const
{
    QStringList all;
    for (const QLabel *label : {m_name, m_forms, m_does, m_use, m_costs}) {
        if (!label->isHidden())
            all += label->text();
    }
    return all.join(u'\n');
}

void HelpCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(&painter, rect(), color(Role::Surface), color(Role::Border));
}

void HelpCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QFrame::keyPressEvent(event);
}

} // namespace handover::ui
