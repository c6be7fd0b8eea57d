// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/jobs/latestwins.h"
#include "models/transfer/textdraft.h"
#include "models/workspace/draftstore.h"

#include <QObject>

namespace handover::workspace {

/// Unsaved texts of servers' files, kept over a crash as those of rules are, apart from them. Lives in the window's
/// thread; reads and writes in others.
class TextDrafts final : public QObject
{
    Q_OBJECT

public:
    struct Left
    {
        transfer::TextDraft draft;
        Draft kept; ///< where and since when; without the text
    };

    /// `directory`: "server-texts" in the state directory if empty.
    explicit TextDrafts(const QString &directory = {}, QObject *parent = nullptr);

    void keep(const transfer::TextDraft &draft);
    void forget(const server::Address &address, const server::RemotePath &path); ///< what this Handover kept of it

    void look();                                                        ///< for what was left; found() says when it is known
    [[nodiscard]] const QList<Left> &left() const { return m_left; } ///< by Handovers that no longer run, newest first
    void drop(const Left &left);

signals:
    void found(); ///< left() is known

private:
    DraftStore m_store;
    QList<Left> m_left;
    LatestWins m_looking; // last: it reads the store
};

} // namespace handover::workspace
