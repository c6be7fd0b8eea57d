// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testserver.h"

#include <QElapsedTimer>

#include <algorithm>

namespace handover::server {

/// The most of this process that was in memory since forgetPeak(), in MiB.
[[nodiscard]] inline qint64 peakMebibytes()
{
    const QByteArray status = TestServer::contents(QStringLiteral("/proc/self/status"));
    return status.sliced(status.indexOf("VmHWM:") + 6).split('k').first().trimmed().toLongLong() / 1024;
}
inline void forgetPeak() { TestServer::write(QStringLiteral("/proc/self/clear_refs"), "5"); }

/// Nothing in it does anything to a terminal or turns what is written around.
[[nodiscard]] inline bool isHarmless(const QString &text)
{
    return std::ranges::none_of(text, [](QChar c) {
        return c != u'\n' && c != u'\t' && (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format);
    });
}

#if defined(__SANITIZE_ADDRESS__)
inline constexpr qint64 MostMebibytes = 600; // what is freed stays in quarantine
#else
inline constexpr qint64 MostMebibytes = 150;
#endif

/// It came back in time, with a result or with an error that says something, and the memory is still there.
#define VERIFY_ENDED(call)                                                                                             \
    do {                                                                                                               \
        forgetPeak();                                                                                                  \
        const qint64 before = peakMebibytes();                                                                         \
        QElapsedTimer clock;                                                                                           \
        clock.start();                                                                                                 \
        const auto result = call;                                                                                      \
        QVERIFY2(clock.elapsed() < 20'000, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));                               \
        const qint64 grown = peakMebibytes() - before;                                                                 \
        QVERIFY2(grown < MostMebibytes, qPrintable(u"%1 MiB"_s.arg(grown)));                                           \
        if (!result) {                                                                                                 \
            QVERIFY(!result.error().code.isEmpty() && !result.error().message.isEmpty());                              \
            QVERIFY2(isHarmless(result.error().words() + result.error().detail), wordsOf(result).constData());         \
        }                                                                                                              \
        qInfo("%s: %s, %lld ms, %lld MiB", #call, result ? "a result" : qPrintable(result.error().code),               \
              clock.elapsed(), grown);                                                                                 \
    } while (false)

} // namespace handover::server
