// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"
#include "ui/theme/theme.h"

#include <QFrame>

#include <functional>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;

namespace handover::ui {

class IconButton;
class LinkButton;

/// A message in the layout, next to what it is about; hidden until there is one. Has an icon and a
/// word for its tone, raw details that fold out and can be copied, up to three actions and a close
/// button. Never takes the focus; screen readers hear it.
class InlineMessage final : public QFrame
{
    Q_OBJECT

public:
    explicit InlineMessage(QWidget *parent = nullptr);

    /// Replaces what was there, without actions.
    void showMessage(Tone tone, const QString &text, const QString &details = {});
    /// Message, hint and detail of an error; a cancellation only hides what was there.
    void showError(const Error &error);
    /// At most three; another one is ignored. Belongs to the message that is shown.
    void addAction(const QString &text, QObject *context, std::function<void()> run);
    void setClosable(bool closable);
    void dismiss(); ///< hides it without a signal

    [[nodiscard]] Tone tone() const { return m_tone; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString details() const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void closed(); ///< by the user

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyTone();
    void setDetailsShown(bool shown);

    Tone m_tone = Tone::Neutral;
    QWidget *m_sign;
    QLabel *m_label;
    LinkButton *m_toggle;
    LinkButton *m_copy;
    QList<LinkButton *> m_actions;
    IconButton *m_close;
    QPlainTextEdit *m_details;
    QBoxLayout *m_body;
};

} // namespace handover::ui
