// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/push.h"

#include "models/jobs/process.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::repo {

namespace {

QProcessEnvironment environment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"GIT_DIR"_s, u"GIT_WORK_TREE"_s, u"GIT_INDEX_FILE"_s, u"GIT_OBJECT_DIRECTORY"_s, u"LANGUAGE"_s})
        environment.remove(name); // of whoever started this program
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s); // errors are told by their words
    environment.insert(u"GIT_TERMINAL_PROMPT"_s, u"0"_s);
    // ssh would ask on the terminal that this program was started from, and wait there forever.
    if (!environment.contains(u"SSH_ASKPASS_REQUIRE"_s))
        environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s);
    return environment;
}

Result<> push(const QString &repository, const QString &remote, const QByteArray &tag, const QByteArray &refspec,
              const JobContext &context)
{
    context.progress(u"git push %1 %2"_s.arg(remote, QString::fromUtf8(refspec)));
    const ProcessSpec spec{.program = u"git"_s,
                           .arguments = {u"push"_s, u"--porcelain"_s, u"--no-follow-tags"_s, u"--recurse-submodules=no"_s,
                                         u"--"_s, remote, QString::fromUtf8(refspec)},
                           .workingDirectory = repository,
                           .environment = environment()};
    const auto outcome = runProcess(spec, context);
    if (!outcome)
        return std::unexpected(outcome.error());
    if (outcome->exitCode == 0)
        return {};
    return std::unexpected(pushError(outcome->output, remote, tag));
}

bool saysAny(const QByteArray &output, std::initializer_list<QByteArrayView> words)
{
    return std::ranges::any_of(words, [&](QByteArrayView word) { return output.contains(word); });
}

// "!\trefs/tags/1.0:refs/tags/1.0\t[rejected] (already exists)" of --porcelain
QString rejection(const QByteArray &output)
{
    for (const QByteArray &line : output.split('\n')) {
        if (line.startsWith("!\t"))
            return plainText(line.split('\t').value(2));
    }
    return {};
}

} // namespace

Error pushError(const QByteArray &output, const QString &remote, const QByteArray &tag)
{
    const QString name = QString::fromUtf8(tag);
    const QString raw = plainText(output).trimmed();
    const auto error = [&](const QString &code, const QString &message, const QString &hint) {
        return failure(code, message, hint, raw).error();
    };
    if (const QString why = rejection(output); !why.isEmpty()) {
        if (why.contains(u"already exists"))
            return error(u"repo.push-rejected"_s, u"%1 has another tag %2 already."_s.arg(remote, name),
                         u"Fetch and look at it (git ls-remote --tags %1); a version that others have should get a new number instead."_s.arg(remote));
        return error(u"repo.push-rejected"_s, u"%1 refused the tag %2: %3"_s.arg(remote, name, why),
                     u"Its rules or its hooks don't allow that; the log has what it said."_s);
    }
    if (saysAny(output, {"Could not resolve host", "Name or service not known", "Connection refused", "Connection timed out",
                         "No route to host", "Network is unreachable", "Failed to connect", "Couldn't connect"}))
        return error(u"repo.push-unreachable"_s, u"%1 can't be reached."_s.arg(remote),
                     u"Check the network and the address (git remote -v), then push again."_s);
    if (saysAny(output, {"Host key verification failed"}))
        return error(u"repo.push-denied"_s, u"The host key of %1 is not known, or another one than before."_s.arg(remote),
                     u"Connect to it once with ssh in a terminal and compare the key."_s);
    if (saysAny(output, {"Permission denied", "Authentication failed", "could not read Username", "could not read Password",
                         "terminal prompts disabled", "returned error: 401", "returned error: 403", "Invalid username"}))
        return error(u"repo.push-denied"_s, u"%1 doesn't let you push."_s.arg(remote),
                     u"Check your key, agent or credential helper by pushing once in a terminal: nothing is asked here."_s);
    if (saysAny(output, {"does not appear to be a git repository", "Repository not found", "repository not found", "' not found",
                         "No such remote", "does not exist"}))
        return error(u"repo.push-no-repository"_s, u"There is no repository at the address of %1."_s.arg(remote),
                     u"Check the address (git remote -v)."_s);
    return error(u"repo.push"_s, u"The tag %1 could not be pushed to %2."_s.arg(name, remote), u"See what git said."_s);
}

Result<> pushTag(const QString &repository, const QString &remote, const QByteArray &tag, const JobContext &context)
{
    return push(repository, remote, tag, "refs/tags/" + tag + ":refs/tags/" + tag, context);
}

Result<> deleteRemoteTag(const QString &repository, const QString &remote, const QByteArray &tag, const JobContext &context)
{
    return push(repository, remote, tag, ":refs/tags/" + tag, context);
}

} // namespace handover::repo
