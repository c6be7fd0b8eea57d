// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/reason.h"
#include "models/relup/termfiles.h"

#include <QList>
#include <QString>

namespace handover::relup {

/// An application of a release: what the .rel says of it and what its .app adds.
struct Application
{
    QByteArray name; ///< the atom's, in UTF-8
    QString vsn;
    QByteArray type;           ///< permanent, transient, temporary, load or none, by the .rel
    QList<QByteArray> modules; ///< in the order of the .app
    QString directory;         ///< where the .app was found, named as the path names it

    [[nodiscard]] erlang::Term term() const; ///< {application, Name, Vsn}
    friend bool operator==(const Application &, const Application &) = default;
};

/// A release as systools_make:get_release/3 loads and checks it.
struct Release
{
    QString name;
    QString vsn;
    QString erts;
    QList<Application> applications; ///< in the order of the .rel
    QList<qsizetype> bootOrder;      ///< indices of applications as the boot script starts them

    [[nodiscard]] const Application *find(QByteArrayView application) const;
    [[nodiscard]] erlang::Term term() const; ///< {release, Name, Vsn}
    friend bool operator==(const Release &, const Release &) = default;
};

/// Loads `name`.rel, looked for in "." and the directories, and the .app of each of its applications,
/// the first in the directories' order whose vsn is the one of the .rel; then all of OTP's checks, in
/// OTP's order, with OTP's reasons (module systools_make). Directories are expanded already. In
/// {'EXIT', {Why, Stack}}, which is a reason where OTP crashed, the stack is []. Applications that
/// include each other in a circle, on which OTP never ends, are {circular_dependencies, _}.
/// What didn't change since the last time isn't worked out again.
[[nodiscard]] Answer<Release> loadRelease(const QString &name, const QStringList &directories,
                                          TermFiles &files);

} // namespace handover::relup
