// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/rulepreview.h"

#include "models/appup/mirror.h"
#include "models/appup/template.h"

namespace handover::appup {

Result<RulePreview> previewRule(const RuleRequest &request)
{
    const auto key = keyFor(request.wanted);
    if (!key)
        return std::unexpected(key.error());
    RulePreview preview;
    preview.key = *key;
    preview.instructions = chosenInstructions(request.application, request.modules, request.oldCode);
    const auto appup = Appup::parse(blanked(request.text));
    preview.upPlace = placeFor(appup ? appup->up : QList<Rule>(), *key, request.versions);
    preview.downPlace = placeFor(appup ? appup->down : QList<Rule>(), *key, request.versions);
    NewRule rule{*key, {}, {}};
    if (request.up)
        rule.up = preview.instructions;
    if (request.down)
        rule.down = mirrored(preview.instructions).value_or(erlang::Term()).items();
    preview.edits = insertRule(request.text, rule, request.versions, request.version);
    return preview;
}

} // namespace handover::appup
