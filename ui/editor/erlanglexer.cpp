// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/erlanglexer.h"

#include "ui/editor/erlangtokens.h"
#include "ui/theme/theme.h"

#include <Qsci/qsciscintilla.h>

namespace handover::ui {
namespace {

int styleOf(ErlangToken::Kind kind)
{
    switch (kind) {
    case ErlangToken::Kind::Comment:
        return ErlangLexer::Comment;
    case ErlangToken::Kind::String:
        return ErlangLexer::String;
    case ErlangToken::Kind::QuotedAtom:
        return ErlangLexer::QuotedAtom;
    case ErlangToken::Kind::Word:
        return ErlangLexer::Word;
    case ErlangToken::Kind::Number:
        return ErlangLexer::Number;
    case ErlangToken::Kind::Variable:
        return ErlangLexer::Variable;
    case ErlangToken::Kind::Macro:
        return ErlangLexer::Macro;
    case ErlangToken::Kind::Bad:
        return ErlangLexer::Bad;
    case ErlangToken::Kind::Atom:
    case ErlangToken::Kind::Bracket:
    case ErlangToken::Kind::Operator:
        break;
    }
    return ErlangLexer::Default;
}

Role roleOf(int style)
{
    switch (style) {
    case ErlangLexer::Comment:
        return Role::CodeComment;
    case ErlangLexer::String:
        return Role::CodeString;
    case ErlangLexer::Word:
        return Role::CodeWord;
    case ErlangLexer::Number:
        return Role::CodeNumber;
    case ErlangLexer::Variable:
    case ErlangLexer::Macro:
        return Role::CodeVariable;
    case ErlangLexer::Bad:
        return Role::BadText;
    default:
        return Role::Code;
    }
}

} // namespace

ErlangLexer::ErlangLexer(QObject *parent)
    : QsciLexerCustom(parent)
{
    applyTheme();
}

void ErlangLexer::applyTheme()
{
    const Theme &theme = Theme::instance(); // QsciLexer has a color() of its own
    setDefaultFont(theme.codeFont());
    setDefaultColor(theme.color(Role::Code));
    setDefaultPaper(theme.color(Role::CodeSurface));
    setFont(theme.codeFont());
    setPaper(theme.color(Role::CodeSurface));
    for (int style = 0; style < StyleCount; ++style)
        setColor(theme.color(roleOf(style)), style);
}

QString ErlangLexer::description(int style) const
{
    switch (style) {
    case Default:
        return tr("Text");
    case Comment:
        return tr("Comment");
    case String:
        return tr("String");
    case QuotedAtom:
        return tr("Quoted atom");
    case Word:
        return tr("Instruction");
    case Number:
        return tr("Number");
    case Variable:
        return tr("Variable");
    case Macro:
        return tr("Macro");
    case Bad:
        return tr("Not Erlang");
    default:
        return {};
    }
}

void ErlangLexer::styleText(int start, int end)
{
    QsciScintilla *view = editor();
    if (!view)
        return;
    if (!m_coloured) {
        startStyling(start);
        setStyling(end - start, Default);
        return;
    }
    using Sci = QsciScintillaBase;
    const auto send = [view](unsigned int message, long a = 0, long b = 0) {
        return view->SendScintilla(message, static_cast<unsigned long>(a), b);
    };
    const int length = int(send(Sci::SCI_GETLENGTH));
    const int lines = int(send(Sci::SCI_GETLINECOUNT));
    int line = int(send(Sci::SCI_LINEFROMPOSITION, start));
    ErlangLineState state =
        line > 0 ? ErlangLineState::unpacked(int(send(Sci::SCI_GETLINESTATE, line - 1))) : ErlangLineState();
    for (int begin = int(send(Sci::SCI_POSITIONFROMLINE, line)); line < lines; ++line) {
        const int next = line + 1 < lines ? int(send(Sci::SCI_POSITIONFROMLINE, line + 1)) : length;
        const int textEnd = int(send(Sci::SCI_GETLINEENDPOSITION, line));
        QByteArray text(textEnd - begin + 1, '\0'); // Scintilla ends it with a zero
        view->SendScintilla(Sci::SCI_GETTEXTRANGE, long(begin), long(textEnd), text.data());
        text.chop(1);
        const int depthBefore = state.depth;
        const QList<ErlangToken> tokens = erlangTokens(text, state);
        startStyling(begin);
        int done = 0;
        for (const ErlangToken &token : tokens) {
            if (token.begin > done)
                setStyling(int(token.begin) - done, Default);
            setStyling(int(token.end - token.begin), styleOf(token.kind));
            done = int(token.end);
        }
        if (next - begin > done)
            setStyling(next - begin - done, Default);
        send(Sci::SCI_SETLINESTATE, line, state.packed());
        const int header = state.depth > depthBefore ? int(Sci::SC_FOLDLEVELHEADERFLAG) : 0;
        send(Sci::SCI_SETFOLDLEVEL, line, (int(Sci::SC_FOLDLEVELBASE) + depthBefore) | header);
        begin = next;
        if (next >= end)
            break;
    }
}

const char *ErlangLexer::wordCharacters() const
{
    return "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@";
}

} // namespace handover::ui
