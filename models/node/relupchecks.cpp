// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the relup starts from what really is on the server.
#include "models/core/counted.h"
#include "models/erlang/parser.h"
#include "models/node/relupfile.h"
#include "models/node/targetview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using Outcome = Check::Outcome;
constexpr qint64 LargestAppFile = 1 << 20;

const relup::Script *find(const QList<relup::Script> &scripts, const QString &version)
{
    const auto found = std::ranges::find(scripts, version, &relup::Script::version);
    return found == scripts.cend() ? nullptr : &*found;
}

QString versionsOf(const QList<relup::Script> &scripts)
{
    QStringList versions;
    for (const relup::Script &script : scripts)
        versions += script.version;
    return versions.isEmpty() ? u"nowhere"_s : versions.join(u", "_s);
}

/// The way from what runs to the tarball's version.
struct Way
{
    bool found = false;
    bool restarts = false;
    bool back = false;
    QString from; ///< which relup it is
};

// As release_handler looks: an up entry of the new relup, else a down entry of the running version's.
Result<Way> findWay(const TargetView &view)
{
    const QString &running = view.installation.runningVersion;
    if (view.manifest.relup) {
        if (const relup::Script *up = find(view.manifest.relup->up, running))
            return Way{true, up->restartsEmulator, find(view.manifest.relup->down, running) != nullptr, u"The tarball's relup"_s};
    }
    const auto path = findRelupPath(view.session, running, view.manifest.version, view.context);
    if (!path)
        return std::unexpected(path.error());
    if (!path->found || path->file != u"releases/%1/relup"_s.arg(running))
        return Way{};
    const auto back = findRelupPath(view.session, view.manifest.version, running, view.context);
    return Way{true, path->restartsEmulator, back && back->found, path->file};
}

// release_handler hands the restart over to heart, which runs bin/start; relx makes neither.
Result<Check> restartCheck(const TargetView &view, const Way &way)
{
    const auto start = view.path(u"bin/start"_s);
    const auto there = start ? view.session.exists(*start, view.context) : std::unexpected(start.error());
    if (!there)
        return std::unexpected(there.error());
    const QString words = u"%1 leads from %2 to %3 by restarting the emulator"_s.arg(way.from, view.installation.runningVersion, view.manifest.version);
    const bool heart = view.installation.facts.heart;
    const QStringList details{u"heart: %1"_s.arg(heart ? u"runs"_s : u"does not run"_s),
                              u"bin/start: %1"_s.arg(*there ? u"there"_s : u"missing"_s)};
    if (heart && *there)
        return Check{{}, {}, Outcome::Warning, words + u": the node is down for a moment and loses its state."_s,
                     u"Choose a quiet moment, or write rules without a restart."_s, details};
    return Check{{}, {}, Outcome::Failed, words + u", which only works with heart and a script bin/start; the node would fall back to the old version."_s,
                 u"Write rules without a restart, or unpack the release, stop the node, and start the new version."_s, details};
}

/// What the relup takes for granted of the applications, and isn't so.
class Assumptions
{
public:
    explicit Assumptions(const TargetView &view, const InstalledRelease &from)
        : m_view(view)
        , m_from(from)
    {
    }

    Result<QStringList> look()
    {
        compareRunning();
        for (const auto &[app, version] : m_from.apps.asKeyValueRange()) {
            if (m_view.manifest.apps.value(app) == version)
                continue;
            m_touched += app + u' ' + version;
            if (const auto looked = lookAt(app, version); !looked)
                return std::unexpected(looked.error());
        }
        lookIntoTarball();
        return m_wrong;
    }
    [[nodiscard]] const QStringList &touched() const { return m_touched; }

private:
    // The list that release_handler keeps is not always what runs.
    void compareRunning()
    {
        for (const auto &[app, version] : m_view.installation.runningApps.asKeyValueRange()) {
            const QString listed = m_from.apps.value(app);
            if (!listed.isEmpty() && listed != version)
                m_wrong += u"%1 runs as %2; release %3 has %4"_s.arg(app, version, m_from.version, listed);
        }
    }

    Result<> lookAt(const QString &app, const QString &version)
    {
        const QString folder = u"lib/%1-%2/ebin"_s.arg(app, version);
        const auto path = m_view.path(folder);
        if (!path) {
            m_wrong += u"%1 is no name of a folder"_s.arg(folder);
            return {};
        }
        const auto names = m_view.session.list(*path, m_view.context);
        if (!names) {
            if (names.error().code != "server.file-missing"_L1)
                return std::unexpected(names.error());
            m_wrong += u"%1 is missing"_s.arg(folder);
            return {};
        }
        const auto text = m_view.read(u"%1/%2.app"_s.arg(folder, app), LargestAppFile);
        if (!text)
            return std::unexpected(text.error());
        if (!*text)
            m_wrong += u"%1/%2.app is missing"_s.arg(folder, app);
        else
            compareVsn(**text, u"%1/%2.app"_s.arg(folder, app), version);
        for (const QByteArray &module : modulesLoadedBack(app, version)) {
            if (!names->contains(module + ".beam"))
                m_wrong += u"%1/%2.beam is missing, so there would be no way back"_s.arg(folder, QString::fromUtf8(module));
        }
        return {};
    }

    void compareVsn(const QByteArray &text, const QString &path, const QString &version)
    {
        const auto term = erlang::parseFirstTerm(text);
        QString vsn;
        if (term && term->isTagged("application", 3)) {
            for (const erlang::Term &pair : term->at(2).items()) {
                if (pair.isTagged("vsn", 2))
                    vsn = pair.at(1).stringValue().value_or(QString());
            }
        }
        if (vsn.isEmpty())
            m_wrong += u"%1 can't be read"_s.arg(path);
        else if (vsn != version)
            m_wrong += u"%1 says version %2"_s.arg(path, vsn);
    }

    // {load_object_code, {App, Vsn, Modules}} names the files that are loaded.
    static QList<QByteArray> modulesOf(const relup::Script *script, const QString &app, const QString &version)
    {
        QList<QByteArray> modules;
        if (!script)
            return modules;
        for (const relup::Instruction &instruction : script->instructions) {
            const erlang::Term &term = instruction.term;
            const erlang::Term code = term.at(1);
            if (!term.isTagged("load_object_code", 2) || code.at(0).atomName() != app.toUtf8() || code.at(1).stringValue() != version)
                continue;
            for (const erlang::Term &module : code.at(2).items())
                modules += module.atomName().value_or(QByteArray());
        }
        return modules;
    }

    QList<QByteArray> modulesLoadedBack(const QString &app, const QString &version) const
    {
        return m_view.manifest.relup ? modulesOf(find(m_view.manifest.relup->down, m_from.version), app, version) : QList<QByteArray>();
    }

    void lookIntoTarball()
    {
        if (!m_view.manifest.relup)
            return;
        const relup::Script *up = find(m_view.manifest.relup->up, m_from.version);
        for (const auto &[app, version] : m_view.manifest.apps.asKeyValueRange()) {
            for (const QByteArray &module : modulesOf(up, app, version)) {
                const QString path = u"lib/%1-%2/ebin/%3.beam"_s.arg(app, version, QString::fromUtf8(module));
                if (!m_view.contents.sums.contains(path))
                    m_wrong += u"the tarball has no %1, which the relup loads"_s.arg(path);
            }
        }
    }

    const TargetView &m_view;
    const InstalledRelease &m_from;
    QStringList m_wrong;
    QStringList m_touched;
};

Check nodeIsDown()
{
    return {{}, {}, Outcome::Impossible, u"The node is down, so what it really runs isn't known."_s, u"Start the node and look again."_s, {}};
}

} // namespace

Result<Check> checkRelup(const TargetView &view)
{
    if (!view.installation.nodeUp)
        return nodeIsDown();
    const QString &running = view.installation.runningVersion;
    const QString &to = view.manifest.version;
    if (running == to)
        return Check{{}, {}, Outcome::Failed, u"The node runs %1 already."_s.arg(to), u"Choose another version."_s, {}};
    const auto way = findWay(view);
    if (!way)
        return std::unexpected(way.error());
    if (!way->found && !view.manifest.relup)
        return Check{{}, {}, Outcome::Failed, u"The tarball has no relup, so nothing leads from %1 to %2."_s.arg(running, to),
                     u"Package %1 with the relup from %2."_s.arg(to, running), {}};
    if (!way->found)
        return Check{{}, {}, Outcome::Failed, u"The node runs %1, and the relup comes from %2 only."_s.arg(running, versionsOf(view.manifest.relup->up)),
                     u"Package %1 with the relup from %2 as well."_s.arg(to, running), {}};
    if (way->restarts)
        return restartCheck(view, *way);
    if (!way->back)
        return Check{{}, {}, Outcome::Warning, u"%1 leads from %2 to %3, but there is no way back."_s.arg(way->from, running, to),
                     u"Write rules for the way down too; until then only a restart brings %1 back."_s.arg(running), {}};
    return Check{{}, {}, Outcome::Passed, u"%1 leads from %2, which the node runs, to %3 and back, without a restart."_s.arg(way->from, running, to), {}, {}};
}

Result<Check> checkApplications(const TargetView &view)
{
    if (!view.installation.nodeUp)
        return nodeIsDown();
    const InstalledRelease *from = view.running();
    if (!from || from->apps.isEmpty())
        return Check{{}, {}, Outcome::Impossible, u"The server doesn't list the applications of %1, which runs."_s.arg(view.installation.runningVersion),
                     u"releases/RELEASES was not there when the node started; see what disagrees on that server."_s, {}};
    const auto way = findWay(view);
    if (!way)
        return std::unexpected(way.error());
    if (!way->found && !view.manifest.relup)
        return Check{{}, {}, Outcome::Impossible, u"There is no relup that would assume anything of them."_s,
                     u"Package %1 with the relup from %2."_s.arg(view.manifest.version, view.installation.runningVersion), {}};
    Assumptions assumptions(view, *from);
    const auto wrong = assumptions.look();
    if (!wrong)
        return std::unexpected(wrong.error());
    if (!wrong->isEmpty())
        return Check{{}, {}, Outcome::Failed,
                     wrong->size() == 1 ? u"The relup assumes otherwise: %1."_s.arg(wrong->first())
                                        : u"%1 are not as the relup assumes: %2; …"_s.arg(counted(wrong->size(), u"thing"_s, u"things"_s), wrong->first()),
                     u"Put the server's files in order first, or install %1 anew with a restart."_s.arg(view.manifest.version), *wrong};
    return Check{{}, {}, Outcome::Passed, u"%1 changed, and on the server as the relup assumes."_s.arg(counted(assumptions.touched().size(), u"application is"_s, u"applications are"_s)), {},
                 assumptions.touched()};
}

} // namespace handover::node
