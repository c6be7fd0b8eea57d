// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QWidget>

namespace handover::relup {
struct Summary;
}
namespace handover::workspace {
class InstructionWay;
}

namespace handover::ui {

class Chip;
class RelupView;
class RoleLabel;
class SectionHeader;

/// What a script does to the node, in one sentence with counts: whose processes are suspended and for
/// how many instructions, what is loaded, removed, restarted.
[[nodiscard]] QString summaryWords(const relup::Summary &summary);

/// One direction of the live relup: its title, what it costs, and its instructions. Selecting one marks
/// where it comes from, entering it shows the rule.
class RelupPane final : public QWidget
{
    Q_OBJECT

public:
    RelupPane(workspace::InstructionWay *way, appup::Direction direction, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    [[nodiscard]] RelupView *view() const { return m_view; }
    [[nodiscard]] RoleLabel *summary() const { return m_summary; }

private:
    void showScript();
    void showRelated();

    workspace::InstructionWay *m_way;
    appup::Direction m_direction;
    SectionHeader *m_title;
    Chip *m_chip;
    RoleLabel *m_summary;
    RelupView *m_view;
    bool m_selecting = false;
};

} // namespace handover::ui
