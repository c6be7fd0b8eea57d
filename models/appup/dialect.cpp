// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/appup/dialect.h"

#include "models/appup/dialectreader.h"

namespace handover::appup {

VersionLetters VersionLetters::of(QStringView version)
{
    VersionLetters letters;
    for (const QChar c : version) {
        letters.latin1 = letters.latin1 || (c.unicode() >= 0x80 && c.unicode() <= 0xff);
        letters.beyond = letters.beyond || c.unicode() > 0xff;
    }
    return letters;
}

VersionLetters VersionLetters::of(const QStringList &versions)
{
    VersionLetters letters;
    for (const QString &version : versions) {
        const VersionLetters more = of(version);
        letters.latin1 = letters.latin1 || more.latin1;
        letters.beyond = letters.beyond || more.beyond;
    }
    return letters;
}

std::optional<DialectTrap> dialectTrap(QStringView pattern, VersionLetters letters)
{
    return DialectReader(pattern, letters).first();
}

} // namespace handover::appup
