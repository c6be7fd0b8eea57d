// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/check.h"
#include "models/appup/matcher.h"
#include "models/erlang/beamfile.h"
#include "models/erlang/edit.h"
#include "models/erlang/externalterm.h"
#include "models/erlang/parser.h"
#include "models/erlang/source.h"
#include "models/package/elf.h"

#include <algorithm>
#include <array>
#include <cstdlib>

/// What reads files that may be hostile, each with the promises that hold for any bytes. The fuzzers
/// call these with bytes of their own making, tst_fuzzcorpus with the corpus.
namespace handover::fuzz {

inline void promise(bool kept)
{
    if (!kept)
        std::abort();
}

inline void describe(const Error &error, const QString &code)
{
    promise(error.code == code && !error.message.isEmpty());
}

/// What an edit makes of a text parses, and is what was asked for.
inline void edits(QByteArrayView text, const erlang::Term &first)
{
    const erlang::Term added =
        erlang::Term::tuple({erlang::Term::atom("added"), erlang::Term::string(QStringLiteral("x"))});
    const auto makes = [&](const QList<TextEdit> &edits, const QList<erlang::Term> &items) {
        const QByteArray edited = erlang::applyEdits(text, edits);
        if (erlang::isLatin1(edited) != erlang::isLatin1(text))
            return true; // what looked like a coding comment came or went
        const auto term = erlang::parseFirstTerm(edited);
        return term && term->items() == items;
    };
    if (const auto edit = erlang::replaceTerm(text, first, added))
        promise(makes({*edit}, added.items()));
    const QList<erlang::Term> items = first.items();
    for (const qsizetype index : {qsizetype(0), items.size() / 2, items.size()}) {
        if (const auto edit = erlang::insertItem(text, first, index, added)) {
            QList<erlang::Term> expected = items;
            expected.insert(index, added);
            promise(makes(*edit, expected));
        }
        if (const auto edit = erlang::removeItem(text, first, index)) {
            QList<erlang::Term> expected = items;
            expected.removeAt(index);
            promise(makes(*edit, expected));
        }
    }
}

/// Terms as text: what is read prints, and the print reads back as the same.
inline void terms(QByteArrayView text)
{
    constexpr qsizetype enough = 64 * 1024; // sizes in a binary let a short text print long
    const erlang::Limits limits{.bytes = enough};
    const auto check = [&](const erlang::Term &term) {
        const TextRange range = term.range();
        promise(range.begin >= 0 && range.begin < range.end && range.end <= text.size());
        for (const QByteArray &print : {term.print(), term.write()}) {
            promise(!print.isEmpty());
            if (print.size() > enough || erlang::isLatin1(print)) // a coding comment within a string
                continue;
            const auto again = erlang::parseBareTerm(print);
            promise(again && *again == term);
        }
    };
    const auto checkError = [&](const erlang::SyntaxError &error) {
        promise(!error.message.isEmpty() && error.range.begin >= 0 && error.range.end <= text.size());
        describe(error.toError(QStringLiteral("file")), QStringLiteral("erlang.syntax"));
    };
    if (const auto all = erlang::parseTerms(text, limits)) {
        for (const erlang::Term &term : *all)
            check(term);
    } else {
        checkError(all.error());
    }
    const auto first = erlang::parseFirstTerm(text, limits);
    for (const auto &one : {first, erlang::parseBareTerm(text, limits)}) {
        if (one)
            check(*one);
        else
            checkError(one.error());
    }
    if (first)
        edits(text, *first);
}

inline void externalterm(QByteArrayView bytes)
{
    const auto term =
        erlang::readExternalTerm(bytes, {.depth = 500, .terms = 100'000, .bytes = 4 * 1024 * 1024});
    if (!term) {
        describe(term.error(), QStringLiteral("erlang.external-term"));
        return;
    }
    promise(!term->print().isEmpty() && !term->write().isEmpty());
    promise(*erlang::readExternalTerm(bytes) == *term);
    static_cast<void>(term->stringValue());
    promise(term->size() == term->items().size());
}

inline void beam(QByteArrayView bytes)
{
    const auto file = erlang::BeamFile::parse(bytes.toByteArray());
    if (!file) {
        describe(file.error(), QStringLiteral("erlang.beam"));
        return;
    }
    promise(file->md5().size() == 16 && file->md5() == erlang::BeamFile(*file).md5());
    for (const QByteArray &id : file->chunkIds())
        promise(file->chunk(id).has_value());
    const auto read = [](const auto &result) {
        if (!result)
            promise(result.error().code.startsWith(QLatin1StringView("erlang.")) &&
                    !result.error().message.isEmpty());
        return result.has_value();
    };
    if (const auto exports = file->exports(); read(exports))
        promise(std::ranges::is_sorted(*exports));
    static_cast<void>(read(file->imports()));
    static_cast<void>(read(file->behaviours()));
    static_cast<void>(read(file->compileInfo()));
    static_cast<void>(read(file->abstractCode()));
    if (const auto attributes = file->attributes(); read(attributes)) {
        for (const erlang::Term &attribute : *attributes)
            static_cast<void>(read(file->attribute(*attribute.at(0).atomName())));
    }
}

inline void appup(QByteArrayView text)
{
    const QStringList versions{QStringLiteral("1.0.0"), QStringLiteral("1.10"), QStringLiteral("2.0.0-rc.1")};
    for (const bool isTemplate : {false, true}) {
        const QString vsn = isTemplate ? QStringLiteral("1.2.3") : QString();
        const QString name = isTemplate ? QStringLiteral("a.appup.src") : QStringLiteral("a.appup");
        for (const Issue &issue : appup::check(text, {name, vsn, versions})) {
            promise(!issue.code.isEmpty() && !issue.message.isEmpty());
            promise(issue.range.begin >= 0 && issue.range.begin <= issue.range.end &&
                    issue.range.end <= text.size());
        }
        const auto parsed = appup::Appup::parse(text, vsn);
        if (!parsed)
            continue;
        for (const auto &rules : {parsed->up, parsed->down}) {
            const appup::Matcher matcher(rules);
            for (const QString &version : versions)
                promise(matcher.match(version) <= rules.size() &&
                        matcher.verdicts(version).size() == rules.size());
        }
    }
}

inline void elf(QByteArrayView bytes)
{
    const auto file = package::readElf(bytes);
    if (!file) {
        describe(file.error(), QStringLiteral("package.elf"));
        return;
    }
    promise(package::isElf(bytes) && !file->system.words().isEmpty());
    const auto inside = [&](const QByteArray &name) { return name.isEmpty() || bytes.contains(name); };
    promise(inside(file->interpreter) && inside(file->soname) && std::ranges::all_of(file->needed, inside));
    for (const package::ElfFile::Version &version : file->versions)
        promise(inside(version.library) && inside(version.name));
    promise(file->isLinked || (file->needed.isEmpty() && file->interpreter.isEmpty()));
}

struct Target
{
    const char *name;
    void (*run)(QByteArrayView);
};

inline constexpr std::array targets{Target{"terms", terms}, Target{"externalterm", externalterm},
                                    Target{"beam", beam}, Target{"appup", appup},
                                    Target{"elf", elf}};

} // namespace handover::fuzz
