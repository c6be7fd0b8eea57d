// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/remotefiles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qsizetype PathsAtOnce = 20'000; // a session's answers are bounded
constexpr qint64 BytesAtOnce = 8 << 20;

// A line "SUM  PATH" or "SIZE PATH"; one that begins with a backslash has an escaped name, which no release has.
std::optional<std::pair<QByteArray, QString>> parseLine(const QByteArray &line)
{
    const QByteArray trimmed = line.startsWith(' ') ? line.trimmed() : line;
    const qsizetype space = trimmed.indexOf(' ');
    if (space <= 0 || trimmed.startsWith('\\'))
        return std::nullopt;
    qsizetype path = space + 1;
    if (path < trimmed.size() && (trimmed[path] == ' ' || trimmed[path] == '*')) // sha256sum's mode
        ++path;
    return std::pair(trimmed.first(space), QString::fromUtf8(trimmed.sliced(path)));
}

} // namespace

Result<std::optional<QByteArray>> RemoteFiles::onAll(const QList<QByteArray> &program, const QStringList &paths) const
{
    QByteArray input;
    for (const QString &path : paths)
        input += path.toUtf8() + '\0';
    const auto outcome = m_session.exec(
        m_directory, QList<QByteArray>{"env", "LC_ALL=C", "xargs", "-0"} + program + QList<QByteArray>{"--"}, m_context, input);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitStatus == 126 || outcome->exitStatus == 127)
        return std::optional<QByteArray>();
    return std::optional(outcome->output);
}

Result<std::optional<RemoteFiles::ByPath>> RemoteFiles::sums(const QStringList &paths) const
{
    ByPath found;
    for (qsizetype at = 0; at < paths.size(); at += PathsAtOnce) {
        const auto output = onAll({"sha256sum"}, paths.sliced(at, std::min(PathsAtOnce, paths.size() - at)));
        if (!output)
            return std::unexpected(output.error());
        if (!*output)
            return std::optional<ByPath>();
        for (const QByteArray &line : (*output)->split('\n')) {
            if (const auto parsed = parseLine(line); parsed && parsed->first.size() == 64)
                found.insert(parsed->second, parsed->first.toLower());
        }
    }
    return std::optional(std::move(found));
}

Result<std::optional<RemoteFiles::Sizes>> RemoteFiles::sizes(const QStringList &paths) const
{
    const auto output = onAll({"wc", "-c"}, paths);
    if (!output)
        return std::unexpected(output.error());
    if (!*output)
        return std::optional<Sizes>();
    // Besides what was asked there are lines with the totals.
    QMap<QString, qint64> told;
    for (const QByteArray &line : (*output)->split('\n')) {
        if (const auto parsed = parseLine(line))
            told.insert(parsed->second, parsed->first.toLongLong());
    }
    Sizes sizes;
    for (const QString &path : paths) {
        if (const auto size = told.constFind(path); size != told.cend() && *size <= LargestFile)
            sizes.append({path, *size});
    }
    return std::optional(std::move(sizes));
}

Result<std::optional<RemoteFiles::ByPath>> RemoteFiles::read(const QStringList &paths) const
{
    ByPath found;
    if (paths.isEmpty())
        return std::optional(found);
    const auto known = sizes(paths);
    if (!known)
        return std::unexpected(known.error());
    if (!*known)
        return std::optional<ByPath>();
    const Sizes &all = **known;
    for (qsizetype begin = 0; begin < all.size();) {
        QStringList batch;
        qint64 bytes = 0;
        qsizetype end = begin;
        while (end < all.size() && (batch.isEmpty() || bytes + all[end].second <= BytesAtOnce)) {
            batch += all[end].first;
            bytes += all[end].second;
            ++end;
        }
        const auto output = onAll({"cat"}, batch);
        if (!output)
            return std::unexpected(output.error());
        if (!*output)
            return std::optional<ByPath>();
        qint64 at = 0;
        for (; begin < end && at + all[begin].second <= (*output)->size(); ++begin) {
            found.insert(all[begin].first, (*output)->sliced(at, all[begin].second));
            at += all[begin].second;
        }
        begin = end;
    }
    return std::optional(std::move(found));
}

} // namespace handover::node
