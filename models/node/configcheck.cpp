// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/counted.h"
#include "models/node/configdifference.h"
#include "models/node/targetview.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

using Outcome = Check::Outcome;
constexpr qint64 LargestConfig = 4 << 20;
constexpr qsizetype MostIncludes = 50;

/// Where a configuration file lies: in the tarball, or on the server.
using Read = std::function<Result<std::optional<QByteArray>>(const QString &path)>;

Read fromTarball(const TargetView &view)
{
    return [&view](const QString &path) -> Result<std::optional<QByteArray>> {
        const auto text = view.contents.texts.constFind(path);
        return text == view.contents.texts.cend() ? std::nullopt : std::optional(*text);
    };
}

Read fromServer(const TargetView &view)
{
    return [&view](const QString &path) { return view.read(path, LargestConfig); };
}

// An included file's name is relative to the file that includes it, or else to where the node runs; ".config" may be
// left out (config(4)). Files with a name that is absolute are the server's.
Result<std::optional<QByteArray>> readIncluded(const TargetView &view, const Read &read, const QString &folder, const QString &name)
{
    if (name.startsWith(u'/')) {
        const auto path = server::RemotePath::parse(name.toUtf8());
        if (!path)
            return std::optional<QByteArray>();
        auto text = view.session.readFile(*path, view.context, LargestConfig);
        if (!text && text.error().code == "server.file-missing"_L1)
            return std::optional<QByteArray>();
        return text ? Result<std::optional<QByteArray>>(*std::move(text)) : std::unexpected(text.error());
    }
    if (name.contains(u".."_s) || name.contains(u"./"_s))
        return std::optional<QByteArray>();
    auto beside = read(folder + u'/' + name);
    return !beside || *beside ? beside : fromServer(view)(name);
}

/// The whole configuration of a version; nothing if it has no sys.config.
Result<std::optional<Config>> readConfig(const TargetView &view, const Read &read, const QString &version)
{
    const QString folder = u"releases/"_s + version;
    const auto text = read(folder + u"/sys.config"_s);
    if (!text)
        return std::unexpected(text.error());
    if (!*text)
        return std::optional<Config>();
    const auto top = parseConfig(**text, folder + u"/sys.config"_s);
    if (!top)
        return std::unexpected(top.error());
    Config config = top->values;
    for (const QString &name : top->includes.first(std::min(top->includes.size(), MostIncludes))) {
        const QString file = name.endsWith(u".config"_s) ? name : name + u".config"_s;
        const auto included = readIncluded(view, read, folder, file);
        if (!included)
            return std::unexpected(included.error());
        if (!*included)
            return failure(u"node.config"_s, u"%1/sys.config includes %2, which is not there."_s.arg(folder, file),
                           u"Put it into the release, or take it out of the configuration."_s);
        const auto parsed = parseConfig(**included, file);
        if (!parsed)
            return std::unexpected(parsed.error());
        mergeInto(config, parsed->values);
    }
    return std::optional(std::move(config));
}

Result<QMap<QString, QStringList>> readArguments(const Read &read, const QString &version)
{
    const QString path = u"releases/%1/vm.args"_s.arg(version);
    const auto text = read(path);
    if (!text)
        return std::unexpected(text.error());
    return parseArguments(text->value_or(QByteArray()), path);
}

bool isTemplate(const TargetView &view, const QString &name)
{
    return view.contents.sums.contains(u"releases/%1/%2.src"_s.arg(view.manifest.version, name));
}

Check failed(const Error &error, const QString &otherwise)
{
    return {{}, {}, Outcome::Failed, error.message, error.hint, {otherwise}};
}

} // namespace

Result<Check> checkConfig(const TargetView &view)
{
    const QString &to = view.manifest.version;
    const auto now = readConfig(view, fromTarball(view), to);
    if (!now && now.error().code == "node.config"_L1)
        return failed(now.error(), u"release_handler takes such a file for an empty configuration, and says nothing."_s);
    if (!now)
        return std::unexpected(now.error());
    const auto arguments = readArguments(fromTarball(view), to);
    if (!arguments)
        return failed(arguments.error(), u"The node would not start with it the next time."_s);
    if (isTemplate(view, u"sys.config"_s))
        return Check{{}, {}, Outcome::Impossible, u"sys.config.src is a template, which is filled in on the server: its values aren't known here."_s,
                     u"Look at what its variables are on the server."_s, {}};
    if (!*now)
        return Check{{}, {}, Outcome::Passed, u"The release has no sys.config."_s, {}, {}};

    const QString from = view.installation.nodeUp ? view.installation.runningVersion : view.installation.bootVersion;
    const auto before = readConfig(view, fromServer(view), from);
    const auto argumentsBefore = readArguments(fromServer(view), from);
    if (!before || !*before || !argumentsBefore) {
        if (!view.session.isAlive())
            return std::unexpected(before ? argumentsBefore.error() : before.error());
        return Check{{}, {}, Outcome::Passed, u"The new configuration can be read; there is none of %1 to compare it with."_s.arg(from), {}, {}};
    }
    const QStringList values = differencesOf(**before, **now);
    QStringList flags;
    if (!isTemplate(view, u"vm.args"_s))
        flags = differencesOf(*argumentsBefore, *arguments);
    if (flags.isEmpty())
        return Check{{}, {}, Outcome::Passed,
                     values.isEmpty() ? u"The configuration is that of %1."_s.arg(from)
                                      : u"The new configuration can be read; %1 from that of %2."_s.arg(counted(values.size(), u"value differs"_s, u"values differ"_s), from),
                     {}, values};
    return Check{{}, {}, Outcome::Warning, u"The new configuration can be read; against %3, %1 of it and %2 of vm.args changed."_s.arg(counted(values.size(), u"value"_s, u"values"_s), counted(flags.size(), u"flag"_s, u"flags"_s), from),
                 u"Flags of vm.args count from the next start of the node on, not with the upgrade."_s, values + flags};
}

} // namespace handover::node
