// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QsciScintilla;

namespace handover::ui {

class ElidedLabel;
class SearchField;

/// Find in a text: all hits are marked, Enter and Shift+Enter (or F3) go to the next and the
/// previous one, Esc goes back to the text. Case only counts when a capital letter is typed.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    FindBar(QsciScintilla *view, QWidget *parent);

    void open(); ///< with the selected word, if there is one
    void close();
    bool findNext(bool backward = false); ///< false: no hit
    void applyTheme();
    [[nodiscard]] int hits() const { return m_hits; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void markAll();
    [[nodiscard]] QByteArray needle() const;
    /// The first hit that begins in the range, or -1; from > to searches backward.
    [[nodiscard]] int search(const QByteArray &text, int from, int to) const;

    QsciScintilla *m_view;
    SearchField *m_field;
    ElidedLabel *m_count;
    int m_hits = 0;
};

} // namespace handover::ui
