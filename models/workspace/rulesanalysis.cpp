// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/rulesanalysis.h"

#include "models/appup/check.h"
#include "models/changes/rulechecks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

RulesAnalysis analyseCode(const RulesQuestion &question)
{
    auto [appup, issues] = appup::rulesOfCode(question.text, {question.file, question.vsn, question.versionsToReach},
                                              question.evaluated);
    if (appup && question.differences && question.differences->to == question.vsn)
        issues += appup::issuesOfMade(changes::checkRules(question.evaluated->appup, question.file, *question.differences,
                                                          question.basis), question.file);
    return {std::move(appup), std::move(issues), true};
}

} // namespace

RulesAnalysis analyse(const RulesQuestion &question)
{
    RulesAnalysis analysis;
    if (auto parsed = appup::Appup::parse(question.text, question.vsn))
        analysis.appup = *std::move(parsed);
    else if (question.file.endsWith(".src"_L1) && appup::isErlangCode(question.text))
        return analyseCode(question);
    analysis.issues = appup::check(question.text, {question.file, question.vsn, question.versionsToReach});
    if (analysis.appup && question.differences && question.differences->to == question.vsn) {
        analysis.issues += changes::checkRules(*analysis.appup, question.text, question.file, *question.differences,
                                               question.basis);
        std::ranges::stable_sort(analysis.issues, {}, [](const Issue &issue) { return issue.range.begin; });
    }
    return analysis;
}

} // namespace handover::workspace
