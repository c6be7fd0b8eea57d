// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison with OTP's own relup, on releases small enough to be written here.
#include "models/relup/otp.h"
#include "models/relup/otpcompare.h"

#include "tests/support/erl.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::relup;

class TestOtp : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void agrees_data();
    void agrees();
    void unsavedText();
    void tamperedIsDifferent();
    void noErl();
    void cancelled();
    void libraries();

private:
    void write(const QString &name, const QByteArray &text);
    void writeApp(const QByteArray &name, const QByteArray &vsn, const QByteArray &modules);
    [[nodiscard]] Verifiable made(const QHash<QString, QByteArray> &texts = {}) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

namespace {

const QString AppupFile = u"lib/alpha-2/ebin/alpha.appup"_s;

RelupInput input()
{
    RelupInput input;
    input.top = u"new"_s;
    input.upFrom = {{u"old"_s, erlang::Term::string(u"why"_s)}};
    input.downTo = {{u"old"_s, {}}};
    input.path = {u"lib/*/ebin"_s};
    return input;
}

} // namespace

void TestOtp::write(const QString &name, const QByteArray &text)
{
    const QString path = m_directory->filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

void TestOtp::writeApp(const QByteArray &name, const QByteArray &vsn, const QByteArray &modules)
{
    write(QString::fromLatin1("lib/" + name + '-' + vsn + "/ebin/" + name + ".app"),
          "{application, " + name + ", [{description, \"\"}, {vsn, \"" + vsn + "\"}, {modules, [" + modules +
              "]}, {registered, []}, {applications, []}]}.\n");
}

void TestOtp::init()
{
    if (!test::Erl::isThere())
        QSKIP("no erl");
    m_directory = std::make_unique<QTemporaryDir>();
    for (const char *name : {"kernel", "stdlib", "sasl"})
        writeApp(name, "77.0", "");
    for (const char *vsn : {"1", "2"})
        writeApp("alpha", vsn, "a,b,c");
    const auto release = [](const QByteArray &vsn) {
        return "{release, {\"r\", \"" + vsn + "\"}, {erts, \"9.9\"}, [{kernel, \"77.0\"}, {stdlib, \"77.0\"}, "
               "{sasl, \"77.0\"}, {alpha, \"" + vsn + "\"}]}.\n";
    };
    write(u"new.rel"_s, release("2"));
    write(u"old.rel"_s, release("1"));
}

Verifiable TestOtp::made(const QHash<QString, QByteArray> &texts) const
{
    TermFiles files(m_directory->path());
    for (auto text = texts.begin(); text != texts.end(); ++text)
        files.setText(text.key(), text.value());
    return {input(), m_directory->path(), texts, generateRelup(input(), files)};
}

void TestOtp::agrees_data()
{
    QTest::addColumn<QByteArray>("appup");
    QTest::addColumn<bool>("open"); // the order of modules is left open by OTP
    QTest::addColumn<bool>("made");
    const auto row = [](const char *name, const QByteArray &rules, bool open, bool isMade) {
        QTest::newRow(name) << "{\"2\", [{\"1\", " + rules + "}], [{\"1\", " + rules + "}]}.\n" << open << isMade;
    };
    row("nothing", "[]", false, true);
    row("chain", "[{load_module,a,[b]},{update,b,{advanced,[]},[c]},{load_module,c}]", false, true);
    row("open", "[{load_module,a,[b,c]},{load_module,b},{load_module,c}]", true, true);
    row("unknown module", "[{load_module,nowhere}]", false, false);
    row("raised", "nothing", false, false);
    QTest::newRow("no such version") << QByteArray("{\"2\", [{\"0\", []}], []}.\n") << false << false;
    QTest::newRow("no appup") << QByteArray() << false << false;
}

void TestOtp::agrees()
{
    QFETCH(const QByteArray, appup);
    QFETCH(const bool, open);
    if (!appup.isEmpty())
        write(AppupFile, appup);
    const Verifiable ours = made();
    QTEST(ours.answer.has_value(), "made");
    const auto verified = verifyWithOtp(ours, {});
    QVERIFY2(verified.has_value(), verified ? "" : qPrintable(verified.error().words()));
    QVERIFY2(verified->agreement != Agreement::Different, qPrintable(verified->words()));
    if (!open)
        QCOMPARE(verified->agreement, Agreement::Identical);
    QVERIFY(verified->release.toInt() >= 25);
}

void TestOtp::unsavedText()
{
    write(AppupFile, "{\"2\", [], []}.\n");
    const Verifiable ours = made({{AppupFile, "{\"2\", [{\"1\", [{load_module,a}]}], [{<<\".*\">>, []}]}.\n"}});
    QVERIFY(ours.answer.has_value());
    const auto verified = verifyWithOtp(ours, {});
    QVERIFY(verified.has_value());
    QCOMPARE(verified->agreement, Agreement::Identical);
    QVERIFY(!made().answer.has_value()); // what is on the disk is as it was
}

void TestOtp::tamperedIsDifferent()
{
    write(AppupFile, "{\"2\", [{\"1\", [{load_module,a}]}], [{\"1\", []}]}.\n");
    Verifiable ours = made();
    QVERIFY(ours.answer.has_value());
    write(AppupFile, "{\"2\", [{\"1\", [{load_module,b}]}], [{\"1\", []}]}.\n");
    auto verified = verifyWithOtp(ours, {});
    QVERIFY(verified.has_value());
    QCOMPARE(verified->agreement, Agreement::Different);
    QVERIFY2(verified->difference.contains(u"Up from 1, instruction 1: OTP has {load_object_code,{alpha,\"2\",[b]}}"),
             qPrintable(verified->difference));
    // One makes a relup where the other does not.
    write(AppupFile, "{\"2\", [], []}.\n");
    verified = verifyWithOtp(ours, {});
    QVERIFY(verified.has_value());
    QCOMPARE(verified->agreement, Agreement::Different);
    QVERIFY2(verified->difference.contains(u"OTP makes none"), qPrintable(verified->difference));
}

void TestOtp::noErl()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", "/nowhere");
    const auto verified = verifyWithOtp(made(), {});
    const auto libraries = otpLibraries({});
    qputenv("PATH", path);
    QCOMPARE(verified.error().code, u"otp.no-erl"_s);
    QCOMPARE(libraries.error().code, u"otp.no-erl"_s);
}

void TestOtp::cancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto verified = verifyWithOtp(made(), JobContext(stop.get_token(), {}));
    QVERIFY(!verified && verified.error().isCancelled());
}

void TestOtp::libraries()
{
    const auto path = otpLibraries({});
    QVERIFY(path.has_value());
    QVERIFY(!TermFiles(u"/"_s).holding(TermFiles(u"/"_s).expand({*path}), u"kernel.app"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestOtp)
#include "tst_otp.moc"
