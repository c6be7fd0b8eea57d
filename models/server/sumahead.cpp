// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/sumahead.h"

#include <chrono>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

[[nodiscard]] QByteArray sumOf(const Address &address, const ConnectOptions &options, const QString &user,
                               const RemotePath &file, const JobContext &context)
{
    const auto session = Session::Private::open(address, options, context);
    if (!session)
        return {};
    (*session)->sftpUser = user;
    const QByteArray directory = file.bytes().first(file.bytes().lastIndexOf('/'));
    return (*session)
        ->sha256(directory.isEmpty() ? "/."_ba : directory, file.fileName(), context, Call::OnCancel::Cut)
        .value_or(QByteArray());
}

} // namespace

SumAhead::SumAhead(const Session::Private &session, const RemotePath &file)
    : m_thread([this, address = session.address, options = session.options, user = session.sftpUser,
                file](const std::stop_token &stop) {
        m_sum = sumOf(address, options, user, file, JobContext(stop, {}));
        m_over = true;
    })
{
}

QByteArray SumAhead::result(const JobContext &context)
{
    while (!m_over) {
        if (context.isCancelled())
            return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return m_sum;
}

} // namespace handover::server
