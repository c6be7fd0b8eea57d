// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scratchrepository.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace handover::test {

ScratchRepository::ScratchRepository(const QString &name)
    : m_path(m_directory.filePath(name))
    , m_seconds(1'700'000'000)
{
    if (!m_directory.isValid() || !QDir().mkpath(m_path))
        qFatal("No temporary directory: %s", qPrintable(m_directory.errorString()));
    git({u"init"_s, u"--quiet"_s, u"--initial-branch=main"_s});
}

void ScratchRepository::write(const QString &file, const QByteArray &contents, bool executable) const
{
    const QString name = path(file);
    QFile target(name);
    if (!QDir().mkpath(QFileInfo(name).path()) || !target.open(QIODevice::WriteOnly) ||
        target.write(contents) != contents.size())
        qFatal("%s can't be written", qPrintable(name));
    if (executable)
        target.setPermissions(target.permissions() | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
}

QByteArray ScratchRepository::commit(const QString &message)
{
    m_seconds += 60;
    git({u"add"_s, u"--all"_s});
    git({u"commit"_s, u"--quiet"_s, u"--allow-empty"_s, u"-m"_s, message});
    return git({u"rev-parse"_s, u"HEAD"_s});
}

void ScratchRepository::tag(const QString &name) { git({u"tag"_s, u"--"_s, name}); }

void ScratchRepository::tag(const QString &name, const QString &message)
{
    m_seconds += 60;
    git({u"tag"_s, u"-a"_s, u"-m"_s, message, u"--"_s, name});
}

QByteArray ScratchRepository::git(const QStringList &arguments, const QByteArray &input) const
{
    return gitIn(m_path, arguments, input);
}

QByteArray ScratchRepository::gitIn(const QString &directory, const QStringList &arguments,
                                    const QByteArray &input) const
{
    const QString date = QString::number(m_seconds) + u" +0100"_s;
    QProcessEnvironment environment; // not the tester's own: no GIT_DIR, no configuration
    environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    environment.insert(u"HOME"_s, m_directory.path());
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"TZ"_s, u"UTC"_s);
    environment.insert(u"GIT_CONFIG_NOSYSTEM"_s, u"1"_s);
    environment.insert(u"GIT_CONFIG_GLOBAL"_s, u"/dev/null"_s);
    environment.insert(u"GIT_ALLOW_PROTOCOL"_s, u"file"_s);
    environment.insert(u"GIT_AUTHOR_NAME"_s, u"Ada Author"_s);
    environment.insert(u"GIT_AUTHOR_EMAIL"_s, u"ada@example.org"_s);
    environment.insert(u"GIT_AUTHOR_DATE"_s, date);
    environment.insert(u"GIT_COMMITTER_NAME"_s, u"Carl Committer"_s);
    environment.insert(u"GIT_COMMITTER_EMAIL"_s, u"carl@example.org"_s);
    environment.insert(u"GIT_COMMITTER_DATE"_s, date);

    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(directory);
    process.start(u"git"_s, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000) || process.exitStatus() != QProcess::NormalExit ||
        process.exitCode() != 0)
        qFatal("git %s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
    return process.readAllStandardOutput().trimmed();
}

} // namespace handover::test
