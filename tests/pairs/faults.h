// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/pairs/world.h"

namespace handover::pairs {

/// Something wrong that is put into a good world.
struct Fault
{
    QString name;
    QStringList tags; ///< what OTP's answer begins with, one of them: "undef_module", "raised"
    void (*apply)(World &world, Dice &dice) = nullptr;
};

/// In an order that doesn't change, so that a case's number tells its fault.
[[nodiscard]] const QList<Fault> &allFaults();

[[nodiscard]] QList<Fault> scriptFaults();      ///< what a whole script must obey
[[nodiscard]] QList<Fault> instructionFaults(); ///< the syntax of single instructions
[[nodiscard]] QList<Fault> appupFaults();
QList<Fault> appupByteFaults();       ///< files and rules
[[nodiscard]] QList<Fault> appFaults();         ///< .app files, alone and with each other
[[nodiscard]] QList<Fault> relFaults();
[[nodiscard]] QList<Fault> mutations(); ///< whatever comes, in a good file

/// The script of a rule that is sure to be taken.
struct Site
{
    World &world;
    const App &app;
    Rule &rule;
    bool up = true;

    [[nodiscard]] QString module() const; ///< of the application, in the release that the script leads to
    [[nodiscard]] QString toVsn() const;
    [[nodiscard]] QList<Value> &instructions() const { return rule.script.items; }
    void insert(const Value &instruction, Dice &dice) const;
    void removeAtoms(const QString &name) const; ///< all instructions that are that atom
};

[[nodiscard]] Site somewhere(World &world, Dice &dice);

/// An application, not Erlang's own, whose appup is read.
[[nodiscard]] App &someChangedApp(World &world, Dice &dice);
/// Puts bytes in the place of an application's file in all its directories, nothing: removes it.
void replaceFile(World &world, const App &app, const QString &vsn, const QString &suffix,
                 const std::optional<QByteArray> &bytes);
void replaceTerm(World &world, const App &app, const QString &vsn, const QString &suffix, const Value &term);

} // namespace handover::pairs
