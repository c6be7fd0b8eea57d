// SPDX-License-Identifier: GPL-3.0-or-later
//
// pairs DIRECTORY SEED FIRST COUNT   makes cases in DIRECTORY, lets OTP and the engine work on them,
//                                    and removes those on which they agree
#include "tests/pairs/judge.h"

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace handover::pairs;

namespace {

void say(std::FILE *to, const QString &line) { std::fputs(qPrintable(line + u'\n'), to); }

int fail(const QString &line)
{
    say(stderr, line);
    return 1;
}

int run(const QString &directory, quint64 seed, qsizetype first, qsizetype count)
{
    const auto otp = Otp::about();
    if (!otp)
        return fail(otp.error());
    const CaseStore store(directory);
    for (qsizetype index = first; index < first + count; ++index) {
        if (!store.add(index, makePair(seed, index, otp->installed)))
            return fail(u"can't write "_s + store.caseDirectory(index));
    }
    if (const auto ran = store.runOtp(); !ran)
        return fail(ran.error());
    Tally tally;
    int differences = 0;
    for (qsizetype index = first; index < first + count; ++index) {
        const Pair pair = makePair(seed, index, otp->installed);
        const auto answer = store.answer(index);
        if (!answer)
            return fail(u"OTP didn't answer "_s + store.caseDirectory(index));
        tally.add(pair, *answer);
        const QString difference = differenceOf(pair, *answer, store.caseDirectory(index), otp->path);
        if (difference.isEmpty()) {
            QDir(store.caseDirectory(index)).removeRecursively();
            continue;
        }
        ++differences;
        say(stdout,
            u"different: %1\n  fault: %2\n  in %3\n  again: tests/pairs/run 1 %4 %5"_s
                .arg(difference, pair.fault.isEmpty() ? u"none"_s : pair.fault, store.caseDirectory(index))
                .arg(seed)
                .arg(index));
    }
    say(stdout, u"pairs %1: %2"_s.arg(count).arg(tally.summary()));
    return differences > 0 ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    bool valid = argc == 5;
    QList<qulonglong> numbers;
    for (int i = 2; valid && i < argc; ++i)
        numbers += QByteArray(argv[i]).toULongLong(&valid);
    if (!valid)
        return fail(u"usage: pairs DIRECTORY SEED FIRST COUNT"_s);
    return run(QString::fromLocal8Bit(argv[1]), numbers[0], qsizetype(numbers[1]), qsizetype(numbers[2]));
}
