// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/generator.h"
#include "models/relup/reason.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover;
using namespace handover::relup;

class TestReason : public QObject
{
    Q_OBJECT

private slots:
    void words_data();
    void words();
    void warnings_data();
    void warnings();
};

void TestReason::words_data()
{
    QTest::addColumn<int>("module");
    QTest::addColumn<QByteArray>("term");
    QTest::addColumn<bool>("raised");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("inMessage");
    const auto row = [](Reason::Module module, const char *term, const QString &code, const QString &inMessage,
                        bool raised = false) {
        QTest::newRow(term) << int(module) << QByteArray(term) << raised << code << inMessage;
    };
    using enum Reason::Module;
    row(Relup, "{no_relup,\"lib/a/ebin/a.appup\",{application,a,\"2\"},\"1\"}", u"relup.no-relup"_s,
        u"No rule in lib/a/ebin/a.appup takes version 1 (of a, going to or from 2)."_s);
    row(Relup, "{missing_sasl,{release,\"r\",\"1\"}}", u"relup.missing-sasl"_s, u"The release r 1 has no sasl"_s);
    row(Relup, "{warnings_treated_as_errors,[{bad_vsn,{\"1\",\"2\"}}]}", u"relup.warnings-treated-as-errors"_s,
        u"An appup says it is for version 1"_s);
    row(Relup, "{file_problem,{\"a.appup\",{error,{open,\"a.appup\",enoent}}}}", u"relup.file-problem"_s,
        u"a.appup can't be read: it isn't there."_s);
    row(Relup, "{file_problem,{\"a.appup\",{error,{parse,\"a.appup\",{3,erl_parse,\"x\"}}}}}", u"relup.file-problem"_s,
        u"line 3"_s);
    row(Relup, "{file_problem,{\"a.appup\",{error,{read,\"a.appup\"}}}}", u"relup.file-problem"_s, u"is empty"_s);
    row(Relup, "{file_problem,{\"a.appup\",{ok,[]}}}", u"relup.file-problem"_s, u"holds no appup"_s);
    row(Relup, "{file_problem,{\"relup\",{open,enoent}}}", u"relup.file-problem"_s,
        u"The file relup could not be written"_s);
    row(Relup, "{badarg,[]}", u"relup.badarg"_s, u"no valid regular expression"_s, true);
    row(Relup, "{function_clause,[]}", u"relup.function-clause"_s, u"not a list"_s, true);
    row(Relup, "{{case_clause,{error,tokens}},[]}", u"relup.case-clause"_s, u"begins with bytes"_s, true);
    row(Rc, "too_many_point_of_no_return", u"relup.too-many-point-of-no-return"_s, u"more than one"_s);
    row(Rc, "{conflicting_versions,a,\"1\",\"2\"}", u"relup.conflicting-versions"_s, u"in two versions, 1 and 2"_s);
    for (const char *tag :
         {"bad_op_before_point_of_no_return", "no_object_code", "suspended_not_resumed", "resumed_not_suspended",
          "start_not_stop", "stop_not_start", "no_such_application", "removed_application_present", "no_such_module",
          "bad_instruction", "bad_module", "bad_code_change", "bad_change", "bad_mod_type", "bad_purge_method",
          "bad_list", "bad_args_list", "bad_node", "bad_application", "bad_start_type", "bad_func", "bad_lib",
          "bad_lib_vsn", "bad_timeout", "bad_mode", "undef_module", "muldef_module", "not_yet_implemented"})
        row(Rc, QByteArray(QByteArray("{") + tag + ",'the value'}").constData(),
            u"relup."_s + QString::fromLatin1(tag).replace(u'_', u'-'), u"'the value'"_s);
    row(Rc, "{function_clause,[]}", u"relup.function-clause"_s, u"not a proper list"_s);
}

void TestReason::words()
{
    QFETCH(const int, module);
    QFETCH(const QByteArray, term);
    QFETCH(const bool, raised);
    QFETCH(const QString, inMessage);
    const auto parsed = erlang::parseBareTerm(term);
    QVERIFY(parsed.has_value());
    const Error error = Reason{Reason::Module(module), *parsed, raised}.toError();
    QTEST(error.code, "code");
    QVERIFY2(error.message.contains(inMessage), qPrintable(error.message));
    QVERIFY(!error.message.contains(u"%1") && !error.hint.contains(u"%1"));
    QVERIFY(error.message.endsWith(u'.'));
    QVERIFY(error.hint.endsWith(u'.'));
    QCOMPARE(error.detail, QString::fromUtf8(term));
    const bool notWritten = QByteArrayView(term).startsWith("{file_problem,{\"relup\"");
    QCOMPARE(error.kind, notWritten ? ErrorKind::Outside : ErrorKind::Answer);
}

void TestReason::warnings_data()
{
    QTest::addColumn<QByteArray>("term");
    QTest::addColumn<QString>("words");
    QTest::newRow("vsn") << QByteArray("{bad_vsn,{\"1\",\"2\"}}")
                         << u"An appup says it is for version 1, but the application's version is 2."_s;
    QTest::newRow("erts") << QByteArray("{erts_vsn_changed,{{\"r\",\"15.2\"},{\"r\",\"14.0\"}}}")
                          << u"The runtime system changes from 14.0 to 15.2, so the upgrade restarts the emulator."_s;
    QTest::newRow("old") << QByteArray("pre_R15_emulator_upgrade")
                         << u"The older release is from before OTP R15: new code must be compiled with the old emulator."_s;
}

void TestReason::warnings()
{
    QFETCH(const QByteArray, term);
    const auto parsed = erlang::parseBareTerm(term);
    QVERIFY(parsed.has_value());
    QTEST(RelupWarning{*parsed}.words(), "words");
}

QTEST_GUILESS_MAIN(TestReason)
#include "tst_reason.moc"
