// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/textdrafts.h"

#include "models/settings/directories.h"

using namespace Qt::StringLiterals;

namespace handover::workspace {

namespace {

[[nodiscard]] QString keyOf(const server::Address &address, const server::RemotePath &path)
{
    return address.text() + u' ' + QString::fromLatin1(path.bytes().toPercentEncoding("/"));
}

[[nodiscard]] QList<TextDrafts::Left> leftIn(const DraftStore &store, const JobContext &context)
{
    QList<TextDrafts::Left> all;
    for (Draft &kept : store.left(context)) {
        const auto draft = transfer::draftFromBytes(kept.text);
        if (!draft || keyOf(draft->address, draft->opened.path) != kept.file)
            continue;
        kept.text.clear();
        all += {*draft, kept};
    }
    return all;
}

} // namespace

TextDrafts::TextDrafts(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_store(directory.isEmpty() ? settings::stateDirectory() + u"/server-texts"_s : directory)
{
}

void TextDrafts::keep(const transfer::TextDraft &draft)
{
    if (draft.text.size() <= transfer::LongestDraft)
        m_store.keep(keyOf(draft.address, draft.opened.path), transfer::toBytes(draft));
}

void TextDrafts::forget(const server::Address &address, const server::RemotePath &path)
{
    m_store.forget(keyOf(address, path));
}

void TextDrafts::look()
{
    m_looking.start<QList<Left>>([this](const JobContext &context) { return leftIn(m_store, context); },
                                 [this](QList<Left> left) {
                                     m_left = std::move(left);
                                     emit found();
                                 });
}

void TextDrafts::drop(const Left &left)
{
    m_store.drop(left.kept);
    m_left.removeIf([place = left.kept.place](const Left &other) { return other.kept.place == place; });
}

} // namespace handover::workspace
