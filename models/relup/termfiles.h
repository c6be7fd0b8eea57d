// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/erlang/parser.h"

#include <QString>
#include <QStringList>

#include <expected>
#include <memory>

namespace handover::relup {

/// The .rel, .app and .appup files that a relup is made from, read as systools reads them (the first
/// term of a file, whatever follows) and kept: a file is parsed again only when it changed on disk
/// (inode, size, time of change; a file changed in the last moments isn't trusted to stay). Relative
/// names are those of `directory`; names come back in OTP's terms as they went in. Not for two
/// threads at once.
class TermFiles
{
    struct Private;

public:
    explicit TermFiles(const QString &directory);
    ~TermFiles();
    TermFiles(TermFiles &&) noexcept;
    TermFiles &operator=(TermFiles &&) noexcept;

    /// What systools makes of a file it can't use: {error, {open, File, Posix}}, {error, {parse, File,
    /// {Line, erl_parse, Message}}} or {error, {read, File}}, the inner tuple. For words, what the parser
    /// says.
    struct Problem
    {
        erlang::Term term;
        QString words;
        bool crashes = false; ///< the file begins with bytes that are no UTF-8, and OTP raises crash()
        [[nodiscard]] static erlang::Term crash(); ///< {case_clause, {error, tokens}}
    };
    using Contents = std::expected<erlang::Term, Problem>;

    /// Only ordinary files of at most 64 MB are read.
    [[nodiscard]] Contents read(const QString &name);
    /// A text that stands in the place of a file, as long as it is set: an appup that is being edited.
    /// The file need not exist.
    void setText(const QString &name, const QByteArray &text);
    void clearText(const QString &name);

    /// The directories of a path as systools expands them: '*' within a component stands for anything
    /// without '/', a component that is only '*' for at least one character; a component with '*' is
    /// a regular expression otherwise, one without is taken as it is; what is no directory is dropped.
    [[nodiscard]] QStringList expand(const QStringList &path);
    /// Those of the directories that hold a file of that name, in their order; the directories'
    /// listings are kept until they change.
    [[nodiscard]] QStringList holding(const QStringList &directories, const QString &fileName);

    /// Something made of a file's term that is worth keeping as long as the file stays as it is.
    struct Made
    {
        Made() = default;
        virtual ~Made() = default;
        Q_DISABLE_COPY_MOVE(Made)
    };
    /// The place to keep it, empty when the file was read anew. Good until the next call of anything here.
    [[nodiscard]] std::shared_ptr<Made> &madeOf(const QString &name);

    /// While one lives, what was looked at on disk isn't looked at again: for work that comes back to
    /// the same files and directories and has to see them in one state. They may nest.
    class Pass
    {
    public:
        explicit Pass(TermFiles &files);
        ~Pass();
        Q_DISABLE_COPY_MOVE(Pass)

    private:
        Private &m_files;
    };

private:
    std::unique_ptr<Private> m_d;
};

} // namespace handover::relup
