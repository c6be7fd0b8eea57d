// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/relup/verdict.h"

#include "models/workspace/liverelup.h"
#include "ui/widgets/chip.h"

#include <QCoreApplication>

namespace handover::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RelupVerdict)
};

void showFound(Chip *chip, const relup::Verification &found)
{
    using relup::Agreement;
    switch (found.agreement) {
    case Agreement::Identical:
        chip->set(Words::tr("identical to OTP %1").arg(found.release), Tone::Good);
        break;
    case Agreement::OpenOrder:
        chip->set(Words::tr("as OTP %1").arg(found.release), Tone::Good);
        break;
    case Agreement::Different:
        chip->set(Words::tr("differs from OTP %1").arg(found.release), Tone::Bad);
        break;
    }
    chip->setToolTip(found.agreement == Agreement::OpenOrder
                         ? Words::tr("The same instructions. OTP leaves the order of some modules open; here it is the "
                                     "order in which the rules name them.")
                         : found.words());
}

} // namespace

void showVerdict(Chip *chip, const workspace::LiveRelup &relup)
{
    const auto &verification = relup.verification();
    if (relup.reason()) {
        chip->set(Words::tr("as before the last change"), Tone::Warning);
        chip->setToolTip(Qt::convertFromPlainText(relup.error()->words()));
    } else if (!verification) {
        chip->set(Words::tr("comparing with OTP…"), Tone::Neutral);
        chip->setToolTip(Words::tr("Erlang makes the same relup with systools:make_relup, in the background."));
    } else if (!*verification) {
        chip->set(Words::tr("not compared with OTP"), Tone::Neutral);
        chip->setToolTip(Qt::convertFromPlainText(verification->error().words()));
    } else {
        showFound(chip, **verification);
    }
}

} // namespace handover::ui
