// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/textsearch.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QsciScintilla;

namespace handover::ui {

class ElidedLabel;
class SearchField;

/// Find and replace in a text: all hits are marked, Enter and Shift+Enter (or F3) go to the next and
/// the previous one, Esc goes back to the text. Case counts when it is asked for, and when a capital
/// letter is typed.
class FindBar final : public QWidget
{
    Q_OBJECT

public:
    FindBar(QsciScintilla *view, QWidget *parent);

    void open(); ///< with the selected word, if there is one
    void openReplace();
    void close();
    bool findNext(bool backward = false); ///< false: no hit
    void replace();    ///< the selected hit, and on to the next one
    void replaceAll(); ///< in one undo step
    void applyTheme();
    [[nodiscard]] int hits() const { return int(m_result.hits.size()); }

signals:
    void editsRequested(const QList<handover::TextEdit> &edits);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layOut();
    void search();
    void searchFromSelection();
    void showCount();
    void select(const TextRange &range);
    [[nodiscard]] TextRange selection() const;
    [[nodiscard]] SearchQuery query() const;

    QsciScintilla *m_view;
    SearchField *m_field;
    ElidedLabel *m_count;
    QCheckBox *m_case;
    QCheckBox *m_regex;
    QWidget *m_replaceRow;
    QLineEdit *m_replacement;
    QPushButton *m_replace;
    QPushButton *m_replaceAll;
    SearchResult m_result;
};

} // namespace handover::ui
