// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/typist.h"

#include "ui/appup/rulespage.h"
#include "ui/editor/codeeditor.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace handover::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int PatienceMs = 60'000;

// How long this thread could have run while others had the processor (proc(5), schedstat).
Duration waitedForProcessor()
{
    QFile file(u"/proc/thread-self/schedstat"_s);
    const qint64 waited = file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() : 0;
    return std::chrono::nanoseconds(waited);
}

} // namespace

/// One pixel above all else. All that is to be painted in a window is painted in one go, so what
/// was to be painted when this one was asked for is there as soon as it is.
class Typist::Probe final : public QWidget
{
public:
    explicit Probe(QWidget *parent)
        : QWidget(parent)
    {
        setGeometry(0, 0, 1, 1);
        setAttribute(Qt::WA_TransparentForMouseEvents);
        raise();
    }
    void ask()
    {
        if (std::exchange(m_asked, true))
            return;
        update();
    }
    [[nodiscard]] bool answered() { return std::exchange(m_painted, false); }

protected:
    void paintEvent(QPaintEvent *) override { m_painted = std::exchange(m_asked, false); }

private:
    bool m_asked = false;
    bool m_painted = false;
};

Typist::Typist(QList<Typing> typings)
    : m_window(&m_workspace)
    , m_probe(new Probe(&m_window))
    , m_typings(std::move(typings))
{
    m_window.show();
    wakeUp();
    const QAbstractEventDispatcher *events = QAbstractEventDispatcher::instance();
    QObject::connect(events, &QAbstractEventDispatcher::awake, m_probe, [this] { wakeUp(); });
    QObject::connect(events, &QAbstractEventDispatcher::aboutToBlock, m_probe, [this] {
        if (const Duration busy = Clock::now() - m_awake; m_typing >= 0 && busy > m_longest)
            m_longest = qMax(m_longest, busy - (waitedForProcessor() - m_waited));
    });
}

Typist::~Typist() = default;

void Typist::wakeUp()
{
    m_awake = Clock::now();
    m_waited = waitedForProcessor();
}

bool Typist::waitFor(const std::function<bool()> &done) const
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < PatienceMs) {
        if (done())
            return true;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return false;
}

bool Typist::isSettled() const
{
    const workspace::RulesDocument *rules = m_workspace.rules();
    return rules->text() == m_window.rulesPage()->editor()->text() && rules->isAnalysed() && !m_workspace.relup()->isMaking();
}

std::optional<QString> Typist::open(const QString &project, const QString &from, const QString &to, const QString &app)
{
    Job *job = m_workspace.open(project);
    if (!waitFor([&] { return job->isFinished() && !m_workspace.isReadingApps(); }) || m_workspace.projectError())
        return u"%1 can't be opened."_s.arg(project);
    m_workspace.choosePair(from, to);
    m_workspace.chooseApp(app);
    m_window.showPage(ui::MainWindow::Page::Rules);
    const auto isThere = [&] { return isSettled() && m_workspace.changes()->outcome() && m_workspace.relup()->outcome(); };
    if (!waitFor(isThere) || m_workspace.relup()->error() || m_workspace.changes()->basis() != changes::Differences::Basis::Builds)
        return u"There is no relup for %1, or the builds can't be compared."_s.arg(project);
    return std::nullopt;
}

std::optional<QString> Typist::insert(const QByteArray &behind, const QByteArray &text)
{
    ui::CodeEditor *editor = m_window.rulesPage()->editor();
    const qsizetype at = editor->text().indexOf(behind) + behind.size();
    if (at < behind.size() || !editor->applyEdits({{{at, at}, text}}))
        return u"“%1” is not in the rules."_s.arg(QString::fromUtf8(behind));
    return waitFor([this] { return isSettled(); }) ? std::nullopt : std::optional(u"The window doesn't settle."_s);
}

std::optional<QString> Typist::startTyping()
{
    ui::CodeEditor *editor = m_window.rulesPage()->editor();
    m_key = 0;
    m_typing = (m_typing + 1) % m_typings.size();
    const Typing &typing = m_typings[m_typing];
    const qsizetype found = editor->text().indexOf(typing.behind);
    if (found < 0)
        return u"“%1” is not in the rules."_s.arg(QString::fromUtf8(typing.behind));
    if (!m_before.isEmpty() && m_before != editor->text())
        return u"The rules are not what they were."_s;
    m_before = editor->text();
    editor->setFocus();
    editor->revealOffset(found + typing.behind.size());
    return waitFor([this] { return isSettled(); }) ? std::nullopt : std::optional(u"The window doesn't settle."_s);
}

void Typist::sendKey()
{
    const QByteArray &text = m_typings[m_typing].text;
    const bool writes = m_key < text.size();
    const QString letter = writes ? QString(QLatin1Char(text[m_key])) : QString();
    ++m_key;
    QKeyEvent press(QEvent::KeyPress, writes ? 0 : int(Qt::Key_Backspace), Qt::NoModifier, letter);
    QCoreApplication::sendEvent(m_window.rulesPage()->editor()->focusProxy(), &press);
}

Timed Typist::press()
{
    if (m_typing < 0 || m_key == 2 * m_typings[m_typing].text.size()) {
        if (const auto error = startTyping())
            return std::unexpected(*error);
    }
    const QByteArray before = m_workspace.rules()->text();
    const auto begin = Clock::now();
    wakeUp();
    sendKey();
    if (m_window.rulesPage()->editor()->text() == before)
        return std::unexpected(u"The key changed nothing."_s);
    const bool painted = waitFor([this] {
        if (m_probe->answered())
            return true;
        if (isSettled())
            m_probe->ask();
        return false;
    });
    const Duration passed = Clock::now() - begin;
    return painted ? Timed(passed) : std::unexpected(u"Nothing was painted."_s);
}

QString Typist::note() const
{
    return u"busy at one stretch for at most %1"_s.arg(m_longest.count() * 1000, 0, 'f', 1);
}

} // namespace handover::bench
