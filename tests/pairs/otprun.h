// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/pairgenerator.h"

#include <QDir>

#include <expected>

namespace handover::pairs {

/// The Erlang that runs the cases.
struct Otp
{
    QString release;     ///< "27"
    QStringList path;    ///< its code path for the cases
    Installed installed; ///< kernel, stdlib, sasl

    [[nodiscard]] static std::expected<Otp, QString> about();
};

/// What systools:make_relup/4 made of a case.
struct OtpAnswer
{
    enum class Outcome { Ok, Error, Raised };

    Outcome outcome = Outcome::Raised;
    QList<erlang::Term> warnings; ///< Ok
    bool sameOrder = false;       ///< Ok: `relup` and `canonical` are the same
    QByteArray relup;             ///< Ok: the file that OTP wrote
    QByteArray canonical;         ///< Ok: the one it writes in the canonical order
    QByteArray module;            ///< Error
    erlang::Term reason;          ///< Error, Raised
};

/// Two directories below one: cases, each in a directory named by its number, and OTP's answers.
class CaseStore
{
public:
    explicit CaseStore(const QString &directory)
        : m_directory(directory)
    {
    }

    [[nodiscard]] QString caseDirectory(qsizetype index) const;
    [[nodiscard]] bool add(qsizetype index, const Pair &pair) const;
    /// Runs OTP on all cases, in one emulator; gives what it said if that went wrong.
    [[nodiscard]] std::expected<void, QString> runOtp() const;
    [[nodiscard]] std::optional<OtpAnswer> answer(qsizetype index) const;

private:
    [[nodiscard]] QString casesDirectory() const { return m_directory.filePath(QStringLiteral("cases")); }
    [[nodiscard]] QString answersDirectory() const { return m_directory.filePath(QStringLiteral("answers")); }

    QDir m_directory;
};

} // namespace handover::pairs
