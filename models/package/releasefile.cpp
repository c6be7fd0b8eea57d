// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/releasefile.h"

#include "models/erlang/parser.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

std::unexpected<Error> notARelease(const QString &message, const QString &detail = {})
{
    return failure(u"package.not-a-release"_s, message,
                   u"Choose a release tarball, as rebar3 tar makes it."_s, detail);
}

/// Boot files of the runtime system that some tools leave their .rel files of beside.
bool isHelper(const QString &path)
{
    const QString file = path.section(u'/', -1);
    return file == u"start_clean.rel"_s || file == u"start_sasl.rel"_s || file == u"no_dot_erlang.rel"_s;
}

Result<std::optional<ReleaseFile>> onlyOne(const QMap<QString, QByteArray> &files, int slashes)
{
    std::optional<ReleaseFile> found;
    for (const auto &[path, text] : files.asKeyValueRange()) {
        if (path.count(u'/') != slashes || isHelper(path))
            continue;
        auto release = parseReleaseFile(text, path);
        if (!release)
            return std::unexpected(release.error());
        const QString folder = path.section(u'/', 1, 1);
        if (slashes == 2 && folder != release->version)
            return notARelease(u"%1 is the release file of version %2 and lies in the folder of %3."_s.arg(
                path, release->version, folder));
        if (found && (found->name != release->name || found->version != release->version))
            return notARelease(u"The tarball holds several releases: %1 %2 and %3 %4."_s.arg(
                found->name, found->version, release->name, release->version));
        found = *std::move(release);
    }
    return found;
}

} // namespace

bool isPlainName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 255 && text != u"."_s && text != u".."_s &&
           std::none_of(text.cbegin(), text.cend(),
                        [](QChar c) { return c == u'/' || c.category() == QChar::Other_Control; });
}

Result<ReleaseFile> parseReleaseFile(QByteArrayView text, const QString &path)
{
    const auto term = erlang::parseFirstTerm(text);
    if (!term)
        return notARelease(u"%1 cannot be read."_s.arg(path), term.error().message);
    const erlang::Term names = term->at(1);
    const erlang::Term erts = term->at(2);
    if (!term->isTagged("release", 4) || !names.isTuple(2) || !erts.isTagged("erts", 2) ||
        !term->at(3).isList())
        return notARelease(u"%1 is not a release file."_s.arg(path));

    const auto plain = [](const erlang::Term &value) {
        const QString string = value.stringValue().value_or(QString());
        return isPlainName(string) ? string : QString();
    };
    ReleaseFile release{plain(names.at(0)), plain(names.at(1)), plain(erts.at(1)), {}};
    if (release.name.isEmpty() || release.version.isEmpty() || release.erts.isEmpty())
        return notARelease(
            u"%1 names no release, version or runtime system that can be part of a path."_s.arg(path),
            QString::fromUtf8(names.print().left(300)));
    for (const erlang::Term &app : term->at(3).items()) {
        const QString name = QString::fromUtf8(app.at(0).atomName().value_or(QByteArray()));
        const QString version = plain(app.at(1));
        if (!isPlainName(name) || version.isEmpty())
            return notARelease(u"%1 holds an application without name or version."_s.arg(path),
                               QString::fromUtf8(app.print().left(300)));
        release.apps.insert(name, version);
    }
    return release;
}

Result<ReleaseFile> chooseRelease(const QMap<QString, QByteArray> &files)
{
    for (const int slashes : {2, 1}) {
        auto found = onlyOne(files, slashes);
        if (!found)
            return std::unexpected(found.error());
        if (*found)
            return **std::move(found);
    }
    return notARelease(u"The tarball holds no release: there is no file releases/VERSION/NAME.rel in it."_s);
}

} // namespace handover::package
