// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/appup/appbar.h"

#include "models/workspace/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace handover::ui {

AppBar::AppBar(workspace::Workspace *workspace, QWidget *parent) : QWidget(parent), m_workspace(workspace)
{
    auto *inside = new QWidget;
    m_row = new QHBoxLayout(inside);
    m_row->setContentsMargins(16, 10, 16, 10);
    m_row->setSpacing(8);
    auto *scroll = new QScrollArea;
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    scroll->setFixedHeight(QFontMetrics(font()).height() + 40);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(scroll);

    connect(workspace, &workspace::Workspace::pairChanged, this, &AppBar::rebuild);
    connect(workspace, &workspace::Workspace::appChanged, this, &AppBar::rebuild);
    connect(workspace->rules(), &workspace::RulesDocument::analysed, this, [this] {
        if (m_problems != m_workspace->rules()->errorCount())
            rebuild();
    });
    connect(workspace->rules(), &workspace::RulesDocument::modifiedChanged, this, &AppBar::rebuild);
    rebuild();
}

void AppBar::rebuild()
{
    m_problems = m_workspace->rules()->errorCount();
    while (QLayoutItem *item = m_row->takeAt(0)) {
        // A card may be the one whose click is being handled.
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const QList<versions::AppSource> apps =
        m_workspace->to() ? m_workspace->to()->appsWithRules() : QList<versions::AppSource>();
    setVisible(!apps.isEmpty());
    for (const versions::AppSource &app : apps) {
        const versions::AppSource *before = m_workspace->from() ? m_workspace->from()->app(app.name) : nullptr;
        const bool current = m_workspace->rules()->isOpen() && m_workspace->rules()->source().app == app.name;
        QString change = app.vsn;
        if (m_workspace->from() && !before)
            change = tr("%1, new").arg(app.vsn);
        else if (before && before->vsn == app.vsn)
            change = tr("%1, same").arg(app.vsn);
        else if (before)
            change = u"%1 → %2"_s.arg(before->vsn, app.vsn);

        auto *card = new Card;
        card->setClickable(true);
        card->setSelected(current);
        card->setAccessibleName(tr("Rules of %1, %2").arg(app.name, change));
        auto *row = new QHBoxLayout(card);
        row->setContentsMargins(10, 5, 10, 5);
        row->setSpacing(6);
        row->addWidget(new RoleLabel(app.name, current ? Role::Accent : Role::Text));
        auto *detail = new RoleLabel(change);
        detail->setFont(smallFont());
        row->addWidget(detail);
        const int problems = current ? m_problems : 0;
        if (!current && m_workspace->rules()->unsavedApps().contains(app.name))
            row->addWidget(new Chip(tr("not saved"), Tone::Warning));
        if (problems > 0)
            row->addWidget(new Chip(tr("%n problem(s)", nullptr, problems), Tone::Warning));
        else if (before && before->vsn != app.vsn && app.appupPath.isEmpty())
            row->addWidget(new Chip(tr("no appup"), Tone::Bad));
        connect(card, &Card::clicked, this, [this, name = app.name] { emit chosen(name); });
        m_row->addWidget(card);
    }
    m_row->addStretch(1);
}

} // namespace handover::ui
