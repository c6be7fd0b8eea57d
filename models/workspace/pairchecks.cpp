// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/pairchecks.h"

#include "models/appup/check.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

Result<QList<Issue>> checkPair(const Project &project, const versions::Version &from, const versions::Version &to)
{
    QList<Issue> issues;
    for (const versions::AppSource &app : to.apps) {
        const versions::AppSource *before = from.app(app.name);
        if (!before || before->vsn == app.vsn) // systools opens no appup for these
            continue;
        const auto text = appupAt(project, to, app.name);
        if (!text)
            return std::unexpected(text.error());
        if (!*text) {
            Issue issue;
            issue.code = u"appup.missing"_s;
            issue.file = QString::fromUtf8(app.directory + "/src/") + app.name + u".appup.src"_s;
            issue.message = u"%1 goes from %2 to %3 but has no appup: the relup can't be made. Add this file with a rule "
                            "for %2 in both lists, even an empty one."_s.arg(app.name, before->vsn, app.vsn);
            issues += issue;
            continue;
        }
        // Whether a rule is ever reached depends on all versions, whether a version is taken is asked
        // of this one only.
        const QString file = QString::fromUtf8(app.appupPath);
        const auto aboutReach = [](const Issue &issue) {
            return issue.code == u"appup.version-not-taken" || issue.code == u"appup.part-only";
        };
        for (const Issue &issue : appup::check(**text, {file, app.vsn, project.olderAppVersions(app.name, app.vsn)})) {
            if (!aboutReach(issue))
                issues += issue;
        }
        for (const Issue &issue : appup::check(**text, {file, app.vsn, {before->vsn}})) {
            if (aboutReach(issue))
                issues += issue;
        }
    }
    return issues;
}

} // namespace handover::workspace
