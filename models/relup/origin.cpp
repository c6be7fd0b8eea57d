// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/relup/origin.h"

namespace handover::relup {

void unite(Sources &sources, const Sources &more)
{
    for (const Origin *origin : more) {
        if (!sources.contains(origin))
            sources.append(origin);
    }
}

} // namespace handover::relup
