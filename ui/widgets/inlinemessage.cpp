// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/inlinemessage.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/widgets/buttons.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace handover::ui {
namespace {

constexpr int MaximumActions = 3;

QStringView iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return u"check";
    case Tone::Warning:
        return u"warning";
    case Tone::Bad:
        return u"error";
    case Tone::Neutral:
    case Tone::Accent:
        break;
    }
    return u"info";
}

QString wordOf(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return InlineMessage::tr("Done");
    case Tone::Warning:
        return InlineMessage::tr("Warning");
    case Tone::Bad:
        return InlineMessage::tr("Error");
    case Tone::Neutral:
    case Tone::Accent:
        break;
    }
    return InlineMessage::tr("Note");
}

void announce(QObject *object, const QString &text, bool urgent)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(object, text);
    event.setPoliteness(urgent ? QAccessible::AnnouncementPoliteness::Assertive
                               : QAccessible::AnnouncementPoliteness::Polite);
#else
    Q_UNUSED(text);
    Q_UNUSED(urgent);
    QAccessibleEvent event(object, QAccessible::Alert);
#endif
    QAccessible::updateAccessibility(&event);
}

} // namespace

InlineMessage::InlineMessage(QWidget *parent)
    : QFrame(parent)
    , m_sign(new QWidget(this))
    , m_label(new QLabel(this))
    , m_toggle(new LinkButton(tr("Details"), this))
    , m_copy(new LinkButton(tr("Copy"), this))
    , m_close(new IconButton(u"close", tr("Close Message"), this))
    , m_details(new QPlainTextEdit(this))
    , m_body(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_sign->setFixedSize(QFontMetrics(Theme::instance().baseFont()).height() + 2,
                         m_close->sizeHint().height());
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_copy->setAccessibleName(tr("Copy Details"));
    m_details->setReadOnly(true);
    m_details->setFont(codeFont());
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setAccessibleName(tr("Details of the message"));
    m_details->setTabChangesFocus(true);
    m_details->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_details->viewport()->setAutoFillBackground(false);

    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_sign, 0, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (int i = 0; i < MaximumActions; ++i) {
        auto *action = new LinkButton({}, this);
        action->hide();
        m_actions.append(action);
        buttons->addWidget(action);
    }
    buttons->addWidget(m_toggle);
    buttons->addWidget(m_copy);
    m_body->setSpacing(4);
    m_body->addWidget(m_label, 1);
    m_body->addLayout(buttons);
    m_body->setAlignment(buttons, Qt::AlignLeft | Qt::AlignVCenter);
    row->addLayout(m_body, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 4, 6, 4);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(m_details);

    connect(m_toggle, &LinkButton::clicked, this, [this] { setDetailsShown(m_details->isHidden()); });
    connect(m_copy, &LinkButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_label->text() + u"\n\n" + m_details->toPlainText());
    });
    connect(m_close, &IconButton::clicked, this, [this] {
        dismiss();
        emit closed();
    });
    connect(&Theme::instance(), &Theme::changed, this, &InlineMessage::applyTone);
    hide();
}

void InlineMessage::resizeEvent(QResizeEvent *event)
{
    // In a narrow place the actions stand below the words instead of squeezing them.
    const bool narrow = width() < fontMetrics().averageCharWidth() * 60;
    m_body->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QFrame::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

// It is never higher than this, so this must have room for all words at the width that it got.
QSize InlineMessage::sizeHint() const
{
    const QSize hint = QFrame::sizeHint();
    return {hint.width(), qMax(hint.height(), isVisible() ? heightForWidth(width()) : 0)};
}

void InlineMessage::showMessage(Tone tone, const QString &text, const QString &details)
{
    for (LinkButton *action : std::as_const(m_actions)) {
        action->disconnect(SIGNAL(clicked(bool)));
        action->hide();
        action->setText({});
    }
    m_tone = tone;
    m_label->setText(text);
    m_details->setPlainText(details);
    m_toggle->setVisible(!details.isEmpty());
    setDetailsShown(false);
    setAccessibleName(tr("%1: %2", "kind of message, message").arg(wordOf(tone), text));
    applyTone();
    show();
    announce(this, accessibleName(), tone == Tone::Bad);
}

void InlineMessage::showError(const Error &error)
{
    if (error.isCancelled())
        dismiss();
    else
        showMessage(error.kind == ErrorKind::Answer ? Tone::Warning : Tone::Bad, error.words(), error.detail);
}

void InlineMessage::addAction(const QString &text, QObject *context, std::function<void()> run)
{
    for (LinkButton *action : std::as_const(m_actions)) {
        if (!action->text().isEmpty())
            continue;
        action->setText(text);
        action->show();
        connect(action, &LinkButton::clicked, context, std::move(run));
        return;
    }
}

void InlineMessage::setClosable(bool closable) { m_close->setVisible(closable); }

void InlineMessage::dismiss()
{
    hide();
    m_label->clear();
    m_details->clear();
}

QString InlineMessage::text() const { return m_label->text(); }

QString InlineMessage::details() const { return m_details->toPlainText(); }

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBox(&painter, rect(), color(softRole(m_tone)));
    QRect place = m_sign->geometry();
    place.setWidth(16);
    paintIcon(&painter, QStyle::alignedRect(layoutDirection(), Qt::AlignCenter, QSize(16, 16), place),
              iconOf(m_tone), color(textRole(m_tone)));
}

void InlineMessage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_close->isHidden())
        m_close->click();
    else
        QFrame::keyPressEvent(event);
}

void InlineMessage::applyTone()
{
    QPalette changed;
    changed.setColor(
        QPalette::WindowText,
        color(m_tone == Tone::Neutral || m_tone == Tone::Accent ? Role::Text : textRole(m_tone)));
    m_label->setPalette(changed);
    QPalette raw;
    raw.setColor(QPalette::Base, Qt::transparent);
    raw.setColor(QPalette::Text, color(Role::Text));
    m_details->setPalette(raw);
    update();
}

void InlineMessage::setDetailsShown(bool shown)
{
    m_details->setVisible(shown);
    m_copy->setVisible(shown);
    m_toggle->setText(shown ? tr("Hide Details") : tr("Details"));
    if (shown) {
        const int lines = qBound(2, m_details->document()->blockCount(), 12);
        m_details->setFixedHeight(QFontMetrics(codeFont()).lineSpacing() * (lines + 1) + 8);
    }
}

} // namespace handover::ui
