// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/appup/rulepreview.h"
#include "models/jobs/latestwins.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;
class QLayout;

namespace handover::appup {
class ModuleChoicesModel;
}

namespace handover::workspace {
class Workspace;
}

namespace handover::ui {

class ElidedLabel;
class RoleLabel;

/// Makes a rule for those who don't know the syntax: for which versions it is, and what should happen to
/// the processes of each module. Shows at once which versions it would take, and adds it to the text.
class RuleBuilder final : public QWidget
{
    Q_OBJECT

public:
    explicit RuleBuilder(workspace::Workspace *workspace, QWidget *parent = nullptr);

    void showDocument(); ///< another application, or other differences
    void setSelectedVersions(const QStringList &versions);

    [[nodiscard]] QComboBox *kindBox() const { return m_kind; }
    [[nodiscard]] QComboBox *fromBox() const { return m_from; }
    [[nodiscard]] QComboBox *toBox() const { return m_to; }
    [[nodiscard]] QTableView *moduleTable() const { return m_modules; }
    [[nodiscard]] QString keyText() const;
    [[nodiscard]] QString takesText() const;
    [[nodiscard]] QPushButton *insertButton() const { return m_insert; }

signals:
    void insertRequested(const QList<TextEdit> &edits);
    void closeRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QLayout *versionRows();
    [[nodiscard]] QLayout *moduleRows();
    [[nodiscard]] QLayout *lastRows();
    void fillVersions();
    void fillModules();
    void showKind();
    void update();
    void take(const Result<appup::RulePreview> &preview);
    void showPlace(const appup::RulePreview &preview);
    [[nodiscard]] appup::RuleRequest request() const;

    workspace::Workspace *m_workspace;
    QComboBox *m_kind;
    QComboBox *m_from;
    QLabel *m_upTo;
    QComboBox *m_to;
    QCheckBox *m_suffixes;
    ElidedLabel *m_key;
    RoleLabel *m_takes;
    appup::ModuleChoicesModel *m_choices;
    QTableView *m_modules;
    QComboBox *m_oldCode;
    QCheckBox *m_up;
    QCheckBox *m_down;
    RoleLabel *m_place;
    QPushButton *m_insert;
    QString m_application;
    QList<appup::ModuleChoice> m_suggested; ///< before any was changed
    QStringList m_selected;
    QList<TextEdit> m_edits; ///< of the text as it is
    LatestWins m_preview;
};

} // namespace handover::ui
