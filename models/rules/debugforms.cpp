// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/debugforms.h"

#include "models/rules/termcursor.h"
#include "models/erlang/externalterm.h"
#include "models/erlang/inflate.h"

#include <QtEndian>

namespace handover::rules {

namespace {

constexpr QByteArrayView Plain("\x83", 1);
constexpr QByteArrayView Compressed("\x83P", 2);
constexpr qsizetype CompressedHeader = 6; // with the unpacked size
constexpr qsizetype LargestInfo = 256 * 1024 * 1024;
constexpr qsizetype UsualStart = 8 * 1024; // in which the functions begin
constexpr int DeepestForm = 10'000; // in code a list of n elements is nested n deep

// The bytes of the term, without what says that it is one.
QByteArray unpacked(QByteArrayView info)
{
    if (info.startsWith(Compressed) && info.size() >= CompressedHeader) {
        const qsizetype size = qFromBigEndian<quint32>(info.data() + 2);
        if (size > LargestInfo)
            return {};
        return erlang::inflated(info.sliced(CompressedHeader), erlang::Packing::Zlib, size).value_or(QByteArray());
    }
    return info.startsWith(Plain) ? info.sliced(1).toByteArray() : QByteArray();
}

// Stands before the list of forms in {debug_info_v1, erl_abstract_code, {Forms, Options}} or
// {raw_abstract_v1, Forms}.
bool enterForms(TermCursor &cursor)
{
    const auto size = cursor.enterTuple();
    const auto version = cursor.atom();
    if (size == 2 && version == "raw_abstract_v1")
        return true;
    return size == 3 && version == "debug_info_v1" && cursor.atom() == "erl_abstract_code" && cursor.enterTuple() == 2;
}

// {function, Anno, Name, Arity, Clauses} or {attribute, Anno, record, {Name, Fields}}
std::optional<DebugForms::Form> wanted(QByteArrayView bytes, qsizetype at)
{
    TermCursor cursor(bytes, at);
    const auto size = cursor.enterTuple();
    if (!size || *size < 4)
        return std::nullopt;
    const auto kind = cursor.atom();
    if (!kind || !cursor.skip())
        return std::nullopt;
    const auto name = cursor.atom();
    if (kind == "attribute" && name == "record")
        return DebugForms::Form{};
    if (kind != "function" || !name)
        return std::nullopt;
    const auto arity = cursor.smallInteger();
    return arity ? std::optional(DebugForms::Form{true, name->toByteArray(), *arity, {}}) : std::nullopt;
}

QByteArrayView infoOf(const erlang::BeamFile &module)
{
    const auto chunk = module.chunk("Dbgi").value_or(QByteArrayView());
    return chunk.isEmpty() ? module.chunk("Abst").value_or(QByteArrayView()) : chunk;
}

} // namespace

bool DebugForms::find(Until until)
{
    m_forms.clear();
    TermCursor cursor(m_bytes);
    const auto count = enterForms(cursor) ? cursor.enterList() : std::nullopt;
    for (qsizetype i = 0; count && i < *count; ++i) {
        const qsizetype begin = cursor.at();
        auto form = wanted(m_bytes, begin);
        if (until == Until::FirstFunction && form && form->isFunction)
            return true;
        if (!cursor.skip())
            return false;
        if (form) {
            form->bytes = {begin, cursor.at()};
            m_forms.append(*std::move(form));
        }
    }
    return count.has_value();
}

std::optional<DebugForms> DebugForms::of(const erlang::BeamFile &module)
{
    DebugForms forms;
    forms.m_bytes = unpacked(infoOf(module));
    return forms.find(Until::End) ? std::optional(std::move(forms)) : std::nullopt;
}

std::optional<DebugForms> DebugForms::recordsOf(const erlang::BeamFile &module)
{
    const QByteArrayView info = infoOf(module);
    DebugForms forms;
    if (info.startsWith(Compressed) && info.size() >= CompressedHeader) {
        forms.m_bytes = erlang::inflatedStart(info.sliced(CompressedHeader), erlang::Packing::Zlib, UsualStart);
        if (forms.find(Until::FirstFunction))
            return forms;
    }
    forms.m_bytes = unpacked(info);
    return forms.find(Until::FirstFunction) ? std::optional(std::move(forms)) : std::nullopt;
}

erlang::Term DebugForms::read(TextRange bytes) const
{
    constexpr erlang::ExternalLimits limits{.depth = DeepestForm};
    const QByteArray term(Plain + QByteArrayView(m_bytes).sliced(bytes.begin, bytes.size()));
    return erlang::readExternalTerm(term, limits).value_or(erlang::Term());
}

bool DebugForms::mentions(TextRange bytes, QByteArrayView atom) const
{
    return QByteArrayView(m_bytes).sliced(bytes.begin, bytes.size()).contains(atom);
}

} // namespace handover::rules
