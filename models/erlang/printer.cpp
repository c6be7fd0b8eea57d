// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/printer.h"

#include "models/erlang/printedline.h"
#include "models/erlang/printerwords.h"
#include "models/erlang/termdata.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace handover::erlang {

namespace {

using Kind = Term::Kind;

// The text of a list that is text.
std::optional<QString> printableText(const QList<Term> &items)
{
    const auto printable = [](const Term &item) {
        const Term::Data &data = item.data();
        return data.kind == Kind::Integer && data.bytes.isEmpty() && data.integer >= 0 &&
               data.integer <= 255 && isPrintable(static_cast<char32_t>(data.integer));
    };
    if (items.isEmpty() || !std::ranges::all_of(items, printable))
        return std::nullopt;
    QString text;
    text.reserve(items.size());
    for (const Term &item : items)
        text += QChar(static_cast<char16_t>(item.data().integer));
    return text;
}

// Erlang counts characters, and grapheme clusters where a character isn't Latin-1.
qsizetype columns(QByteArrayView word)
{
    qsizetype characters = 0;
    bool latin1 = true;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        characters += (byte & 0xC0U) == 0x80U ? 0 : 1;
        latin1 = latin1 && byte <= 0xC3U;
    }
    if (latin1)
        return characters;
    QTextBoundaryFinder clusters(QTextBoundaryFinder::Grapheme, QString::fromUtf8(word));
    qsizetype count = 0;
    while (clusters.toNextBoundary() > 0)
        ++count;
    return count;
}

class Printer
{
public:
    explicit Printer(PrintStyle style, QList<Piece> *pieces = nullptr)
        : m_style(style)
        , m_pieces(pieces)
    {
    }
    void add(const Term &term);
    QByteArray out;

private:
    void record(const Term &term);
    [[nodiscard]] Piece::Kind print(const Term &term);
    void addItems(const QList<Term> &items);
    void addCodes(QStringView text);
    [[nodiscard]] Piece::Kind addList(const Term::Data &data);
    [[nodiscard]] Piece::Kind addString(const Term &term);
    [[nodiscard]] Piece::Kind addTuple(const QList<Term> &items);
    [[nodiscard]] Piece::Kind addMap(const QList<Term> &items);
    void addFun(const QList<Term> &parts);

    PrintStyle m_style;
    QList<Piece> *m_pieces;
    qsizetype m_hidden = 0; ///< bytes so far that take no column
};

void Printer::add(const Term &term)
{
    if (m_pieces)
        record(term);
    else
        static_cast<void>(print(term));
}

void Printer::record(const Term &term)
{
    const qsizetype index = m_pieces->size();
    const qsizetype begin = out.size();
    const qsizetype hidden = m_hidden;
    m_pieces->append(Piece());
    const Piece::Kind kind = print(term);
    const qsizetype size = out.size() - begin;
    if (kind == Piece::Kind::Word)
        m_hidden += size - columns(QByteArrayView(out).sliced(begin));
    (*m_pieces)[index] = {.kind = kind,
                          .improper = term.data().improper,
                          .begin = begin,
                          .end = out.size(),
                          .width = size - (m_hidden - hidden),
                          .next = m_pieces->size()};
}

void Printer::addItems(const QList<Term> &items)
{
    bool first = true;
    for (const Term &item : items) {
        if (!first)
            out += ',';
        first = false;
        add(item);
    }
}

void Printer::addCodes(QStringView text)
{
    for (const uint code : text.toUcs4()) {
        appendInteger(out, code);
        out += ',';
    }
    if (!text.isEmpty())
        out.chop(1);
}

Piece::Kind Printer::addString(const Term &term)
{
    const QString &text = term.data().text;
    if (m_style == PrintStyle::Pretty && !text.isEmpty() && isPrintable(text)) {
        appendString(out, text);
        return Piece::Kind::Word;
    }
    out += '[';
    if (m_pieces)
        addItems(term.items());
    else
        addCodes(text);
    out += ']';
    return text.isEmpty() ? Piece::Kind::Word : Piece::Kind::List;
}

Piece::Kind Printer::addList(const Term::Data &data)
{
    if (m_style == PrintStyle::Pretty && !data.improper) {
        if (const auto text = printableText(data.items)) {
            appendString(out, *text);
            return Piece::Kind::Word;
        }
    }
    out += '[';
    addItems(data.improper ? data.items.first(data.items.size() - 1) : data.items);
    if (data.improper) {
        out += '|';
        add(data.items.constLast());
    }
    out += ']';
    return data.items.isEmpty() ? Piece::Kind::Word : Piece::Kind::List;
}

Piece::Kind Printer::addTuple(const QList<Term> &items)
{
    out += '{';
    addItems(items);
    out += '}';
    if (items.isEmpty())
        return Piece::Kind::Word;
    const bool tagged = items.size() > 1 && items.constFirst().kind() == Kind::Atom;
    return tagged ? Piece::Kind::TaggedTuple : Piece::Kind::Tuple;
}

Piece::Kind Printer::addMap(const QList<Term> &items)
{
    out += "#{";
    for (qsizetype i = 0; i + 1 < items.size(); i += 2) {
        if (i > 0)
            out += ',';
        add(items[i]);
        out += " => ";
        add(items[i + 1]);
    }
    out += '}';
    return items.isEmpty() ? Piece::Kind::Word : Piece::Kind::Map;
}

void Printer::addFun(const QList<Term> &parts)
{
    out += "fun ";
    appendFunName(out, parts.value(0).data().bytes);
    out += ':';
    appendFunName(out, parts.value(1).data().bytes);
    out += '/';
    appendInteger(out, parts.value(2).data().integer);
}

Piece::Kind Printer::print(const Term &term)
{
    const Term::Data &data = term.data();
    switch (data.kind) {
    case Kind::Atom:
        appendAtom(out, data.bytes);
        return Piece::Kind::Word;
    case Kind::Integer:
        if (data.bytes.isEmpty())
            appendInteger(out, data.integer);
        else
            out += data.bytes;
        return Piece::Kind::Word;
    case Kind::Float:
        out += printFloat(data.real);
        return Piece::Kind::Word;
    case Kind::String:
        return addString(term);
    case Kind::List:
        return addList(data);
    case Kind::Binary:
        if (m_style == PrintStyle::Pretty && appendPrintableBinary(out, data.bytes))
            return Piece::Kind::Word;
        [[fallthrough]];
    case Kind::Bitstring:
        appendBits(out, data.bytes, data.lastBits);
        return data.bytes.isEmpty() ? Piece::Kind::Word : Piece::Kind::Numbers;
    case Kind::Tuple:
        return addTuple(data.items);
    case Kind::Map:
        return addMap(data.items);
    case Kind::Fun:
        addFun(data.items);
        return Piece::Kind::Word;
    }
    return Piece::Kind::Word;
}

} // namespace

QByteArray printTerm(const Term &term, PrintStyle style)
{
    Printer printer(style);
    printer.add(term);
    return printer.out;
}

PrintedLine printLine(const Term &term)
{
    PrintedLine line;
    Printer printer(PrintStyle::Pretty, &line.pieces);
    printer.add(term);
    line.text = std::move(printer.out);
    return line;
}

} // namespace handover::erlang
