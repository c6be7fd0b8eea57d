// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/origin.h"
#include "models/relup/summary.h"

#include <QAbstractListModel>

namespace handover::relup {

/// A script as it is shown: its instructions from top to bottom, the point of no return among them.
struct ScriptRow
{
    enum class Kind { Instruction, PointOfNoReturn };

    Kind kind = Kind::Instruction;
    Phase phase = Phase::Prepare;
    bool beginsPhase = false;
    bool suspended = false; ///< processes are waiting while it is carried out
    QString words;
    erlang::Term term;
    Sources from; ///< empty where that isn't known

    [[nodiscard]] bool looksLike(const ScriptRow &other) const;
};

struct ShownScript
{
    Script script;
    Summary summary;
    QList<ScriptRow> rows;
    std::shared_ptr<const std::deque<Origin>> origins; ///< that the rows point into
};

/// Takes milliseconds where there are thousands of instructions; not for the window's thread. The trace may be empty.
[[nodiscard]] std::shared_ptr<const ShownScript> showScript(Script script, const Trace &trace);

/// One script from top to bottom. Another one changes only the rows that differ.
class RelupModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        KindRole = Qt::UserRole + 1, ///< int of ScriptRow::Kind
        PhaseRole,                   ///< int(Phase)
        BeginsPhaseRole,             ///< bool: the first row of a phase
        RelatedRole,                 ///< bool: comes from what is selected, see setRelated()
        TermRole,                    ///< QString: as OTP reads it, on one line
        SuspendedRole,               ///< bool: processes are waiting while it is carried out
    };
    Q_ENUM(Role)

    explicit RelupModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    [[nodiscard]] const ShownScript &shown() const { return *m_shown; }
    void setScript(const std::shared_ptr<const ShownScript> &script); ///< null: none

    /// Marks what comes from an instruction of an appup, or from a whole rule where it names none.
    void setRelated(const std::optional<Origin> &origin);
    [[nodiscard]] QList<int> relatedRows() const;
    /// Where a row comes from; good until the next setScript().
    [[nodiscard]] Sources originsOf(int row) const;
    [[nodiscard]] int rowOf(qsizetype instruction) const; ///< of the script's

private:
    [[nodiscard]] const QList<ScriptRow> &rows() const { return m_shown->rows; }
    [[nodiscard]] bool isRelated(const Sources &from) const;
    void relate();

    std::shared_ptr<const ShownScript> m_shown; ///< never null
    std::optional<Origin> m_related;
    QList<bool> m_isRelated; ///< of each row
};

} // namespace handover::relup
