// SPDX-License-Identifier: GPL-3.0-or-later
// One libFuzzer program for each target; CMake names it.
#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const char *data, std::size_t size);

int LLVMFuzzerTestOneInput(const char *data, std::size_t size)
{
    handover::fuzz::HANDOVER_FUZZ_TARGET(QByteArrayView(data, static_cast<qsizetype>(size)));
    return 0;
}
