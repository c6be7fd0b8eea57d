// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/sha256.h"

#include "models/package/tarball.h"

#include <QFile>
#include <QFileInfo>

#include <openssl/evp.h>

#include <array>

using namespace Qt::StringLiterals;

namespace handover::package {

void Sha256::Closer::operator()(evp_md_ctx_st *context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256()
    : m_context(EVP_MD_CTX_new())
{
    m_good = m_context && EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) == 1;
}

void Sha256::add(QByteArrayView bytes)
{
    m_good =
        m_good && EVP_DigestUpdate(m_context.get(), bytes.data(), static_cast<size_t>(bytes.size())) == 1;
}

QByteArray Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    m_good = m_good && EVP_DigestFinal_ex(m_context.get(), digest.data(), &size) == 1;
    return m_good ? QByteArray(reinterpret_cast<const char *>(digest.data()), size).toHex() : QByteArray();
}

Result<QByteArray> sha256Of(const QString &file, const JobContext &context)
{
    const auto unreadable = [&file](const QString &detail) {
        return failure(u"package.unreadable"_s, u"%1 could not be read."_s.arg(file),
                       u"Check the path and its permissions."_s, detail);
    };
    const QFileInfo info(file);
    if (!info.isFile())
        return unreadable(info.exists() ? u"It is not a file."_s : u"There is no such file."_s);
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(source.errorString());

    Sha256 hash;
    QByteArray block(256 * 1024, Qt::Uninitialized);
    const qint64 total = source.size();
    qint64 done = 0;
    for (;;) {
        if (context.isCancelled())
            return cancellation();
        const qint64 got = source.read(block.data(), block.size());
        if (got < 0)
            return unreadable(source.errorString());
        if (got == 0) {
            const QByteArray digits = hash.hex();
            return digits.isEmpty() ? unreadable(u"OpenSSL offers no SHA-256."_s)
                                    : Result<QByteArray>(digits);
        }
        hash.add(QByteArrayView(block).first(got));
        done += got;
        context.progress({u"Reading %1"_s.arg(info.fileName()), done, total, true});
    }
}

} // namespace handover::package
