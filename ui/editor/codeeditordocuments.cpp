// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codeeditor.h"

#include "ui/editor/scintillanumber.h"

#include <Qsci/qscidocument.h>
#include <Qsci/qsciscintilla.h>

namespace handover::ui {
namespace {

using Sci = QsciScintillaBase;

bool isInsideCharacter(QByteArrayView text, qsizetype offset)
{
    return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
}

} // namespace

/// A text that was open: Scintilla's document with its undo history, and where one was in it.
struct CodeEditor::Kept
{
    QsciDocument document;
    qsizetype caret = 0;
    long firstLine = 0;
};

TextEdit CodeEditor::difference(QByteArrayView before, QByteArrayView after)
{
    const qsizetype shorter = qMin(before.size(), after.size());
    qsizetype same = 0;
    while (same < shorter && before[same] == after[same])
        ++same;
    while (same > 0 && (isInsideCharacter(before, same) || isInsideCharacter(after, same)))
        --same;
    qsizetype behind = 0;
    while (behind < shorter - same && before[before.size() - 1 - behind] == after[after.size() - 1 - behind])
        ++behind;
    while (behind > 0 && isInsideCharacter(before, before.size() - behind))
        --behind;
    return {{same, before.size() - behind}, after.sliced(same, after.size() - behind - same).toByteArray()};
}

void CodeEditor::replaceText(const QByteArray &utf8)
{
    if (view() != utf8)
        applyEdits({difference(view(), utf8)});
}

void CodeEditor::keep()
{
    if (m_name.isEmpty())
        return;
    auto &kept = m_kept[m_name];
    if (!kept)
        kept = std::make_shared<Kept>();
    kept->document = m_view->document();
    kept->caret = caret();
    kept->firstLine = m_view->SendScintilla(Sci::SCI_GETFIRSTVISIBLELINE);
}

void CodeEditor::open(const QString &name, const QByteArray &utf8)
{
    m_assistant->close();
    keep();
    const bool known = m_kept.contains(name);
    if (name != m_name) {
        setIssues({}); // they are marked in the document that goes
        setHighlight({});
        m_name = name;
        m_view->setDocument(known ? m_kept.value(name)->document : QsciDocument());
        setUpDocument();
    }
    if (!known) {
        setText(utf8);
        keep();
        return;
    }
    const bool readOnly = isReadOnly();
    m_view->setReadOnly(false);
    m_view->SendScintilla(Sci::SCI_SETEOLMODE, utf8.contains("\r\n") ? Sci::SC_EOL_CRLF : Sci::SC_EOL_LF);
    m_silent = true;
    if (view() != utf8) {
        const TextEdit edit = difference(view(), utf8);
        m_view->SendScintilla(Sci::SCI_SETTARGETRANGE, whole(edit.range.begin), long(edit.range.end));
        m_view->SendScintilla(Sci::SCI_REPLACETARGET, whole(edit.replacement.size()), edit.replacement.constData());
    }
    m_silent = false;
    m_changed = false;
    m_view->setReadOnly(readOnly);
    const std::shared_ptr<Kept> kept = m_kept.value(name);
    setCaret(kept->caret);
    m_view->SendScintilla(Sci::SCI_SETFIRSTVISIBLELINE, whole(kept->firstLine));
    updateMargins();
    updateHistory();
}

} // namespace handover::ui
