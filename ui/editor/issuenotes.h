// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/issue.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QWidget;
class QsciScintilla;

namespace handover::ui {

class IssueNote;

/// The notes under lines. Scintilla only keeps the room free (an empty annotation) and the place
/// up to date (a marker); the notes themselves are widgets, so that their fixes can be clicked,
/// focused and read aloud.
class IssueNotes final : public QObject
{
    Q_OBJECT

public:
    explicit IssueNotes(QsciScintilla *view);

    /// One issue and the line it is about (from 0).
    struct Placed
    {
        int issue = 0;
        int line = 0;
    };
    void show(const QList<Issue> &issues, const QList<Placed> &places);
    void clear();
    void arrange(); ///< after anything moved

signals:
    void fixRequested(int issue);
    void left(bool forward); ///< by the Tab key

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Entry
    {
        QPointer<IssueNote> note;
        int handle = -1; ///< of the marker in the note's line
    };

    void remove(const Entry &entry);
    void reserve(); ///< gives every note the room that it needs at the present width
    [[nodiscard]] int textLeft() const;

    QsciScintilla *m_view;
    QWidget *m_area; ///< the view's viewport; asked for while the view goes, it would be half gone
    QList<Entry> m_entries;
    QTimer m_later;
};

} // namespace handover::ui
