// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/appupcode.h"

#include "models/appup/template.h"
#include "models/erlang/scanner.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover::appup {

namespace {

using erlang::Token;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AppupCode)
};

bool isSign(const Token &token)
{
    if (token.type == Token::Type::Reserved)
        return token.spelling != "fun"; // fun m:f/1 is a term
    return token.is("=") || token.is("->") || token.is("++") || token.is("--") || token.is("||") || token.is("!");
}

constexpr TextRange Nowhere{-1, -1}; // no caret is there

QList<Rule> withoutPlaces(QList<Rule> rules)
{
    for (Rule &rule : rules)
        rule.range = rule.keyRange = rule.instructionsRange = Nowhere;
    return rules;
}

Issue issueOf(const QString &file, Severity severity, const QString &code, const QString &message)
{
    return {severity, code, message, file, {}, {}, {}};
}

} // namespace

bool isErlangCode(QByteArrayView text)
{
    const QByteArray source = blanked(text);
    erlang::Scanner scanner(source, false);
    bool afterName = false;
    while (scanner.next()) {
        const Token &token = scanner.token();
        if (token.type == Token::Type::End)
            return false;
        if (isSign(token) || (afterName && token.is("(")))
            return true;
        afterName = token.type == Token::Type::Atom || token.type == Token::Type::Variable;
    }
    return false;
}

CodeRules rulesOfCode(QByteArrayView text, const CheckContext &context, const std::optional<Evaluated> &evaluated)
{
    CodeRules rules;
    if (!evaluated || evaluated->source != text || evaluated->vsn != context.appVsn) {
        rules.issues.append(issueOf(context.file, Severity::Hint, u"appup.code"_s,
                                    Words::tr("This file is Erlang code that makes the appup. Which rules it makes isn't "
                                              "known before it is evaluated, and nothing is run unasked.")));
        return rules;
    }
    auto appup = Appup::parse(evaluated->appup);
    if (!appup)
        return rules;
    appup->versionRange = appup->upRange = appup->downRange = Nowhere;
    appup->up = withoutPlaces(appup->up);
    appup->down = withoutPlaces(appup->down);
    rules.appup = *std::move(appup);
    CheckContext made = context;
    made.file = u"made.appup"_s; // its {{vsn}} is filled in
    rules.issues = issuesOfMade(check(evaluated->appup, made), context.file);
    return rules;
}

QList<Issue> issuesOfMade(const QList<Issue> &issues, const QString &file)
{
    QList<Issue> ours;
    for (const Issue &issue : issues)
        ours.append(issueOf(file, issue.severity, issue.code, Words::tr("In the rules that this code makes: %1").arg(issue.message)));
    return ours;
}

} // namespace handover::appup
