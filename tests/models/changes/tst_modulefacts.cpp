// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changes/modulefacts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::changes;

class TestModuleFacts : public QObject
{
    Q_OBJECT

private slots:
    void sources_data();
    void sources();
};

namespace {

// "gen_server | f/1 g/2 | state(a,b) | native"
QString written(const ModuleFacts &facts)
{
    QStringList exports;
    for (const handover::erlang::FunctionName &function : facts.exports)
        exports += QString::fromUtf8(function.name) + u'/' + QString::number(function.arity);
    QStringList records;
    for (auto record = facts.records.begin(); record != facts.records.end(); ++record)
        records += u"%1(%2)"_s.arg(QString::fromUtf8(record.key()), QString::fromUtf8(record->join(',')));
    return u"%1 | %2 | %3%4"_s.arg(QString::fromUtf8(facts.behaviours.join(' ')), exports.join(u' '), records.join(u' '),
                                   facts.native ? u" | native"_s : QString());
}

} // namespace

void TestModuleFacts::sources_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("facts");
    QTest::newRow("nothing") << QByteArray() << u" |  | "_s;
    QTest::newRow("behaviours, both spellings")
        << "-module(a).\n-behaviour(gen_server).\n-behavior('my behaviour').\n"_ba << u"gen_server my behaviour |  | "_s;
    QTest::newRow("exports, sorted, once each") << "-export([g/2, f/1]).\n-export([f/1,'x y'/0]).\n"_ba << u" | f/1 g/2 x y/0 | "_s;
    QTest::newRow("export in a comment") << "% -export([g/2]).\n-export([]).\n"_ba << u" |  | "_s;
    QTest::newRow("export in a string") << "f() -> \"-export([g/2]).\".\n"_ba << u" |  | "_s;
    QTest::newRow("record, defaults and types")
        << "-record(state, {a, b = {x, [y, z]} :: {term(), list()}, 'c d' = #{k => v}, e :: #r{}}).\n"_ba
        << u" |  | state(a,b,c d,e)"_s;
    QTest::newRow("record without fields") << "-record(empty, {}).\n"_ba << u" |  | empty()"_s;
    QTest::newRow("macros") << "-define(X, 1).\n-export([f/?X, g/1]).\n-record(?MODULE, {a}).\n"_ba << u" | g/1 | "_s;
    QTest::newRow("branches") << "-ifdef(TEST).\n-export([t/0]).\n-endif.\n-export([f/0]).\n"_ba << u" | f/0 t/0 | "_s;
    QTest::newRow("native") << "-export([init/0]).\ninit() -> erlang:load_nif(\"x\", 0).\n"_ba << u" | init/0 |  | native"_s;
    QTest::newRow("impossible arity") << "-export([f/256, g/255, h/99999999999]).\n"_ba << u" | g/255 | "_s;
    QTest::newRow("what can't be scanned ends it") << "-export([f/0]).\n'unclosed\n-export([g/0]).\n"_ba << u" | f/0 | "_s;
    QTest::newRow("no full stop at the end") << "-export([f/0])"_ba << u" |  | "_s;
}

void TestModuleFacts::sources()
{
    QFETCH(const QByteArray, source);
    QTEST(written(factsOfSource(source)), "facts");
}

QTEST_GUILESS_MAIN(TestModuleFacts)
#include "tst_modulefacts.moc"
