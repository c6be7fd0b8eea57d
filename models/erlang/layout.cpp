// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/layout.h"

#include "models/erlang/printedline.h"

#include <utility>

namespace handover::erlang {

namespace {

constexpr qsizetype LineWidth = 80;
constexpr qsizetype MiddleColumn = LineWidth / 2; // tags that stand further right ask for another indentation

// How far the elements of a broken tagged tuple are indented: behind the tag, or by a fixed number
// where tags are longer. One value serves the whole term: the first one with which no tagged tuple
// goes too far to the right.
constexpr qsizetype BehindTag = -1;
constexpr qsizetype FourColumns = 4;
constexpr qsizetype OneColumn = 1;

// Where something is put.
struct Spot
{
    qsizetype column;  // of its first character, from 1
    qsizetype closing; // brackets that must follow on the same line
    qsizetype written; // characters on this line without its indentation
};

class Layout
{
public:
    Layout(const PrintedLine &line, qsizetype column)
        : m_line(line)
        , m_column(column)
    {
    }
    [[nodiscard]] QByteArray print();

private:
    [[nodiscard]] bool suits(qsizetype hang);
    void place(qsizetype index, Spot spot);
    void placeList(qsizetype index, Spot spot);
    void placeTagged(qsizetype index, Spot spot);
    void placeMap(qsizetype index, Spot spot);
    void placeNumbers(const Piece &piece, Spot spot);
    [[nodiscard]] qsizetype placeElement(qsizetype index, Spot spot);
    [[nodiscard]] qsizetype placePair(qsizetype key, Spot spot);
    void placeElements(qsizetype first, const Piece &whole, Spot spot);
    void placeRest(qsizetype next, const Piece &whole, Spot spot, qsizetype indent);
    void placeTail(qsizetype index, Spot spot, qsizetype indent);

    [[nodiscard]] const Piece &piece(qsizetype index) const { return m_line.pieces.at(index); }
    [[nodiscard]] qsizetype closingBehind(qsizetype index, const Piece &whole, qsizetype closing) const;
    [[nodiscard]] qsizetype pairWidth(qsizetype key) const;
    [[nodiscard]] bool isPairOfWords(qsizetype key) const;
    void put(QByteArrayView text);
    void put(const Piece &piece) { put(textOf(piece.begin, piece.end)); }
    void newLine(qsizetype column);
    [[nodiscard]] QByteArrayView textOf(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_line.text).sliced(begin, end - begin);
    }

    const PrintedLine &m_line;
    qsizetype m_column;
    qsizetype m_hang = BehindTag;
    bool m_trying = false; // only whether it suits
    bool m_tooFar = false;
    QByteArray m_out;
};

bool fits(qsizetype width, const Spot &spot) { return width < LineWidth - spot.column - spot.closing; }

// Whether ",Element" can stand at the end of a line: a comma must fit behind it, or the brackets.
bool fitsBehind(qsizetype width, const Spot &spot, qsizetype closing)
{
    return 1 + width < LineWidth - spot.column - (closing == 0 ? 1 : closing);
}

bool isWord(const Piece &piece) { return piece.kind == Piece::Kind::Word; }

QByteArray Layout::print()
{
    if (fits(piece(0).width, {m_column, 0, 0}))
        return m_line.text;
    if (!suits(BehindTag) && !suits(FourColumns))
        m_hang = OneColumn;
    m_out.reserve(m_line.text.size() * 2);
    place(0, {m_column, 0, 0});
    return std::move(m_out);
}

bool Layout::suits(qsizetype hang)
{
    m_hang = hang;
    m_trying = true;
    place(0, {m_column, 0, 0});
    m_trying = false;
    return !std::exchange(m_tooFar, false);
}

void Layout::put(QByteArrayView text)
{
    if (!m_trying)
        m_out += text;
}

void Layout::newLine(qsizetype column)
{
    if (m_trying)
        return;
    m_out += '\n';
    m_out.resize(m_out.size() + column - 1, ' ');
}

// An element behind which no other follows with a comma has the closing brackets behind it.
qsizetype Layout::closingBehind(qsizetype index, const Piece &whole, qsizetype closing) const
{
    const qsizetype next = piece(index).next;
    const bool last = next == whole.next || (whole.improper && piece(next).next == whole.next);
    return last ? closing + 1 : 0;
}

void Layout::place(qsizetype index, Spot spot)
{
    const Piece &whole = piece(index);
    if (m_tooFar)
        return;
    if (isWord(whole) || fits(whole.width, spot)) {
        put(whole);
        return;
    }
    switch (whole.kind) {
    case Piece::Kind::Word:
        return;
    case Piece::Kind::Numbers:
        return placeNumbers(whole, spot);
    case Piece::Kind::List:
    case Piece::Kind::Tuple:
        return placeList(index, spot);
    case Piece::Kind::TaggedTuple:
        return placeTagged(index, spot);
    case Piece::Kind::Map:
        return placeMap(index, spot);
    }
}

void Layout::placeList(qsizetype index, Spot spot)
{
    const Piece &whole = piece(index);
    const bool list = whole.kind == Piece::Kind::List;
    put(list ? "[" : "{");
    placeElements(index + 1, whole, {spot.column + 1, spot.closing, spot.written + 1});
    put(list ? "]" : "}");
}

void Layout::placeTagged(qsizetype index, Spot spot)
{
    const Piece &whole = piece(index);
    const Piece &tag = piece(index + 1);
    const qsizetype width = tag.width + 2;
    const bool hanging = m_hang > 0 && width > m_hang;
    const Spot behind{spot.column + width, spot.closing, spot.written + width};
    put("{");
    put(tag);
    if (m_trying && (hanging ? spot.column + m_hang > MiddleColumn : behind.column >= MiddleColumn)) {
        m_tooFar = true;
    } else if (hanging) {
        placeRest(tag.next, whole, {behind.column, spot.closing, behind.written - 1}, spot.column + m_hang);
    } else {
        put(",");
        placeElements(tag.next, whole, behind);
    }
    put("}");
}

// The elements from the first on, indented to the column where it stands.
void Layout::placeElements(qsizetype first, const Piece &whole, Spot spot)
{
    const qsizetype indent = spot.column;
    const qsizetype width =
        placeElement(first, {indent, closingBehind(first, whole, spot.closing), spot.written});
    placeRest(piece(first).next, whole, {indent + width, spot.closing, spot.written + width}, indent);
}

// How many columns the line has been taken further; all of them if nothing may follow on it.
qsizetype Layout::placeElement(qsizetype index, Spot spot)
{
    place(index, spot);
    return isWord(piece(index)) && fits(piece(index).width, spot) ? piece(index).width : LineWidth;
}

// The other elements; spot is where the first of them would stand on the same line, with its comma.
void Layout::placeRest(qsizetype next, const Piece &whole, Spot spot, qsizetype indent)
{
    while (next != whole.next && !m_tooFar) {
        const Piece &element = piece(next);
        if (whole.improper && element.next == whole.next)
            return placeTail(next, spot, indent);
        const qsizetype closing = closingBehind(next, whole, spot.closing);
        put(",");
        if (isWord(element) && fitsBehind(element.width, spot, closing)) {
            put(element);
            spot.column += 1 + element.width;
            spot.written += 1 + element.width;
        } else {
            newLine(indent);
            spot.written = placeElement(next, {indent, closing, 0});
            spot.column = indent + spot.written;
        }
        next = element.next;
    }
}

void Layout::placeTail(qsizetype index, Spot spot, qsizetype indent)
{
    const qsizetype closing = spot.closing + 1;
    put("|");
    if (isWord(piece(index)) && fitsBehind(piece(index).width, spot, closing))
        return put(piece(index));
    newLine(indent);
    // OTP forgets the line break when it tries indentations, and the relup must be like OTP's.
    place(index, {m_trying ? spot.column : indent, closing, 0});
}

qsizetype Layout::pairWidth(qsizetype key) const
{
    const Piece &value = piece(piece(key).next);
    return piece(key).width + 4 + value.width;
}

bool Layout::isPairOfWords(qsizetype key) const
{
    return isWord(piece(key)) && isWord(piece(piece(key).next));
}

void Layout::placeMap(qsizetype index, Spot spot)
{
    const Piece &whole = piece(index);
    const qsizetype indent = spot.column + 2;
    const auto valueEnd = [&](qsizetype key) { return piece(piece(key).next).next; };
    const auto closingOf = [&](qsizetype key) { return valueEnd(key) == whole.next ? spot.closing + 1 : 0; };
    put("#{");
    qsizetype width = placePair(index + 1, {indent, closingOf(index + 1), spot.written + 1});
    for (qsizetype key = valueEnd(index + 1); key != whole.next && !m_tooFar; key = valueEnd(key)) {
        const Spot behind{indent + width, spot.closing, 0};
        put(",");
        if (isPairOfWords(key) && fitsBehind(pairWidth(key), behind, closingOf(key))) {
            put(textOf(piece(key).begin, piece(piece(key).next).end));
            width += 1 + pairWidth(key);
        } else {
            newLine(indent);
            width = placePair(key, {indent, closingOf(key), 0});
        }
    }
    put("}");
}

// As placeElement().
qsizetype Layout::placePair(qsizetype key, Spot spot)
{
    const qsizetype value = piece(key).next;
    if (fits(pairWidth(key), spot)) {
        put(textOf(piece(key).begin, piece(value).end));
        return isPairOfWords(key) ? pairWidth(key) : LineWidth;
    }
    const qsizetype indent = spot.column + (m_hang > 0 ? m_hang : FourColumns);
    place(key, spot);
    put(" =>");
    newLine(indent);
    place(value, {indent, spot.closing, 0});
    return LineWidth;
}

// Broken behind commas, where the line is full.
void Layout::placeNumbers(const Piece &numbers, Spot spot)
{
    if (m_trying)
        return;
    const qsizetype indent = spot.column + 2;
    const qsizetype whole = piece(0).width;
    const qsizetype room =
        qMax<qsizetype>(8, qMin(LineWidth - indent, whole - 4 - spot.written) - spot.closing);
    put("<<");
    qsizetype left = room;
    qsizetype begin = numbers.begin + 2;
    const qsizetype end = numbers.end - 2;
    while (begin < end) {
        const qsizetype comma = m_line.text.indexOf(',', begin);
        const qsizetype next = comma < 0 || comma >= end ? end : comma + 1;
        if (next - begin > left) {
            newLine(indent);
            left = room;
        }
        put(textOf(begin, next));
        left -= next - begin;
        begin = next;
    }
    put(">>");
}

} // namespace

QByteArray printPretty(const Term &term, qsizetype column)
{
    const PrintedLine line = printLine(term);
    return Layout(line, qMax<qsizetype>(1, column)).print();
}

QByteArray printFile(const Term &term) { return "%% coding: utf-8\n" + printPretty(term) + ".\n"; }

} // namespace handover::erlang
