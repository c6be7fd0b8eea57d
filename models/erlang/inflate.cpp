// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/inflate.h"

#define ZLIB_CONST // next_in points to const
#include <zlib.h>

#include <libdeflate.h>

#include <limits>
#include <memory>
#include <optional>

namespace handover::erlang {

namespace {

constexpr int LargestWindow = 15;
constexpr int GzipOnly = 16; // zlib.h: added to the window's bits
constexpr qsizetype MostAtOnce = std::numeric_limits<int>::max();

class Inflater
{
public:
    Inflater(QByteArrayView packed, Packing packing)
        : m_several(packing == Packing::Gzip)
    {
        m_stream.next_in = reinterpret_cast<const Bytef *>(packed.data());
        m_stream.avail_in = static_cast<uInt>(packed.size());
        m_ready = inflateInit2(&m_stream, LargestWindow + (m_several ? GzipOnly : 0)) == Z_OK;
    }
    ~Inflater() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Inflater)

    [[nodiscard]] std::expected<QByteArray, InflateError> run(qsizetype limit)
    {
        QByteArray out(qMin(limit + 1, qsizetype(m_stream.avail_in) * 16 + 256), Qt::Uninitialized);
        qsizetype size = 0;
        while (m_ready) {
            m_stream.next_out = reinterpret_cast<Bytef *>(out.data() + size);
            m_stream.avail_out = static_cast<uInt>(qMin(out.size() - size, MostAtOnce));
            const int status = inflate(&m_stream, Z_NO_FLUSH);
            size = reinterpret_cast<char *>(m_stream.next_out) - out.data();
            if (size > limit)
                return std::unexpected(InflateError::TooLarge);
            if (status == Z_STREAM_END) {
                if (!m_several || m_stream.avail_in == 0) {
                    out.truncate(size);
                    return out;
                }
                m_ready = inflateReset(&m_stream) == Z_OK;
            } else if (status != Z_OK || (m_stream.avail_in == 0 && m_stream.avail_out != 0)) {
                break;
            }
            if (size == out.size())
                out.resize(qMin(limit + 1, size * 2));
        }
        return std::unexpected(InflateError::Damaged);
    }

    [[nodiscard]] QByteArray runFor(qsizetype wanted)
    {
        QByteArray out(wanted, Qt::Uninitialized);
        m_stream.next_out = reinterpret_cast<Bytef *>(out.data());
        m_stream.avail_out = static_cast<uInt>(wanted);
        const int status = m_ready ? inflate(&m_stream, Z_SYNC_FLUSH) : Z_STREAM_ERROR;
        out.truncate(status == Z_OK || status == Z_STREAM_END ? wanted - qsizetype(m_stream.avail_out) : 0);
        return out;
    }

private:
    z_stream m_stream{};
    bool m_several;
    bool m_ready = false;
};

struct FreeDecompressor
{
    void operator()(libdeflate_decompressor *decompressor) const { libdeflate_free_decompressor(decompressor); }
};

// In less than half of zlib's time, if it fits: zlib, which needs no room for all at once, does the rest and says what
// is wrong with damaged data.
std::optional<QByteArray> inflatedAtOnce(QByteArrayView packed, qsizetype limit)
{
    constexpr qsizetype usualRatio = 64; // of code; ten to twenty
    const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(libdeflate_alloc_decompressor());
    if (!decompressor)
        return std::nullopt;
    QByteArray out(qMin(limit, packed.size() * usualRatio), Qt::Uninitialized);
    size_t size = 0;
    const auto result = libdeflate_zlib_decompress(decompressor.get(), packed.data(), static_cast<size_t>(packed.size()),
                                                   out.data(), static_cast<size_t>(out.size()), &size);
    if (result != LIBDEFLATE_SUCCESS)
        return std::nullopt;
    out.truncate(static_cast<qsizetype>(size));
    return out;
}

} // namespace

std::expected<QByteArray, InflateError> inflated(QByteArrayView packed, Packing packing, qsizetype limit)
{
    if (packed.size() > MostAtOnce)
        return std::unexpected(InflateError::TooLarge);
    if (auto whole = packing == Packing::Zlib ? inflatedAtOnce(packed, limit) : std::nullopt)
        return *std::move(whole);
    return Inflater(packed, packing).run(limit);
}

QByteArray inflatedStart(QByteArrayView packed, Packing packing, qsizetype size)
{
    if (packed.size() > MostAtOnce || size > MostAtOnce)
        return {};
    return Inflater(packed, packing).runFor(size);
}

} // namespace handover::erlang
