// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/moduleindex.h"

#include <algorithm>

namespace handover::rules {

namespace {

std::optional<erlang::BeamFile> read(const QString &path)
{
    const auto bytes = readModule(path);
    auto beam = bytes ? erlang::BeamFile::parse(*bytes) : std::unexpected(bytes.error());
    return beam ? std::optional(*std::move(beam)) : std::nullopt;
}

bool startsSupervisors(const erlang::BeamFile &module)
{
    const auto imports = module.imports();
    return imports && std::ranges::any_of(*imports, [](const erlang::ImportedFunction &imported) {
        return imported.module == "supervisor" && imported.function.name == "start_link";
    });
}

} // namespace

bool mentions(const erlang::BeamFile &module, std::initializer_list<QByteArrayView> words)
{
    for (const QByteArrayView id : {QByteArrayView("AtU8"), QByteArrayView("Atom"), QByteArrayView("Attr")}) {
        const auto chunk = module.chunk(id);
        if (chunk && std::ranges::any_of(words, [&](QByteArrayView word) { return chunk->contains(word); }))
            return true;
    }
    return false;
}

std::optional<erlang::BeamFile> ModuleIndex::find(const QByteArray &module) const
{
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_read.constFind(module); known != m_read.cend())
            return *known;
    }
    std::optional<erlang::BeamFile> found;
    for (const AppContents &application : m_applications) {
        const auto file = application.modules.constFind(module);
        if (!found && file != application.modules.cend())
            found = read(*file);
    }
    const std::scoped_lock lock(m_mutex);
    m_read.insert(module, found);
    return found;
}

QList<AbstractCode> ModuleIndex::startersIn(const AppContents &application) const
{
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_starters.constFind(application.directory); known != m_starters.cend())
            return *known;
    }
    QList<AbstractCode> starters;
    for (auto module = application.modules.keyBegin(); module != application.modules.keyEnd(); ++module) {
        const auto beam = find(*module);
        if (!beam || !mentions(*beam, {"supervisor"}) || !startsSupervisors(*beam))
            continue;
        if (auto code = AbstractCode::of(*beam))
            starters.append(*std::move(code));
    }
    const std::scoped_lock lock(m_mutex);
    m_starters.insert(application.directory, starters);
    return starters;
}

QList<SupervisorStart> ModuleIndex::startsOf(const QByteArray &supervisor, const AppContents &application) const
{
    QList<SupervisorStart> starts;
    for (const AbstractCode &code : startersIn(application))
        starts += supervisorStarts(code, supervisor);
    return starts;
}

} // namespace handover::rules
