// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/carriage.h"

#include <libssh/libssh.h>
#include <libssh/sftp.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qint64 WorthSharing = 4 * 1024 * 1024; // less takes longer to share out than to send
constexpr qint64 WorthThree = 32 * 1024 * 1024;
constexpr qint64 NearMs = 4; // the ciphers are the limit then, not the way
constexpr qint64 KeepEvery = 250; // milliseconds

} // namespace

Carriage::Carriage(Session::Private &session, const Freight &freight, Ranges &ranges, Call &call,
                   const JobContext &context)
    : m_session(session)
    , m_freight(freight)
    , m_ranges(ranges)
    , m_call(call)
    , m_context(context)
{
}

Result<SftpFile> Carriage::run(SftpFile first, const QString &what, const std::function<void(const ByteRanges &)> &keep,
                               RemoteSum &sum)
{
    const qint64 left = m_ranges.total() - m_ranges.arrivedBytes();
    const bool large = left > WorthSharing;
    Lanes lanes;
    lanes.reserve(2); // a lane's neighbours stay where they are
    m_freight.isFar = !large || isFar(first.get()); // of a small one as much may be on its way as there is
    lanes.emplace_back(m_session.sftp.get(), std::move(first), m_freight, m_ranges, m_call);
    if (auto begun = lanes.front().fill(); !begun)
        return std::unexpected(begun.error());

    std::stop_source over; // ends the other connections: with the job's cancel, or when this one is done
    const std::stop_callback cancelled(m_context.stopToken(), [&over] { over.request_stop(); });
    const JobContext quiet(over.get_token(), {{}, [this](const QString &line) { m_context.log(line); }});
    std::vector<std::jthread> helpers;
    if (large && m_freight.isFar) {
        for (int n = 0; n < (left > WorthThree ? 2 : 1); ++n)
            helpers.emplace_back([this, &quiet] { help(quiet); });
    }
    if (large)
        addChannel(lanes, m_session, m_call);
    qint64 shown = 0;
    QElapsedTimer kept;
    kept.start();
    const auto carried = carry(lanes, m_context, [&] {
        if (const qint64 arrived = m_ranges.arrivedBytes(); arrived > shown) {
            shown = arrived;
            m_context.progress({what, arrived, m_ranges.total(), true});
        }
        if (large)
            sum.goOn(m_ranges.beginning(), m_call, m_context);
        if (kept.elapsed() >= KeepEvery) {
            keep(m_ranges.there());
            kept.start();
        }
    });
    over.request_stop();
    helpers.clear();
    if (!carried)
        return std::unexpected(carried.error());
    return lanes.front().takeFile();
}

bool Carriage::isFar(sftp_file_struct *file)
{
    m_call.restart();
    const SftpAttributes facts(sftp_fstat(file));
    return m_call.elapsed() > NearMs;
}

Result<> Carriage::carry(Lanes &lanes, const JobContext &context, const std::function<void()> &moved)
{
    while (!m_ranges.isComplete()) {
        bool idle = true;
        for (Lane &lane : lanes) {
            if (context.isCancelled())
                return cancellation();
            if (auto filled = lane.fill(); !filled)
                return filled;
            if (lane.isIdle())
                continue;
            if (auto arrived = lane.awaitOldest(); !arrived)
                return arrived;
            moved();
            idle = false;
        }
        if (idle)
            m_ranges.wait(); // for what others carry
    }
    moved();
    return {};
}

// Servers may allow no more of them.
void Carriage::addChannel(Lanes &lanes, Session::Private &session, Call &call)
{
    SftpHandle sftp = session.newSftp(call, m_context);
    if (!sftp)
        return;
    if (auto lane = Lane::open(std::move(sftp), m_freight, m_ranges, call))
        lanes.push_back(*std::move(lane));
}

void Carriage::help(const JobContext &context)
{
    auto session = Session::Private::open(m_session.address, m_session.options, context);
    if (!session) {
        if (!context.isCancelled())
            context.log(u"No further connection: %1"_s.arg(session.error().message));
        return;
    }
    if (!(*session)->openSftp(context))
        return;
    Call call(**session, context);
    Lanes lanes;
    lanes.reserve(2);
    auto first = Lane::open((*session)->sftp.get(), m_freight, m_ranges, call);
    if (!first)
        return;
    lanes.push_back(*std::move(first));
    if (auto begun = lanes.front().fill(); !begun)
        return;
    addChannel(lanes, **session, call);
    if (const auto carried = carry(lanes, context, [] {}); !carried && !context.isCancelled())
        context.log(u"A further connection broke: %1"_s.arg(carried.error().message));
}

} // namespace handover::server
