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

QList<SupervisorStart> ModuleIndex::startsOf(const QByteArray &supervisor, const AppContents &application) const
{
    QList<SupervisorStart> starts;
    for (auto module = application.modules.keyBegin(); module != application.modules.keyEnd(); ++module) {
        const auto beam = find(*module);
        if (!beam || !startsSupervisors(*beam))
            continue;
        if (const auto code = AbstractCode::of(*beam))
            starts += supervisorStarts(*code, supervisor);
    }
    return starts;
}

} // namespace handover::rules
