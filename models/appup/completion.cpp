// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/completion.h"

#include "models/appup/completionitems.h"
#include "models/appup/formslots.h"
#include "models/appup/instructionhelp.h"
#include "models/erlang/scanner.h"

#include <algorithm>

namespace handover::appup {

namespace {

using Bracket = CaretPlace::Bracket;
using Levels = QList<CaretPlace::Level>;

bool isName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@';
}

// {Vsn, [Up…], [Down…]}: inside one of the two lists.
bool isInRules(const Levels &levels)
{
    return levels.size() >= 2 && levels[0].bracket == Bracket::Tuple && (levels[0].index == 1 || levels[0].index == 2)
           && levels[1].bracket == Bracket::List;
}

bool isAtKey(const Levels &levels)
{
    const bool plain = levels.size() == 3;
    const bool pattern = levels.size() == 4 && levels[3].bracket == Bracket::Binary && levels[3].index == 0;
    return isInRules(levels) && (plain || pattern) && levels[2].bracket == Bracket::Tuple && levels[2].index == 0;
}

// The level of the instruction's own tuple; levels.size() where an instruction starts; -1: neither.
qsizetype instructionLevel(const Levels &levels)
{
    if (!isInRules(levels) || levels.size() < 4 || levels[2].bracket != Bracket::Tuple || levels[2].index != 1)
        return -1;
    for (qsizetype i = 3; i < levels.size(); ++i) {
        if (levels[i].bracket == Bracket::Tuple)
            return i > 3 ? i : -1;
        if (levels[i].bracket != Bracket::List)
            return -1;
    }
    return levels.size();
}

class Completer
{
public:
    Completer(QByteArrayView text, qsizetype caret, const CompletionContext &context)
        : m_text(text)
        , m_caret(qBound<qsizetype>(0, caret, text.size()))
        , m_context(context)
        , m_place(placeOfCaret(text, m_caret))
    {
    }

    Completions run()
    {
        m_result.replace = {m_caret, m_caret};
        const bool key = isAtKey(m_place.levels);
        if (m_place.inComment || (!key && (m_place.elementBegun || !m_place.string.isEmpty())))
            return m_result;
        if (key)
            atKey();
        else if (m_place.levels.size() == 2 && isInRules(m_place.levels))
            atRule();
        else
            atInstruction(instructionLevel(m_place.levels));
        keepFitting();
        return m_result;
    }

private:
    void replaceWord()
    {
        m_result.replace = {m_place.word.isEmpty() ? m_caret : m_place.word.begin, m_caret};
        m_result.typed = m_text.sliced(m_result.replace.begin, m_result.replace.size()).toByteArray();
        m_result.unasked = !m_place.word.isEmpty();
        if (!m_place.word.isEmpty()) {
            while (m_result.replace.end < m_text.size() && isName(m_text[m_result.replace.end]))
                ++m_result.replace.end;
        }
    }

    void swallow(QByteArrayView closing)
    {
        if (m_text.sliced(m_result.replace.end).startsWith(closing))
            m_result.replace.end += closing.size();
    }

    void atKey()
    {
        replaceWord();
        const bool binary = m_place.levels.size() == 4;
        if (!m_place.string.isEmpty()) {
            m_result.replace.begin = m_place.string.begin;
            const QByteArrayView rest = m_text.sliced(m_caret);
            const qsizetype quote = rest.indexOf('"');
            const auto ends = [](char c) { return c == '\n' || c == ',' || c == '{' || c == '}'; };
            if (quote >= 0 && std::ranges::none_of(rest.first(quote), ends))
                m_result.replace.end = m_caret + quote + 1;
        } else if (m_place.elementBegun && !binary) {
            return; // behind a key that is complete
        }
        if (binary) {
            m_result.replace.begin = m_place.levels[3].begin;
            swallow(">>");
        }
        m_result.typed = m_text.sliced(m_result.replace.begin, m_caret - m_result.replace.begin).toByteArray();
        m_result.unasked = !m_result.typed.isEmpty();
        m_result.items = versionItems(m_context, Completion::Kind::Version);
    }

    void atRule()
    {
        replaceWord();
        m_result.items = versionItems(m_context, Completion::Kind::Rule);
    }

    void atInstruction(qsizetype level)
    {
        if (level < 0)
            return;
        replaceWord();
        if (level == m_place.levels.size()) {
            m_result.items = instructionItems(false);
        } else if (level == m_place.levels.size() - 1 && m_place.levels[level].index == 0) {
            m_result.replace.begin = m_place.levels[level].begin;
            swallow("}");
            m_result.unasked = true;
            m_result.items = instructionItems(true);
        } else {
            atArgument(level);
        }
    }

    void atArgument(qsizetype level)
    {
        const InstructionHelp *help = helpOn(m_place.levels[level].beginnings.value(0));
        if (!help)
            return;
        for (const QByteArray &slot : slotsAt(help->forms, m_place.levels.sliced(level))) {
            for (const Completion &item : argumentItems(slot, m_context)) {
                if (!m_result.items.contains(item))
                    m_result.items.append(item);
            }
        }
    }

    void keepFitting()
    {
        const QByteArray typed = m_result.typed.toLower();
        QList<Completion> first;
        QList<Completion> rest;
        for (const Completion &item : std::as_const(m_result.items)) {
            const QByteArray filter = item.filter.toLower();
            if (filter.startsWith(typed))
                first.append(item);
            else if (filter.contains(typed))
                rest.append(item);
        }
        m_result.items = first + rest;
        if (m_result.items.size() == 1 && m_result.items.first().insert == m_result.typed)
            m_result.items.clear();
    }

    QByteArrayView m_text;
    qsizetype m_caret;
    const CompletionContext &m_context;
    CaretPlace m_place;
    Completions m_result;
};

} // namespace

Completions completionsAt(QByteArrayView text, qsizetype caret, const CompletionContext &context)
{
    return Completer(text, caret, context).run();
}

QList<TextRange> blanksOf(QByteArrayView inserted)
{
    QList<TextRange> blanks;
    erlang::Scanner scanner(inserted, false);
    while (scanner.next() && scanner.token().type != erlang::Token::Type::End) {
        if (scanner.token().type == erlang::Token::Type::Variable)
            blanks.append(scanner.token().range);
    }
    return blanks;
}

} // namespace handover::appup
