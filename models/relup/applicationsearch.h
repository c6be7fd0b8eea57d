// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/relup/appfile.h"
#include "models/relup/relfile.h"
#include "models/relup/termfiles.h"

namespace handover::relup {

/// An .app file's contents, kept with the file.
struct AppMade : TermFiles::Made
{
    explicit AppMade(const erlang::Term &term)
        : checked(readAppFile(term))
    {
    }

    std::expected<AppFile, erlang::Term> checked;
};

/// The .app file of an application of a release, which has the right version and nothing wrong in it.
struct FoundApp
{
    std::shared_ptr<const AppMade> made;
    QString directory; ///< as the path names it

    [[nodiscard]] const AppFile &file() const { return *made->checked; }
    friend bool operator==(const FoundApp &, const FoundApp &) = default;
};

/// Finds the .app of each application, in the order of the .rel. The error is OTP's reason: what is
/// wrong with each application, the last one first, {error_reading, {Name, What}} or
/// {bad_application_name, {Name, {Found, Vsn}}}; or crashedSearch(). (systools_make: collect_applications)
[[nodiscard]] std::expected<QList<FoundApp>, erlang::Term>
findApps(const RelFile &rel, const QStringList &directories, TermFiles &files);

/// The reason when a file has crashed OTP's reader (TermFiles::Problem::crashes).
[[nodiscard]] erlang::Term crashedSearch();

} // namespace handover::relup
