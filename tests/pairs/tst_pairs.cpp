// SPDX-License-Identifier: GPL-3.0-or-later
// The engine that makes relups against OTP itself, on systems that nobody thought of. More of them:
// tests/pairs/run.
#include "tests/pairs/judge.h"
#include "tests/support/erl.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace handover::pairs;

class TestPairs : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aCaseCanBeMadeAgain();
    void engineAgreesWithOtp();
    void differencesAreSeen();
    void everythingCame();

private:
    static constexpr quint64 Seed = 2; // one with which everything comes that must
    static constexpr qsizetype Count = 340;

    [[nodiscard]] QString difference(qsizetype index, const OtpAnswer &answer) const
    {
        return differenceOf(m_pairs[index], answer, CaseStore(m_directory.path()).caseDirectory(index),
                            m_otp.path);
    }
    void mustDiffer(qsizetype index, const OtpAnswer &answer) const;

    Otp m_otp;
    QTemporaryDir m_directory;
    QList<Pair> m_pairs;
    QList<OtpAnswer> m_answers;
    Tally m_tally;
};

void TestPairs::initTestCase()
{
    if (!handover::test::Erl::isThere())
        QSKIP("There is no erl");
    const auto otp = Otp::about();
    QVERIFY2(otp, otp ? "" : qPrintable(otp.error()));
    if (otp->release != "27"_L1)
        QSKIP("What is compared is what OTP 27 does");
    m_otp = *otp;
    QVERIFY(m_directory.isValid());
}

void TestPairs::aCaseCanBeMadeAgain()
{
    const Pair first = makePair(Seed, 17, m_otp.installed);
    const Pair again = makePair(Seed, 17, m_otp.installed);
    QCOMPARE(again.files, first.files);
    QCOMPARE(again.call, first.call);
    QVERIFY(makePair(Seed, 18, m_otp.installed).files != first.files);
    QVERIFY(makePair(Seed + 1, 17, m_otp.installed).files != first.files);
}

void TestPairs::engineAgreesWithOtp()
{
    const CaseStore store(m_directory.path());
    for (qsizetype index = 0; index < Count; ++index) {
        m_pairs += makePair(Seed, index, m_otp.installed);
        QVERIFY(store.add(index, m_pairs.constLast()));
    }
    const auto ran = store.runOtp();
    QVERIFY2(ran, ran ? "" : qPrintable(ran.error()));
    for (qsizetype index = 0; index < Count; ++index) {
        const auto answer = store.answer(index);
        QVERIFY2(answer, qPrintable(store.caseDirectory(index)));
        m_answers += *answer;
        m_tally.add(m_pairs[index], *answer);
        const QString found = difference(index, *answer);
        QVERIFY2(found.isEmpty(),
                 qPrintable(u"%1\nTo look at it: tests/pairs/run 1 %2 %3"_s.arg(found).arg(Seed).arg(index)));
    }
}

void TestPairs::mustDiffer(qsizetype index, const OtpAnswer &answer) const
{
    QVERIFY2(!difference(index, answer).isEmpty(), qPrintable(QString::number(index)));
}

// A judge that sees nothing would find no difference either.
void TestPairs::differencesAreSeen()
{
    for (qsizetype index = 0; index < m_answers.size(); index += 10) {
        const OtpAnswer right = m_answers[index];
        OtpAnswer wrong = right;
        switch (right.outcome) {
        case OtpAnswer::Outcome::Ok:
            wrong.warnings += handover::erlang::Term();
            mustDiffer(index, wrong);
            wrong = right;
            wrong.canonical.replace("point_of_no_return", "point_of_no_return ");
            mustDiffer(index, wrong);
            wrong = right;
            wrong.relup.replace("point_of_no_return", "point_of_no_return ");
            mustDiffer(index, wrong);
            wrong = right;
            wrong.outcome = OtpAnswer::Outcome::Error;
            break;
        case OtpAnswer::Outcome::Error:
            wrong.reason = handover::erlang::Term::tuple({wrong.reason});
            mustDiffer(index, wrong);
            wrong = right;
            wrong.module += "_x";
            break;
        case OtpAnswer::Outcome::Raised:
            wrong.outcome = OtpAnswer::Outcome::Ok;
            break;
        }
        mustDiffer(index, wrong);
    }
}

void TestPairs::everythingCame()
{
    qInfo().noquote() << m_tally.table();
    QCOMPARE(m_tally.missing().join(u'\n'), QString());
}

QTEST_GUILESS_MAIN(TestPairs)
#include "tst_pairs.moc"
