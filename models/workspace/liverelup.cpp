// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/liverelup.h"

#include "models/erlang/termdata.h"
#include "models/relup/scriptmemory.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace handover::workspace {

/// What one relup after another is made with.
struct LiveRelup::Kept
{
    explicit Kept(const QString &directory) : files(directory) {}

    relup::TermFiles files;
    QStringList names; ///< of the texts that stand in the place of files
    relup::ScriptMemory scripts;
    std::optional<Result<QString>> libraries; ///< OTP's, once they were looked for

    /// Of one way; made anew only when its script is another one.
    struct Shown
    {
        erlang::Term instructions;
        std::shared_ptr<const relup::ShownScript> script;

        std::shared_ptr<const relup::ShownScript> show(const erlang::Term &entries, const QList<relup::Trace> &traces)
        {
            const erlang::Term now = entries.at(0).at(2);
            if (!script || &now.data() != &instructions.data()) {
                const auto parsed = relup::Script::fromTerm(entries.at(0));
                script = relup::showScript(parsed.value_or(relup::Script()), traces.value(0));
                instructions = now;
            }
            return script;
        }
    };
    Shown up;
    Shown down;
};

namespace {

constexpr int RestMs = 500;

// Texts in the place of files. Those that stay are left alone: with another one, directories would be
// searched again.
void setTexts(relup::TermFiles &files, QStringList &names, const QHash<QString, QByteArray> &texts)
{
    for (const QString &name : std::as_const(names)) {
        if (!texts.contains(name))
            files.clearText(name);
    }
    names = texts.keys();
    for (auto text = texts.begin(); text != texts.end(); ++text)
        files.setText(text.key(), text.value());
}

} // namespace

LiveRelup::LiveRelup(QObject *parent)
    : QObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(RestMs);
    connect(&m_rest, &QTimer::timeout, this, &LiveRelup::verify);
}

bool LiveRelup::Pair::isSame(const Pair &other) const
{
    return from.directory == other.from.directory && from.version == other.from.version &&
           to.directory == other.to.directory && to.version == other.to.version;
}

void LiveRelup::setPair(const std::optional<Pair> &pair)
{
    if (m_pair.has_value() == pair.has_value() && (!pair || m_pair->isSame(*pair)))
        return;
    m_pair = pair;
    m_kept = pair ? std::make_shared<Kept>(pair->to.directory) : nullptr;
    m_outcome.reset();
    m_printed.reset();
    make();
    if (pair)
        emit changed(); // there is nothing of this pair yet
}

void LiveRelup::setRules(const QString &app, const std::optional<QByteArray> &rendered)
{
    if (app == m_app && rendered == m_text)
        return;
    const bool changes = m_text || rendered;
    m_app = app;
    m_text = rendered;
    if (changes)
        make();
}

std::optional<relup::Reason> LiveRelup::reason() const
{
    return m_outcome && !m_outcome->made.answer ? std::optional(m_outcome->made.answer.error()) : std::nullopt;
}

std::optional<Error> LiveRelup::error() const
{
    const auto why = reason();
    return why ? std::optional(why->toError()) : std::nullopt;
}

void LiveRelup::make()
{
    m_verifier.cancel();
    m_verification.reset();
    m_rest.stop();
    if (!m_pair) {
        m_maker.cancel();
        emit changed();
        return;
    }
    QHash<QString, QByteArray> texts;
    const QString vsn = m_pair->to.apps.value(m_app);
    if (m_text && !vsn.isEmpty())
        texts.insert(u"%1/lib/%2-%3/ebin/%2.appup"_s.arg(m_pair->to.directory, m_app, vsn), *m_text);
    const auto work = [input = relup::inputFor({m_pair->from}, m_pair->to), directory = m_pair->to.directory, texts,
                       kept = m_kept](const JobContext &context) mutable {
        if (!kept->libraries)
            kept->libraries = relup::otpLibraries(context);
        if (*kept->libraries)
            input.libPath = {**kept->libraries};
        QElapsedTimer clock;
        clock.start();
        setTexts(kept->files, kept->names, texts);
        auto answer = relup::generateRelup(input, kept->files, kept->scripts);
        std::optional<Outcome::Shown> shown;
        if (answer)
            shown = {kept->up.show(answer->term.at(1), answer->up), kept->down.show(answer->term.at(2), answer->down)};
        return Outcome{{std::move(input), directory, texts, std::move(answer)}, std::move(shown), clock.nsecsElapsed() / 1000};
    };
    m_maker.start<Outcome>(work, [this](Outcome outcome) {
        m_outcome = std::move(outcome);
        m_rest.start();
        print();
        emit changed();
    });
}

void LiveRelup::setPrinting(bool wanted)
{
    if (wanted != std::exchange(m_printing, wanted))
        print();
}

void LiveRelup::print()
{
    if (!m_printing || !m_outcome || !m_outcome->made.answer) {
        m_printer.cancel();
        return;
    }
    m_printer.start<Result<relup::Relup>>(
        [made = *m_outcome->made.answer](const JobContext &) { return relup::Relup::parse(made.text()); },
        [this](Result<relup::Relup> relup) {
            if (relup)
                m_printed = *std::move(relup);
            emit printed();
        });
}

void LiveRelup::verify()
{
    m_verifier.start<Result<relup::Verification>>(
        [made = m_outcome->made](const JobContext &context) { return relup::verifyWithOtp(made, context); },
        [this](Result<relup::Verification> verification) {
            m_verification = std::move(verification);
            emit changed();
        });
}

} // namespace handover::workspace
