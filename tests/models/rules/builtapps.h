// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/erl.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>

#include <optional>

namespace handover::test {

/// Applications in a temporary directory, compiled by the real compiler, all in one emulator.
class BuiltApps
{
public:
    using Modules = QMap<QByteArray, QByteArray>; ///< name to source; without its -module line

    /// lib/APP-VSN below `release`. `listed`: `modules` of the .app if not those that are there.
    void add(const QString &release, const QByteArray &app, const QByteArray &vsn, const Modules &modules,
             const QByteArray &options = "debug_info", const std::optional<QByteArrayList> &listed = {},
             const QByteArray &more = {})
    {
        const QString place = directory(release, app, vsn);
        QDir().mkpath(place + QStringLiteral("/ebin"));
        QDir().mkpath(place + QStringLiteral("/src"));
        for (auto module = modules.begin(); module != modules.end(); ++module) {
            const QString source = place + QStringLiteral("/src/") + QString::fromUtf8(module.key());
            write(source + QStringLiteral(".erl"), "-module('" + module.key() + "').\n" + *module);
            m_jobs += "{\"" + source.toUtf8() + "\",\"" + place.toUtf8() + "/ebin\",[" + options + "]}.\n";
        }
        const QByteArrayList names = listed.value_or(modules.keys());
        write(place + QStringLiteral("/ebin/") + QString::fromUtf8(app) + QStringLiteral(".app"),
              "{application,'" + app + "',[{description,\"\"},{vsn,\"" + vsn + "\"},{registered,[]},{modules,['" +
                  names.join("','") + "']},{applications,[kernel,stdlib]}" + more + "]}.\n");
    }

    /// What the compiler says; empty if all is well.
    [[nodiscard]] QByteArray build()
    {
        const QString list = path(QStringLiteral("jobs"));
        write(list, m_jobs);
        return Erl::run(R"(
            [File] = init:get_plain_arguments(),
            {ok, Jobs} = file:consult(File),
            Parent = self(),
            Compile = fun({Source, Out, Options}) ->
                case compile:file(Source, [{outdir, Out}, return | Options]) of
                    {ok, _, _} -> ok;
                    Problem -> io:format("~s: ~tp~n", [Source, Problem])
                end
            end,
            Half = length(Jobs) div 2,
            {First, Second} = lists:split(Half, Jobs),
            [spawn_link(fun() -> lists:foreach(Compile, Part), Parent ! done end) || Part <- [First, Second]],
            receive done -> ok end, receive done -> ok end)",
                        {list});
    }

    [[nodiscard]] QString directory(const QString &release, const QByteArray &app, const QByteArray &vsn) const
    {
        return path(QStringLiteral("%1/lib/%2-%3").arg(release, QString::fromUtf8(app), QString::fromUtf8(vsn)));
    }
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }

    static void write(const QString &path, const QByteArray &contents)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
            qFatal("%s could not be written", qPrintable(path));
    }

private:
    QTemporaryDir m_directory;
    QByteArray m_jobs;
};

} // namespace handover::test
