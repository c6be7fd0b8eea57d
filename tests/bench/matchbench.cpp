// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/matchtable.h"
#include "models/appup/matchtablemodel.h"
#include "tests/bench/erlangpeer.h"

#include <QFile>
#include <QSortFilterProxyModel>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

using appup::Appup;
using appup::Match;
using appup::MatchTableModel;
using appup::Rule;
using appup::Verdict;
using erlang::Term;

constexpr int Rules = 100;
constexpr int Versions = 10'000;

// As projects number them: 1.0.0 … 1.119.83, every seventh with something behind it.
QStringList versions()
{
    const QStringList suffixes{u"-rc1"_s, u"-rc2"_s, u"+build.12"_s, u".1"_s};
    QStringList versions;
    for (int i = 0; i < Versions; ++i) {
        QString version = u"1.%1.%2"_s.arg(i % 120).arg(i / 120);
        if (i % 7 == 0)
            version += suffixes[i / 7 % suffixes.size()];
        versions.append(version);
    }
    return versions;
}

// Of ten rules five as OTP's own appups have them, two literal ones, two that go on in some other way,
// and one that begins with anything.
QList<Rule> rules()
{
    QList<Rule> rules;
    for (int i = 0; i < Rules; ++i) {
        Rule rule;
        rule.number = i + 1;
        rule.key = i % 10 < 2 ? Rule::Key::Literal : Rule::Key::Regex;
        if (i % 10 < 2)
            rule.text = u"1.%1.7"_s.arg(i);
        else if (i % 10 < 7)
            rule.text = u"^1\\.%1(?:\\.[0-9]+)*$"_s.arg(i);
        else if (i % 10 < 9)
            rule.text = u"1\\.%1\\.\\d+(-rc\\d+)?"_s.arg(i);
        else
            rule.text = u"v?[0-9]+\\.%1\\..*"_s.arg(i);
        rules.append(rule);
    }
    return rules;
}

QByteArray keyOf(const Rule &rule)
{
    const Term key =
        rule.key == Rule::Key::Regex ? Term::binary(rule.text.toUtf8()) : Term::string(rule.text);
    return key.print();
}

// {[Key], [Version]}.
bool writeInput(const QString &path)
{
    QByteArrayList keys;
    for (const Rule &rule : rules())
        keys.append(keyOf(rule));
    QByteArrayList strings;
    for (const QString &version : versions())
        strings.append(Term::string(version).print());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) &&
           file.write("{[" + keys.join(',') + "],\n[" + strings.join(',') + "]}.\n") > 0;
}

QByteArray numbersOf(const QList<Match> &table)
{
    QByteArrayList numbers;
    for (const Match &match : table)
        numbers.append(QByteArray::number(match.verdict == Verdict::Taken ? match.rule : 0));
    return '[' + numbers.join(',') + ']';
}

std::expected<Runner, QString> setUpTable()
{
    QTemporaryDir directory;
    const QString input = directory.filePath(u"input"_s);
    if (!writeInput(input))
        return std::unexpected(u"%1 can't be written."_s.arg(input));
    const auto peer = ErlangPeer::start(u"bench_match"_s, {input});
    if (!peer)
        return std::unexpected(peer.error());
    const auto answer = (*peer)->answer();
    if (!answer)
        return std::unexpected(answer.error());
    const QByteArray ours = numbersOf(appup::matchTable(rules(), versions()));
    if (*answer != ours)
        return std::unexpected(u"The answers differ."_s);
    Runner runner;
    runner.ours = [rules = rules(), versions = versions()] {
        return timeOf([&] { [[maybe_unused]] const auto table = appup::matchTable(rules, versions); });
    };
    runner.peer = [peer = *peer] { return peer->round(); };
    runner.note = [ours] {
        return u"%1 of %2 versions taken"_s.arg(Versions - ours.count(",0")).arg(Versions);
    };
    return runner;
}

QByteArray appupText()
{
    QByteArrayList entries;
    for (const Rule &rule : rules())
        entries.append("  {" + keyOf(rule) + ", [{load_module, m" + QByteArray::number(rule.number) + "}]}");
    const QByteArray list = entries.join(",\n");
    return "{\"2.0\",\n [" + list + "],\n [" + list + "]}.\n";
}

/// A table that is edited, with a sorted view of it that follows.
struct Edited
{
    Edited()
    {
        model.setVersions(versions());
        proxy.setSourceModel(&model);
        proxy.setSortRole(MatchTableModel::SortRole);
        proxy.sort(MatchTableModel::VersionColumn);
        QObject::connect(&proxy, &QAbstractItemModel::dataChanged, &proxy, [this] { ++signalCount; });
    }

    // From the text to the last signal.
    Duration set(const QByteArray &text)
    {
        const auto begin = std::chrono::steady_clock::now();
        if (auto appup = Appup::parse(text))
            model.setAppup(*std::move(appup));
        const Duration passed = std::chrono::steady_clock::now() - begin;
        slowest = qMax(slowest, passed);
        return passed;
    }

    MatchTableModel model;
    QSortFilterProxyModel proxy;
    Duration slowest{};
    int signalCount = 0;
};

// What typing does to one rule: near the beginning, in the middle, at the end, and a rule that begins
// to take everything.
QList<QByteArray> edits()
{
    QList<QByteArray> texts;
    const QByteArray text = appupText();
    for (const auto &[before, after] : QList<std::pair<QByteArray, QByteArray>>{{"1\\\\.3(", "1\\\\.3[0-9]("},
                                                                                {"1\\\\.52(", "1\\\\.5("},
                                                                                {"1\\\\.98\\\\.", "1\\\\.98"},
                                                                                {"^1\\\\.2(", "^.*("}}) {
        QByteArray edited = text;
        if (const qsizetype at = edited.indexOf(before); at >= 0)
            edited.replace(at, before.size(), after);
        texts << edited << text;
    }
    return texts;
}

std::expected<Runner, QString> setUpEdit()
{
    const auto edited = std::make_shared<Edited>();
    const QList<QByteArray> texts = edits();
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (!Appup::parse(texts[i]) || texts[i] == texts[(i + 1) % texts.size()])
            return std::unexpected(u"Edit %1 is none."_s.arg(i));
    }
    edited->set(appupText());
    edited->slowest = {};
    Runner runner;
    runner.ours = [edited, texts] {
        Duration all{};
        for (const QByteArray &text : texts)
            all += edited->set(text);
        return all / texts.size();
    };
    runner.note = [edited] {
        return u"the slowest edit took %1"_s.arg(edited->slowest.count() * 1000, 0, 'f', 2);
    };
    return runner;
}

} // namespace

QList<Benchmark> matchBenchmarks()
{
    return {{u"match-100x10000"_s,
             u"which of 100 rules takes each of 10,000 versions, against re:run in a warm Erlang"_s,
             std::nullopt, setUpTable},
            {u"match-edit"_s,
             u"the table of the Rules page after an edit of one of 100 rules, with 10,000 versions"_s,
             std::chrono::milliseconds(16), setUpEdit}};
}

} // namespace handover::bench
