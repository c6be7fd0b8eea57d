// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/error.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace handover::rules {

/// Bounds on hostile applications.
struct ContentsLimits
{
    qsizetype files = 50'000;                  ///< in ebin, and in priv with all below it
    int depth = 32;                            ///< of folders in priv
    qint64 appBytes = 4 * 1024 * 1024;         ///< of the .app
};

/// A file in priv.
struct PrivateFile
{
    QString path;
    qint64 size = 0;
    bool executable = false;
};

/// An application as it was built: what lib/APP-VSN of a release holds.
struct AppContents
{
    QByteArray name; ///< the atom's, in UTF-8
    QString vsn;
    QString directory;
    QList<QByteArray> listedModules;       ///< `modules` of the .app, in its order
    QMap<QByteArray, QString> modules;       ///< paths of ebin/*.beam by file name, without .beam
    QMap<QString, PrivateFile> privateFiles; ///< by path below priv

    [[nodiscard]] QString appupPath() const; ///< where OTP looks for it, whether it is there or not
};

/// Reads an application's directory: the .app of it, the names and sizes of its modules and of the files
/// in priv. Links are followed, as Erlang follows them; what is neither file nor folder is passed over.
/// Errors: rules.no-application (no .app, or one that is none), rules.unreadable, rules.too-large.
[[nodiscard]] Result<AppContents> readApplication(const QString &directory, const ContentsLimits &limits = {});
/// Several at once, in the order of the directories; the error of the first that has one.
[[nodiscard]] Result<QList<AppContents>> readApplications(const QStringList &directories, const ContentsLimits &limits = {});

/// A module's file. Errors: rules.unreadable, rules.too-large.
[[nodiscard]] Result<QByteArray> readModule(const QString &path);
/// The appup beside a module. Errors: rules.unreadable, rules.too-large.
[[nodiscard]] Result<QByteArray> readAppup(const QString &path);

/// Whether two files have the same bytes. Errors: rules.unreadable.
[[nodiscard]] Result<bool> sameBytes(const PrivateFile &left, const PrivateFile &right);

} // namespace handover::rules
