// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/ruleinsertion.h"

#include "models/appup/matcher.h"
#include "models/appup/pattern.h"
#include "models/appup/template.h"
#include "models/appup/writtenappup.h"
#include "models/erlang/edit.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Term;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupRuleInsertion)
};

QSet<QString> takenBy(const Rule &rule, const QStringList &versions)
{
    const KeyMatcher matcher(rule);
    QSet<QString> taken;
    for (const QString &version : versions) {
        if (matcher.test(version) == Verdict::Taken)
            taken.insert(version);
    }
    return taken;
}

// Whether a rule with these versions belongs in front of another one.
bool isMoreParticular(const Rule &rule, const QSet<QString> &own, const Rule &other, const QStringList &versions)
{
    if (other.key == Rule::Key::Regex && takesEverything(other.text))
        return !(rule.key == Rule::Key::Regex && takesEverything(rule.text));
    if (other.key == Rule::Key::Ignored)
        return false;
    const QSet<QString> others = takenBy(other, versions);
    return own.intersects(others) && !own.contains(others);
}

Term entryOf(const VersionKey &key, const QList<Term> &instructions)
{
    return Term::tuple({key.term(), Term::list(instructions)});
}

std::unexpected<Error> notInsertable()
{
    return refusal(u"appup.not-insertable"_s, Words::tr("The text is no appup at the moment, so no rule can be added to it."),
                   Words::tr("Mend the problems first; they stand in the text."));
}

} // namespace

RulePlace placeFor(const QList<Rule> &rules, const VersionKey &key, const QStringList &versions)
{
    const Rule rule = key.rule();
    const QSet<QString> own = takenBy(rule, versions);
    const auto before = std::ranges::find_if(
        rules, [&](const Rule &other) { return isMoreParticular(rule, own, other, versions); });
    RulePlace place;
    place.index = before - rules.begin();
    place.before = before == rules.end() ? 0 : before->number;
    const Matcher earlier(rules.first(place.index));
    for (const QString &version : versions) {
        if (own.contains(version))
            (earlier.match(version) > 0 ? place.takenFirst : place.takes).append(version);
    }
    return place;
}

Result<QList<TextEdit>> insertRule(QByteArrayView text, const NewRule &rule, const QStringList &versions,
                                   const QString &version)
{
    if (text.trimmed().isEmpty()) {
        const QByteArray empty = '{' + Term::string(version).print() + ",\n [],\n []}.\n";
        const auto edits = insertRule(empty, rule, versions, version);
        if (!edits)
            return edits;
        return QList<TextEdit>{{{0, text.size()}, erlang::applyEdits(empty, *edits)}};
    }
    const auto appup = Appup::parse(blanked(text));
    const WrittenAppup written(text);
    if (!appup || !written.isAppup())
        return notInsertable();
    QList<TextEdit> edits;
    for (const auto &[direction, instructions] : {std::pair(Direction::Up, rule.up), std::pair(Direction::Down, rule.down)}) {
        if (!instructions)
            continue;
        const RulePlace place = placeFor(appup->rules(direction), rule.key, versions);
        const auto inserted = written.insertRule(direction, place.index, entryOf(rule.key, *instructions));
        if (!inserted)
            return notInsertable();
        edits += *inserted;
    }
    return edits;
}

} // namespace handover::appup
