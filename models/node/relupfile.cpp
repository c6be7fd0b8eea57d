// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/relupfile.h"

#include "models/erlang/parser.h"

using namespace Qt::StringLiterals;
using namespace handover::erlang;

namespace handover::node {

namespace {

constexpr Limits RelupLimits{.depth = 100, .terms = 2'000'000, .bytes = 32 * 1024 * 1024};

// The term {Vsn, UpFrom, DownTo}; nothing where there is no file or it is none.
[[nodiscard]] Result<std::optional<Term>> readRelup(server::Session &session, const QString &version,
                                                    const JobContext &context)
{
    const Result<server::RemotePath> path =
        session.address().directory.child(QByteArray("releases/" + version.toUtf8() + "/relup"));
    if (!path)
        return std::unexpected(path.error());
    const Result<QByteArray> text = session.readFile(*path, context, RelupLimits.bytes);
    if (!text) {
        if (text.error().code == "server.file-missing"_L1)
            return std::optional<Term>();
        return std::unexpected(text.error());
    }
    const Parsed<Term> term = parseFirstTerm(*text, RelupLimits);
    if (!term || !term->isTuple(3) || term->at(0).stringValue() != version)
        return std::optional<Term>();
    return std::optional(*term);
}

[[nodiscard]] bool restarts(const Term &script)
{
    for (const Term &instruction : script.items())
        if (instruction.isAtom("restart_emulator") || instruction.isAtom("restart_new_emulator"))
            return true;
    return false;
}

// Looks for {Version, Description, Script} among the entries of one direction.
void lookIn(const Term &entries, const QString &version, RelupPath &path)
{
    for (const Term &entry : entries.items()) {
        if (!entry.isTuple(3) || entry.at(0).stringValue() != version)
            continue;
        path.found = true;
        path.restartsEmulator = restarts(entry.at(2));
        return;
    }
}

} // namespace

Result<std::optional<relup::Script>> relupScript(server::Session &session, const QString &from, const QString &to,
                                                 const JobContext &context)
{
    const auto look = [&](const QString &holder, qsizetype direction, const QString &wanted) -> Result<std::optional<relup::Script>> {
        const Result<std::optional<Term>> term = readRelup(session, holder, context);
        if (!term)
            return std::unexpected(term.error());
        for (const Term &entry : *term ? (*term)->at(direction).items() : QList<Term>()) {
            if (!entry.isTuple(3) || entry.at(0).stringValue() != wanted)
                continue;
            if (auto script = relup::Script::fromTerm(entry))
                return std::optional(*std::move(script));
        }
        return std::optional<relup::Script>();
    };
    auto up = look(to, 1, from);
    return !up || *up ? std::move(up) : look(from, 2, to);
}

Result<RelupPath> findRelupPath(server::Session &session, const QString &from, const QString &to,
                                const JobContext &context)
{
    RelupPath path;
    const Result<std::optional<Term>> up = readRelup(session, to, context);
    if (!up)
        return std::unexpected(up.error());
    if (*up) {
        lookIn((*up)->at(1), from, path);
        path.file = u"releases/%1/relup"_s.arg(to);
        for (const Term &entry : (*up)->at(1).items())
            path.offered += entry.at(0).stringValue().value_or(QString());
        if (path.found)
            return path;
    }
    const Result<std::optional<Term>> down = readRelup(session, from, context);
    if (!down)
        return std::unexpected(down.error());
    if (*down) {
        lookIn((*down)->at(2), to, path);
        path.file = u"releases/%1/relup"_s.arg(from);
    }
    return path;
}

} // namespace handover::node
