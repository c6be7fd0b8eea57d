// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/error.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace handover {

QString Error::words() const { return hint.isEmpty() ? message : message + u' ' + hint; }

Error Error::cancelled()
{
    return {ErrorKind::Cancelled, u"cancelled"_s, QCoreApplication::translate("Error", "Cancelled."), {}, {}};
}

std::unexpected<Error> failure(QString code, QString message, QString hint, QString detail)
{
    return std::unexpected(
        Error{ErrorKind::Outside, std::move(code), std::move(message), std::move(hint), std::move(detail)});
}

std::unexpected<Error> refusal(QString code, QString message, QString hint, QString detail)
{
    return std::unexpected(
        Error{ErrorKind::Answer, std::move(code), std::move(message), std::move(hint), std::move(detail)});
}

std::unexpected<Error> misuse(QString code, QString message, QString hint)
{
    return std::unexpected(Error{ErrorKind::Usage, std::move(code), std::move(message), std::move(hint), {}});
}

std::unexpected<Error> cancellation() { return std::unexpected(Error::cancelled()); }

} // namespace handover
