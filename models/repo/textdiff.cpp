// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/textdiff.h"

#include "models/repo/gitlibrary.h"

#include <git2.h>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

constexpr qsizetype LargestText = 100 * 1024 * 1024;

struct Collector
{
    QList<DiffLine> lines;
};

int addHunk(const git_diff_delta *, const git_diff_hunk *hunk, void *payload)
{
    auto &lines = static_cast<Collector *>(payload)->lines;
    if (hunk->new_start > 1 || hunk->old_start > 1)
        lines.append({DiffLine::Kind::Gap, 0, 0, {}});
    return 0;
}

int addLine(const git_diff_delta *, const git_diff_hunk *, const git_diff_line *line, void *payload)
{
    DiffLine found;
    switch (line->origin) {
    case GIT_DIFF_LINE_CONTEXT: found.kind = DiffLine::Kind::Context; break;
    case GIT_DIFF_LINE_ADDITION: found.kind = DiffLine::Kind::Added; break;
    case GIT_DIFF_LINE_DELETION: found.kind = DiffLine::Kind::Removed; break;
    default: return 0; // a missing line end
    }
    found.olderLine = qMax(0, line->old_lineno);
    found.newerLine = qMax(0, line->new_lineno);
    found.text = QByteArray(line->content, static_cast<qsizetype>(line->content_len));
    while (found.text.endsWith('\n') || found.text.endsWith('\r'))
        found.text.chop(1);
    static_cast<Collector *>(payload)->lines.append(std::move(found));
    return 0;
}

} // namespace

Result<QList<DiffLine>> textDiff(const QByteArray &older, const QByteArray &newer, int context)
{
    const auto tooLarge = [](const QByteArray &text) { return text.size() > LargestText; };
    if (tooLarge(older) || tooLarge(newer))
        return failure(u"repo.diff"_s, u"The texts are too large to be compared."_s, u"Compare them with git diff."_s);
    startGitLibrary();
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    options.context_lines = static_cast<uint32_t>(qMax(0, context));
    options.flags = GIT_DIFF_FORCE_TEXT;
    Collector collector;
    const int result = git_diff_buffers(older.constData(), static_cast<size_t>(older.size()), nullptr, newer.constData(),
                                        static_cast<size_t>(newer.size()), nullptr, &options, nullptr, nullptr, addHunk,
                                        addLine, &collector);
    if (result != 0)
        return gitFailure(u"repo.diff"_s, u"The texts could not be compared."_s, u"Compare them with git diff."_s);
    return std::move(collector.lines);
}

} // namespace handover::repo
