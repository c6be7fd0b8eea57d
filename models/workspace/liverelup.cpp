// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/liverelup.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

constexpr int RestMs = 500;

LiveRelup::Outcome makeOutcome(relup::RelupInput input, const QString &directory,
                               const QHash<QString, QByteArray> &texts, relup::TermFiles &files,
                               const JobContext &context)
{
    if (const auto libraries = relup::otpLibraries(context))
        input.libPath = {*libraries};
    QElapsedTimer clock;
    clock.start();
    for (auto text = texts.begin(); text != texts.end(); ++text)
        files.setText(text.key(), text.value());
    auto answer = relup::generateRelup(input, files);
    for (auto text = texts.begin(); text != texts.end(); ++text)
        files.clearText(text.key());

    std::optional<relup::Relup> shown;
    if (answer) {
        if (auto relup = relup::Relup::parse(answer->text()))
            shown = *std::move(relup);
    }
    return {{std::move(input), directory, texts, std::move(answer)}, std::move(shown), clock.nsecsElapsed() / 1000};
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
    m_files = pair ? std::make_shared<relup::TermFiles>(pair->to.directory) : nullptr;
    m_outcome.reset();
    make();
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

std::optional<Error> LiveRelup::error() const
{
    if (!m_outcome || m_outcome->made.answer)
        return std::nullopt;
    return m_outcome->made.answer.error().toError();
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
                       files = m_files](const JobContext &context) {
        return makeOutcome(input, directory, texts, *files, context);
    };
    m_maker.start<Outcome>(work, [this](Outcome outcome) {
        m_outcome = std::move(outcome);
        m_rest.start();
        emit changed();
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
