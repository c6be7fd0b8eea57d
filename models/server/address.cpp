// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/server/address.h"

#include <QHostAddress>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace handover::server {

namespace {

constexpr qsizetype MaximumPath = 4096;
constexpr qsizetype MaximumName = 255;

[[nodiscard]] std::unexpected<Error> badPath(const QString &why, QByteArrayView path)
{
    return misuse(u"server.bad-path"_s,
                  u"'%1' is not a path that can be used on a server: %2."_s.arg(
                      QString::fromUtf8(path.first(std::min(path.size(), MaximumName))), why),
                  u"Give an absolute path without '.', '..' and doubled slashes."_s);
}

[[nodiscard]] std::unexpected<Error> badAddress(const QString &text, const QString &why)
{
    return misuse(
        u"server.bad-address"_s,
        u"'%1' is not the address of a release: %2."_s.arg(text.left(MaximumName), why),
        u"Write it as ssh://user@host:port/absolute/release/directory; user and port may be left out."_s);
}

[[nodiscard]] QString whyNotComponents(QByteArrayView path)
{
    if (path.contains('\0'))
        return u"it contains a NUL byte"_s;
    qsizetype from = 0;
    while (from <= path.size()) {
        const qsizetype slash = path.indexOf('/', from);
        const qsizetype end = slash < 0 ? path.size() : slash;
        const QByteArrayView component = path.sliced(from, end - from);
        if (component.isEmpty())
            return u"it has a doubled or trailing slash"_s;
        if (component == "." || component == "..")
            return u"it contains '%1'"_s.arg(QString::fromUtf8(component));
        if (component.size() > MaximumName)
            return u"a name in it is longer than 255 bytes"_s;
        from = end + 1;
    }
    return {};
}

[[nodiscard]] std::optional<QByteArray> percentDecoded(QStringView text)
{
    const QByteArray bytes = text.toUtf8();
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    for (qsizetype i = bytes.indexOf('%'); i >= 0; i = bytes.indexOf('%', i + 1)) {
        if (i + 2 >= bytes.size() || !isHex(bytes[i + 1]) || !isHex(bytes[i + 2]))
            return std::nullopt;
    }
    return QByteArray::fromPercentEncoding(bytes);
}

// ssh expands the host and the user in a ProxyCommand, which a shell runs.
[[nodiscard]] bool isHost(QStringView host)
{
    if (host.contains(u':')) {
        const qsizetype zone = host.indexOf(u'%');
        const auto named = [](QChar c) { return c.unicode() < 128 && c.isLetterOrNumber(); };
        if (zone >= 0 && (zone + 1 == host.size() || !std::ranges::all_of(host.sliced(zone + 1), named)))
            return false;
        return QHostAddress(host.first(zone < 0 ? host.size() : zone).toString()).protocol() ==
               QAbstractSocket::IPv6Protocol;
    }
    return !host.isEmpty() && host.size() <= MaximumName && !host.startsWith(u'-') &&
           std::ranges::all_of(host, [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
           });
}

[[nodiscard]] bool isUser(const QByteArray &user)
{
    return !user.startsWith('-') && !user.endsWith('\\') && user.size() <= MaximumName &&
           std::ranges::none_of(user,
                                [](char c) {
                                    return (c >= 0 && c <= ' ') || c == 127 ||
                                           QByteArrayView("'`\"$;&<>|(){}").contains(c);
                                }) &&
           user.isValidUtf8();
}

} // namespace

Result<RemotePath> RemotePath::parse(QByteArrayView path)
{
    if (!path.startsWith('/'))
        return badPath(u"it does not start with a slash"_s, path);
    if (path.size() > MaximumPath)
        return badPath(u"it is too long"_s, path);
    if (const QString why = whyNotComponents(path.sliced(1)); !why.isEmpty())
        return badPath(why, path);
    return RemotePath(path.toByteArray());
}

Result<RemotePath> RemotePath::child(QByteArrayView relative) const
{
    if (relative.startsWith('/'))
        return badPath(u"it should be relative"_s, relative);
    return parse(isRoot() ? QByteArray('/' + relative) : QByteArray(m_path + '/' + relative));
}

RemotePath RemotePath::parent() const
{
    const qsizetype slash = m_path.lastIndexOf('/');
    return slash == 0 ? root() : RemotePath(m_path.first(slash));
}

QByteArray RemotePath::fileName() const { return m_path.sliced(m_path.lastIndexOf('/') + 1); }

Result<Address> Address::parse(const QString &text)
{
    constexpr QLatin1StringView scheme("ssh://");
    if (!text.startsWith(scheme, Qt::CaseInsensitive))
        return badAddress(text, u"it does not start with ssh://"_s);
    const QStringView rest = QStringView(text).sliced(scheme.size());
    const qsizetype slash = rest.indexOf(u'/');
    if (slash < 0 || slash + 1 == rest.size())
        return badAddress(text, u"the release directory is missing"_s);
    if (rest.contains(u'?') || rest.contains(u'#'))
        return badAddress(text, u"'?' and '#' have to be written as %3F and %23"_s);

    QStringView authority = rest.first(slash);
    QByteArray user;
    if (const qsizetype at = authority.lastIndexOf(u'@'); at >= 0) {
        const QStringView userInfo = authority.first(at);
        if (userInfo.contains(u':'))
            return misuse(
                u"server.bad-address"_s, u"The address contains a password."_s,
                u"Leave it out; it is asked for when the server wants one, and kept in the keychain."_s);
        const std::optional<QByteArray> decoded = percentDecoded(userInfo);
        if (!decoded || decoded->isEmpty() || !isUser(*decoded))
            return badAddress(text, u"its user name can't be one"_s);
        user = *decoded;
        authority = authority.sliced(at + 1);
    }

    QStringView host = authority;
    QStringView port;
    bool hasPort = false;
    if (authority.startsWith(u'[')) {
        const qsizetype close = authority.indexOf(u']');
        const QStringView behind = close < 0 ? QStringView() : authority.sliced(close + 1);
        if (close < 0 || (!behind.isEmpty() && !behind.startsWith(u':')))
            return badAddress(text, u"the brackets around its host don't match"_s);
        host = authority.sliced(1, close - 1);
        if (!host.contains(u':'))
            return badAddress(text, u"brackets are for IPv6 addresses only"_s);
        hasPort = !behind.isEmpty();
        port = hasPort ? behind.sliced(1) : behind;
    } else if (const qsizetype colon = authority.indexOf(u':'); colon >= 0) {
        host = authority.first(colon);
        port = authority.sliced(colon + 1);
        hasPort = true;
    }
    if (!isHost(host))
        return badAddress(text, u"its host name can't be one"_s);
    int portNumber = 0;
    if (hasPort) {
        const bool digits =
            !port.isEmpty() && std::ranges::all_of(port, [](QChar c) { return c >= u'0' && c <= u'9'; });
        portNumber = digits ? port.toInt() : 0;
        if (portNumber < 1 || portNumber > 65535)
            return badAddress(text, u"its port is not a number from 1 to 65535"_s);
    }

    const std::optional<QByteArray> path = percentDecoded(rest.sliced(slash));
    if (!path)
        return badAddress(text, u"a '%' in it is not followed by two hexadecimal digits"_s);
    const QByteArrayView trimmed =
        path->endsWith('/') ? QByteArrayView(*path).chopped(1) : QByteArrayView(*path);
    const Result<RemotePath> directory = RemotePath::parse(trimmed);
    if (!directory)
        return std::unexpected(directory.error());
    return Address{QString::fromUtf8(user), host.toString(), portNumber, *directory};
}

QString Address::text() const
{
    QString result = u"ssh://"_s;
    if (!user.isEmpty())
        result += QString::fromLatin1(user.toUtf8().toPercentEncoding("+")) + u'@';
    result += host.contains(u':') ? QString(u'[' + host + u']') : host;
    if (port != 0)
        result += u':' + QString::number(port);
    return result + QString::fromLatin1(directory.bytes().toPercentEncoding("/+"));
}

} // namespace handover::server
