// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/valuewriter.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace handover::pairs {

namespace {

bool isReserved(const QString &word)
{
    static const QSet<QString> words{
        u"after"_s,   u"and"_s,  u"andalso"_s, u"band"_s,  u"begin"_s, u"bnot"_s, u"bor"_s,  u"bsl"_s,
        u"bsr"_s,     u"bxor"_s, u"case"_s,    u"catch"_s, u"cond"_s,  u"div"_s,  u"else"_s, u"end"_s,
        u"fun"_s,     u"if"_s,   u"let"_s,     u"maybe"_s, u"not"_s,   u"of"_s,   u"or"_s,   u"orelse"_s,
        u"receive"_s, u"rem"_s,  u"try"_s,     u"when"_s,  u"xor"_s};
    return words.contains(word);
}

bool isUtf8(const QByteArray &bytes) { return QString::fromUtf8(bytes).toUtf8() == bytes; }

} // namespace

bool ValueWriter::wild(int percent)
{
    return m_layout.style == Layout::Style::Wild && m_dice.chance(percent);
}

QString ValueWriter::write(const Value &value)
{
    if (value.kind != Value::Kind::Verbatim && wild(1)) {
        note(u"layout: parentheses"_s);
        Layout tight = m_layout;
        tight.style = Layout::Style::Tight;
        return u"( "_s + ValueWriter(m_dice, tight).write(value) + u" )"_s;
    }
    switch (value.kind) {
    case Value::Kind::Atom:
        return atom(value.text);
    case Value::Kind::Number:
        return number(value.text);
    case Value::Kind::Text:
        return text(value.text);
    case Value::Kind::Bytes:
        return binary(value.bytes);
    case Value::Kind::List:
    case Value::Kind::Improper:
        return list(value);
    case Value::Kind::Tuple:
        return u'{' + sequence(value.items) + u'}';
    case Value::Kind::Map:
        return map(value);
    case Value::Kind::Verbatim:
        return value.text;
    }
    return {};
}

QString ValueWriter::sequence(const QList<Value> &items)
{
    QString written;
    ++m_depth;
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (i > 0)
            written += u',';
        written += gap();
        written += write(items[i]);
    }
    --m_depth;
    return written + gap();
}

QString ValueWriter::list(const Value &value)
{
    if (value.items.isEmpty())
        return wild(20) ? u"\"\""_s : u"[]"_s;
    if (value.kind == Value::Kind::Improper) {
        const QString head = sequence(value.items.first(value.items.size() - 1));
        const QString tail = write(value.items.constLast());
        return u'[' + head + u'|' + tail + u']';
    }
    if (value.items.size() > 1 && wild(6)) {
        note(u"layout: [H|T]"_s);
        const qsizetype cut = m_dice.between(1, value.items.size() - 1);
        const QString head = sequence(value.items.first(cut));
        Value rest = value;
        rest.items = value.items.sliced(cut);
        const QString tail = list(rest);
        return u'[' + head + u"| "_s + tail + u']';
    }
    return u'[' + sequence(value.items) + u']';
}

QString ValueWriter::map(const Value &value)
{
    QString written = u"#{"_s;
    for (qsizetype i = 0; i + 1 < value.items.size(); i += 2) {
        if (i > 0)
            written += u',';
        written += gap();
        written += write(value.items[i]);
        written += u" => "_s;
        written += write(value.items[i + 1]);
    }
    return written + u'}';
}

QString ValueWriter::atom(const QString &name)
{
    static const QRegularExpression plain(u"\\A[a-zß-öø-ÿ][A-Za-z0-9_@À-ÖØ-öø-ÿ]*\\z"_s);
    static const QRegularExpression ascii(u"\\A[a-z][A-Za-z0-9_@]*\\z"_s);
    if (isReserved(name) || wild(4))
        return quoted(name, u'\'');
    if (ascii.match(name).hasMatch())
        return name;
    if (plain.match(name).hasMatch() && wild(50)) {
        note(u"layout: atom of Latin-1 letters"_s);
        return name;
    }
    return quoted(name, u'\'');
}

QString ValueWriter::number(const QString &digits)
{
    bool fits = false;
    const qint64 value = digits.toLongLong(&fits);
    if (!fits || !wild(35))
        return digits;
    note(u"layout: numbers"_s);
    const bool negative = value < 0;
    const qint64 size = negative ? -value : value;
    QString written = QString::number(size);
    switch (m_dice.below(5)) {
    case 0: {
        const int base = int(m_dice.between(2, 36));
        const QString based = QString::number(size, base);
        written = QString::number(base) + u'#' + (m_dice.chance(50) ? based.toUpper() : based);
        break;
    }
    case 1:
        if (written.size() > 1)
            written.insert(m_dice.between(1, written.size() - 1), u'_');
        break;
    case 2:
        if (!negative)
            return u'+' + written;
        break;
    case 3:
        if (!negative && size > 32 && size < 127 && size != '\\')
            return u'$' + QString(QChar(ushort(size)));
        if (!negative && (size == 10 || size == 27))
            return size == 10 ? u"$\\n"_s : u"$\\e"_s;
        break;
    default:
        written = u"0" + written;
        break;
    }
    return negative ? (m_dice.chance(30) ? u"- "_s : u"-"_s) + written : written;
}

// ---- characters ---------------------------------------------------------------------------------

QString ValueWriter::escaped(char32_t code)
{
    const QString hex = QString::number(code, 16);
    if (code < 256 && m_dice.chance(30))
        return u"\\x"_s + hex.rightJustified(2, u'0');
    if (code < 256 && m_dice.chance(40))
        return u'\\' + QString::number(code, 8).rightJustified(3, u'0');
    if (code > 0 && code <= 26 && m_dice.chance(40))
        return u"\\^"_s + QChar(ushort('A' + code - 1));
    return u"\\x{"_s + hex + u'}';
}

QString ValueWriter::character(char32_t code, QChar quote)
{
    if (code == quote.unicode() || code == '\\')
        return u'\\' + QString(QChar(ushort(code)));
    if (code == '\n')
        return wild(40) ? u"\n"_s : u"\\n"_s;
    if (code == '\t')
        return wild(40) ? u"\t"_s : u"\\t"_s;
    if (code < 32 || (code >= 127 && code < 160) || (m_layout.latin1 && code > 255) || wild(2))
        return escaped(code);
    if ((code == 'q' || code == 'k') && wild(30))
        return u'\\' + QString(QChar(ushort(code)));
    return QString::fromUcs4(&code, 1);
}

QString ValueWriter::quoted(const QString &characters, QChar quote)
{
    QString written(quote);
    for (const char32_t code : characters.toUcs4())
        written += character(code, quote);
    return written + quote;
}

/// Whether the characters may stand in a file as they are.
bool ValueWriter::isVerbatim(const QString &characters) const
{
    for (const char32_t code : characters.toUcs4()) {
        const bool control = code < 32 || (code >= 127 && code < 160);
        if (control || code == '"' || code == '\\' || code == '|' || (m_layout.latin1 && code > 255))
            return false;
    }
    return true;
}

QString ValueWriter::tripleQuoted(const QString &characters)
{
    note(u"layout: triple-quoted string"_s);
    const QString indent(m_dice.below(5), u' ');
    QString written = u"\"\"\"\n"_s;
    for (const QString &line : characters.split(u'\n'))
        written += indent + line + u'\n';
    return written + indent + u"\"\"\""_s;
}

QString ValueWriter::characterList(const QString &characters)
{
    note(u"layout: list of characters"_s);
    QStringList written;
    for (const char32_t code : characters.toUcs4()) {
        const bool plain = code > 32 && code < 127 && code != '\\';
        written += plain && m_dice.chance(50) ? u'$' + QString(QChar(ushort(code))) : QString::number(code);
    }
    return u'[' + written.join(u',') + u']';
}

QString ValueWriter::text(const QString &characters)
{
    if (m_layout.style != Layout::Style::Wild)
        return quoted(characters, u'"');
    QString lines = characters;
    const bool verbatim = isVerbatim(lines.remove(u'\n'));
    switch (m_dice.weighted({60, 10, 8, 6, 6, 5, 5})) {
    case 1: {
        note(u"layout: adjacent strings"_s);
        const QString front = characters.first(characters.size() / 2); // no surrogates in versions
        if (front.isEmpty() || front.back().isHighSurrogate())
            break;
        const QString left = quoted(front, u'"');
        const QString between = blank();
        return left + between + quoted(characters.sliced(front.size()), u'"');
    }
    case 2:
        return characterList(characters);
    case 3:
        if (verbatim)
            return tripleQuoted(characters);
        break;
    case 4:
        note(u"layout: string sigil"_s);
        return u"~s"_s + quoted(characters, u'"');
    case 5:
        if (verbatim && !characters.contains(u'\n')) {
            note(u"layout: verbatim sigil"_s);
            return u"~S|"_s + characters + u'|';
        }
        break;
    case 6: {
        QString written = u"\""_s;
        for (const char32_t code : characters.toUcs4())
            written += escaped(code);
        return written + u'"';
    }
    default:
        break;
    }
    return quoted(characters, u'"');
}

// ---- binaries -----------------------------------------------------------------------------------

QString ValueWriter::segments(const QByteArray &bytes)
{
    QStringList written;
    for (const char byte : bytes)
        written += QString::number(uchar(byte));
    if (written.size() > 1 && wild(30)) {
        note(u"layout: sized segment"_s);
        const int pair = (uchar(bytes[0]) << 8) | uchar(bytes[1]);
        written = QStringList{QString::number(pair) + u":16"_s} + written.sliced(2);
    }
    return u"<<"_s + written.join(u',') + u">>"_s;
}

QString ValueWriter::binary(const QByteArray &bytes)
{
    const QString characters = QString::fromUtf8(bytes);
    const bool ascii = std::ranges::all_of(bytes, [](char byte) { return byte >= 32 && byte < 127; });
    if (!isUtf8(bytes) || bytes.isEmpty())
        return segments(bytes);
    switch (m_layout.style == Layout::Style::Wild ? m_dice.weighted({50, 20, 10, 10, 10}) : 0) {
    case 1:
        return segments(bytes);
    case 2:
        note(u"layout: binary sigil"_s);
        return m_dice.pick({u"~b"_s, u"~"_s}).append(quoted(characters, u'"'));
    case 3:
        if (isVerbatim(characters)) {
            note(u"layout: verbatim sigil"_s);
            return u"~B|"_s + characters + u'|';
        }
        break;
    case 4:
        if (ascii && bytes.size() > 1)
            return u"<< "_s + QString::number(uchar(bytes[0])) + u", "_s +
                   quoted(characters.sliced(1), u'"') + u" >>"_s;
        break;
    default:
        break;
    }
    return u"<<"_s + quoted(characters, u'"') + (ascii ? u">>"_s : u"/utf8>>"_s);
}

// ---- white space --------------------------------------------------------------------------------

QString ValueWriter::blank()
{
    return m_dice.pick({u" "_s, u"\n"_s, u"\n    "_s, u"\t"_s, u" % \"quoted\n"_s});
}

QString ValueWriter::gap()
{
    if (m_layout.style == Layout::Style::Tight)
        return {};
    if (m_layout.style == Layout::Style::Broken)
        return m_depth <= 4 && m_dice.chance(60) ? u'\n' + QString(m_depth, u' ') : QString();
    switch (m_dice.weighted({60, 15, 10, 4, 3, 2, 2})) {
    case 1:
        return u" "_s;
    case 2:
        return u'\n' + QString(m_depth, u' ');
    case 3:
        note(u"layout: comments"_s);
        return u" % ]}, \"it's\" $\n"_s;
    case 4:
        note(u"layout: comments"_s);
        return u"%%% {release, 'x\n\n"_s;
    case 5:
        return u"\r\n\t"_s;
    case 6:
        note(u"layout: odd white space"_s);
        return u" \u00a0\f"_s;
    default:
        return {};
    }
}

} // namespace handover::pairs
