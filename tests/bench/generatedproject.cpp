// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/generatedproject.h"

#include "models/relup/otp.h"
#include "models/workspace/project.h"
#include "tests/support/erl.h"
#include "tests/support/scratchrepository.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

using Failure = std::optional<QString>;

constexpr int Previous = GeneratedProject::Tags - 2;
constexpr int Newest = GeneratedProject::Tags - 1;

QString appName(int app) { return GeneratedProject::appName(app); }

int moduleCount(int app)
{
    constexpr int Apps = GeneratedProject::Apps;
    return GeneratedProject::Modules / Apps + (app < GeneratedProject::Modules % Apps ? 1 : 0);
}

QString moduleName(int app, int module) { return u"%1_m%2"_s.arg(appName(app)).arg(module, 2, 10, QLatin1Char('0')); }

bool differs(int module) { return module % 3 == 0; }

QString appSource(int app, const QString &vsn)
{
    return u"{application, %1,\n [{description, \"Lines %2\"},\n  {vsn, \"%3\"},\n  {registered, []},\n"
           "  {applications, [kernel, stdlib]}]}.\n"_s.arg(appName(app)).arg(app).arg(vsn);
}

QString moduleSource(int app, int module, bool newer)
{
    return u"-module(%1).\n-behaviour(gen_server).\n-export([lines/0, code_change/3]).\n\n"
           "lines() -> %2.\n\ncode_change(_Vsn, State, _Extra) -> {ok, State}.\n"_s.arg(moduleName(app, module))
        .arg(newer && differs(module) ? 2 : 1);
}

// Every other one has processes that hand their state over, and needs the one before.
QString instructions(int app)
{
    QStringList lines;
    for (int module = 0; module < moduleCount(app); module += 3) {
        if (module % 2 != 0)
            lines += u"{load_module, %1}"_s.arg(moduleName(app, module));
        else if (module == 0)
            lines += u"{update, %1, {advanced, []}}"_s.arg(moduleName(app, module));
        else
            lines += u"{update, %1, {advanced, []}, [%2]}"_s.arg(moduleName(app, module), moduleName(app, module - 6));
    }
    return lines.join(u",\n    "_s);
}

QString appup(int app)
{
    const QString all = instructions(app);
    const QString restart = u"{restart_application, %1}"_s.arg(appName(app));
    const QString rules = u"[{<<\"1\\\\.19\\\\.[0-9]+\">>,\n   [%1]},\n"
                          "  {<<\"1\\\\.18\\\\.[0-9]+\">>,\n   [%1]},\n"
                          "  {<<\"1\\\\.1[0-7]\\\\.[0-9]+\">>,\n   [%2]},\n"
                          "  {<<\"1\\\\.[0-9]\\\\.[0-9]+\">>,\n   [%2]}]"_s.arg(all, restart);
    return u"%% What the lines of this unit do when they are upgraded\n{\"{{vsn}}\",\n %1,\n %1}.\n"_s.arg(rules);
}

// ---- the repository ------------------------------------------------------------------------------

void addFile(QByteArray &import, const QString &path, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    import += "M 644 inline " + path.toUtf8() + "\ndata " + QByteArray::number(bytes.size()) + '\n' + bytes + '\n';
}

void addSources(QByteArray &import, bool newer)
{
    for (int app = 0; app < GeneratedProject::Apps; ++app) {
        const QString src = u"apps/%1/src/"_s.arg(appName(app));
        for (int module = 0; module < moduleCount(app); ++module) {
            if (!newer || differs(module))
                addFile(import, src + moduleName(app, module) + u".erl"_s, moduleSource(app, module, newer));
        }
        if (newer)
            addFile(import, src + appName(app) + u".appup.src"_s, appup(app));
    }
}

// For git fast-import: each version sets the vsn of every application.
QByteArray history()
{
    QByteArray import;
    for (int tag = 0; tag < GeneratedProject::Tags; ++tag) {
        const QString vsn = GeneratedProject::version(tag);
        const QByteArray who = "Ada Author <ada@example.org> " + QByteArray::number(1'500'000'000 + tag * 86'400) + " +0100";
        const QByteArray words = "Version " + vsn.toUtf8() + "\n";
        const QByteArray data = "data " + QByteArray::number(words.size()) + '\n' + words;
        import += "commit refs/heads/main\nmark :" + QByteArray::number(tag + 1) + "\nauthor " + who + "\ncommitter " + who +
                  '\n' + data;
        for (int app = 0; app < GeneratedProject::Apps; ++app)
            addFile(import, u"apps/%1/src/%1.app.src"_s.arg(appName(app)), appSource(app, vsn));
        if (tag == 0) {
            addFile(import, u"rebar.config"_s, u"{relx, [{release, {exchange, git}, [sasl]}]}.\n"_s);
            addSources(import, false);
        } else if (tag == Newest) {
            addSources(import, true);
        }
        import += "tag " + vsn.toUtf8() + "\nfrom :" + QByteArray::number(tag + 1) + "\ntagger " + who + '\n' + data;
    }
    return import;
}

// ---- the builds ----------------------------------------------------------------------------------

Failure write(const QString &path, const QString &text)
{
    QFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (QDir().mkpath(path.section(u'/', 0, -2)) && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size())
        return {};
    return u"%1 can't be written: %2"_s.arg(path, file.errorString());
}

// [{Module, Number, [File]}]: what is to be compiled, and where it goes.
struct Code
{
    QStringList entries;

    void add(int app, int module, int number, const QStringList &directories)
    {
        const QString name = moduleName(app, module);
        QStringList files;
        for (const QString &directory : directories)
            files += u"\"%1/%2.beam\""_s.arg(directory, name);
        entries += u"{%1, %2, [%3]}"_s.arg(name).arg(number).arg(files.join(u", "_s));
    }
};

constexpr auto Compiler = R"(
[List] = init:get_plain_arguments(),
{ok, [Entries]} = file:consult(List),
Any = {var, 1, '_'},
Forms = fun(Module, Number) ->
            [{attribute, 1, module, Module}, {attribute, 1, behaviour, gen_server},
             {attribute, 1, export, [{lines, 0}, {code_change, 3}]},
             {function, 1, lines, 0, [{clause, 1, [], [], [{integer, 1, Number}]}]},
             {function, 1, code_change, 3,
              [{clause, 1, [Any, {var, 1, 'State'}, Any], [], [{tuple, 1, [{atom, 1, ok}, {var, 1, 'State'}]}]}]}]
        end,
[begin
     {ok, Module, Beam} = compile:forms(Forms(Module, Number), [deterministic]),
     [ok = file:write_file(File, Beam) || File <- Files]
 end || {Module, Number, Files} <- Entries]
)";

QString ebin(const QString &release, const QString &app, const QString &vsn)
{
    return u"%1/lib/%2-%3/ebin"_s.arg(release, app, vsn);
}

Failure writeApp(const QString &release, int app, const QString &vsn)
{
    QStringList modules;
    for (int module = 0; module < moduleCount(app); ++module)
        modules += moduleName(app, module);
    return write(u"%1/%2.app"_s.arg(ebin(release, appName(app), vsn), appName(app)),
                 u"{application, %1,\n [{description, \"\"}, {vsn, \"%2\"}, {registered, []},\n"
                 "  {applications, [kernel, stdlib]},\n  {modules, [%3]}]}.\n"_s.arg(appName(app), vsn, modules.join(u", "_s)));
}

// Copies the .app file of one of OTP's own applications; its version comes back.
std::expected<QString, QString> copyOtp(const QString &release, const QString &root, const QString &app)
{
    const QString found = QDir(root).entryList({app + u"-*"_s}, QDir::Dirs).value(0);
    const QString vsn = found.sliced(qMin(found.size(), app.size() + 1));
    const QString target = ebin(release, app, vsn);
    const QString file = u"/%1.app"_s.arg(app);
    if (found.isEmpty() || !QDir().mkpath(target) || !QFile::copy(root + u'/' + found + u"/ebin"_s + file, target + file))
        return std::unexpected(u"Erlang's application %1 can't be copied from %2."_s.arg(app, root));
    return vsn;
}

Failure writeRelease(const QString &release, const QString &vsn, const QString &otp)
{
    QStringList apps;
    for (const QString &app : {u"kernel"_s, u"stdlib"_s, u"sasl"_s}) {
        const auto copied = copyOtp(release, otp, app);
        if (!copied)
            return copied.error();
        apps += u"{%1, \"%2\"}"_s.arg(app, *copied);
    }
    Failure failure;
    for (int app = 0; app < GeneratedProject::Apps && !failure; ++app) {
        apps += u"{%1, \"%2\"}"_s.arg(appName(app), vsn);
        failure = writeApp(release, app, vsn);
    }
    if (!failure)
        failure = write(release + u"/releases/start_erl.data"_s, u"15.2 "_s + vsn);
    if (!failure)
        failure = write(u"%1/releases/%2/exchange.rel"_s.arg(release, vsn),
                        u"{release, {\"exchange\", \"%1\"}, {erts, \"15.2\"},\n [%2]}.\n"_s.arg(vsn, apps.join(u",\n  "_s)));
    return failure;
}

Failure writeStamp(const workspace::Project &project, const versions::Version &version, const QString &release)
{
    const QString directory = project.buildRequest(version).directory();
    const QJsonObject stamp{{u"tag"_s, version.tag.text()},
                            {u"version"_s, version.version},
                            {u"profile"_s, u"default"_s},
                            {u"checkout"_s, QString(directory + u"/source"_s)},
                            {u"directory"_s, release},
                            {u"milliseconds"_s, 1}};
    return write(directory + u"/build.json"_s, QString::fromUtf8(QJsonDocument(stamp).toJson()));
}

Failure writeBuilds(const QString &path)
{
    const auto project = workspace::loadProject(path, {});
    const auto otp = relup::otpLibraries({});
    if (!project || !otp)
        return project ? otp.error().message : project.error().message;
    QStringList releases;
    for (const int tag : {Previous, Newest}) {
        const auto version = project->find(GeneratedProject::version(tag));
        if (!version)
            return version.error().message;
        releases += project->buildRequest(*version).directory() + u"/source/_build/default/rel/exchange"_s;
        Failure failure = writeRelease(releases.last(), version->version, otp->chopped(QStringView(u"/*/ebin").size()));
        if (!failure)
            failure = writeStamp(*project, *version, releases.last());
        if (failure)
            return failure;
    }
    Code code;
    for (int app = 0; app < GeneratedProject::Apps; ++app) {
        const QString older = ebin(releases[0], appName(app), GeneratedProject::version(Previous));
        const QString newer = ebin(releases[1], appName(app), GeneratedProject::version(Newest));
        const QString vsn = GeneratedProject::version(Newest);
        if (auto failure = write(u"%1/%2.appup"_s.arg(newer, appName(app)), QString(appup(app)).replace(u"{{vsn}}"_s, vsn)))
            return failure;
        for (int module = 0; module < moduleCount(app); ++module) {
            code.add(app, module, 1, differs(module) ? QStringList{older} : QStringList{older, newer});
            if (differs(module))
                code.add(app, module, 2, {newer});
        }
    }
    const QString list = releases[0] + u"/code"_s;
    if (auto failure = write(list, u'[' + code.entries.join(u",\n"_s) + u"].\n"_s))
        return failure;
    const QByteArray said = test::Erl::run(Compiler, {list});
    return said.isEmpty() ? Failure() : Failure(QString::fromUtf8(said));
}

} // namespace

GeneratedProject::GeneratedProject(std::unique_ptr<test::ScratchRepository> repository)
    : m_repository(std::move(repository))
{
}

GeneratedProject::GeneratedProject(GeneratedProject &&) noexcept = default;
GeneratedProject &GeneratedProject::operator=(GeneratedProject &&) noexcept = default;
GeneratedProject::~GeneratedProject() = default;

QString GeneratedProject::path() const { return m_repository->path(); }

QString GeneratedProject::appName(int app) { return u"unit_%1"_s.arg(app, 2, 10, QLatin1Char('0')); }

QString GeneratedProject::version(int tag) { return u"1.%1.%2"_s.arg(tag / 50).arg(tag % 50); }

std::expected<GeneratedProject, QString> GeneratedProject::make()
{
    auto repository = std::make_unique<test::ScratchRepository>(u"exchange"_s);
    repository->git({u"fast-import"_s, u"--quiet"_s}, history());
    repository->git({u"reset"_s, u"--quiet"_s, u"--hard"_s});
    if (const auto failure = writeBuilds(repository->path()))
        return std::unexpected(*failure);
    return GeneratedProject(std::move(repository));
}

} // namespace handover::bench
