// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace handover::workspace {
class LiveRelup;
}

namespace handover::ui {

class Chip;

/// What OTP itself makes of the live relup, as far as it is known.
void showVerdict(Chip *chip, const workspace::LiveRelup &relup);

} // namespace handover::ui
