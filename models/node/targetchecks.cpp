// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/targetchecks.h"

#include "models/node/leftovers.h"
#include "models/node/remotefiles.h"
#include "models/node/targetview.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

struct Question
{
    QString id;
    QString title;
    QString doing; ///< for the progress
    Result<Check> (*ask)(const TargetView &view);
};

QList<Question> questions()
{
    return {{u"space"_s, u"Free space"_s, u"Asking for the free space"_s, checkSpace},
            {u"tarball"_s, u"Place of the tarball"_s, u"Looking where the tarball will go"_s, checkTarballPlace},
            {u"handler"_s, u"Release handler"_s, u"Looking how the release handler is asked"_s, checkWay},
            {u"system"_s, u"Operating system"_s, u"Asking for the operating system"_s, checkSystem},
            {u"erts"_s, u"Erlang runtime"_s, u"Comparing the Erlang runtimes"_s, checkErts},
            {u"libraries"_s, u"Shared libraries"_s, u"Looking for the shared libraries"_s, checkLibraries},
            {u"relup"_s, u"Way there"_s, u"Looking for the way there"_s, checkRelup},
            {u"applications"_s, u"Applications"_s, u"Comparing the applications with the relup"_s, checkApplications},
            {u"files"_s, u"Files already there"_s, u"Comparing the files that are there"_s, checkKeptFiles},
            {u"config"_s, u"Configuration"_s, u"Comparing the configuration"_s, checkConfig}};
}

bool isConfiguration(const QString &path)
{
    return path.startsWith(u"releases/"_s) && path.count(u'/') == 2 &&
           (path.endsWith(u".config"_s) || path.endsWith(u"/vm.args"_s));
}

// Where everything that is unpacked goes, so what lies there already counts.
Result<std::optional<QMap<QString, QByteArray>>> filesThere(server::Session &session, const package::Contents &contents,
                                                            const JobContext &context)
{
    const RemoteFiles files(session, session.address().directory, context);
    return files.sums(contents.sums.keys());
}

} // namespace

Result<std::optional<QByteArray>> TargetView::read(const QString &relative, qint64 limit) const
{
    const auto place = path(relative);
    if (!place)
        return std::unexpected(place.error());
    auto text = session.readFile(*place, context, limit);
    if (text)
        return std::optional(*std::move(text));
    if (text.error().code == "server.file-missing"_L1)
        return std::optional<QByteArray>();
    return std::unexpected(text.error());
}

Result<QList<Check>> checkTarget(server::Session &session, const Installation &installation,
                                 const package::Manifest &manifest, const JobContext &context, bool replaces)
{
    context.progress(u"Reading the tarball"_s);
    const auto contents = package::readContents(manifest, isConfiguration, context);
    if (!contents)
        return std::unexpected(contents.error());
    context.progress(u"Comparing with the files on the server"_s);
    auto present = filesThere(session, *contents, context);
    if (!present)
        return std::unexpected(present.error());
    const auto cleared = replaces ? findLeftovers(session, installation, manifest, context) : QStringList();
    if (!cleared)
        return std::unexpected(cleared.error());
    if (*present) {
        (*present)->removeIf([&](const auto &file) {
            return std::ranges::any_of(*cleared, [&](const QString &folder) { return file.key().startsWith(folder + u'/'); });
        });
    }
    const TargetView view{session, installation, manifest, *contents, *present, *cleared, context};
    QList<Check> checks;
    const QList<Question> all = questions();
    for (const Question &question : all) {
        context.progress(question.doing, checks.size(), all.size());
        auto check = question.ask(view);
        if (!check && (!session.isAlive() || check.error().isCancelled()))
            return std::unexpected(check.error());
        if (!check)
            check = Check{{}, {}, Check::Outcome::Impossible, check.error().message, check.error().hint,
                          check.error().detail.isEmpty() ? QStringList() : QStringList{check.error().detail}};
        check->id = question.id;
        check->title = question.title;
        checks.append(*std::move(check));
    }
    return checks;
}

} // namespace handover::node
