// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/gzipreader.h"

#include <QFileInfo>

#include <zlib.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

constexpr qsizetype PieceSize = 256 * 1024;
constexpr int GzipOnly = 15 + 16; // zlib.h: the largest window, and a gzip header and trailer around it

} // namespace

void GzipReader::Closer::operator()(z_stream_s *stream) const
{
    inflateEnd(stream);
    delete stream;
}

GzipReader::GzipReader(const QString &file, const Limits &limits, const JobContext &context)
    : m_file(file)
    , m_limits(limits)
    , m_context(context)
    , m_input(PieceSize, Qt::Uninitialized)
    , m_output(PieceSize, Qt::Uninitialized)
{
}

GzipReader::~GzipReader() = default;

std::unexpected<Error> GzipReader::truncated() const
{
    return failure(u"package.truncated"_s, u"%1 is cut short: its end is missing."_s.arg(m_file.fileName()),
                   u"Copy or build it again."_s);
}

std::unexpected<Error> GzipReader::damaged(const QString &why) const
{
    return failure(u"package.damaged"_s, u"%1 is damaged: its check sums are wrong."_s.arg(m_file.fileName()),
                   u"Copy or build it again."_s, why);
}

Result<> GzipReader::open()
{
    const QString hint = u"Check the path and its permissions."_s;
    const QFileInfo info(m_file.fileName());
    if (!info.exists())
        return failure(u"package.unreadable"_s, u"There is no file %1."_s.arg(m_file.fileName()), hint);
    if (!info.isFile())
        return failure(u"package.unreadable"_s, u"%1 is not a file."_s.arg(m_file.fileName()), hint);
    if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(u"package.unreadable"_s, u"%1 could not be read."_s.arg(m_file.fileName()), hint,
                       m_file.errorString());
    m_fileSize = m_file.size();

    auto stream = std::make_unique<z_stream>();
    if (inflateInit2(stream.get(), GzipOnly) != Z_OK)
        return failure(u"package.unreadable"_s,
                       u"There is not enough memory to read %1."_s.arg(m_file.fileName()));
    m_stream.reset(stream.release());

    if (auto filled = fill(); !filled)
        return filled;
    if (m_stream->avail_in == 0)
        return failure(u"package.truncated"_s, u"%1 is empty."_s.arg(m_file.fileName()),
                       u"Copy or build it again."_s);
    const QByteArrayView start(m_input.constData(), m_stream->avail_in);
    if (!start.startsWith("\x1f\x8b") && start != QByteArrayView("\x1f"))
        return failure(u"package.not-a-tarball"_s, u"%1 is not a .tar.gz file."_s.arg(m_file.fileName()),
                       u"Choose a release tarball, as rebar3 tar makes it."_s);
    m_inMember = true;
    return {};
}

Result<> GzipReader::fill()
{
    if (m_context.isCancelled())
        return cancellation();
    const qint64 got = m_file.read(m_input.data(), m_input.size());
    if (got < 0)
        return failure(u"package.unreadable"_s, u"%1 could not be read to its end."_s.arg(m_file.fileName()),
                       u"Check the disk it lies on."_s, m_file.errorString());
    m_hash.add(QByteArrayView(m_input.constData(), got));
    m_fileBytes += got;
    m_stream->next_in = reinterpret_cast<Bytef *>(m_input.data());
    m_stream->avail_in = static_cast<uInt>(got);
    m_context.progress({u"Reading %1"_s.arg(QFileInfo(m_file).fileName()), m_fileBytes, m_fileSize, true});
    return {};
}

Result<> GzipReader::endMember()
{
    if (m_stream->avail_in == 0) {
        if (auto filled = fill(); !filled)
            return filled;
    }
    if (m_stream->avail_in == 0) {
        m_atEnd = true;
        return {};
    }
    // Whatever follows must be another member: gzip allows that, and nothing else.
    if (*m_stream->next_in != 0x1f)
        return damaged(u"There is something behind the end of the compressed data."_s);
    inflateReset(m_stream.get());
    m_inMember = true;
    return {};
}

Result<QByteArrayView> GzipReader::next()
{
    while (!m_atEnd) {
        if (!m_inMember) {
            if (auto ended = endMember(); !ended)
                return std::unexpected(ended.error());
            continue;
        }
        if (m_stream->avail_in == 0) {
            if (auto filled = fill(); !filled)
                return std::unexpected(filled.error());
            if (m_stream->avail_in == 0)
                return truncated();
        }
        m_stream->next_out = reinterpret_cast<Bytef *>(m_output.data());
        m_stream->avail_out = static_cast<uInt>(m_output.size());
        const int status = inflate(m_stream.get(), Z_NO_FLUSH);
        if (status == Z_STREAM_END)
            m_inMember = false;
        else if (status != Z_OK && status != Z_BUF_ERROR)
            return damaged(QString::fromLatin1(m_stream->msg ? m_stream->msg : "inflate failed"));

        const qsizetype got = m_output.size() - m_stream->avail_out;
        if (got == 0)
            continue;
        const QByteArrayView piece = QByteArrayView(m_output).first(got);
        const auto zeros =
            std::find_if(piece.rbegin(), piece.rend(), [](char byte) { return byte != 0; }) - piece.rbegin();
        if (zeros < got)
            m_lastNonZero = m_unpacked + got - zeros;
        m_unpacked += got;
        const qint64 packed = m_fileBytes - m_stream->avail_in;
        if (m_unpacked > m_limits.unpackedBytes ||
            (m_unpacked > m_limits.ratioFrom && m_unpacked / m_limits.ratio > packed))
            return failure(u"package.too-large"_s,
                           u"%1 unpacks to far more than a release holds."_s.arg(m_file.fileName()),
                           u"Don't unpack it; find out where it comes from."_s);
        return piece;
    }
    return QByteArrayView();
}

} // namespace handover::package
