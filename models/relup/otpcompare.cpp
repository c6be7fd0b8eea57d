// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/otpcompare.h"

#include "models/relup/reasonwords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using erlang::Term;

// Ranks by the last load of each module, or the last remove of one that isn't loaded.
QHash<QByteArray, int> ranksIn(const Term &script, int sign)
{
    QHash<QByteArray, int> loaded;
    QHash<QByteArray, int> removed;
    const QList<Term> instructions = script.items();
    for (int i = 0; i < instructions.size(); ++i) {
        const bool load = instructions[i].isTagged("load", 2);
        if (load || instructions[i].isTagged("remove", 2)) {
            const QByteArray module = instructions[i].at(1).at(0).atomName().value_or(QByteArray());
            (load ? loaded : removed).insert(module, sign * i);
        }
    }
    removed.insert(loaded);
    return removed;
}

QString firstDifference(const QString &way, const Term &ours, const Term &theirs)
{
    const QList<Term> left = ours.items();
    const QList<Term> right = theirs.items();
    const auto [mine, other] = std::ranges::mismatch(left, right);
    const auto shown = [](const QList<Term> &script, auto at) {
        return at == script.end() ? u"nothing more"_s : inWords(*at);
    };
    return u"%1, instruction %2: OTP has %3, Handover has %4."_s.arg(
        way, QString::number(std::distance(left.begin(), mine) + 1), shown(right, other), shown(left, mine));
}

QString differenceBetween(const Term &ours, const Term &theirs)
{
    for (const int list : {1, 2}) {
        const QList<Term> left = ours.at(list).items();
        const QList<Term> right = theirs.at(list).items();
        for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
            if (left[i] == right[i])
                continue;
            const QString way = (list == 1 ? u"Up from %1"_s : u"Down to %1"_s).arg(textOf(left[i].at(0)));
            return firstDifference(way, left[i].at(2), right[i].at(2));
        }
    }
    return u"The same instructions, written differently."_s;
}

QString outcomeWords(const Term &outcome)
{
    if (outcome.isTagged("ok", 2))
        return u"OTP makes a relup"_s;
    if (outcome.isTagged("error", 4))
        return u"OTP makes none (%1)"_s.arg(textOf(outcome.at(3)).simplified());
    return u"OTP crashes (%1)"_s.arg(inWords(outcome.at(1)));
}

Verification compareFailures(const Reason &ours, const OtpAnswer &theirs)
{
    const bool same = ours.raised ? theirs.outcome.isTagged("raised", 2)
                                  : theirs.outcome.isTagged("error", 4) &&
                                        theirs.outcome.at(1).isAtom(ours.moduleName()) &&
                                        theirs.outcome.at(2).isAtom(ours.tag());
    if (same)
        return {Agreement::Identical, theirs.release, {}};
    return {Agreement::Different, theirs.release,
            outcomeWords(theirs.outcome) + u"; Handover says: "_s + ours.toError().message};
}

} // namespace

QString Verification::words() const
{
    switch (agreement) {
    case Agreement::Identical:
        return u"identical to OTP %1"_s.arg(release);
    case Agreement::OpenOrder:
        return u"as OTP %1 but for the order of modules that OTP leaves open"_s.arg(release);
    case Agreement::Different:
        return u"different from OTP %1: %2"_s.arg(release, difference);
    }
    Q_UNREACHABLE_RETURN({});
}

QList<OrderHint> ordersOf(const Term &relup)
{
    const QList<Term> up = relup.at(1).items();
    const QList<Term> down = relup.at(2).items();
    QList<OrderHint> hints(std::max(up.size(), down.size()));
    for (qsizetype i = 0; i < up.size(); ++i) // loaded against the order of dependency
        hints[up.size() - 1 - i].up = ranksIn(up[i].at(2), -1);
    for (qsizetype i = 0; i < down.size(); ++i)
        hints[down.size() - 1 - i].down = ranksIn(down[i].at(2), 1);
    return hints;
}

Verification compareWithOtp(const Verifiable &ours, const OtpAnswer &theirs)
{
    if (!ours.answer)
        return compareFailures(ours.answer.error(), theirs);
    if (!theirs.relup)
        return {Agreement::Different, theirs.release, outcomeWords(theirs.outcome) + u"; Handover does."_s};
    if (ours.answer->text() == *theirs.relup)
        return {Agreement::Identical, theirs.release, {}};
    const auto term = erlang::parseFirstTerm(*theirs.relup);
    if (!term)
        return {Agreement::Different, theirs.release, u"OTP's file can't be read here."_s};
    TermFiles files(ours.directory);
    for (auto text = ours.texts.begin(); text != ours.texts.end(); ++text)
        files.setText(text.key(), text.value());
    // The same rules in OTP's order; the files must still be those that `ours` was made from.
    const auto again = generateRelup(ours.input, files);
    const auto ordered = generateRelup(ours.input, files, ordersOf(*term));
    if (again && again->term == ours.answer->term && ordered && ordered->text() == *theirs.relup)
        return {Agreement::OpenOrder, theirs.release, {}};
    return {Agreement::Different, theirs.release, differenceBetween(ours.answer->term, *term)};
}

} // namespace handover::relup
