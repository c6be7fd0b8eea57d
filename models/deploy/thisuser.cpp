// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/deploy/thisuser.h"

#include <QSysInfo>

#include <array>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace handover::deploy {

QString thisUser()
{
    std::array<char, 4096> room;
    passwd entry{};
    passwd *found = nullptr;
    ::getpwuid_r(::geteuid(), &entry, room.data(), room.size(), &found);
    return (found ? QString::fromLocal8Bit(found->pw_name) : QString::number(::geteuid())) + u'@' + QSysInfo::machineHostName();
}

} // namespace handover::deploy
