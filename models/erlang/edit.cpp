// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/erlang/edit.h"

#include "models/erlang/editelements.h"
#include "models/erlang/editlines.h"

#include <algorithm>

namespace handover::erlang {

Result<TextEdit> replaceTerm(QByteArrayView text, const Term &old, const Term &replacement)
{
    if (auto ok = checkRange(text, old); !ok)
        return std::unexpected(std::move(ok).error());
    const QByteArray indentation = indentationTo(text, old.range().begin);
    return TextEdit{old.range(), printedFor(text, replacement, indentation)};
}

QByteArray applyEdits(QByteArrayView text, const QList<TextEdit> &edits)
{
    QByteArray out;
    qsizetype done = 0;
    for (const TextEdit &edit : edits) {
        out += text.sliced(done, edit.range.begin - done);
        out += edit.replacement;
        done = edit.range.end;
    }
    return out += text.sliced(done);
}

} // namespace handover::erlang
