// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/matcher.h"

#include <QAbstractTableModel>
#include <QHash>

#include <array>
#include <memory>

namespace handover::appup {

/// Versions × rules: which rule takes each version on the way up and down, and what that costs.
/// Rows are the versions in the order given, then the test versions. A pattern is matched again
/// only when it or the versions change.
class MatchTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { VersionColumn, UpColumn, DownColumn, ColumnCount };
    Q_ENUM(Column)

    enum Role {
        SortRole = Qt::UserRole + 1, ///< int: the version's rank, or the rule's number (none comes last)
        RuleNumberRole,              ///< int: 0 if no rule takes the version
        CostRole,                    ///< int(Cost); invalid if no rule takes it
        VerdictRole,                 ///< int(Verdict): Taken, or why not (No, PartOnly, Invalid, TooComplex)
        TooltipRole,                 ///< QString, the same as Qt::ToolTipRole
        KeyRangeRole, ///< TextRange of the rule's key in the text; of the nearest miss if PartOnly
        TestRole,     ///< bool: one of the test versions
    };
    Q_ENUM(Role)

    explicit MatchTableModel(QObject *parent = nullptr);
    ~MatchTableModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setVersions(const QStringList &versions);
    void setTestVersions(const QStringList &versions);
    /// Nothing: the text is no appup at the moment; the cells are empty then.
    void setAppup(std::optional<Appup> appup);

    /// How often a pattern was run since the model was made; for tests of the promise above.
    [[nodiscard]] qint64 matchCount() const { return m_matchCount; }

private:
    struct Key;
    struct KeyId
    {
        Rule::Key key;
        QString text;
        bool badEncoding;
        friend bool operator==(const KeyId &, const KeyId &) = default;
        friend size_t qHash(const KeyId &id, size_t seed = 0)
        {
            return qHashMulti(seed, int(id.key), id.text);
        }
    };
    struct Cell
    {
        int rule = 0; ///< number of the rule taken, or of the first that matches a part
        Verdict verdict = Verdict::No;
        Cost cost = Cost::CodeOnly;
        friend bool operator==(const Cell &, const Cell &) = default;
    };
    struct Side
    {
        QList<Rule> rules;
        QList<std::shared_ptr<Key>> keys; ///< of each rule
        QList<Cell> cells;                ///< of each row
    };

    [[nodiscard]] const QString &version(int row) const;
    [[nodiscard]] QVariant cellData(const Side &side, int row, int role) const;
    [[nodiscard]] QString tooltip(const Side &side, int row) const;
    [[nodiscard]] Cell settled(const Side &side, int row) const;
    void replaceRows(QStringList &part, int offset, const QStringList &versions);
    void matchInserted(int first, const QStringList &versions);
    void rankVersions();
    void settle(Side &side, int column);

    QStringList m_versions;
    QStringList m_testVersions;
    QList<int> m_ranks;
    bool m_hasAppup = false;
    std::array<Side, 2> m_sides; ///< up, down
    QHash<KeyId, std::shared_ptr<Key>> m_keys;
    qint64 m_matchCount = 0;
};

} // namespace handover::appup
