// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/issuenotes.h"

#include "ui/editor/indicators.h"
#include "ui/editor/issuenote.h"

#include <Qsci/qsciscintilla.h>

#include <QEvent>
#include <QMap>
#include <QScrollBar>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;
constexpr int MaximumNotes = 200;
constexpr int Margin = 4;

} // namespace

IssueNotes::IssueNotes(QsciScintilla *view)
    : QObject(view)
    , m_view(view)
    , m_area(view->viewport())
{
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &IssueNotes::arrange);
    // Folding, typing and zooming all end in a paint; notes must not be moved inside of it.
    connect(m_view, &QsciScintillaBase::SCN_PAINTED, this, [this] {
        if (!m_entries.isEmpty())
            m_later.start();
    });
    connect(m_view->verticalScrollBar(), &QScrollBar::valueChanged, this, &IssueNotes::arrange);
    connect(m_view, &QsciScintillaBase::SCN_ZOOM, this, &IssueNotes::reserve);
    m_area->installEventFilter(this);
    m_view->SendScintilla(Sci::SCI_ANNOTATIONSETVISIBLE, Sci::ANNOTATION_STANDARD);
    m_view->SendScintilla(Sci::SCI_MARKERDEFINE, NoteMarker, long(Sci::SC_MARK_EMPTY));
}

void IssueNotes::remove(const Entry &entry)
{
    const auto handle = static_cast<unsigned long>(entry.handle);
    if (const long line = m_view->SendScintilla(Sci::SCI_MARKERLINEFROMHANDLE, handle); line >= 0)
        m_view->SendScintilla(Sci::SCI_ANNOTATIONSETTEXT, static_cast<unsigned long>(line), static_cast<const char *>(nullptr));
    m_view->SendScintilla(Sci::SCI_MARKERDELETEHANDLE, handle);
    if (entry.note) {
        // Often called by a click on the note's own fix.
        entry.note->hide();
        entry.note->deleteLater();
    }
}

void IssueNotes::clear()
{
    for (const Entry &entry : std::as_const(m_entries))
        remove(entry);
    m_entries.clear();
    m_view->SendScintilla(Sci::SCI_ANNOTATIONCLEARALL);
}

void IssueNotes::show(const QList<Issue> &issues, const QList<Placed> &places)
{
    QMap<int, QList<int>> byLine;
    for (const Placed &placed : places)
        byLine[placed.line].append(placed.issue);
    // What says the same in the same line stays, with the pointer or the focus that may be in it.
    m_entries.removeIf([&](const Entry &entry) {
        const long line =
            m_view->SendScintilla(Sci::SCI_MARKERLINEFROMHANDLE, static_cast<unsigned long>(entry.handle));
        const auto same = line < 0 ? byLine.end() : byLine.find(int(line));
        if (entry.note && same != byLine.end() && entry.note->becomes(issues, *same)) {
            byLine.erase(same);
            return false;
        }
        remove(entry);
        return true;
    });
    for (auto line = byLine.cbegin(); line != byLine.cend() && m_entries.size() < MaximumNotes; ++line) {
        auto *note = new IssueNote(m_view->viewport());
        connect(note, &IssueNote::fixRequested, this, &IssueNotes::fixRequested);
        connect(note, &IssueNote::left, this, &IssueNotes::left);
        m_entries.append({note, int(m_view->SendScintilla(Sci::SCI_MARKERADD, static_cast<unsigned long>(line.key()),
                                                          long(NoteMarker)))});
        for (const int issue : line.value())
            note->add(issues.at(issue), issue);
    }
    reserve();
}

int IssueNotes::textLeft() const
{
    long left = m_view->SendScintilla(Sci::SCI_GETMARGINLEFT);
    for (unsigned long margin = 0; margin <= FoldMargin; ++margin)
        left += m_view->SendScintilla(Sci::SCI_GETMARGINWIDTHN, margin);
    return int(left);
}

void IssueNotes::reserve()
{
    const int lineHeight = qMax(1, int(m_view->SendScintilla(Sci::SCI_TEXTHEIGHT, 0UL)));
    const int width = m_view->viewport()->width() - textLeft() - 12;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!entry.note)
            continue;
        const long line =
            m_view->SendScintilla(Sci::SCI_MARKERLINEFROMHANDLE, static_cast<unsigned long>(entry.handle));
        const int needed = entry.note->sizeFor(qMax(120, width)).height() + Margin;
        const int lines = (needed + lineHeight - 1) / lineHeight;
        const QByteArray blank = QByteArray(" ") + QByteArray("\n ").repeated(lines - 1);
        if (line >= 0 &&
            m_view->SendScintilla(Sci::SCI_ANNOTATIONGETLINES, static_cast<unsigned long>(line)) != lines)
            m_view->SendScintilla(Sci::SCI_ANNOTATIONSETTEXT, static_cast<unsigned long>(line),
                                  blank.constData());
    }
    arrange();
}

void IssueNotes::arrange()
{
    const int lineHeight = int(m_view->SendScintilla(Sci::SCI_TEXTHEIGHT, 0UL));
    const int left = textLeft();
    const QWidget *area = m_view->viewport();
    for (const Entry &entry : std::as_const(m_entries)) {
        if (!entry.note)
            continue;
        const long line =
            m_view->SendScintilla(Sci::SCI_MARKERLINEFROMHANDLE, static_cast<unsigned long>(entry.handle));
        const bool visible =
            line >= 0 && m_view->SendScintilla(Sci::SCI_GETLINEVISIBLE, static_cast<unsigned long>(line));
        if (!visible) {
            entry.note->hide();
            continue;
        }
        const long start = m_view->SendScintilla(Sci::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line));
        const int y = int(m_view->SendScintilla(Sci::SCI_POINTYFROMPOSITION, 0UL, start)) + lineHeight;
        const int room = lineHeight * int(m_view->SendScintilla(Sci::SCI_ANNOTATIONGETLINES,
                                                                static_cast<unsigned long>(line)));
        const QSize size = entry.note->sizeFor(qMax(120, area->width() - left - 12));
        const int shift = qBound(0, (room - size.height()) / 2, Margin + 2);
        entry.note->setGeometry(left, y + shift, size.width(), size.height());
        entry.note->setVisible(y + room > 0 && y < area->height());
    }
}

bool IssueNotes::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area && event->type() == QEvent::Resize)
        QTimer::singleShot(0, this, &IssueNotes::reserve);
    return QObject::eventFilter(watched, event);
}

} // namespace handover::ui
