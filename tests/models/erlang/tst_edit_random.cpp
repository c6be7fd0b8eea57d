// SPDX-License-Identifier: GPL-3.0-or-later
// Random documents with comments everywhere, random changes: what is read afterwards must be the term with
// that change, and all that was not to be changed must be there as it was.
#include "models/erlang/edit.h"
#include "models/erlang/parser.h"
#include "models/erlang/scanner.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::erlang;

namespace {

// Writes a document; each comment is another one.
class Writer
{
public:
    explicit Writer(quint32 seed)
        : m_random(seed)
    {
    }
    [[nodiscard]] QByteArray document();
    [[nodiscard]] int below(qsizetype limit) { return m_random.bounded(int(limit)); }
    [[nodiscard]] QByteArray word();

private:
    enum class Style { Wild, OneLine, Lines, LinesWithComments, LeadingCommas };

    void term(int depth);
    void container(int depth);
    void gap(Style style, bool behindComma);
    void blanks();
    QByteArray comment() { return "% c" + QByteArray::number(++m_comments) + " , ] \" '\n"; }

    QRandomGenerator m_random;
    QByteArray m_out;
    int m_comments = 0;
    int m_indent = 0;
};

QByteArray Writer::word()
{
    static const QByteArrayList words{"a",
                                      "bc_D@1",
                                      "'q ,]%'",
                                      "\"s,%}\\\"\"",
                                      "<<\"b%\">>",
                                      "$,",
                                      "$%",
                                      "$ ",
                                      "$\\s",
                                      "1.5e-3",
                                      "-3",
                                      "#{k => [1]}",
                                      "[x|y]",
                                      "fun m:f/1",
                                      "\"a\" \"b\"",
                                      "(p)",
                                      "((\"q\"))",
                                      "[]",
                                      "{}",
                                      "\"\"",
                                      "- 1",
                                      "#{}",
                                      "\"two\nlines\"",
                                      "'at\nom'",
                                      "[i,[j|[k]]]",
                                      "\"\"\"\n  t%\n  \"\"\"",
                                      "~b(x,)",
                                      "$\n",
                                      "\"\xC3\xA9\"",
                                      "16#ff"};
    return words[below(words.size())];
}

void Writer::blanks()
{
    for (int n = below(3); n > 0; --n)
        m_out += below(5) == 0 ? '\t' : ' ';
}

void Writer::gap(Style style, bool behindComma)
{
    const QByteArray line = '\n' + QByteArray(m_indent, ' ');
    if (style == Style::OneLine) {
        m_out += behindComma && below(3) > 0 ? " " : "";
    } else if (style == Style::Lines || style == Style::LinesWithComments) {
        if (!behindComma)
            return;
        if (style == Style::LinesWithComments && below(2) == 0)
            m_out += ' ' + comment().chopped(1);
        m_out += line;
        if (style == Style::LinesWithComments && below(3) == 0)
            m_out += comment().chopped(1) + line;
    } else if (style == Style::LeadingCommas) {
        if (behindComma)
            m_out += ' ';
        else
            m_out += (below(3) == 0 ? ' ' + comment().chopped(1) : QByteArray()) + line;
    } else {
        blanks();
        for (int n = below(6) - 2; n > 0; --n) {
            m_out += below(2) == 0 ? comment() : QByteArray("\n");
            blanks();
        }
    }
}

void Writer::container(int depth)
{
    const auto style = static_cast<Style>(below(5));
    const bool list = below(2) == 0;
    const bool apart = below(2) == 0;
    m_indent += 1 + below(3);
    m_out += list ? '[' : '{';
    if (apart || style == Style::Wild)
        gap(style, true);
    for (int n = below(6); n > 0; --n) {
        term(depth - 1);
        if (n == 1)
            break;
        gap(style, false);
        m_out += ',';
        gap(style, true);
    }
    if (style == Style::Wild)
        gap(style, true);
    else if (apart)
        m_out += (below(2) == 0 ? ' ' + comment().chopped(1) : QByteArray()) + '\n';
    m_out += list ? ']' : '}';
    m_indent = qMax(0, m_indent - 2);
}

void Writer::term(int depth)
{
    if (depth == 0 || below(3) == 0)
        m_out += word();
    else
        container(depth);
}

QByteArray Writer::document()
{
    m_out = below(2) == 0 ? comment() : QByteArray();
    container(4);
    gap(Style::Wild, false);
    m_out += '.';
    if (below(2) == 0)
        m_out += ' ' + comment();
    if (below(8) == 0)
        m_out = "%% coding: latin-1\n" + QString::fromUtf8(m_out).toLatin1();
    if (below(6) == 0)
        m_out.replace('\n', "\r\n");
    return m_out;
}

struct Comment
{
    TextRange range;
    QByteArray text;
};

// What the scanner passes over between two tokens is blanks and comments.
QList<Comment> commentsOf(const QByteArray &text)
{
    QList<Comment> comments;
    Scanner scanner(text, isLatin1(text));
    qsizetype done = 0;
    while (scanner.next()) {
        const qsizetype end = scanner.token().range.begin;
        for (qsizetype at = text.indexOf('%', done); at >= 0 && at < end; at = text.indexOf('%', at)) {
            const qsizetype lineEnd = qMin(end, text.indexOf('\n', at));
            comments.append({{at, lineEnd}, text.sliced(at, lineEnd - at).trimmed()});
            at = lineEnd;
        }
        done = scanner.token().range.end;
        if (scanner.token().type == Token::Type::End)
            return comments;
    }
    return {};
}

using Path = QList<qsizetype>;

bool isChangeable(const Term &term, const QByteArray &text)
{
    const char first = text[term.range().begin];
    return term.kind() == Term::Kind::Tuple ||
           (term.kind() == Term::Kind::List && first == '[' && text.sliced(term.range().begin, 3) != "[x|" &&
            text.sliced(term.range().begin, 3) != "[i," && text.sliced(term.range().begin, 3) != "[j|");
}

void collect(const Term &term, const QByteArray &text, const Path &path, QList<Path> &found)
{
    if (!isChangeable(term, text))
        return;
    found.append(path);
    for (qsizetype i = 0; i < term.size(); ++i)
        collect(term.at(i), text, Path(path) << i, found);
}

Term changed(const Term &term, const Path &path, qsizetype depth,
             const std::function<Term(const Term &)> &change)
{
    if (depth == path.size())
        return change(term);
    QList<Term> items = term.items();
    items[path[depth]] = changed(items[path[depth]], path, depth + 1, change);
    return term.kind() == Term::Kind::Tuple ? Term::tuple(items) : Term::list(items);
}

Term at(Term term, const Path &path)
{
    for (const qsizetype index : path)
        term = term.at(index);
    return term;
}

} // namespace

class TestEditRandom : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void insert();
    void remove();
    void replace();

private:
    struct Case
    {
        QByteArray text;
        Term term;
        Path path;
        Term container;
        Term item; ///< a new one
        qsizetype index = 0;
    };
    static Case make(quint32 seed, bool forRemoval);
    static Term withItems(const Case &test, const std::function<void(QList<Term> &)> &change);
    static QByteArray problem(const Case &test, const QList<TextEdit> &edits, const Term &expected);
    static QByteArray lostComment(const Case &test, const QList<TextEdit> &edits, TextRange mayGo);
    static QByteArray show(const Case &test, const QList<TextEdit> &edits, const QByteArray &what);
    static constexpr quint32 Documents = 6'000;
};

// The documents must be what the tests are about.
void TestEditRandom::initTestCase()
{
    int comments = 0;
    for (quint32 seed = 0; seed < 500; ++seed) {
        const QByteArray text = Writer(seed).document();
        const auto term = parseFirstTerm(text);
        QVERIFY2(term, QByteArray(text + (term ? QByteArray() : term.error().message.toUtf8())).constData());
        comments += int(commentsOf(text).size());
    }
    QVERIFY(comments > 2000);
}

TestEditRandom::Case TestEditRandom::make(quint32 seed, bool forRemoval)
{
    Writer writer(seed);
    Case test;
    test.text = writer.document();
    test.term = parseFirstTerm(test.text).value();
    QList<Path> paths;
    collect(test.term, test.text, {}, paths);
    if (forRemoval)
        paths.removeIf([&](const Path &path) { return at(test.term, path).size() == 0; });
    if (paths.isEmpty())
        return make(seed + 1'000'000, forRemoval);
    test.path = paths[writer.below(paths.size())];
    test.container = at(test.term, test.path);
    test.item = parseBareTerm(writer.word()).value();
    if (writer.below(3) == 0)
        test.item = parseBareTerm(Writer(seed + 1).document()).value();
    test.index = writer.below(test.container.size() + (forRemoval ? 0 : 1));
    return test;
}

Term TestEditRandom::withItems(const Case &test, const std::function<void(QList<Term> &)> &change)
{
    return changed(test.term, test.path, 0, [&](const Term &container) {
        QList<Term> items = container.items();
        change(items);
        return container.kind() == Term::Kind::Tuple ? Term::tuple(items) : Term::list(items);
    });
}

QByteArray TestEditRandom::show(const Case &test, const QList<TextEdit> &edits, const QByteArray &what)
{
    return what + "\nbefore:\n" + test.text + "\nafter:\n" + applyEdits(test.text, edits) + "\npart " +
           QByteArray::number(test.index) + " of " +
           test.text.sliced(test.container.range().begin, test.container.range().size());
}

QByteArray TestEditRandom::problem(const Case &test, const QList<TextEdit> &edits, const Term &expected)
{
    const QByteArray after = applyEdits(test.text, edits);
    const auto term = parseFirstTerm(after);
    if (!term)
        return show(test, edits, term.error().message.toUtf8());
    if (!(*term == expected))
        return show(test, edits, "expected " + expected.print());
    qsizetype shift = 0;
    qsizetype done = 0;
    for (const TextEdit &edit : edits) {
        const TextRange range = edit.range;
        const TextRange inside = test.container.range();
        if (range.begin < done || range.end < range.begin || range.begin < inside.begin ||
            range.end > inside.end)
            return show(test, edits, "edits overlap or go too far");
        if (after.sliced(done + shift, range.begin - done) != test.text.sliced(done, range.begin - done))
            return show(test, edits, "other bytes changed");
        shift += edit.replacement.size() - range.size();
        done = range.end;
    }
    return after.sliced(done + shift) == test.text.sliced(done) ? QByteArray()
                                                                : show(test, edits, "other bytes changed");
}

// Comments stay, in their order, except those in a range that may go; new ones don't come.
QByteArray TestEditRandom::lostComment(const Case &test, const QList<TextEdit> &edits, TextRange mayGo)
{
    const QList<Comment> after = commentsOf(applyEdits(test.text, edits));
    qsizetype next = 0;
    for (const Comment &comment : commentsOf(test.text)) {
        if (next < after.size() && after[next].text == comment.text)
            ++next;
        else if (comment.range.begin < mayGo.begin || comment.range.end > mayGo.end)
            return show(test, edits, "lost: " + comment.text);
    }
    return next == after.size() ? QByteArray() : show(test, edits, "new: " + after[next].text);
}

void TestEditRandom::insert()
{
    for (quint32 seed = 0; seed < Documents; ++seed) {
        const Case test = make(seed, false);
        const auto edits = insertItem(test.text, test.container, test.index, test.item);
        QVERIFY2(edits, test.text.constData());
        const Term expected =
            withItems(test, [&](QList<Term> &items) { items.insert(test.index, test.item); });
        const QByteArray wrong = problem(test, *edits, expected);
        QVERIFY2(wrong.isEmpty(), wrong.constData());
        for (const TextEdit &edit : *edits)
            QVERIFY(edit.range.isEmpty());
        const QByteArray lost = lostComment(test, *edits, {});
        QVERIFY2(lost.isEmpty(), lost.constData());
    }
}

void TestEditRandom::remove()
{
    int removedComments = 0;
    for (quint32 seed = 0; seed < Documents; ++seed) {
        const Case test = make(seed, true);
        const auto edits = removeItem(test.text, test.container, test.index);
        QVERIFY2(edits, test.text.constData());
        const Term expected = withItems(test, [&](QList<Term> &items) { items.removeAt(test.index); });
        const QByteArray wrong = problem(test, *edits, expected);
        QVERIFY2(wrong.isEmpty(), wrong.constData());
        const TextRange item = test.container.at(test.index).range();
        const TextRange mayGo{item.begin, qMax(item.end, test.text.indexOf('\n', item.end))};
        const QByteArray lost = lostComment(test, *edits, mayGo);
        QVERIFY2(lost.isEmpty(), lost.constData());
        removedComments += commentsOf(test.text).size() != commentsOf(applyEdits(test.text, *edits)).size();
    }
    QVERIFY(removedComments > 500);
}

void TestEditRandom::replace()
{
    for (quint32 seed = 0; seed < Documents; ++seed) {
        const Case test = make(seed, true);
        const Term old = test.container.at(test.index);
        const auto edit = replaceTerm(test.text, old, test.item);
        QVERIFY2(edit, test.text.constData());
        QCOMPARE(edit->range, old.range());
        const Term expected = withItems(test, [&](QList<Term> &items) { items[test.index] = test.item; });
        const QByteArray wrong = problem(test, {*edit}, expected);
        QVERIFY2(wrong.isEmpty(), wrong.constData());
        const QByteArray lost = lostComment(test, {*edit}, old.range());
        QVERIFY2(lost.isEmpty(), lost.constData());
    }
}

QTEST_GUILESS_MAIN(TestEditRandom)
#include "tst_edit_random.moc"
