// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"
#include "models/appup/matchwords.h"

#include <QAbstractTableModel>
#include <QHash>

#include <array>
#include <memory>

namespace handover::appup {

/// Versions × rules: which rule takes each version on the way up and down, and what that costs.
/// Rows are the versions in the order given, what else runs somewhere in its place among them, then
/// the test versions. A pattern is matched with a
/// version at most once as long as both stay, and not before an answer hangs on it.
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
        RunningRole,  ///< QStringList: the servers that run it
        RelationRole, ///< int(Relation) of the current rule, in the column of its direction; else None
        NearMissRole, ///< bool: an earlier rule would take it if its pattern were anchored
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
    [[nodiscard]] const QStringList &versions() const { return m_versions; } ///< of all rows
    [[nodiscard]] QStringList testVersions() const { return m_versions.sliced(m_firstTest); }
    /// What runs where, by version; versions that no tag has become rows.
    void setRunning(const QHash<QString, QStringList> &serversByVersion);
    /// The rule to tell of in RelationRole, and in the text where it doesn't take a version. 0: none.
    void setCurrentRule(Direction direction, int number);
    /// Nothing: the text is no appup at the moment; the cells are empty then.
    void setAppup(std::optional<Appup> appup);

    /// How often a key was matched with a version since the model was made; for tests of the promise.
    [[nodiscard]] qint64 matchCount() const;

private:
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
        Match match;
        Cost cost = Cost::CodeOnly;
        friend bool operator==(const Cell &, const Cell &) = default;
    };
    struct Side
    {
        QList<Rule> rules;
        KeyColumns columns;
        QList<Cell> cells; ///< of each row
    };

    [[nodiscard]] QVariant versionData(int row, int role) const;
    [[nodiscard]] QVariant cellData(const Side &side, int row, int role) const;
    [[nodiscard]] QString text(const Side &side, int row) const;
    [[nodiscard]] Relation relation(const Side &side, int row) const;
    [[nodiscard]] const Side &sideOf(int column) const { return m_sides[column == UpColumn ? 0 : 1]; }
    [[nodiscard]] static Cell cellOf(const Side &side, const Match &match);
    [[nodiscard]] QList<Cell> cellsOf(const Side &side, qsizetype first, qsizetype count) const;
    KeyColumns setRules(Side &side, const QList<Rule> &rules,
                        QHash<KeyId, std::shared_ptr<KeyColumn>> &columns);
    void settle(Side &side, int column, const KeyColumns &before);
    [[nodiscard]] QStringList withRunning(const QStringList &versions) const;
    void replaceRows(const QStringList &versions, bool tests);
    void removeVersions(qsizetype first, qsizetype count);
    void insertVersions(qsizetype first, const QStringList &versions, bool tests);
    void rankVersions();

    QStringList m_versions;    ///< of all rows, the test versions last
    qsizetype m_firstTest = 0; ///< row of the first of those
    QStringList m_tagged;      ///< as given; the other rows before the tests are what runs
    QHash<QString, QStringList> m_running;
    const Side *m_currentSide = nullptr;
    int m_currentRule = 0;
    QList<int> m_ranks;
    bool m_hasAppup = false;
    std::array<Side, 2> m_sides; ///< up, down
    QHash<KeyId, std::shared_ptr<KeyColumn>> m_columns;
    qint64 m_formerMatches = 0; ///< of columns that are gone
};

} // namespace handover::appup
