// SPDX-License-Identifier: GPL-3.0-or-later
// The chunks of a BEAM file that hold Erlang terms.
#include "models/erlang/beamerror.h"
#include "models/erlang/beamfile.h"
#include "models/erlang/externalterm.h"
#include "models/erlang/usualattributes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

// In code a list of n elements is nested n deep. What goes through terms needs some hundred bytes of
// stack for each level.
constexpr int MaxCodeDepth = 10'000;

bool isAttribute(const Term &term) { return term.isTuple(2) && term.at(0).atomName(); }

// Forms of {debug_info_v1,erl_abstract_code,{Forms,Options}} or {raw_abstract_v1,Forms}, if it is that.
Result<std::optional<QList<Term>>> forms(const Term &debugInfo)
{
    Term forms;
    if (debugInfo.isTagged("debug_info_v1", 3) && debugInfo.at(1).isAtom("erl_abstract_code"))
        forms = debugInfo.at(2).at(0);
    else if (debugInfo.isTagged("raw_abstract_v1", 2))
        forms = debugInfo.at(1);
    else
        return std::nullopt;
    if (forms.isAtom("none"))
        return std::nullopt;
    if (!forms.isList())
        return badBeam(u"its debug information is not a list of forms"_s);
    return forms.items();
}

} // namespace

Result<QList<Term>> BeamFile::termList(QByteArrayView id) const
{
    const auto data = chunk(id);
    if (!data)
        return QList<Term>();
    const auto term = readExternalTerm(*data);
    if (!term)
        return std::unexpected(term.error());
    if (!term->isList())
        return badBeam(u"its part %1 holds no list"_s.arg(QLatin1StringView(id)));
    return term->items();
}

Result<QList<Term>> BeamFile::attributes() const
{
    auto list = termList("Attr");
    if (list && !std::ranges::all_of(*list, isAttribute))
        return badBeam(u"its attributes have no names"_s);
    return list;
}

Result<QList<Term>> BeamFile::attribute(QByteArrayView name) const
{
    const auto all = attributes();
    if (!all)
        return all;
    QList<Term> values;
    for (const Term &attribute : *all) {
        if (!attribute.at(0).isAtom(name))
            continue;
        if (!attribute.at(1).isList())
            return badBeam(u"the values of an attribute are no list"_s);
        values += attribute.at(1).items();
    }
    return values;
}

Result<QList<QByteArray>> BeamFile::behaviours() const
{
    if (auto usual = behavioursOf(chunk("Attr").value_or(QByteArrayView())))
        return *std::move(usual);
    const auto all = attributes();
    if (!all)
        return std::unexpected(all.error());
    QList<QByteArray> names;
    for (const Term &attribute : *all) {
        if (!attribute.at(0).isAtom("behaviour") && !attribute.at(0).isAtom("behavior"))
            continue;
        for (const Term &value : attribute.at(1).items()) {
            if (const auto name = value.atomName())
                names.append(*name);
        }
    }
    return names;
}

Result<QList<Term>> BeamFile::compileInfo() const { return termList("CInf"); }

Result<std::optional<QList<Term>>> BeamFile::abstractCode() const
{
    const auto filled = [this](QByteArrayView id) {
        const auto data = chunk(id);
        return data && !data->isEmpty() ? data : std::nullopt;
    };
    auto data = filled("Dbgi");
    if (!data)
        data = filled("Abst");
    constexpr char encrypted = '\0'; // then the cipher's name
    if (!data || data->startsWith(encrypted))
        return std::nullopt;
    constexpr ExternalLimits limits{.depth = MaxCodeDepth};
    return readExternalTerm(*data, limits).and_then(forms);
}

} // namespace handover::erlang
