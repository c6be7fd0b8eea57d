// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/rules/releaserules.h"

#include "models/appup/appup.h"
#include "models/appup/matcher.h"
#include "models/rules/movedmodules.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace handover::rules {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupRelease)
};

/// What the appup beside the newer version does for the older one.
struct ShippedAppup
{
    bool up = false;
    bool down = false;
    appup::Cost cost = appup::Cost::CodeOnly; ///< of the way up
};

ShippedAppup shippedAppup(const AppContents &contents, const QString &from)
{
    ShippedAppup shipped;
    if (!QFileInfo(contents.appupPath()).isFile())
        return shipped;
    const auto text = readAppup(contents.appupPath());
    const auto appup = text ? appup::Appup::parse(*text) : std::unexpected(erlang::SyntaxError());
    if (!appup)
        return shipped;
    const int rule = appup::Matcher(appup->up).match(from);
    shipped.up = rule > 0;
    shipped.down = appup::Matcher(appup->down).match(from) > 0;
    if (shipped.up)
        shipped.cost = appup->up[rule - 1].cost;
    return shipped;
}

/// Compares two releases application by application.
class Comparison
{
public:
    Comparison(const ReleaseContents &older, const ReleaseContents &newer, ProposalOptions options)
        : m_older(older)
        , m_newer(newer)
        , m_options(std::move(options))
    {
    }

    Result<QMap<QByteArray, Proposal>> run()
    {
        for (auto app = m_newer.versions.begin(); app != m_newer.versions.end(); ++app) {
            if (auto done = compare(app.key(), *app); !done)
                return std::unexpected(done.error());
        }
        for (auto app = m_changes.begin(); app != m_changes.end(); ++app) {
            if (auto done = propose(m_older.applications[app.key()], m_newer.applications[app.key()], *app); !done)
                return std::unexpected(done.error());
        }
        const QList<MovedModule> moved = movedModules(m_changes, m_older, m_newer);
        for (const MovedModule &module : moved) {
            for (const QByteArray &app : {module.from, module.to})
                note(app, Severity::Error, u"rules.moved-module"_s, module.words());
        }
        for (auto app = m_older.versions.begin(); app != m_older.versions.end(); ++app) {
            if (!m_newer.versions.contains(app.key()))
                note(app.key(), Severity::Hint, u"rules.application-removed"_s,
                     Words::tr("%1 is not in the new release. It needs no appup: the relup stops it and removes its code.")
                         .arg(QString::fromUtf8(app.key())));
        }
        if (m_older.erts != m_newer.erts)
            note("erts", Severity::Warning, u"rules.erts"_s,
                 Words::tr("The runtime system differs: %1 and %2. The relup restarts the emulator whatever the appups say, "
                           "and with it all connections end.").arg(m_older.erts, m_newer.erts));
        return m_proposals;
    }

private:
    void note(const QByteArray &app, Severity severity, const QString &code, const QString &message)
    {
        Proposal &proposal = m_proposals[app];
        proposal.application = app;
        proposal.from = m_older.versions.value(app);
        proposal.to = m_newer.versions.value(app);
        proposal.notes.append({severity, code, message, QString::fromUtf8(app) + u".app"_s, {}, {}, {}});
    }

    Result<> compare(const QByteArray &app, const QString &vsn)
    {
        const QString name = QString::fromUtf8(app);
        const auto before = m_older.versions.constFind(app);
        if (before == m_older.versions.cend()) {
            note(app, Severity::Hint, u"rules.application-added"_s,
                 Words::tr("%1 is new in the release. It needs no appup: the relup loads and starts it.").arg(name));
            return {};
        }
        if (isOtpApplication(app)) {
            if (*before != vsn)
                otpApplication(app, *before, vsn);
            return {};
        }
        const auto older = m_older.applications.constFind(app);
        const auto newer = m_newer.applications.constFind(app);
        if (older == m_older.applications.cend() || newer == m_newer.applications.cend()) {
            note(app, Severity::Error, u"rules.no-files"_s,
                 Words::tr("The files of %1 are not in the %2 release, so it can't be compared. Build it again.")
                     .arg(name, older == m_older.applications.cend() ? Words::tr("old") : Words::tr("new")));
            return {};
        }
        if (saysAnother(*older, *before) || saysAnother(*newer, vsn))
            return {};
        return compareCode(*older, *newer);
    }

    /// All applications are compared before one is proposed for: modules may depend on each other over them.
    Result<> compareCode(const AppContents &older, const AppContents &newer)
    {
        auto changes = compareModules(older, newer);
        if (!changes)
            return std::unexpected(changes.error());
        if (older.vsn != newer.vsn) { // an appup that is there already may load other modules
            const ShippedAppup shipped = shippedAppup(newer, older.vsn);
            if (!shipped.up)
                m_options.loadedUp += loadedModules(changes->modules, newer, appup::Direction::Up);
            if (!shipped.down)
                m_options.loadedDown += loadedModules(changes->modules, older, appup::Direction::Down);
        }
        m_changes.insert(newer.name, *std::move(changes));
        return {};
    }

    /// systools wants the version of the .rel in the .app.
    bool saysAnother(const AppContents &contents, const QString &vsn)
    {
        if (contents.vsn == vsn)
            return false;
        note(contents.name, Severity::Error, u"rules.other-version"_s,
             Words::tr("The release names %1 %2, but the .app of that says %3. Build it again.")
                 .arg(QString::fromUtf8(contents.name), vsn, contents.vsn));
        return true;
    }

    Result<> propose(const AppContents &older, const AppContents &newer, const ModuleChanges &changes)
    {
        auto proposal = proposeFor(older, newer, changes, m_options);
        if (!proposal)
            return std::unexpected(proposal.error());
        if (proposal->text.isEmpty() && proposal->notes.isEmpty())
            return {};
        m_proposals.insert(newer.name, *std::move(proposal));
        const ShippedAppup shipped = older.vsn == newer.vsn ? ShippedAppup() : shippedAppup(newer, older.vsn);
        if (shipped.up && shipped.down)
            note(newer.name, Severity::Hint, u"rules.has-appup"_s,
                 Words::tr("%1 %2 has an appup that takes %3 already, both ways.")
                     .arg(QString::fromUtf8(newer.name), newer.vsn, older.vsn));
        return {};
    }

    void otpApplication(const QByteArray &app, const QString &from, const QString &to)
    {
        const QString name = QString::fromUtf8(app);
        const ShippedAppup shipped = shippedAppup(m_newer.applications.value(app), from);
        if (shipped.up && shipped.down && shipped.cost != appup::Cost::VmRestart)
            note(app, Severity::Hint, u"rules.otp-application"_s,
                 Words::tr("%1 belongs to OTP, whose own appup takes %2 to %3 and back.").arg(name, from, to));
        else if (shipped.up && shipped.down)
            note(app, Severity::Warning, u"rules.otp-application"_s,
                 Words::tr("%1 belongs to OTP, whose own appup takes %2 to %3 and back, with a restart of the emulator: all "
                           "connections end.").arg(name, from, to));
        else
            note(app, Severity::Warning, u"rules.otp-application"_s,
                 Words::tr("%1 belongs to OTP and goes from %2 to %3, for which there is no appup here. Keep the version "
                           "of OTP, or use restart_new_emulator: write it as the only instruction of an appup for %1.")
                     .arg(name, from, to));
    }

    const ReleaseContents &m_older;
    const ReleaseContents &m_newer;
    ProposalOptions m_options;
    QMap<QByteArray, ModuleChanges> m_changes; ///< of applications to propose for
    QMap<QByteArray, Proposal> m_proposals;
};

} // namespace

bool isOtpApplication(const QByteArray &name)
{
    static const QSet<QByteArray> names{
        "asn1",       "common_test", "compiler",     "crypto",        "debugger", "dialyzer",     "diameter",
        "edoc",       "eldap",       "erl_docgen",   "erl_interface", "et",       "eunit",        "ftp",
        "inets",      "jinterface",  "kernel",       "megaco",        "mnesia",   "observer",     "odbc",
        "os_mon",     "parsetools",  "public_key",   "reltool",       "runtime_tools", "sasl",    "snmp",
        "ssh",        "ssl",         "stdlib",       "syntax_tools",  "tftp",     "tools",        "wx",
        "xmerl",
    };
    return names.contains(name);
}

Result<QMap<QByteArray, Proposal>> proposeAll(const ReleaseContents &older, const ReleaseContents &newer,
                                              ProposalOptions options)
{
    options.surroundings = newer.applications.values();
    return Comparison(older, newer, std::move(options)).run();
}

} // namespace handover::rules
