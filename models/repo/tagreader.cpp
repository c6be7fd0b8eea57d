// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/tagreader.h"

#include <optional>

namespace handover::repo {

namespace {

// Messages are for reading; nobody reads more than this.
constexpr qsizetype maxMessage = 64 * 1024;

// Tags of tags are rare enough; rings of them can't be.
constexpr int maxNesting = 32;

QByteArrayView bounded(QByteArrayView message)
{
    message = message.first(qMin(message.size(), maxMessage));
    const qsizetype zero = message.indexOf('\0');
    return zero < 0 ? message : message.first(zero);
}

// A signature stands at the end of a tag's message.
QByteArrayView withoutSignature(QByteArrayView message)
{
    for (const QByteArrayView begin : {"-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----",
                                       "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SIGNED MESSAGE-----"}) {
        const qsizetype at = message.lastIndexOf(begin);
        if (at == 0 || (at > 0 && message[at - 1] == '\n'))
            return message.first(at);
    }
    return message;
}

QString textOf(QByteArrayView bytes, const QByteArray &encoding)
{
    return gitText(bytes, encoding.isEmpty() ? nullptr : encoding.constData());
}

std::optional<git_oid> idOf(QByteArrayView hex)
{
    const auto id = ObjectId::parse(hex);
    return id ? std::optional(rawId(*id)) : std::nullopt;
}

} // namespace

TagReader::TagReader(git_repository *repository)
{
    if (git_repository_odb(std::out_ptr(m_odb), repository) != 0)
        return;
    for (size_t i = 0; i < git_odb_num_backends(m_odb.get()); ++i) {
        git_odb_backend *store = nullptr; // belongs to the database
        if (git_odb_get_backend(&store, m_odb.get(), i) == 0 && store->read)
            m_stores.push_back(store);
    }
}

TagReader::Object TagReader::lookUpInStores(const git_oid &id) const
{
    for (git_odb_backend *store : m_stores) {
        Object object;
        void *data = nullptr;
        if (store->read(&data, &object.size, &object.type, store, &id) == 0) {
            object.data = {data, StoreFree{store}};
            return object;
        }
    }
    return {};
}

TagReader::Object TagReader::lookUp(const git_oid &id)
{
    Object object = lookUpInStores(id);
    if (object.data || m_refreshed || !m_odb)
        return object;
    m_refreshed = true; // git may have packed it just now
    git_odb_refresh(m_odb.get());
    return lookUpInStores(id);
}

TagReader::Outcome TagReader::read(const git_oid &id, Tag &tag)
{
    const Object object = lookUp(id);
    if (!object.data)
        return Outcome::Missing;
    if (object.type == GIT_OBJECT_TAG)
        return readAnnotated(object, tag);
    if (object.type != GIT_OBJECT_COMMIT)
        return Outcome::NoCommit;
    const ObjectText text = readObjectText(object.bytes());
    tag.message = textOf(bounded(text.message), text.encoding.toByteArray()).trimmed();
    fillFromCommit(text, tag);
    return Outcome::Read;
}

TagReader::Outcome TagReader::readAnnotated(const Object &object, Tag &tag)
{
    const ObjectText text = readObjectText(object.bytes());
    ObjectText innermost = text;
    Object inner; // whose bytes `innermost` shows
    for (int depth = 0; innermost.type == "tag" && depth < maxNesting; ++depth) {
        const auto id = idOf(innermost.object);
        if (!id)
            return Outcome::NoCommit;
        inner = lookUp(*id);
        innermost = readObjectText(inner.bytes());
    }
    const auto commit = innermost.type == "commit" ? idOf(innermost.object) : std::nullopt;
    if (!commit)
        return Outcome::NoCommit;
    tag.commit = objectId(*commit);
    tag.annotated = true;
    const QByteArray encoding = text.encoding.toByteArray();
    tag.message = textOf(withoutSignature(bounded(text.message)), encoding).trimmed();
    if (!text.tagger.isEmpty()) {
        const Signature tagger = readSignature(text.tagger);
        tag.date = tagger.when;
        tag.author = author(tagger.name, encoding);
        return Outcome::Read;
    }
    const Object tagged = lookUp(*commit); // very old tags have no tagger
    if (tagged.type != GIT_OBJECT_COMMIT)
        return Outcome::NoCommit;
    fillFromCommit(readObjectText(tagged.bytes()), tag);
    return Outcome::Read;
}

void TagReader::fillFromCommit(const ObjectText &commit, Tag &tag)
{
    tag.date = readSignature(commit.committer).when;
    tag.author = author(readSignature(commit.author).name, commit.encoding.toByteArray());
}

QString TagReader::author(QByteArrayView name, const QByteArray &encoding)
{
    if (!encoding.isEmpty())
        return textOf(name, encoding);
    if (name != m_lastName) {
        m_lastName = name.toByteArray();
        m_lastAuthor = gitText(name);
    }
    return m_lastAuthor;
}

} // namespace handover::repo
