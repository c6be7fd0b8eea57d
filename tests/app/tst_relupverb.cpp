// SPDX-License-Identifier: GPL-3.0-or-later
// handover relup as a process, on releases small enough to be written here.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestRelupVerb : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void printsAndWrites();
    void severalBases();
    void argsFile();
    void verifies();
    void noErlang();
    void refusals_data();
    void refusals();
    void wrongUse_data();
    void wrongUse();

private:
    struct Outcome
    {
        int status = -1;
        QByteArray output;
        QByteArray errors;
        [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
    };
    [[nodiscard]] Outcome run(const QStringList &arguments, const QString &path = {}) const;
    void write(const QString &name, const QByteArray &text) const;
    [[nodiscard]] QByteArray read(const QString &name) const;

    QTemporaryDir m_directory;
};

namespace {

const QStringList Pair{u"--to"_s, u"releases/2/r.rel"_s, u"--from"_s, u"releases/1/r.rel"_s};

} // namespace

void TestRelupVerb::write(const QString &name, const QByteArray &text) const
{
    const QString path = m_directory.filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

QByteArray TestRelupVerb::read(const QString &name) const
{
    QFile file(m_directory.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

TestRelupVerb::Outcome TestRelupVerb::run(const QStringList &arguments, const QString &path) const
{
    QProcess process;
    if (!path.isEmpty()) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, path);
        process.setProcessEnvironment(environment);
    }
    process.setWorkingDirectory(m_directory.path());
    process.start(QString::fromLocal8Bit(qgetenv("HANDOVER_PROGRAM")), QStringList{u"relup"_s} + arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void TestRelupVerb::initTestCase()
{
    QVERIFY(m_directory.isValid());
    const auto app = [&](const QByteArray &name, const QByteArray &vsn, const QByteArray &modules) {
        write(QString::fromLatin1("lib/" + name + '-' + vsn + "/ebin/" + name + ".app"),
              "{application, " + name + ", [{description, \"\"}, {vsn, \"" + vsn + "\"}, {modules, [" + modules +
                  "]}, {registered, []}, {applications, []}]}.\n");
    };
    for (const char *name : {"kernel", "stdlib", "sasl"})
        app(name, "77.0", "");
    for (const char *vsn : {"0", "1", "2"}) {
        app("alpha", vsn, "a");
        write(u"releases/%1/r.rel"_s.arg(QLatin1StringView(vsn)),
              "{release, {\"r\", \"" + QByteArray(vsn) + "\"}, {erts, \"9.9\"}, [{kernel, \"77.0\"}, "
              "{stdlib, \"77.0\"}, {sasl, \"77.0\"}, {alpha, \"" + vsn + "\"}]}.\n");
    }
    write(u"lib/alpha-2/ebin/alpha.appup"_s,
          "{\"2.9\", [{<<\"[01]\">>, [{load_module, a}]}], [{<<\"[01]\">>, [{load_module, a}]}]}.\n");
    QVERIFY(QDir(m_directory.path()).mkpath(u"out"_s));
}

void TestRelupVerb::printsAndWrites()
{
    const Outcome printed = run(Pair);
    QVERIFY2(printed.status == 0, printed.errors.constData());
    QVERIFY(printed.output.startsWith("%% coding: utf-8\n{\"2\",\n"));
    QVERIFY(printed.errors.contains("warning: An appup says it is for version 2.9"));
    const Outcome written = run(Pair + QStringList{u"--out"_s, u"out"_s});
    QCOMPARE(written.status, 0);
    QCOMPARE(written.output, QByteArray());
    QCOMPARE(read(u"out/relup"_s), printed.output);
    const Outcome json = run(Pair + QStringList{u"--json"_s});
    QCOMPARE(json.json()[u"relup"_s].toString().toUtf8(), printed.output);
    QVERIFY(json.json()[u"verified"_s].isNull());
    QCOMPARE(json.json()[u"warnings"_s].toArray().size(), 2);
    QCOMPARE(json.json()[u"warnings"_s][0][u"term"_s].toString(), u"{bad_vsn,{\"2.9\",\"2\"}}"_s);
}

void TestRelupVerb::severalBases()
{
    const Outcome outcome = run({u"--to"_s, u"releases/2/r"_s, u"--from"_s, u"releases/1/r.rel"_s, u"--up"_s,
                                 u"releases/0/r.rel"_s, u"--path"_s, u"lib/*/ebin"_s, u"--restart-emulator"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    const qsizetype last = outcome.output.indexOf("[{\"0\",[],");
    const qsizetype first = outcome.output.indexOf("{\"1\",[],");
    QVERIFY(last > 0 && first > last); // the last base comes first
    QCOMPARE(outcome.output.count("{\"0\","), 1);
    QCOMPARE(outcome.output.count("restart_emulator"), 3);
}

void TestRelupVerb::argsFile()
{
    write(u"call"_s, "{'releases/2/r', [{\"releases/1/r\", \"why\"}], [], [{path, [\"lib/*/ebin\"]}, {outdir, \"out\"}, silent]}.");
    QFile::remove(m_directory.filePath(u"out/relup"_s));
    const Outcome outcome = run({u"--args"_s, u"call"_s});
    QVERIFY2(outcome.status == 0, outcome.errors.constData());
    QVERIFY(read(u"out/relup"_s).contains("[{\"1\",\"why\","));
    QFile::remove(m_directory.filePath(u"out/relup"_s));
    write(u"call"_s, "{'releases/2/r', ['releases/1/r'], [], [{path, ['lib/*/ebin']}, noexec, {outdir, \"out\"}]}.");
    QCOMPARE(run({u"--args"_s, u"call"_s}).status, 0);
    QVERIFY(!QFile::exists(m_directory.filePath(u"out/relup"_s)));
}

void TestRelupVerb::verifies()
{
    if (QStandardPaths::findExecutable(u"erl"_s).isEmpty())
        QSKIP("no erl");
    const Outcome people = run(Pair + QStringList{u"--verify"_s});
    QVERIFY2(people.status == 0, people.errors.constData());
    QVERIFY2(people.errors.contains("identical to OTP "), people.errors.constData());
    QCOMPARE(run(Pair + QStringList{u"--verify"_s, u"--json"_s}).json()[u"verified"_s], QJsonValue(true));
}

void TestRelupVerb::noErlang()
{
    QCOMPARE(run(Pair, u"/nowhere"_s).status, 0); // it needs none
    const Outcome outcome = run(Pair + QStringList{u"--verify"_s}, u"/nowhere"_s);
    QCOMPARE(outcome.status, 3);
    QVERIFY(outcome.output.startsWith("%% coding: utf-8\n"));
    QVERIFY(outcome.errors.contains("no Erlang"));
}

void TestRelupVerb::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("term");
    QTest::newRow("no release file") << QStringList{u"--to"_s, u"none.rel"_s, u"--from"_s, u"releases/1/r.rel"_s}
                                     << u"relup.not-found"_s << u"systools_make"_s << u"{not_found,\"none.rel\"}"_s;
    QTest::newRow("no way") << QStringList{u"--to"_s, u"releases/1/r.rel"_s, u"--from"_s, u"releases/2/r.rel"_s}
                            << u"relup.file-problem"_s << u"systools_relup"_s << QString();
    QTest::newRow("warnings as errors") << (Pair + QStringList{u"--warnings-as-errors"_s})
                                        << u"relup.warnings-treated-as-errors"_s << u"systools_relup"_s << QString();
    QTest::newRow("nowhere to write") << (Pair + QStringList{u"--out"_s, u"no/such"_s}) << u"relup.file-problem"_s
                                      << u"systools_relup"_s << u"{file_problem,{\"relup\",{open,enoent}}}"_s;
}

void TestRelupVerb::refusals()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, term);
    const Outcome outcome = run(arguments + QStringList{u"--json"_s});
    QCOMPARE(outcome.status, arguments.contains(u"--out"_s) ? 3 : 1);
    QVERIFY2(outcome.errors.startsWith("handover: ") && outcome.errors.contains("→"), outcome.errors.constData());
    const QJsonObject error = outcome.json()[u"error"_s].toObject();
    QTEST(error[u"code"_s].toString(), "code");
    QTEST(error[u"module"_s].toString(), "module");
    if (!term.isEmpty())
        QCOMPARE(error[u"term"_s].toString(), term);
    QVERIFY(!error[u"message"_s].toString().isEmpty() && !error[u"term"_s].toString().isEmpty());
}

void TestRelupVerb::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("no base") << QStringList{u"--to"_s, u"releases/2/r.rel"_s};
    QTest::newRow("two targets") << (Pair + QStringList{u"--to"_s, u"releases/1/r.rel"_s});
    QTest::newRow("no call") << QStringList{u"--args"_s, u"releases/2/r.rel"_s, u"--json"_s};
}

void TestRelupVerb::wrongUse()
{
    QFETCH(const QStringList, arguments);
    const Outcome outcome = run(arguments);
    QVERIFY2(outcome.status == 2, outcome.errors.constData());
    QVERIFY(outcome.errors.contains("→"));
}

QTEST_GUILESS_MAIN(TestRelupVerb)
#include "tst_relupverb.moc"
