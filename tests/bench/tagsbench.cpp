// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/versions/searchtext.h"
#include "models/versions/version.h"
#include "tests/bench/bench.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

/// A repository with many tags, as git likes it best: references and objects packed, commit graph
/// written. Half of the tags are annotated, two on each commit.
struct Tagged
{
    QTemporaryDir directory;
    int count = 0;

    [[nodiscard]] std::optional<QString> git(const QStringList &arguments, const QString &input = {},
                                             const QString &output = QProcess::nullDevice()) const
    {
        QProcess process;
        process.setWorkingDirectory(directory.path());
        process.setStandardInputFile(input.isEmpty() ? QProcess::nullDevice() : input);
        process.setStandardOutputFile(output);
        process.start(u"git"_s, arguments);
        if (process.waitForFinished(600'000) && process.exitStatus() == QProcess::NormalExit &&
            process.exitCode() == 0)
            return std::nullopt;
        return QString(u"git "_s + arguments.first() + u": "_s +
                       QString::fromUtf8(process.readAllStandardError()));
    }
};

QByteArray history(int tags)
{
    QByteArray import;
    for (int i = 0; i < tags / 2; ++i) {
        const QByteArray n = QByteArray::number(i);
        const QByteArray mark = ":" + QByteArray::number(i + 1);
        const QByteArray when = QByteArray::number(1'400'000'000 + i * 3600) + " +0100";
        const QByteArray version = QByteArray::number(i / 2500) + '.' + QByteArray::number(i / 50 % 50) + '.' +
                                   QByteArray::number(i % 50);
        const QByteArray words = "Mend the counter of lines " + n + "\n\nIt lost a call in " +
                                 QByteArray::number(i * 7919 % 1000) + " when two came at once.\n";
        import += "commit refs/heads/main\nmark " + mark + "\nauthor Ada Author <ada@example.org> " + when +
                  "\ncommitter Carl Committer <carl@example.org> " + when + "\ndata " +
                  QByteArray::number(words.size()) + '\n' + words + "M 644 inline rebar.config\ndata " +
                  QByteArray::number(n.size() + 5) + "\n%% " + n + "\n\n\n";
        import += "reset refs/tags/v" + version + "-rc.1\nfrom " + mark + "\n\n";
        const QByteArray message = "Version " + version + "\n\nFor switches of the second series.\n";
        import += "tag v" + version + "\nfrom " + mark + "\ntagger Tess Tagger <tess@example.org> " + when +
                  "\ndata " + QByteArray::number(message.size()) + '\n' + message + '\n';
    }
    return import;
}

QStringList forEachRef()
{
    return {u"for-each-ref"_s,
            u"--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(creatordate:unix)"
            "%00%(taggername)%00%(authorname)%00%(contents)%00"_s,
            u"refs/tags"_s};
}

// One line for each tag, from what git printed.
QByteArrayList theirLines(const QByteArray &output)
{
    QByteArrayList lines;
    const QByteArrayList fields = output.split('\0');
    for (qsizetype i = 0; i + 8 <= fields.size(); i += 8) {
        const bool annotated = fields[i + 1] == "tag";
        const QByteArray message = fields[i + 7].trimmed();
        lines.append(fields[i].trimmed() + ' ' + fields[annotated ? i + 3 : i + 2] + ' ' + fields[i + 1] + ' ' +
                     fields[i + 4] + ' ' + fields[annotated ? i + 5 : i + 6] + ' ' + message);
    }
    return lines;
}

QByteArray ourLine(const repo::Tag &tag)
{
    return tag.name + ' ' + tag.commit.hex() + (tag.annotated ? " tag " : " commit ") +
           QByteArray::number(tag.date.toSecsSinceEpoch()) + ' ' + tag.author.toUtf8() + ' ' + tag.message.toUtf8();
}

std::optional<QString> make(const Tagged &repository)
{
    const QString import = repository.directory.filePath(u"import"_s);
    QFile file(import);
    if (!file.open(QIODevice::WriteOnly) || file.write(history(repository.count)) < 0)
        return file.errorString();
    file.close();
    if (auto error = repository.git({u"init"_s, u"--quiet"_s, u"--initial-branch=main"_s}))
        return error;
    if (auto error = repository.git({u"fast-import"_s, u"--quiet"_s}, import))
        return error;
    return repository.git({u"gc"_s, u"--quiet"_s});
}

// From nothing open to the list in its order.
std::expected<QList<versions::Version>, QString> ours(const Tagged &tagged)
{
    const auto repository = repo::Repository::open(tagged.directory.path());
    auto versions = repository ? versions::listVersions(*repository, {}) : std::unexpected(repository.error());
    if (!versions)
        return std::unexpected(versions.error().message);
    return *std::move(versions);
}

std::optional<QString> difference(const Tagged &tagged)
{
    const QString printed = tagged.directory.filePath(u"printed"_s);
    if (auto error = tagged.git(forEachRef(), {}, printed))
        return error;
    QFile file(printed);
    if (!file.open(QIODevice::ReadOnly))
        return file.errorString();
    const auto versions = ours(tagged);
    if (!versions)
        return versions.error();
    QByteArrayList lines;
    for (const versions::Version &version : *versions)
        lines.append(ourLine(version.tag));
    std::ranges::sort(lines);
    QByteArrayList expected = theirLines(file.readAll());
    std::ranges::sort(expected);
    if (lines.size() != tagged.count || lines != expected)
        return u"The lists differ."_s;
    return std::nullopt;
}

Timed ourTime(const Tagged &tagged)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto versions = ours(tagged);
    const Duration passed = std::chrono::steady_clock::now() - begin; // the list is there to stay
    return versions ? Timed(passed) : std::unexpected(versions.error());
}

Timed theirTime(const Tagged &tagged)
{
    const auto begin = std::chrono::steady_clock::now();
    if (const auto error = tagged.git(forEachRef()))
        return std::unexpected(*error);
    return std::chrono::steady_clock::now() - begin;
}

std::expected<Runner, QString> setUp(int count)
{
    const auto tagged = std::make_shared<Tagged>();
    tagged->count = count;
    if (auto error = make(*tagged))
        return std::unexpected(*error);
    if (auto error = difference(*tagged))
        return std::unexpected(*error);
    return Runner{[tagged] { return ourTime(*tagged); }, [tagged] { return theirTime(*tagged); }, {}};
}

/// What a filter looks through, and what somebody types.
struct Typed
{
    versions::SearchText text;
    QStringList words{u"v"_s, u"v1"_s, u"v1."_s, u"v1.2"_s, u"tess"_s, u"no such words"_s, u"SECOND"_s};
    Duration slowest{};
};

std::expected<Runner, QString> setUpFilter()
{
    Tagged tagged;
    tagged.count = 100'000;
    if (auto error = make(tagged))
        return std::unexpected(*error);
    const auto versions = ours(tagged);
    if (!versions)
        return std::unexpected(versions.error());
    const auto typed = std::make_shared<Typed>();
    typed->text = versions::SearchText(*versions);
    Runner runner;
    runner.ours = [typed] {
        Duration all{};
        for (const QString &word : typed->words) {
            const auto begin = std::chrono::steady_clock::now();
            [[maybe_unused]] const QList<int> rows = typed->text.rowsWith(word);
            const Duration passed = std::chrono::steady_clock::now() - begin;
            typed->slowest = qMax(typed->slowest, passed);
            all += passed;
        }
        return all / typed->words.size();
    };
    runner.note = [typed] { return u"the slowest took %1"_s.arg(typed->slowest.count() * 1000, 0, 'f', 2); };
    return runner;
}

} // namespace

QList<Benchmark> tagBenchmarks()
{
    const QString words = u"%1 packed tags as versions, newest first, against `git for-each-ref` with the same fields"_s;
    return {{u"tags-10000"_s, words.arg(u"10,000"_s), std::nullopt, [] { return setUp(10'000); }},
            {u"tags-100000"_s, words.arg(u"100,000"_s), std::nullopt, [] { return setUp(100'000); }},
            {u"filter-100000"_s, u"which of 100,000 versions have the words of the filter"_s,
             std::chrono::milliseconds(16), setUpFilter}};
}

} // namespace handover::bench
