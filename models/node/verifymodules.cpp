// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/verifymodules.h"

#include "models/erlang/beamfile.h"
#include "models/node/question.h"
#include "models/node/steps.h"
#include "models/rules/placeindependence.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

using Kind = ModuleDifference::Kind;

constexpr qint64 LargestModule = 64 * 1024 * 1024;
constexpr int AnswerSeconds = 24;

[[nodiscard]] QByteArray ebinOf(const QString &app, const QString &version)
{
    return QByteArray("lib/" + app.toUtf8() + '-' + version.toUtf8() + "/ebin");
}

// Everything that runs but the constants, among which ?FILE and the logger's macros put the path of the source. Whether
// it is that can be told where the module says its source; a stripped one doesn't.
[[nodiscard]] bool differInConstants(const BeamFile &left, const BeamFile &right)
{
    return std::ranges::all_of(std::array{"AtU8", "Code", "StrT", "ImpT", "ExpT"}, [&](const char *chunk) {
        return left.chunk(chunk) == right.chunk(chunk);
    });
}

class Verifier
{
public:
    Verifier(server::Session &session, const BuiltModules &built, const JobContext &context)
        : m_session(session)
        , m_built(built)
        , m_context(context)
    {
        m_result.version = built.version;
        m_result.built = built.modules.size();
        QSet<QString> inside;
        for (const BuiltModule &module : built.modules)
            inside.insert(module.app);
        for (const auto &[app, version] : built.apps.asKeyValueRange()) {
            if (!inside.contains(app))
                m_result.notCompared += app;
            else
                m_folders.insert(ebinOf(app, version), app);
        }
    }

    [[nodiscard]] Result<> readFiles();
    [[nodiscard]] Result<> askNode(const ReleaseScript &script);
    [[nodiscard]] ModuleVerification result() &&;

private:
    void add(Kind kind, const QString &app, const QByteArray &module, const QString &words)
    {
        m_result.differences += {kind, app, module, words};
    }
    [[nodiscard]] Result<> compareFile(const QByteArray &name, const BuiltModule &module);
    void compareLoaded(const QByteArray &name, const QByteArray &md5, const Term &file);

    server::Session &m_session;
    const BuiltModules &m_built;
    const JobContext &m_context;
    QMap<QByteArray, QString> m_folders;        // lib/APP-VSN/ebin to APP, of those inside
    QHash<QByteArray, QByteArray> m_sums;       // path to SHA-256 on the server
    QHash<QByteArray, QByteArray> m_md5OnDisk;  // module to beam_lib:md5 there
    ModuleVerification m_result;
};

Result<> Verifier::readFiles()
{
    m_context.progress(u"Summing up the modules on the server"_s);
    QList<QByteArray> command{"find"};
    command += m_folders.keys();
    command += {"-maxdepth", "1", "-name", "*.beam", "-exec", "sha256sum", "{}", "+"};
    const Result<server::ExecOutcome> outcome = m_session.exec(m_session.address().directory, command, m_context);
    if (!outcome)
        return std::unexpected(outcome.error());
    for (QByteArray line : outcome->output.split('\n')) {
        if (line.startsWith('\\'))
            line = line.sliced(1); // the name behind it is escaped, and no module's
        if (line.size() > 66 && line.at(64) == ' ')
            m_sums.insert(line.sliced(66), line.first(64));
    }

    qint64 done = 0;
    for (auto module = m_built.modules.cbegin(); module != m_built.modules.cend(); ++module) {
        m_context.progress(u"Comparing modules"_s, ++done, m_built.modules.size());
        if (const Result<> compared = compareFile(module.key(), *module); !compared)
            return compared;
    }
    for (auto file = m_sums.cbegin(); file != m_sums.cend(); ++file) {
        const qsizetype slash = file.key().lastIndexOf('/');
        const QByteArray module = file.key().sliced(slash + 1).chopped(5);
        const QString app = m_folders.value(file.key().first(slash));
        if (m_built.modules.value(module).app != app)
            add(Kind::ExtraFile, app, module, u"%1 is on the server, but was not built."_s.arg(QString::fromUtf8(file.key())));
    }
    return {};
}

Result<> Verifier::compareFile(const QByteArray &name, const BuiltModule &module)
{
    const QByteArray relative = ebinOf(module.app, m_built.apps.value(module.app)) + '/' + name + ".beam";
    const QString shown = QString::fromUtf8(relative);
    if (m_sums.value(relative) == module.sha256) {
        m_md5OnDisk.insert(name, module.md5);
        ++m_result.same;
        return {};
    }
    const Result<server::RemotePath> path = m_session.address().directory.child(relative);
    if (!path)
        return std::unexpected(path.error());
    const Result<QByteArray> there = m_session.readFile(*path, m_context, LargestModule);
    if (!there && there.error().code == "server.file-missing"_L1) {
        add(Kind::Missing, module.app, name, u"%1 is missing on the server."_s.arg(shown));
        return {};
    }
    if (!there)
        return std::unexpected(there.error());
    const Result<BeamFile> beam = BeamFile::parse(*there);
    const Result<BeamFile> ours = BeamFile::parse(module.file);
    if (!beam || !ours) {
        add(Kind::Broken, module.app, name,
            u"%1 on the server is no whole compiled module (%2 bytes instead of %3): the node fails when it loads it."_s
                .arg(shown).arg(there->size()).arg(module.file.size()));
        return {};
    }
    m_md5OnDisk.insert(name, beam->md5());
    if (beam->hasCodeOf(*ours))
        ++(*there == module.file ? m_result.same : m_result.sameCode);
    else if (rules::differOnlyInSourcePath(*ours, *beam))
        ++m_result.elsewhere;
    else
        add(Kind::DiskDiffers, module.app, name,
            u"%1 on the server differs from the build of %2%3."_s.arg(
                shown, m_built.version,
                differInConstants(*ours, *beam) ? u" in only its constants, which may come from where it was built"_s : QString()));
    return {};
}

Result<> Verifier::askNode(const ReleaseScript &script)
{
    m_context.progress(u"Asking the node what it has loaded"_s);
    const Result<Term> answer = askUp(script, patientQuestion(
        "{loaded, [{M, base64:encode_to_string(M:module_info(md5)), F} || {M, F} <- code:all_loaded(), F =/= preloaded, "
        "erlang:module_loaded(M)]}", AnswerSeconds), m_context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!answer->isTagged("loaded", 2))
        return strangeAnswer(script, *answer);
    m_result.asked = true;
    for (const Term &module : answer->at(1).items()) {
        const std::optional<QByteArray> name = module.at(0).atomName();
        const std::optional<QString> md5 = module.at(1).stringValue();
        if (!name || !md5)
            return strangeAnswer(script, module);
        compareLoaded(*name, QByteArray::fromBase64(md5->toLatin1()), module.at(2));
    }
    return {};
}

void Verifier::compareLoaded(const QByteArray &name, const QByteArray &md5, const Term &file)
{
    const QString from = file.stringValue().value_or(QString());
    const QString shown = QString::fromUtf8(name);
    const auto built = m_built.modules.constFind(name);
    if (built == m_built.modules.cend()) {
        const bool ofARelease = std::ranges::any_of(m_built.apps.asKeyValueRange(), [&](const auto &app) {
            return from.endsWith(u"/%1-%2/ebin/%3.beam"_s.arg(app.first, app.second, shown));
        });
        if (!ofARelease)
            add(Kind::ExtraLoaded, {}, name,
                u"The node has loaded %1, which is not of %2%3."_s.arg(
                    shown, m_built.version, from.isEmpty() ? QString() : u", from "_s + from));
        return;
    }
    ++m_result.loaded;
    const QByteArray onDisk = m_md5OnDisk.value(name);
    if (file.isAtom("cover_compiled")) {
        add(Kind::CoverCompiled, built->app, name, u"%1 runs as compiled by cover, which counts its calls."_s.arg(shown));
    } else if (md5 != built->md5 && md5 != onDisk) {
        add(Kind::HandLoaded, built->app, name,
            u"Hand-loaded: %1 in the node's memory differs from the file on its disk and from the build of %2%3."_s.arg(
                shown, m_built.version, from.isEmpty() ? QString() : u"; it came from "_s + from));
    } else if (const QString place = u"/%1-%2/ebin/%3.beam"_s.arg(built->app, m_built.apps.value(built->app), shown);
               !from.endsWith(place)) {
        add(Kind::LoadedElsewhere, built->app, name,
            u"%1 has %2 code, but was loaded from %3 instead of lib%4."_s.arg(
                shown, md5 == built->md5 ? u"the right"_s : u"its file's"_s, from.isEmpty() ? u"no file"_s : from, place));
    }
}

ModuleVerification Verifier::result() &&
{
    std::ranges::sort(m_result.differences, {}, [](const ModuleDifference &difference) {
        return std::tuple(difference.app, difference.module, difference.kind);
    });
    return std::move(m_result);
}

} // namespace

QString kindName(Kind kind)
{
    switch (kind) {
    case Kind::HandLoaded: return u"hand-loaded"_s;
    case Kind::LoadedElsewhere: return u"loaded-elsewhere"_s;
    case Kind::DiskDiffers: return u"disk-differs"_s;
    case Kind::Broken: return u"broken"_s;
    case Kind::Missing: return u"missing"_s;
    case Kind::ExtraFile: return u"extra-file"_s;
    case Kind::ExtraLoaded: return u"extra-loaded"_s;
    case Kind::CoverCompiled: return u"cover-compiled"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

Result<ModuleVerification> verifyModules(server::Session &session, const Installation &installation,
                                         const BuiltModules &built, const JobContext &context)
{
    QElapsedTimer clock;
    clock.start();
    if (!installation.release(built.version))
        return notInstalled(built.version);
    for (const QString &app : built.apps.keys()) {
        if (const Result<void> good = checkName(u"an application's name"_s, app); !good)
            return std::unexpected(good.error());
        if (const Result<void> good = checkName(u"an application's vsn"_s, built.apps.value(app)); !good)
            return std::unexpected(good.error());
    }
    Verifier verifier(session, built, context);
    if (const Result<> read = verifier.readFiles(); !read)
        return std::unexpected(read.error());
    if (installation.nodeUp && installation.runningVersion == built.version) {
        if (const Result<> asked = verifier.askNode(ReleaseScript(session, installation.name)); !asked)
            return std::unexpected(asked.error());
    }
    ModuleVerification result = std::move(verifier).result();
    result.milliseconds = clock.elapsed();
    return result;
}

} // namespace handover::node
