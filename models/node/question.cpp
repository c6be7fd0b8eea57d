// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/question.h"

#include "models/node/loglines.h"
#include "models/node/steps.h"

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

// One argument of a program has at most 128 KiB on Linux; a name takes four bytes for each letter.
constexpr qsizetype PortionBytes = 12'000;
constexpr qsizetype MaximumName = 255; // an atom's

} // namespace

QByteArray patientQuestion(const QByteArray &expressions, int seconds)
{
    // The result is the exit's reason: no message is left over anywhere when nobody waits for it any more, and what
    // goes wrong is caught, because the node would log it.
    const QByteArray limit = QByteArray::number(seconds * 1000);
    return QByteArray("begin {HandoverPid, HandoverRef} = spawn_monitor(fun() -> process_flag(priority, low), "
            "Since = erlang:monotonic_time(millisecond), "
            "Left = fun() -> " + limit + " * 8 div 10 - (erlang:monotonic_time(millisecond) - Since) end, "
            "exit({handover, catch begin " + expressions + " end}) end), "
            "receive {'DOWN', HandoverRef, process, HandoverPid, {handover, Value}} -> Value; "
            "{'DOWN', HandoverRef, process, HandoverPid, Reason} -> {'EXIT', Reason} "
            "after " + limit + " -> exit(HandoverPid, kill), timeout end end").simplified();
}

QByteArray knownAtoms(const QByteArrayList &names)
{
    QByteArray list;
    for (const QByteArray &name : names)
        list += (list.isEmpty() ? "" : ",") + erlangString(QString::fromUtf8(name.left(4 * MaximumName)));
    return "[Known || Name <- [" + list + "], Known <- [catch list_to_existing_atom(Name)], is_atom(Known)]";
}

QList<QByteArrayList> inPortions(const QByteArrayList &names)
{
    QList<QByteArrayList> portions;
    qsizetype bytes = PortionBytes;
    for (const QByteArray &name : names) {
        if (bytes + name.size() > PortionBytes) {
            portions.emplaceBack();
            bytes = 0;
        }
        portions.last() += name;
        bytes += name.size() + 2;
    }
    return portions;
}

Result<erlang::Term> askUp(const ReleaseScript &script, const QByteArray &expressions, const JobContext &context)
{
    Result<std::optional<erlang::Term>> answer = script.ask(expressions, context);
    if (!answer)
        return std::unexpected(answer.error());
    if (!*answer)
        return nodeDown(script.name(), {});
    return **std::move(answer);
}

std::unexpected<Error> strangeAnswer(const ReleaseScript &script, const erlang::Term &answer)
{
    if (answer.isAtom("timeout"))
        return failure(u"server.timeout"_s, u"The node of %1 did not answer in time."_s.arg(script.name()),
                       u"It may be busy or hang; look at it on the server."_s);
    return failure(u"server.node-answer"_s, u"The node of %1 gave an answer that is not understood."_s.arg(script.name()),
                   u"Look at what it said below, and try the same on the server."_s,
                   spokenText(answer.print().left(4000)));
}

} // namespace handover::node
