// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/reader.h"

#include "models/appup/cost.h"

#include <QCoreApplication>
#include <QStringDecoder>

namespace handover::appup {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupReader)
};

using erlang::Term;

void setKey(Rule &rule, const Term &key)
{
    if (const auto text = key.stringValue()) {
        rule.key = Rule::Key::Literal;
        rule.text = *text;
    } else if (const auto bytes = key.binaryValue()) {
        rule.key = Rule::Key::Regex;
        QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        rule.text = decode(*bytes);
        rule.badEncoding = decode.hasError();
    }
}

QList<Rule> readRules(const Term &list, Direction direction, const Template &source)
{
    QList<Rule> rules;
    for (const Term &entry : list.items()) {
        Rule rule;
        rule.number = static_cast<int>(rules.size()) + 1;
        rule.direction = direction;
        rule.range = source.toSource(entry.range());
        rule.keyRange = rule.range;
        if (entry.isTuple(2)) {
            setKey(rule, entry.at(0));
            rule.instructions = entry.at(1).isList() ? entry.at(1).items() : QList<Term>{};
            rule.instructionsRange = source.toSource(entry.at(1).range());
            rule.cost = costOf(rule.instructions);
        }
        if (entry.kind() == Term::Kind::Tuple && entry.size() > 0)
            rule.keyRange = source.toSource(entry.at(0).range());
        rules.append(rule);
    }
    return rules;
}

} // namespace

std::optional<ShapeError> shapeError(const Term &term)
{
    if (!term.isTuple(3))
        return ShapeError::NotThree;
    if (!term.at(1).isList() || term.at(1).kind() == Term::Kind::String)
        return ShapeError::UpNoList;
    if (!term.at(2).isList() || term.at(2).kind() == Term::Kind::String)
        return ShapeError::DownNoList;
    return std::nullopt;
}

Appup fromTerm(const Term &term, const Template &source)
{
    Appup appup;
    appup.version = term.at(0).stringValue().value_or(QString());
    appup.versionRange = source.toSource(term.at(0).range());
    appup.upRange = source.toSource(term.at(1).range());
    appup.downRange = source.toSource(term.at(2).range());
    appup.up = readRules(term.at(1), Direction::Up, source);
    appup.down = readRules(term.at(2), Direction::Down, source);
    return appup;
}

erlang::SyntaxError inSource(erlang::SyntaxError error, const Template &source, QByteArrayView text)
{
    error.range = source.toSource(error.range);
    error.place = placeOf(text, error.range.begin);
    return error;
}

QString shapeWords(ShapeError error)
{
    switch (error) {
    case ShapeError::NotThree:
        return Words::tr("An appup is a tuple of three: {Version, [{UpFromVersion, Instructions}], "
                         "[{DownToVersion, Instructions}]}.");
    case ShapeError::UpNoList:
        return Words::tr("The upgrade rules must be a list: [{UpFromVersion, Instructions}].");
    case ShapeError::DownNoList:
        return Words::tr("The downgrade rules must be a list: [{DownToVersion, Instructions}].");
    }
    return {};
}

TextRange shapeRange(const erlang::Term &term, ShapeError error)
{
    switch (error) {
    case ShapeError::NotThree:
        break;
    case ShapeError::UpNoList:
        return term.at(1).range();
    case ShapeError::DownNoList:
        return term.at(2).range();
    }
    return term.range();
}

} // namespace handover::appup
