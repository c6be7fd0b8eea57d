// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/generator.h"

#include "models/erlang/layout.h"
#include "models/jobs/wholefile.h"
#include "models/relup/scriptmemory.h"
#include "models/relup/translation.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::relup {

namespace {

using appup::Direction;
using erlang::Term;

Term nameAndErts(const Release &release)
{
    return Term::tuple({Term::string(release.name), Term::string(release.erts)});
}

/// The work of one call.
class Generator
{
public:
    Generator(const RelupInput &input, TermFiles &files, ScriptMemory &memory)
        : m_input(input)
        , m_files(files)
        , m_memory(memory)
    {
    }

    Answer<GeneratedRelup> run(const QList<OrderHint> &hints)
    {
        m_directories = m_files.expand(m_input.path) + m_files.expand(m_input.libPath);
        m_directories.removeDuplicates();
        auto top = load(m_input.top);
        if (!top)
            return std::unexpected(top.error());
        m_top = *std::move(top);

        auto up = scripts(Direction::Up, m_input.upFrom, hints);
        if (!up)
            return std::unexpected(up.error());
        auto down = scripts(Direction::Down, m_input.downTo, hints);
        if (!down)
            return std::unexpected(down.error());
        std::ranges::reverse(m_warnings);
        if (m_input.warningsAsErrors && !m_warnings.isEmpty()) {
            QList<Term> terms;
            for (const RelupWarning &warning : std::as_const(m_warnings))
                terms.append(warning.term);
            return reason(Term::tuple({Term::atom("warnings_treated_as_errors"), Term::list(terms)}));
        }
        return GeneratedRelup{Term::tuple({Term::string(m_top.vsn), up->entries, down->entries}), m_warnings,
                              m_orderIsOpen, std::move(up->traces), std::move(down->traces)};
    }

private:
    static std::unexpected<Reason> reason(const Term &term)
    {
        return std::unexpected(Reason{Reason::Module::Relup, term, false});
    }

    void warn(const char *tag, const Term &value)
    {
        m_warnings.append({Term::tuple({Term::atom(tag), value})});
    }

    Answer<Release> load(const QString &name)
    {
        auto release = loadRelease(name, m_directories, m_files);
        if (release && !release->find("sasl"))
            return reason(Term::tuple({Term::atom("missing_sasl"), release->term()}));
        return release;
    }

    struct Scripts
    {
        Term entries; ///< {Version, Description, Script} of each base; the last base comes first
        QList<Trace> traces;
    };

    Answer<Scripts> scripts(Direction direction, const QList<Base> &bases, const QList<OrderHint> &hints)
    {
        QList<Term> entries;
        QList<Trace> traces;
        for (qsizetype i = 0; i < bases.size(); ++i) {
            const auto base = load(bases[i].name);
            if (!base)
                return std::unexpected(base.error());
            const OrderHint hint = hints.value(i);
            const auto script = makeScript(direction, bases[i].name, *base, direction == Direction::Up ? hint.up : hint.down);
            if (!script)
                return std::unexpected(script.error());
            m_orderIsOpen = m_orderIsOpen || script->orderIsOpen;
            if (script->fromOldSasl)
                m_warnings.append({Term::atom("pre_R15_emulator_upgrade")});
            entries.prepend(Term::tuple({Term::string(base->vsn), bases[i].description, script->instructions}));
            traces.prepend(script->trace);
        }
        return Scripts{Term::list(std::move(entries)), std::move(traces)};
    }

    Answer<ScriptMemory::Script> makeScript(Direction direction, const QString &name, const Release &base,
                                            const QHash<QByteArray, int> &ranks)
    {
        const bool up = direction == Direction::Up;
        ScriptMemory::Question question{up ? m_top : base, up ? base : m_top, {}, ranks};
        auto collected = collect(direction, question.target, question.source, base);
        if (!collected)
            return std::unexpected(collected.error());
        question.scripts = *std::move(collected);
        if (const ScriptMemory::Script *same = m_memory.find(direction, name, question))
            return *same;
        auto script = translateScript(direction, base, question);
        if (script)
            m_memory.keep(direction, name, std::move(question), *script);
        return script;
    }

    static Answer<ScriptMemory::Script> translateScript(Direction direction, const Release &base,
                                                        const ScriptMemory::Question &question)
    {
        const auto origins = std::make_shared<std::deque<Origin>>();
        TranslationInput input{direction, question.target, question.source, {}, question.ranks};
        for (const AppupScript &script : question.scripts) {
            auto expanded = expandScript(script.instructions, script.rule, *origins);
            if (!expanded)
                return std::unexpected(expanded.error());
            input.scripts.append(*std::move(expanded));
        }
        auto translation = translate(input);
        if (!translation)
            return std::unexpected(translation.error());
        ScriptMemory::Script made;
        made.orderIsOpen = translation->orderIsOpen;
        made.fromOldSasl = direction == Direction::Up && startFromOldSasl(base, translation->script);
        QList<Term> terms;
        terms.reserve(translation->script.size());
        made.trace.origins = origins;
        made.trace.of.reserve(translation->script.size());
        for (Step &step : translation->script) {
            terms.append(std::move(step.term));
            made.trace.of.append(std::move(step.from));
        }
        made.instructions = Term::list(std::move(terms));
        return made;
    }

    // What has to happen, in the order systools merges it.
    Answer<QList<AppupScript>> collect(Direction direction, const Release &target, const Release &source,
                                       const Release &base)
    {
        const auto single = [direction](const Term &instruction, const QByteArray &application = {}) {
            return AppupScript{Term::list({instruction}), {application, direction, 0, Origin::None}, {}};
        };
        QList<AppupScript> scripts;
        for (const Application &added : target.applications) {
            if (!source.find(added.name)) {
                scripts.append(single(Term::tuple({Term::atom("add_application"), Term::atom(added.name),
                                                   Term::atom(added.type)}),
                                      added.name));
            }
        }
        for (const qsizetype index : std::as_const(m_top.bootOrder)) {
            const Application &application = m_top.applications[index];
            const Application *before = base.find(application.name);
            if (!before || before->vsn == application.vsn)
                continue;
            auto script = pickScript(application, before->vsn, direction, m_files);
            if (!script)
                return std::unexpected(script.error());
            if (script->otherVersion)
                warn("bad_vsn", Term::tuple({*script->otherVersion, Term::string(application.vsn)}));
            scripts.append(*std::move(script));
        }
        for (const Application &removed : source.applications) {
            if (!target.find(removed.name)) {
                scripts.append(single(Term::tuple({Term::atom("remove_application"), Term::atom(removed.name)}),
                                      removed.name));
            }
        }
        if (m_top.erts != base.erts) {
            scripts.prepend(single(Term::atom("restart_new_emulator")));
            warn("erts_vsn_changed", Term::tuple({nameAndErts(m_top), nameAndErts(base)}));
        }
        if (m_input.restartEmulator)
            scripts.append(single(Term::atom("restart_emulator")));
        return scripts;
    }

    // A sasl from before R15 can't go through a restart_new_emulator that stands first. Its version
    // is compared as a list, character by character.
    static bool startFromOldSasl(const Release &base, Steps &script)
    {
        const Application *sasl = base.find("sasl");
        if (!script.first().term.isAtom("restart_new_emulator") || !sasl || !(sasl->vsn < u"2.2"_s))
            return false;
        const Step restart = script.takeFirst();
        const auto second = std::ranges::find_if(
            script, [](const Step &step) { return step.term.isAtom("restart_emulator"); });
        if (second != script.end())
            script.erase(second);
        script.append(restart);
        return true;
    }

    const RelupInput &m_input;
    TermFiles &m_files;
    ScriptMemory &m_memory;
    QStringList m_directories;
    Release m_top;
    QList<RelupWarning> m_warnings; ///< oldest first
    bool m_orderIsOpen = false;
};

} // namespace

QByteArray GeneratedRelup::text() const { return erlang::printFile(term); }

Answer<GeneratedRelup> generateRelup(const RelupInput &input, TermFiles &files, const QList<OrderHint> &hints)
{
    ScriptMemory memory;
    const TermFiles::Pass pass(files);
    return Generator(input, files, memory).run(hints);
}

Answer<GeneratedRelup> generateRelup(const RelupInput &input, TermFiles &files, ScriptMemory &memory)
{
    const TermFiles::Pass pass(files);
    return Generator(input, files, memory).run({});
}

Answer<void> writeRelup(const GeneratedRelup &relup, const QString &directory)
{
    const QString file = directory + u"/relup"_s;
    if (writeWhole(file, relup.text()))
        return {};
    const QFileInfo place(directory);
    const char *posix = !place.exists()            ? "enoent"
                        : !place.isDir()           ? "enotdir"
                        : QFileInfo(file).isDir()  ? "eisdir"
                        : !place.isWritable()      ? "eacces"
                                                   : "enospc";
    const Term problem = Term::tuple({Term::atom("open"), Term::atom(posix)});
    return std::unexpected(Reason{
        Reason::Module::Relup,
        Term::tuple({Term::atom("file_problem"), Term::tuple({Term::string(u"relup"_s), problem})}), false});
}

} // namespace handover::relup
