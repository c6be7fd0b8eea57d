// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/workspace.h"
#include "tests/bench/bench.h"
#include "ui/shell/mainwindow.h"

namespace handover::bench {

/// Where somebody types, and what.
struct Typing
{
    QByteArray behind; ///< the first place in the text behind these words
    QByteArray text;   ///< typed letter by letter, then taken away again
};

/// Types in the rules of the real window, and takes the time until everything in it that follows
/// the text is painted: the text, the problems, the versions, the relup.
class Typist
{
public:
    explicit Typist(QList<Typing> typings);
    ~Typist();
    Q_DISABLE_COPY_MOVE(Typist)

    /// Opens a project whose newest two versions are in the build cache, or the two given, and waits
    /// until nothing is left to be shown. What went wrong, if anything.
    [[nodiscard]] std::optional<QString> open(const QString &project, const QString &from, const QString &to,
                                              const QString &app);
    /// An instruction that is in the rules before anything is typed.
    [[nodiscard]] std::optional<QString> insert(const QByteArray &behind, const QByteArray &text);
    [[nodiscard]] Timed press(); ///< the next key
    [[nodiscard]] QString note() const;

private:
    class Probe;
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] bool waitFor(const std::function<bool()> &done) const;
    [[nodiscard]] std::optional<QString> startTyping();
    void sendKey();
    void wakeUp();

    workspace::Workspace m_workspace;
    ui::MainWindow m_window;
    Probe *m_probe;
    QList<Typing> m_typings;
    qsizetype m_typing = -1;
    qsizetype m_key = 0;
    QByteArray m_before;
    std::chrono::steady_clock::time_point m_awake;
    Duration m_waited{};  ///< for a processor, until then
    Duration m_longest{}; ///< that the window's thread worked at one stretch while somebody typed
};

} // namespace handover::bench
