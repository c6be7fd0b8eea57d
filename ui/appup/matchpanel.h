// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/appup.h"

#include <QWidget>

class QLineEdit;
class QTableView;

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class Chip;
class IconButton;

/// Versions × rules beside the text, and versions of one's own to try, which are remembered for the
/// application of the project.
class MatchPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit MatchPanel(workspace::Workspace *workspace, QWidget *parent = nullptr);

    [[nodiscard]] QTableView *table() const { return m_table; }
    [[nodiscard]] QLineEdit *testField() const { return m_test; }
    [[nodiscard]] QStringList selectedVersions() const;

    void showDocument();
    void selectVersion(const QString &version); ///< and goes to the rule that takes it
    void setCurrentRule(appup::Direction direction, int number);

signals:
    void ruleChosen(const TextRange &key); ///< the rule of a cell, by its key in the text
    void selectionChanged();

private:
    void setUpTable();
    void showState();
    void choose(const QModelIndex &index);
    void addTestVersion();
    void removeTestVersions();
    void setTestVersions(const QStringList &versions);
    [[nodiscard]] QStringList selectedTests() const;
    [[nodiscard]] QString projectPath() const;

    workspace::Workspace *m_workspace;
    QTableView *m_table;
    Chip *m_state;
    QLineEdit *m_test;
    IconButton *m_remove;
    QString m_awaited; ///< to be selected as soon as its rule is known
};

} // namespace handover::ui
