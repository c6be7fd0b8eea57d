// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/relup/maker.h"
#include "models/relup/otp.h"
#include "models/relup/relupmodel.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace handover::workspace {

/// The relup between two built releases as the rules stand in the editor, made anew whenever they
/// change, and compared with OTP's own when they have been at rest for a moment. Lives in the
/// window's thread; the work is done in others.
class LiveRelup final : public QObject
{
    Q_OBJECT

public:
    explicit LiveRelup(QObject *parent = nullptr);

    struct Pair
    {
        build::BuiltRelease from;
        build::BuiltRelease to;
        [[nodiscard]] bool isSame(const Pair &other) const;
    };
    /// Nothing: one of them isn't built.
    void setPair(const std::optional<Pair> &pair);
    /// A text in the place of an application's built appup; nothing: as it was built.
    void setRules(const QString &app, const std::optional<QByteArray> &rendered);

    [[nodiscard]] const std::optional<Pair> &pair() const { return m_pair; }
    [[nodiscard]] bool isEdited() const { return m_text.has_value(); } ///< the rules aren't the built ones

    /// Whether it is being made; otherwise outcome() is that of the rules as they are.
    [[nodiscard]] bool isMaking() const { return m_maker.isBusy(); }

    struct Outcome
    {
        relup::Verifiable made; ///< what went in and what came out
        struct Shown
        {
            std::shared_ptr<const relup::ShownScript> up; ///< the same object as long as nothing changes
            std::shared_ptr<const relup::ShownScript> down;
        };
        std::optional<Shown> shown; ///< nothing if there is no relup
        qint64 microseconds = 0;
    };
    /// Of the rules as they were when changed() came last; nothing before the first.
    [[nodiscard]] const std::optional<Outcome> &outcome() const { return m_outcome; }
    [[nodiscard]] std::optional<relup::Reason> reason() const; ///< why there is no relup
    [[nodiscard]] std::optional<Error> error() const;           ///< the same in words
    /// OTP's answer to outcome(); nothing while it is awaited.
    [[nodiscard]] const std::optional<Result<relup::Verification>> &verification() const { return m_verification; }

    /// The file as OTP writes it, read again: the terms of its instructions have their places in it.
    /// Only printed while it is wanted; printed() tells when it is that of outcome().
    void setPrinting(bool wanted);
    [[nodiscard]] const std::optional<relup::Relup> &printedRelup() const { return m_printed; }

signals:
    void changed();
    void printed();

private:
    struct Kept;
    void make();
    void print();
    void verify();

    std::optional<Pair> m_pair;
    QString m_app;
    std::optional<QByteArray> m_text;
    std::shared_ptr<Kept> m_kept; ///< used by one job at a time
    std::optional<Outcome> m_outcome;
    std::optional<Result<relup::Verification>> m_verification;
    std::optional<relup::Relup> m_printed;
    bool m_printing = false;
    QTimer m_rest;
    LatestWins m_maker;
    LatestWins m_printer;
    LatestWins m_verifier;
};

} // namespace handover::workspace
