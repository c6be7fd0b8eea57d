// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/node/librarypackages.h"

#include "models/core/versionorder.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace handover::node {

namespace {

struct Package
{
    const char *library;
    const char *debian; ///< the package's name; where it got another with the 64 bit time_t (Debian 13, Ubuntu 24.04): both
    const char *debianSince64BitTime;
};
constexpr Package packages[] = {
    {"libtinfo.so.6", "libtinfo6", nullptr},
    {"libtinfo.so.5", "libtinfo5", nullptr},
    {"libncurses.so.6", "libncurses6", nullptr},
    {"libncursesw.so.6", "libncursesw6", nullptr},
    {"libz.so.1", "zlib1g", nullptr},
    {"libzstd.so.1", "libzstd1", nullptr},
    {"libstdc++.so.6", "libstdc++6", nullptr},
    {"libgcc_s.so.1", "libgcc-s1", nullptr},
    {"libatomic.so.1", "libatomic1", nullptr},
    {"libsystemd.so.0", "libsystemd0", nullptr},
    {"libcrypto.so.3", "libssl3", "libssl3t64"},
    {"libssl.so.3", "libssl3", "libssl3t64"},
    {"libcrypto.so.1.1", "libssl1.1", nullptr},
    {"libssl.so.1.1", "libssl1.1", nullptr},
    {"libsctp.so.1", "libsctp1", nullptr},
    {"libodbc.so.2", "libodbc2", nullptr},
    {"libsqlite3.so.0", "libsqlite3-0", nullptr},
    {"libpq.so.5", "libpq5", nullptr},
    {"libcurl.so.4", "libcurl4", "libcurl4t64"},
    {"libffi.so.8", "libffi8", nullptr},
    {"libsodium.so.23", "libsodium23", nullptr},
    {"libexpat.so.1", "libexpat1", nullptr},
    {"libxml2.so.2", "libxml2", nullptr},
    {"libsnappy.so.1", "libsnappy1v5", nullptr},
    {"liblz4.so.1", "liblz4-1", nullptr},
    {"libbz2.so.1.0", "libbz2-1.0", nullptr},
    {"liblzma.so.5", "liblzma5", nullptr},
    {"libuv.so.1", "libuv1", "libuv1t64"},
    {"libevent-2.1.so.7", "libevent-2.1-7", "libevent-2.1-7t64"},
    {"libpcre2-8.so.0", "libpcre2-8-0", nullptr},
};

constexpr const char *partsOfTheCLibrary[] = {"libc.so.6",  "libm.so.6",  "libpthread.so.0",  "libdl.so.2", "librt.so.1",
                                              "libutil.so.1", "libresolv.so.2", "libanl.so.1"};

// Debian has no libssl1.1 since 12, Ubuntu since 22.04, and no libtinfo5 since 13 and 24.04.
bool isGone(const QByteArray &debian, const Distribution &distribution)
{
    const bool ubuntu = distribution.id == u"ubuntu"_s;
    const QString since = debian == "libssl1.1"   ? (ubuntu ? u"22.04"_s : u"12"_s)
                          : debian == "libtinfo5" ? (ubuntu ? u"24.04"_s : u"13"_s)
                                                  : QString();
    return !since.isEmpty() && !distribution.version.isEmpty() && compareVersions(distribution.version, since) >= 0;
}

bool has64BitTime(const Distribution &distribution)
{
    const QString since = distribution.id == u"ubuntu"_s ? u"24.04"_s : u"13"_s;
    return (distribution.id == u"ubuntu"_s || distribution.id == u"debian"_s) && !distribution.version.isEmpty() &&
           compareVersions(distribution.version, since) >= 0;
}

} // namespace

Distribution Distribution::parse(const QByteArray &osRelease)
{
    Distribution found;
    for (const QByteArray &line : osRelease.left(65536).split('\n')) {
        const qsizetype equals = line.indexOf('=');
        if (equals <= 0)
            continue;
        QString value = QString::fromUtf8(line.sliced(equals + 1)).trimmed().left(200);
        if (value.size() >= 2 && (value.startsWith(u'"') || value.startsWith(u'\'')) && value.endsWith(value.front()))
            value = value.sliced(1, value.size() - 2);
        const QByteArray key = line.first(equals);
        QString *const field = key == "ID"            ? &found.id
                               : key == "ID_LIKE"     ? &found.like
                               : key == "VERSION_ID"  ? &found.version
                               : key == "PRETTY_NAME" ? &found.name
                                                      : nullptr;
        if (field)
            *field = value;
    }
    return found;
}

bool Distribution::isLikeDebian() const
{
    const QStringList names = like.split(u' ') + QStringList{id};
    return names.contains(u"debian"_s) || names.contains(u"ubuntu"_s);
}

bool Distribution::isLikeFedora() const
{
    const QStringList names = like.split(u' ') + QStringList{id};
    return names.contains(u"fedora"_s) || names.contains(u"rhel"_s) || names.contains(u"suse"_s);
}

QString installCommand(const QByteArray &library, int bits, const Distribution &distribution)
{
    for (const char *part : partsOfTheCLibrary) {
        if (library == part)
            return {};
    }
    if (distribution.isLikeFedora()) {
        const bool suse = distribution.like.contains(u"suse"_s);
        // What every RPM says that it provides, so that no table can be out of date.
        return u"%1 install '%2()%3'"_s.arg(suse ? u"zypper"_s : u"dnf"_s, QString::fromUtf8(library), bits == 64 ? u"(64bit)"_s : QString());
    }
    if (!distribution.isLikeDebian())
        return {};
    for (const Package &package : packages) {
        if (library != package.library || isGone(package.debian, distribution))
            continue;
        const bool renamed = package.debianSince64BitTime && has64BitTime(distribution);
        return u"apt install %1"_s.arg(QLatin1StringView(renamed ? package.debianSince64BitTime : package.debian));
    }
    return {};
}

} // namespace handover::node
