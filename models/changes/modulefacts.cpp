// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/modulefacts.h"

#include "models/erlang/scanner.h"
#include "models/rules/abstractcode.h"
#include "models/rules/nativecode.h"

#include <algorithm>

namespace handover::changes {

namespace {

using erlang::FunctionName;
using erlang::Token;

constexpr qsizetype LargestForm = 200'000; // tokens; what is longer is no attribute
constexpr quint32 LargestArity = 255;

/// A token as far as attributes need it.
struct Word
{
    Token::Type type = Token::Type::End;
    QByteArray text; ///< of an atom its name, else as it is written
    [[nodiscard]] bool is(QByteArrayView what) const { return type != Token::Type::Atom && text == what; }
    [[nodiscard]] bool isAtom() const { return type == Token::Type::Atom; }
};

/// Reads the attributes of a source text.
class SourceReader
{
public:
    explicit SourceReader(QByteArrayView source)
        : m_scanner(source, false)
    {
    }

    ModuleFacts read()
    {
        while (nextForm())
            take();
        std::ranges::sort(m_facts.exports);
        const auto doubles = std::ranges::unique(m_facts.exports);
        m_facts.exports.erase(doubles.begin(), doubles.end());
        return std::move(m_facts);
    }

private:
    // The words up to the next full stop; false at the end, or where the text can't be scanned.
    bool nextForm()
    {
        m_form.clear();
        while (m_scanner.next()) {
            const Token &token = m_scanner.token();
            if (token.type == Token::Type::End)
                return false;
            if (token.type == Token::Type::Dot)
                return true;
            if (token.type == Token::Type::Atom && token.bytes == "load_nif")
                m_facts.native = true;
            if (m_form.size() < LargestForm)
                m_form.append({token.type, token.type == Token::Type::Atom ? token.bytes : token.spelling.toByteArray()});
        }
        return false;
    }

    [[nodiscard]] Word at(qsizetype index) const { return m_form.value(index); }

    void take()
    {
        if (!at(0).is("-") || !at(1).isAtom() || !at(2).is("("))
            return;
        const QByteArray name = at(1).text;
        if (name == "behaviour" || name == "behavior")
            m_facts.behaviours.append(at(3).text);
        else if (name == "export")
            takeExports();
        else if (name == "record" && at(3).isAtom() && at(5).is("{"))
            takeRecord();
    }

    void takeExports()
    {
        for (qsizetype i = 3; i + 2 < m_form.size(); ++i) {
            if (!at(i).isAtom() || !at(i + 1).is("/"))
                continue;
            bool isNumber = false;
            const quint32 arity = at(i + 2).text.toUInt(&isNumber);
            if (isNumber && arity <= LargestArity)
                m_facts.exports.append({at(i).text, arity});
        }
    }

    // -record(Name, {Field [= Default] [:: Type], …}): a field stands behind the brace or a comma of its level.
    void takeRecord()
    {
        QByteArrayList fields;
        int depth = 0;
        for (qsizetype i = 5; i < m_form.size(); ++i) {
            const Word word = at(i);
            if (depth == 1 && (at(i - 1).is("{") || at(i - 1).is(",")) && word.isAtom())
                fields.append(word.text);
            if (word.is("{") || word.is("[") || word.is("(") || word.is("<<"))
                ++depth;
            else if ((word.is("}") || word.is("]") || word.is(")") || word.is(">>")) && --depth == 0)
                break;
        }
        m_facts.records.insert(at(3).text, fields);
    }

    erlang::Scanner m_scanner;
    QList<Word> m_form;
    ModuleFacts m_facts;
};

} // namespace

bool ModuleFacts::exportsFunction(QByteArrayView name, quint32 arity) const
{
    return std::ranges::any_of(exports, [&](const FunctionName &function) {
        return function.arity == arity && function.name == name;
    });
}

Result<ModuleFacts> factsOf(const erlang::BeamFile &module)
{
    ModuleFacts facts;
    auto behaviours = module.behaviours();
    if (!behaviours)
        return std::unexpected(behaviours.error());
    facts.behaviours = *std::move(behaviours);
    auto exports = module.exports();
    if (!exports)
        return std::unexpected(exports.error());
    facts.exports = *std::move(exports);
    facts.exports.removeIf([](const FunctionName &function) { return function.name == "module_info"; });
    facts.native = rules::usesNativeCode(module);
    if (const auto code = rules::AbstractCode::of(module)) {
        for (const QByteArray &name : code->recordNames()) {
            QByteArrayList fields;
            const auto definition = code->record(name);
            for (const rules::RecordField &field : definition.value_or(QList<rules::RecordField>()))
                fields.append(field.name);
            facts.records.insert(name, fields);
        }
    }
    return facts;
}

ModuleFacts factsOfSource(QByteArrayView source) { return SourceReader(source).read(); }

} // namespace handover::changes
