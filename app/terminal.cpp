// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonObject>
#include <QLocale>
#include <QMutex>
#include <QTextStream>

#include <csignal>
#include <cstdio>
#include <functional>
#include <stop_token>
#include <sys/ioctl.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::app {

namespace {

int signalPipe[2] = {-1, -1};

extern "C" void noteSignal(int)
{
    const char byte = 1;
    if (::write(signalPipe[1], &byte, 1) < 0) {
        // nothing can be done about it in a signal handler
    }
}

bool outputLost = false;
bool jsonErrors = false;
std::function<void()> clearScreen; // takes a progress bar away before something else is written

bool turnsAround(QChar c)
{
    const char16_t code = c.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

// What a server says is no command to this terminal, nor does it turn a line around. In JSON it stays the same.
QString harmless(const QString &text)
{
    QString shown;
    shown.reserve(text.size());
    for (const QChar c : text) {
        if ((c.category() == QChar::Other_Control && c != u'\n' && c != u'\t') || turnsAround(c))
            shown += u"\\u"_s + QString::number(c.unicode(), 16).rightJustified(4, u'0');
        else
            shown += c;
    }
    return shown;
}

void writeTo(FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const auto size = static_cast<size_t>(bytes.size());
    if ((std::fwrite(bytes.constData(), 1, size, stream) != size || std::fflush(stream) != 0) && stream == stdout)
        outputLost = true;
}

void writeResult(FILE *stream, const QString &text)
{
    if (clearScreen)
        clearScreen();
    writeTo(stream, harmless(text));
}

} // namespace

bool outputWasLost() { return outputLost; }

int exitStatus(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Answer: return 1;
    case ErrorKind::Usage: return 2;
    case ErrorKind::Outside: return 3;
    case ErrorKind::Cancelled: return 130;
    }
    Q_UNREACHABLE_RETURN(3);
}

void print(const QString &text) { writeResult(stdout, text + u'\n'); }

void printJson(const QJsonDocument &document)
{
    jsonErrors = false;
    writeResult(stdout, QString::fromUtf8(document.toJson()));
}

void setJsonErrors() { jsonErrors = true; }

void printNote(const QString &text) { writeResult(stderr, text + u'\n'); }

int printError(const Error &error, bool withDetail)
{
    QString text = u"handover: "_s + error.message + u'\n';
    if (!error.hint.isEmpty())
        text += u"  → "_s + error.hint + u'\n';
    if (withDetail && !error.detail.isEmpty()) {
        const QStringList lines = error.detail.trimmed().split(u'\n');
        for (const QString &line : lines.last(qMin(lines.size(), qsizetype(20))))
            text += u"  │ "_s + line + u'\n';
    }
    writeResult(stderr, text);
    if (jsonErrors)
        printJson(QJsonDocument(QJsonObject{{u"error"_s, QJsonObject{{u"code"_s, error.code},
                                                                     {u"message"_s, error.message},
                                                                     {u"hint"_s, error.hint},
                                                                     {u"detail"_s, error.detail}}}}));
    return exitStatus(error);
}

// What is drawn on standard error; called from any thread.
struct TerminalContext::Screen
{
    explicit Screen(bool logs) : verbose(logs), terminal(::isatty(STDERR_FILENO) != 0) {}

    void progress(const Progress &now)
    {
        const QMutexLocker lock(&mutex);
        const bool fresh = now.what != last;
        last = now.what;
        const QString what = harmless(now.what);
        if (!terminal) {
            // One line for each thing that is done, a few seconds apart where it is one of many.
            const bool oneOfMany = now.total > 0 && now.done > 0;
            if (fresh && (!oneOfMany || !clock.isValid() || clock.elapsed() > 3000)) {
                writeTo(stderr, what + u'\n');
                clock.start();
            }
            return;
        }
        if (!fresh && clock.isValid() && clock.elapsed() < 80)
            return;
        clock.start();
        QString line = what;
        if (now.total > 0) {
            const auto filled = static_cast<int>(now.done * 24 / now.total);
            line = u"%1%2 %3 "_s.arg(QString(filled, u'━'), QString(24 - filled, u'─'), what);
            if (now.bytes)
                line += QLocale().formattedDataSize(now.done, 1, QLocale::DataSizeSIFormat) + u" of "_s
                        + QLocale().formattedDataSize(now.total, 1, QLocale::DataSizeSIFormat);
        }
        winsize size{};
        const int columns = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
        writeTo(stderr, u"\r\x1b[K"_s + line.left(columns - 1));
        dirty = true;
    }

    void log(const QString &line)
    {
        if (!verbose)
            return;
        const QMutexLocker lock(&mutex);
        clear();
        writeTo(stderr, harmless(line) + u'\n');
    }

    void clear()
    {
        if (dirty)
            writeTo(stderr, u"\r\x1b[K"_s);
        dirty = false;
    }

    QMutex mutex;
    const bool verbose;
    const bool terminal;
    bool dirty = false;
    QString last;
    QElapsedTimer clock;
    std::stop_source stop;
    std::thread listener;
};

TerminalContext::TerminalContext(bool verbose) : m_screen(std::make_shared<Screen>(verbose))
{
    Screen *const screen = m_screen.get();
    m_context = JobContext(screen->stop.get_token(), {[screen](const Progress &now) { screen->progress(now); },
                                                      [screen](const QString &line) { screen->log(line); }});
    if (::pipe(signalPipe) == 0) {
        screen->listener = std::thread([screen, in = signalPipe[0]] {
            char byte = 0;
            while (::read(in, &byte, 1) == 1 && byte == 1)
                screen->stop.request_stop();
        });
        std::signal(SIGINT, noteSignal);
        std::signal(SIGTERM, noteSignal);
        std::signal(SIGHUP, noteSignal);
    }
    clearScreen = [screen] {
        const QMutexLocker lock(&screen->mutex);
        screen->clear();
    };
}

TerminalContext::~TerminalContext()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGHUP, SIG_DFL);
    clearScreen = {};
    if (m_screen->listener.joinable()) {
        const char end = 0;
        if (::write(signalPipe[1], &end, 1) == 1)
            m_screen->listener.join();
        else
            m_screen->listener.detach();
        ::close(signalPipe[0]);
        ::close(signalPipe[1]);
    }
    const QMutexLocker lock(&m_screen->mutex);
    m_screen->clear();
}

namespace {

// One line from the terminal itself, whatever standard input is.
std::optional<QString> ask(const QString &prompt, bool secret)
{
    QFile tty(u"/dev/tty"_s);
    if (!tty.open(QIODevice::ReadWrite | QIODevice::Unbuffered))
        return std::nullopt;
    tty.write(QString(u"\r\x1b[K"_s + prompt).toUtf8());
    termios before{};
    const bool silenced = secret && ::tcgetattr(tty.handle(), &before) == 0;
    if (silenced) {
        termios quiet = before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(tty.handle(), TCSAFLUSH, &quiet);
    }
    QByteArray line;
    char byte = 0;
    while (tty.read(&byte, 1) == 1 && byte != '\n')
        line += byte;
    if (silenced) {
        ::tcsetattr(tty.handle(), TCSAFLUSH, &before);
        tty.write("\n");
    }
    return QString::fromUtf8(line);
}

} // namespace

Result<server::Session> connectOnTerminal(const server::Address &address, server::ConnectOptions &options, const JobContext &context)
{
    for (int attempt = 0; attempt < 5; ++attempt) {
        auto session = server::Session::connect(address, options, context);
        if (session)
            return session;
        const Error &error = session.error();
        if (error.code == u"server.host-key-unknown") {
            const auto answer = ask(u"The key of %1 is %2.\nTrust it from now on? [y/N] "_s.arg(address.host, error.detail), false);
            if (!answer) {
                Error unanswered = error;
                unanswered.hint = u"Run this on a terminal to be asked, or add the key to known_hosts (ssh-keyscan %1) "
                                  "when it is the one the server's administrator tells you."_s.arg(address.host);
                return std::unexpected(unanswered);
            }
            if (!answer->startsWith(u'y', Qt::CaseInsensitive))
                return session;
            options.acceptedHostKey = error.detail.toLatin1();
        } else if (error.code == u"server.password-needed"
                   || (error.code == u"server.authentication" && !options.password.isEmpty())) {
            const auto answer = ask(u"Password for %1@%2: "_s.arg(address.user, address.host), true);
            if (!answer || answer->isEmpty())
                return session;
            options.password = *answer;
        } else if (error.code == u"server.passphrase-needed") {
            const auto answer = ask(u"Passphrase of the key for %1: "_s.arg(address.host), true);
            if (!answer || answer->isEmpty())
                return session;
            options.passphrase = *answer;
        } else {
            return session;
        }
    }
    return failure(u"server.authentication"_s, u"The server refused what was given."_s,
                   u"Check user, password and passphrase."_s);
}

} // namespace handover::app
