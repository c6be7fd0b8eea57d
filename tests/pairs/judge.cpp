// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pairs/judge.h"

#include "tests/pairs/faults.h"

#include "models/erlang/parser.h"
#include "models/relup/otp.h"
#include "models/relup/relupcall.h"

using namespace Qt::StringLiterals;

namespace handover::pairs {

using erlang::Term;
using Outcome = OtpAnswer::Outcome;

namespace {

/// Without the words of the parser, which are ours: {Line, erl_parse, _}, {parse_error, {File, Line, _}}.
Term withoutWords(const Term &term)
{
    if (term.kind() != Term::Kind::List && term.kind() != Term::Kind::Tuple)
        return term;
    QList<Term> items;
    for (const Term &item : term.items())
        items += withoutWords(item);
    if (term.isTuple(3) && term.at(1).isAtom("erl_parse"))
        items[2] = Term();
    if (term.isTagged("parse_error", 2) && term.at(1).isTuple(3))
        items[1] = Term::tuple({term.at(1).at(0), term.at(1).at(1), Term()});
    if (term.kind() == Term::Kind::Tuple)
        return Term::tuple(items);
    return term.isList() ? Term::list(items) : term;
}

QString shown(const Term &term) { return QString::fromUtf8(term.print()); }

/// The first line in which two texts differ.
QString firstDifference(const QByteArray &ours, const QByteArray &theirs)
{
    const QList<QByteArray> left = ours.split('\n');
    const QList<QByteArray> right = theirs.split('\n');
    for (qsizetype line = 0; line < std::max(left.size(), right.size()); ++line) {
        if (left.value(line) != right.value(line))
            return u"line %1\n  Handover: %2\n  OTP:      %3"_s.arg(QString::number(line + 1),
                                                                    QString::fromUtf8(left.value(line)),
                                                                    QString::fromUtf8(right.value(line)));
    }
    return {};
}

QString compareWarnings(const relup::GeneratedRelup &ours, const OtpAnswer &otp)
{
    QList<Term> terms;
    for (const relup::RelupWarning &warning : ours.warnings)
        terms += warning.term;
    if (terms == otp.warnings)
        return {};
    return u"warnings\n  Handover: %1\n  OTP:      %2"_s.arg(shown(Term::list(terms)),
                                                             shown(Term::list(otp.warnings)));
}

QString compareRelups(const relup::GeneratedRelup &ours, const OtpAnswer &otp)
{
    if (ours.text() != otp.canonical)
        return u"canonical relup, "_s + firstDifference(ours.text(), otp.canonical);
    if (!ours.orderIsOpen && !otp.sameOrder)
        return u"Handover says that the order isn't open, and OTP took another"_s;
    return compareWarnings(ours, otp);
}

/// Whether a script tells the order of its modules: not if it loads one twice.
bool tellsOrder(const Term &script)
{
    QSet<QByteArray> loaded;
    for (const Term &instruction : script.items()) {
        const QByteArray module = instruction.at(1).at(0).print();
        if (instruction.isTagged("load", 2) && loaded.contains(module))
            return false;
        if (instruction.isTagged("load", 2))
            loaded += module;
    }
    return true;
}

bool allTellOrder(const Term &relup)
{
    const QList<Term> scripts = relup.at(1).items() + relup.at(2).items();
    return std::ranges::all_of(scripts, [](const Term &entry) { return tellsOrder(entry.at(2)); });
}

/// With OTP's order as a hint, its own file must come out.
QString compareHinted(const relup::RelupInput &input, relup::TermFiles &files, const OtpAnswer &otp)
{
    const auto theirs = erlang::parseFirstTerm(otp.relup);
    if (!theirs)
        return u"OTP's relup can't be read"_s;
    if (!allTellOrder(*theirs))
        return {};
    const auto hinted = relup::generateRelup(input, files, relup::ordersOf(*theirs));
    if (!hinted)
        return u"with OTP's order: "_s + shown(hinted.error().term);
    if (hinted->text() != otp.relup)
        return u"with OTP's order, "_s + firstDifference(hinted->text(), otp.relup);
    return {};
}

QString compareReasons(const relup::Reason &ours, const OtpAnswer &otp)
{
    const QString mine = u"%1 %2%3"_s.arg(QString::fromUtf8(ours.moduleName()),
                                          ours.raised ? u"raises "_s : QString(), shown(ours.term));
    if (otp.outcome == Outcome::Raised)
        return ours.raised && otp.reason == ours.term.at(0)
                   ? QString()
                   : u"reason\n  Handover: %1\n  OTP raises %2"_s.arg(mine, shown(otp.reason));
    if (!ours.raised && ours.moduleName() == otp.module &&
        withoutWords(ours.term) == withoutWords(otp.reason))
        return {};
    return u"reason\n  Handover: %1\n  OTP:      %2 %3"_s.arg(mine, QString::fromUtf8(otp.module),
                                                              shown(otp.reason));
}

bool sameBases(const QList<relup::Base> &left, const QList<relup::Base> &right)
{
    return std::ranges::equal(left, right, [](const relup::Base &a, const relup::Base &b) {
        return a.name == b.name && a.description == b.description;
    });
}

/// The call as a term must mean the same input.
QString compareCalls(const Pair &pair)
{
    const auto term = erlang::parseBareTerm(pair.call);
    if (!term)
        return u"the call can't be read"_s;
    const auto call = relup::RelupCall::parse(*term);
    if (!call)
        return u"the call is refused: "_s + call.error().message;
    const relup::RelupInput &read = call->input;
    const relup::RelupInput &meant = pair.input;
    const bool same = read.top == meant.top && sameBases(read.upFrom, meant.upFrom) &&
                      sameBases(read.downTo, meant.downTo) && read.path == meant.path &&
                      read.restartEmulator == meant.restartEmulator &&
                      read.warningsAsErrors == meant.warningsAsErrors;
    return same ? QString() : u"the call is read as another input"_s;
}

} // namespace

QString differenceOf(const Pair &pair, const OtpAnswer &otp, const QString &directory,
                     const QStringList &codePath)
{
    if (const QString difference = compareCalls(pair); !difference.isEmpty())
        return difference;
    relup::RelupInput input = pair.input;
    input.libPath = codePath;
    relup::TermFiles files(directory);
    const auto ours = relup::generateRelup(input, files);
    if (!ours) {
        return otp.outcome == Outcome::Ok ? u"OTP makes a relup; Handover: "_s + shown(ours.error().term)
                                          : compareReasons(ours.error(), otp);
    }
    if (otp.outcome != Outcome::Ok)
        return u"Handover makes a relup; OTP: "_s + shown(otp.reason);
    const QString difference = compareRelups(*ours, otp);
    return difference.isEmpty() ? compareHinted(input, files, otp) : difference;
}

QString tagOf(const OtpAnswer &answer)
{
    if (answer.outcome == Outcome::Ok)
        return u"ok"_s;
    if (answer.outcome == Outcome::Raised)
        return u"raised"_s;
    Term term = answer.reason;
    while (term.kind() == Term::Kind::Tuple || term.kind() == Term::Kind::List) {
        if (term.size() == 0)
            return u"other"_s;
        term = term.at(0);
    }
    return QString::fromUtf8(term.atomName().value_or("other"));
}

// ---- Tally --------------------------------------------------------------------------------------

void Tally::add(const Pair &pair, const OtpAnswer &answer)
{
    const QString tag = tagOf(answer);
    const bool ok = answer.outcome == Outcome::Ok;
    ++m_outcomes[ok ? (answer.sameOrder ? u"relup"_s : u"relup in another order"_s)
                 : answer.outcome == Outcome::Error ? u"error"_s
                                                    : u"raised"_s];
    if (!ok)
        ++m_tags[tag];
    for (const Term &warning : answer.warnings)
        ++m_warnings[QString::fromUtf8(warning.atomName().value_or(warning.at(0).atomName().value_or("")))];
    for (const QString &form : pair.forms) {
        if (ok)
            ++m_forms[form];
    }
    for (const QString &feature : pair.features)
        ++m_features[feature];
    if (!pair.fault.isEmpty() && (pair.tags.contains(tag) || pair.tags.contains(u"*"_s)))
        ++m_faults[pair.fault];
}

QStringList Tally::missing() const
{
    QStringList names;
    const auto compare = [&](const QStringList &wanted, const QMap<QString, int> &found,
                             const QString &kind) {
        for (const QString &name : wanted) {
            if (!found.contains(name))
                names += kind + u" \""_s + name + u"\" never came"_s;
        }
        for (const QString &name : found.keys()) {
            if (!wanted.contains(name))
                names += kind + u" \""_s + name + u"\" is in no list"_s;
        }
    };
    QStringList faults;
    for (const Fault &fault : allFaults())
        faults += fault.name;
    compare(allForms(), m_forms, u"instruction"_s);
    compare(allFeatures(), m_features, u"feature"_s);
    compare(faults, m_faults, u"fault"_s);
    compare({u"bad_vsn"_s, u"erts_vsn_changed"_s, u"pre_R15_emulator_upgrade"_s}, m_warnings, u"warning"_s);
    return names;
}

QString Tally::summary() const
{
    QStringList parts;
    for (auto outcome = m_outcomes.cbegin(); outcome != m_outcomes.cend(); ++outcome)
        parts += u"%1: %2"_s.arg(outcome.key(), QString::number(outcome.value()));
    return parts.join(u", "_s);
}

QString Tally::table() const
{
    QString text;
    const auto section = [&](const QString &title, const QMap<QString, int> &counts) {
        text += title + u'\n';
        for (auto count = counts.cbegin(); count != counts.cend(); ++count)
            text += u"%1 %2\n"_s.arg(count.value(), 7).arg(count.key());
    };
    section(u"outcomes"_s, m_outcomes);
    section(u"reasons"_s, m_tags);
    section(u"warnings"_s, m_warnings);
    section(u"instructions, by relups that have them"_s, m_forms);
    section(u"faults that had their effect"_s, m_faults);
    section(u"features, by cases"_s, m_features);
    return text;
}

} // namespace handover::pairs
