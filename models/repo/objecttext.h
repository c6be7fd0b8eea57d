// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDateTime>

#include <optional>

namespace handover::repo {

/// "Ada Author <ada@example.org> 1700000000 +0100", as git writes it into commits and tags.
struct Signature
{
    QByteArrayView name;
    QDateTime when; ///< invalid if that is no time
};

/// What a commit or a tag says, by git's format (gitformat-pack, "git cat-file -p"): views into the
/// object's bytes. What is not there is empty; nothing is too odd to be read.
struct ObjectText
{
    QByteArrayView object;   ///< of a tag: what is tagged, in hexadecimal digits
    QByteArrayView type;     ///< of what is tagged: "commit", "tag", "tree", "blob"
    QByteArrayView encoding; ///< of a commit's texts, if not UTF-8
    QByteArrayView author;   ///< signatures as they stand there
    QByteArrayView committer;
    QByteArrayView tagger;
    QByteArrayView message;
};

[[nodiscard]] ObjectText readObjectText(QByteArrayView bytes);
[[nodiscard]] Signature readSignature(QByteArrayView text);

} // namespace handover::repo
