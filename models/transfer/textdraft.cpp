// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/transfer/textdraft.h"

#include <QCborMap>
#include <QCborValue>

using namespace Qt::StringLiterals;

namespace handover::transfer {

namespace {

constexpr int DraftFormat = 1;
constexpr qint64 LongestOwner = 256;

[[nodiscard]] std::optional<quint32> numberOf(const QCborValue &value, quint32 most)
{
    const qint64 number = value.toInteger(-1);
    return number >= 0 && number <= most ? std::optional(static_cast<quint32>(number)) : std::nullopt;
}

[[nodiscard]] std::optional<server::RemoteEntry> factsOf(const QCborMap &map, const server::RemotePath &path, qint64 size)
{
    const auto mode = numberOf(map[u"mode"_s], 07777);
    const auto uid = numberOf(map[u"uid"_s], UINT32_MAX);
    const auto gid = numberOf(map[u"gid"_s], UINT32_MAX);
    const QString owner = map[u"owner"_s].toString();
    const QString group = map[u"group"_s].toString();
    if (!mode || !uid || !gid || owner.size() > LongestOwner || group.size() > LongestOwner)
        return std::nullopt;
    return server::RemoteEntry{.name = path.fileName(), .type = server::RemoteEntry::Type::File, .size = size, .mode = *mode,
                               .uid = *uid, .gid = *gid, .owner = owner, .group = group, .target = {}};
}

} // namespace

QByteArray toBytes(const TextDraft &draft)
{
    const server::RemoteEntry &facts = draft.opened.facts;
    return QCborMap{{u"format"_s, DraftFormat}, {u"address"_s, draft.address.text()},
                    {u"path"_s, draft.opened.path.bytes()}, {u"opened"_s, draft.opened.text}, {u"text"_s, draft.text},
                    {u"mode"_s, facts.mode}, {u"uid"_s, facts.uid}, {u"gid"_s, facts.gid},
                    {u"owner"_s, facts.owner}, {u"group"_s, facts.group}}
        .toCborValue()
        .toCbor();
}

std::optional<TextDraft> draftFromBytes(const QByteArray &bytes)
{
    QCborParserError broken;
    const QCborMap map = QCborValue::fromCbor(bytes, &broken).toMap();
    const auto address = server::Address::parse(map[u"address"_s].toString());
    const auto path = server::RemotePath::parse(map[u"path"_s].toByteArray());
    const QByteArray opened = map[u"opened"_s].toByteArray();
    const QByteArray text = map[u"text"_s].toByteArray();
    if (broken.error != QCborError::NoError || map[u"format"_s].toInteger() != DraftFormat || !address || !path || !map[u"opened"_s].isByteArray() ||
        !map[u"text"_s].isByteArray() || opened.size() > MaximumText || text.size() > LongestDraft ||
        !opened.isValidUtf8() || !text.isValidUtf8() || text.contains('\0') || opened.contains('\0'))
        return std::nullopt;
    const auto facts = factsOf(map, *path, opened.size());
    if (!facts)
        return std::nullopt;
    return TextDraft{*address, RemoteText{*path, opened, sumOf(opened), *facts}, text};
}

} // namespace handover::transfer
