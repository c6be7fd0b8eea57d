// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/relupmodel.h"

#include <QObject>

namespace handover::workspace {

class LiveRelup;
class RulesDocument;

/// The way of one instruction from the appup to the relup, and back. Follows the caret in the rules,
/// and what is selected in the relup; both scripts of the relup mark what comes from it.
class InstructionWay final : public QObject
{
    Q_OBJECT

public:
    InstructionWay(const RulesDocument *rules, const LiveRelup *relup, QObject *parent = nullptr);

    /// The script of a direction, if there is a relup; while the rules allow none, the one before.
    [[nodiscard]] relup::RelupModel *script(appup::Direction direction) const;
    [[nodiscard]] const relup::Summary &summary(appup::Direction direction) const;
    [[nodiscard]] bool hasScripts() const { return m_hasScripts; }

    void setCaret(qsizetype offset); ///< in the text of the rules
    void select(appup::Direction direction, int row);
    /// What is marked, whichever side it was chosen on.
    [[nodiscard]] const std::optional<relup::Origin> &origin() const { return m_origin; }
    /// The row that was selected, if it was chosen there.
    struct Selected
    {
        appup::Direction direction;
        int row;
    };
    [[nodiscard]] const std::optional<Selected> &selected() const { return m_selected; }
    [[nodiscard]] QString words() const; ///< where that is: "tally, upgrade, rule 2, instruction 3"

    /// Has the place shown that a row comes from: shown() follows as soon as the rules are there.
    void activate(appup::Direction direction, int row);

signals:
    void changed();       ///< another origin()
    void scriptsChanged();
    void appRequested(const QString &app);                   ///< whose rules are to be opened
    void placeRequested(const handover::TextRange &range); ///< in the rules that are open

private:
    void followRelup();
    void followRules();
    void setOrigin(const std::optional<relup::Origin> &origin);
    void showWanted();

    const RulesDocument *m_rules;
    const LiveRelup *m_relup;
    relup::RelupModel *m_up;
    relup::RelupModel *m_down;
    bool m_hasScripts = false;
    qsizetype m_caret = -1;
    std::optional<relup::Origin> m_origin;
    std::optional<Selected> m_selected;
    std::optional<relup::Origin> m_wanted; ///< to be shown as soon as its rules are open
};

} // namespace handover::workspace
