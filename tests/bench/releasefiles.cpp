// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/releasefiles.h"

#include "models/relup/otp.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

constexpr int Modules = 20; // of each application

const QStringList &otpNames()
{
    static const QStringList names{u"kernel"_s,     u"stdlib"_s, u"sasl"_s,  u"crypto"_s,       u"asn1"_s,
                                   u"public_key"_s, u"ssl"_s,    u"inets"_s, u"runtime_tools"_s};
    return names;
}

const QStringList &ownNames()
{
    static const QStringList names{u"store"_s, u"logic"_s, u"web"_s};
    return names;
}

bool write(const QString &path, const QString &text)
{
    QDir().mkpath(path.section(u'/', 0, -2));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

QString module(const QString &name, int index) { return u"%1_m%2"_s.arg(name).arg(index); }

QString appText(const QString &name, const QString &vsn)
{
    QStringList modules;
    for (int i = 0; i < Modules; ++i)
        modules.append(module(name, i));
    return u"{application, %1, [{description, \"\"}, {vsn, \"%2\"}, {modules, [%3]}, {registered, []},\n"
           " {applications, [kernel, stdlib, crypto]}]}.\n"_s.arg(name, vsn, modules.join(u", "));
}

// Modules that need the next one each, so that there is one right order; some that stand alone.
QString instructions(const QString &name)
{
    QStringList lines;
    for (int i = 0; i < 9; ++i)
        lines.append(u"{update, %1, {advanced, []}, [%2]}"_s.arg(module(name, i), module(name, i + 1)));
    for (int i = 9; i < 16; ++i)
        lines.append(u"{load_module, %1}"_s.arg(module(name, i)));
    lines.append(u"{update, %1, supervisor}"_s.arg(module(name, 16)));
    lines.append(u"{load_module, %1, soft_purge, soft_purge, [%2]}"_s.arg(module(name, 17), module(name, 0)));
    lines.append(u"{apply, {%1, migrate, [[{from, \"1.0.0\"}]]}}"_s.arg(module(name, 18)));
    return lines.join(u",\n   ");
}

QString appupText(const QString &name)
{
    const QString list = u"[{<<\"1\\\\.0\\\\.[0-9]+\">>,\n  [%1]}]"_s.arg(instructions(name));
    return u"{\"1.1.0\",\n %1,\n %1}.\n"_s.arg(list);
}

QString relText(const QString &vsn, const QMap<QString, QString> &otp)
{
    QStringList applications;
    for (const QString &name : otpNames())
        applications.append(u"{%1, \"%2\"}"_s.arg(name, otp.value(name)));
    for (const QString &name : ownNames())
        applications.append(u"{%1, \"%2\"}"_s.arg(name, vsn));
    return u"{release, {\"shop\", \"%1\"}, {erts, \"1\"}, [%2]}.\n"_s.arg(vsn, applications.join(u", "));
}

// Copies OTP's .app files; their versions by their names.
std::expected<QMap<QString, QString>, QString> copyOtp(const QString &libraries, const QString &directory)
{
    QMap<QString, QString> versions;
    const QString root = libraries.chopped(QStringView(u"/*/ebin").size());
    for (const QString &name : otpNames()) {
        const QStringList found = QDir(root).entryList({name + u"-*"_s}, QDir::Dirs);
        if (found.isEmpty())
            return std::unexpected(u"Erlang's application %1 is not in %2."_s.arg(name, root));
        const QString target = directory + u"/lib/"_s + found.constFirst() + u"/ebin/"_s;
        const QString file = name + u".app"_s;
        QDir().mkpath(target);
        if (!QFile::copy(root + u'/' + found.constFirst() + u"/ebin/"_s + file, target + file))
            return std::unexpected(u"%1 can't be copied to %2."_s.arg(file, target));
        versions.insert(name, found.constFirst().sliced(name.size() + 1));
    }
    return versions;
}

} // namespace

std::expected<ReleaseFiles, QString> ReleaseFiles::make(const QString &directory)
{
    const auto libraries = relup::otpLibraries({});
    if (!libraries)
        return std::unexpected(libraries.error().message);
    const auto otp = copyOtp(*libraries, directory);
    if (!otp)
        return std::unexpected(otp.error());
    bool written = true;
    const ReleaseFiles files{directory + u"/releases/1.1.0/shop"_s, directory + u"/releases/1.0.0/shop"_s,
                             directory + u"/lib/*/ebin"_s, *libraries};
    for (const QString &vsn : {u"1.0.0"_s, u"1.1.0"_s}) {
        for (const QString &name : ownNames())
            written =
                written && write(u"%1/lib/%2-%3/ebin/%2.app"_s.arg(directory, name, vsn), appText(name, vsn));
        written = written && write(u"%1/releases/%2/shop.rel"_s.arg(directory, vsn), relText(vsn, *otp));
    }
    for (const QString &name : ownNames())
        written = written && write(u"%1/lib/%2-1.1.0/ebin/%2.appup"_s.arg(directory, name), appupText(name));
    return written ? std::expected<ReleaseFiles, QString>(files)
                   : std::unexpected(u"%1 can't be written."_s.arg(directory));
}

} // namespace handover::bench
