// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/scriptskills.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

constexpr qsizetype ScannedBytes = 256 * 1024;

// A branch of the shell's case, "eval)" or "rpc|eval)", or a comparison with the first argument.
[[nodiscard]] bool knows(const QString &script, const QString &word)
{
    static const QString alternatives = u"[^\\s()|;#]+[ \\t]*\\|[ \\t]*"_s;
    const QRegularExpression branch(
        u"^[ \\t]*\\(?[ \\t]*(?:%1)*[\"']?%2[\"']?[ \\t]*(?:\\|[ \\t]*[^\\s()|;#]+[ \\t]*)*\\)"_s.arg(alternatives, word),
        QRegularExpression::MultilineOption);
    const QRegularExpression comparison(u"^[^#\\n]*\\$\\{?1\\}?\"?[ \\t]*==?[ \\t]*[\"']?%1[\"']?[ \\t]*\\]"_s.arg(word),
                                        QRegularExpression::MultilineOption);
    return branch.match(script).hasMatch() || comparison.match(script).hasMatch();
}

} // namespace

ScriptSkills ScriptSkills::of(QByteArrayView bytes)
{
    static const QRegularExpression hooks(u"^PRE_INSTALL_UPGRADE_HOOKS=\"[^\"\\n]*[^\"\\s]"_s, QRegularExpression::MultilineOption);
    const QString script = QString::fromUtf8(bytes.first(std::min(bytes.size(), ScannedBytes)));
    ScriptSkills skills;
    skills.isElixirs = script.contains(u"--rpc-eval"_s);
    if (skills.isElixirs)
        return skills;
    skills.callsEscript = script.contains(u"install_upgrade.escript"_s);
    if (knows(script, u"eval"_s))
        skills.talk = Talk::Eval;
    else if (knows(script, u"rpc"_s))
        skills.talk = Talk::Rpc;
    skills.startsAndStops = knows(script, u"daemon"_s) && knows(script, u"stop"_s);
    skills.hasInstallHooks = hooks.match(script).hasMatch();
    return skills;
}

QString ScriptSkills::word() const
{
    switch (talk) {
    case Talk::None: return {};
    case Talk::Eval: return u"eval"_s;
    case Talk::Rpc: return u"rpc"_s;
    }
    return {};
}

bool isUsableEscript(QByteArrayView escript)
{
    return escript.contains(QByteArrayView("--no-permanent")) && escript.contains(QByteArrayView("\"unpack\""));
}

} // namespace handover::node
