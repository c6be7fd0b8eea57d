// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actiontable.h"

#include "ui/theme/icons.h"

#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

struct Entry
{
    const char *id;   ///< empty: a separator
    const char *menu;
    const char *text;
    const char *icon;
    const char *keys;
    bool checkable = false;
};

// In the order of the menus, which is the order of the work.
constexpr Entry entries[] = {
    {"project.open", QT_TR_NOOP("&Project"), QT_TR_NOOP("&Open Project…"), "folder", "Ctrl+O"},
    {"project.reload", QT_TR_NOOP("&Project"), QT_TR_NOOP("&Reload Versions"), "refresh", "F5"},
    {"", QT_TR_NOOP("&Project"), "", "", ""},
    {"project.quit", QT_TR_NOOP("&Project"), QT_TR_NOOP("&Quit"), "", "Ctrl+Q"},
    {"version.new", QT_TR_NOOP("&Version"), QT_TR_NOOP("&New Version…"), "plus", "Ctrl+N"},
    {"version.push", QT_TR_NOOP("&Version"), QT_TR_NOOP("&Push…"), "upload", "Ctrl+Shift+P"},
    {"version.delete", QT_TR_NOOP("&Version"), QT_TR_NOOP("&Delete…"), "trash", "Ctrl+Shift+Del"},
    {"", QT_TR_NOOP("&Version"), "", "", ""},
    {"version.filter", QT_TR_NOOP("&Version"), QT_TR_NOOP("&Filter Versions"), "search", "Ctrl+L"},
    {"version.from", QT_TR_NOOP("&Version"), QT_TR_NOOP("Upgrade F&rom…"), "", "Alt+F"},
    {"version.to", QT_TR_NOOP("&Version"), QT_TR_NOOP("Upgrade &To…"), "", "Alt+T"},
    {"rules.save", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Save Rules"), "save", "Ctrl+S"},
    {"rules.write", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Write Rules from the Builds"), "edit", "Ctrl+Shift+W"},
    {"rules.choose", QT_TR_NOOP("&Rules"), QT_TR_NOOP("Write R&ules for Some Modules…"), "", "Ctrl+Shift+U"},
    {"rules.new", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&New Rule…"), "plus", "Ctrl+Shift+N"},
    {"rules.matrix", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&All Applications × All Versions"), "", "Ctrl+Shift+M"},
    {"rules.evaluate", QT_TR_NOOP("&Rules"), QT_TR_NOOP("E&valuate Rules That Are Code"), "play", "Ctrl+Shift+E"},
    {"rules.undo", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Undo"), "undo", "Ctrl+Z"},
    {"rules.redo", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Redo"), "redo", "Ctrl+Shift+Z"},
    {"rules.find", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Find…"), "search", "Ctrl+F"},
    {"rules.replace", QT_TR_NOOP("&Rules"), QT_TR_NOOP("R&eplace…"), "", "Ctrl+H"},
    {"rules.complete", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Complete"), "", "Ctrl+Space"},
    {"rules.explain", QT_TR_NOOP("&Rules"), QT_TR_NOOP("E&xplain Instruction"), "help", "F1"},
    {"rules.next", QT_TR_NOOP("&Rules"), QT_TR_NOOP("Next Pro&blem"), "", "F8"},
    {"rules.previous", QT_TR_NOOP("&Rules"), QT_TR_NOOP("&Previous Problem"), "", "Shift+F8"},
    {"build.next", QT_TR_NOOP("&Build"), QT_TR_NOOP("Do the &Next Step"), "play", "Ctrl+Return"},
    {"", QT_TR_NOOP("&Build"), "", "", ""},
    {"build.build", QT_TR_NOOP("&Build"), QT_TR_NOOP("&Build Both Versions"), "build", "Ctrl+B"},
    {"build.package", QT_TR_NOOP("&Build"), QT_TR_NOOP("&Package"), "package", "Ctrl+P"},
    {"build.cancel", QT_TR_NOOP("&Build"), QT_TR_NOOP("&Cancel"), "stop", "Ctrl+."},
    {"server.add", QT_TR_NOOP("&Server"), QT_TR_NOOP("&Add Server…"), "plus", "Ctrl+Shift+A"},
    {"server.look", QT_TR_NOOP("&Server"), QT_TR_NOOP("&Look Again"), "refresh", "Shift+F5"},
    {"server.rollback", QT_TR_NOOP("&Server"), QT_TR_NOOP("&Roll Back…"), "", "Ctrl+Shift+B"},
    {"view.changes", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("&Changes"), "changes", "Ctrl+1"},
    {"view.rules", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("&Rules"), "rules", "Ctrl+2"},
    {"view.relup", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("Re&lup"), "relup", "Ctrl+3"},
    {"view.package", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("&Package"), "package", "Ctrl+4"},
    {"view.deploy", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("&Deploy"), "deploy", "Ctrl+5"},
    {"view.files", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("&Files"), "folder", "Ctrl+6"},
    {"view.log", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("&Log"), "log", "Ctrl+7"},
    {"", QT_TR_NOOP("Vie&w"), "", "", ""},
    {"view.dark", QT_TR_NOOP("Vie&w"), QT_TR_NOOP("Dar&k"), "moon", "Ctrl+Shift+D", true},
    {"help.about", QT_TR_NOOP("&Help"), QT_TR_NOOP("&About Handover"), "help", "Ctrl+Shift+F1"},
};

} // namespace

ActionTable::ActionTable(QObject *parent) : QObject(parent)
{
    for (const Entry &entry : entries) {
        auto *action = new QAction(this);
        action->setProperty("menu", tr(entry.menu));
        m_order += action;
        const QString id = QString::fromLatin1(entry.id);
        if (id.isEmpty()) {
            action->setSeparator(true);
            continue;
        }
        action->setObjectName(id);
        action->setText(tr(entry.text));
        action->setShortcut(QKeySequence(QString::fromLatin1(entry.keys)));
        action->setCheckable(entry.checkable);
        if (*entry.icon)
            action->setIcon(icon(QString::fromLatin1(entry.icon)));
        m_actions.insert(id, action);
    }
}

QAction *ActionTable::action(QStringView id) const
{
    QAction *found = m_actions.value(id.toString());
    Q_ASSERT_X(found, "ActionTable::action", "no such id");
    return found;
}

void ActionTable::fillMenuBar(QMenuBar *bar) const
{
    QMenu *menu = nullptr;
    for (QAction *action : m_order) {
        const QString title = action->property("menu").toString();
        if (!menu || menu->title() != title)
            menu = bar->addMenu(title);
        menu->addAction(action);
    }
}

} // namespace handover::ui
