// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/externalterm.h"

#include "models/erlang/externalreader.h"
#include "models/erlang/inflate.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace handover::erlang {

namespace {

constexpr char Version = '\x83';
constexpr char Compressed = 'P';
constexpr qsizetype CompressedHeader = 5; // the tag and the unpacked size

std::unexpected<Error> noTerm(const QString &why)
{
    return failure(u"erlang.external-term"_s,
                   u"Data that should be an Erlang term can't be read: %1."_s.arg(why),
                   u"Build the file they come from again."_s);
}

Result<QByteArray> unpacked(QByteArrayView bytes, const ExternalLimits &limits)
{
    if (bytes.size() < CompressedHeader)
        return noTerm(u"they are cut off"_s);
    const qsizetype size = qFromBigEndian<quint32>(bytes.data() + 1);
    if (size > limits.bytes)
        return noTerm(u"they unpack to more than is read"_s);
    auto plain = inflated(bytes.sliced(CompressedHeader), Packing::Zlib, size);
    if (!plain || plain->size() != size)
        return noTerm(u"their compressed part is damaged"_s);
    return *std::move(plain);
}

Result<Term> plainTerm(QByteArrayView bytes, const ExternalLimits &limits)
{
    return ExternalReader(bytes, limits)
        .term()
        .or_else([](const ExternalReader::Problem &problem) -> Result<Term> {
            return noTerm(u"%1 (byte %2)"_s.arg(problem.what).arg(problem.offset + 1));
        });
}

} // namespace

Result<Term> readExternalTerm(QByteArrayView bytes, const ExternalLimits &limits)
{
    if (!bytes.startsWith(Version))
        return noTerm(u"they don't begin like one"_s);
    const QByteArrayView rest = bytes.sliced(1);
    if (!rest.startsWith(Compressed))
        return plainTerm(rest, limits);
    return unpacked(rest, limits).and_then([&](const QByteArray &plain) { return plainTerm(plain, limits); });
}

} // namespace handover::erlang
