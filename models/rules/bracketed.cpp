// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/bracketed.h"

namespace handover::rules {

namespace {

constexpr qsizetype Width = 100;

using Kind = erlang::Term::Kind;

} // namespace

QByteArray bracketed(const QByteArray &open, const QByteArrayList &items, const QByteArray &close, qsizetype column)
{
    const QByteArray line(open + items.join(", ") + close);
    if (column + line.size() <= Width)
        return line;
    const qsizetype indentation = column + open.size();
    QByteArray text = open;
    qsizetype at = indentation;
    for (qsizetype i = 0; i < items.size(); ++i) {
        const bool last = i + 1 == items.size();
        const qsizetype needed = items[i].size() + (last ? close.size() : 1);
        if (i > 0 && at + 1 + needed > Width) {
            text += '\n' + QByteArray(indentation, ' ');
            at = indentation;
        } else if (i > 0) {
            text += ' ';
            ++at;
        }
        text += items[i];
        at += items[i].size();
        if (!last) {
            text += ',';
            ++at;
        }
    }
    return text + close;
}

QByteArray spaced(const erlang::Term &term)
{
    const bool list = term.kind() == Kind::List && term.isList();
    if ((!list && term.kind() != Kind::Tuple) || term.stringValue())
        return term.print();
    QByteArrayList items;
    const QList<erlang::Term> elements = term.items();
    for (const erlang::Term &element : elements)
        items.append(spaced(element));
    const QByteArray inner = items.join(", ");
    return list ? QByteArray('[' + inner + ']') : QByteArray('{' + inner + '}');
}

} // namespace handover::rules
