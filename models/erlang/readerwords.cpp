// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/readerwords.h"

#include <QCoreApplication>

namespace handover::erlang::ReaderWords {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ErlangReader)
};

} // namespace

QString tooLong(qsizetype bytes)
{
    return Words::tr("This is more than %1 MB and is not read.").arg(bytes / 1024 / 1024);
}
QString tooManyTerms(qsizetype terms)
{
    return Words::tr("The text holds more than %1 terms and is not read.").arg(terms);
}
QString tooDeep(int depth)
{
    return Words::tr("The terms are nested more than %1 deep and are not read.").arg(depth);
}
QString dotMissing() { return Words::tr("The full stop at the end of the term is missing."); }
QString signNeedsNumber(QByteArrayView sign)
{
    return Words::tr("'%1' may only stand before a number here.").arg(QString::fromUtf8(sign));
}
QString recordInText()
{
    return Words::tr("Records can't stand here; '#' must be followed by a map: #{Key => Value}.");
}
QString onlyExportedFuns()
{
    return Words::tr("Of funs only the form 'fun module:function/arity' can stand here.");
}
QString badSize() { return Words::tr("The size of a segment must be an integer that is not negative."); }
QString segmentType() { return Words::tr("a type such as utf8"); }
QString unitNumber() { return Words::tr("a unit from 1 to 256, as in unit:8,"); }
QString badSegmentType()
{
    return Words::tr("The types of this segment don't exist or contradict each other.");
}
QString badSegment() { return Words::tr("This value can't stand in a binary with this type and size."); }
QString unknownSigil() { return Words::tr("Erlang has no such sigil; it has ~, ~b, ~B, ~s and ~S."); }
QString sigilSuffix() { return Words::tr("Nothing may stand directly behind a sigil."); }
QString noTerm() { return Words::tr("There is no term in this text."); }
QString endOfText() { return Words::tr("The text ends where a term is expected."); }
QString variable(const QString &name)
{
    return Words::tr("%1 is a variable, and only constants can stand here. If it is an atom, quote it: '%1'.")
        .arg(name);
}
QString reserved(const QString &word)
{
    return Words::tr("%1 is a reserved word of Erlang. If it is an atom, quote it: '%1'.").arg(word);
}
QString termMissing(const QString &before) { return Words::tr("A term is missing before '%1'.").arg(before); }
QString commaTooMany(const QString &bracket)
{
    return Words::tr("A term is missing between ',' and '%1'; if there is none, remove the comma.")
        .arg(bracket);
}
QString commaMissing(const QString &before)
{
    return Words::tr("A comma is missing before '%1'.").arg(before);
}
QString closesOther(const QString &found, const QString &opening, int line, const QString &expected)
{
    return Words::tr("'%1' can't close the '%2' of line %3; '%4' is missing before it.")
        .arg(found, opening, QString::number(line), expected);
}
QString nothingToClose(const QString &found)
{
    return Words::tr("There is nothing open that '%1' could close.").arg(found);
}
QString unclosed(const QString &opening, const QString &closing)
{
    return Words::tr("The '%1' here is never closed: '%2' is missing.").arg(opening, closing);
}
QString calculation(const QString &sign)
{
    return Words::tr("'%1' can't stand here: only constants are allowed, nothing is calculated.").arg(sign);
}
QString dotInside(const QString &opening, int line, const QString &closing)
{
    return Words::tr("The full stop comes before the '%1' of line %2 is closed: '%3' is missing.")
        .arg(opening, QString::number(line), closing);
}
QString expected(const QString &what, const QString &found)
{
    return Words::tr("Here %1 is expected, not '%2'.").arg(what, found);
}

} // namespace handover::erlang::ReaderWords
