// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/rules/appcontents.h"
#include "models/rules/supervisorspec.h"

#include <QHash>

#include <mutex>

namespace handover::rules {

/// Whether one of the words stands in the module's atoms or attributes: the fast way to know that a module has
/// nothing to do with something.
[[nodiscard]] bool mentions(const erlang::BeamFile &module, std::initializer_list<QByteArrayView> words);

/// Finds modules of some applications by name and reads each once (twice, if two threads ask for it at the
/// same time). Files that can't be read are not there. For several threads at once.
class ModuleIndex
{
public:
    explicit ModuleIndex(QList<AppContents> applications)
        : m_applications(std::move(applications))
    {
    }

    /// A module that was read already.
    void add(const QByteArray &module, const erlang::BeamFile &beam) { m_read.insert(module, beam); }

    [[nodiscard]] std::optional<erlang::BeamFile> find(const QByteArray &module) const;
    /// Where modules of the application start the supervisor. Reads all of them.
    [[nodiscard]] QList<SupervisorStart> startsOf(const QByteArray &supervisor, const AppContents &application) const;

private:
    [[nodiscard]] QList<AbstractCode> startersIn(const AppContents &application) const;

    QList<AppContents> m_applications;
    mutable std::mutex m_mutex; ///< of m_read and m_starters
    mutable QHash<QString, QList<AbstractCode>> m_starters; ///< modules that start supervisors, by application directory
    mutable QHash<QByteArray, std::optional<erlang::BeamFile>> m_read;
};

} // namespace handover::rules
