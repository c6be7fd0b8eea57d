// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/package/elf.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace handover::package {

namespace {

// More than any real file has; a hostile one must not take time or memory.
constexpr quint64 MostHeaders = 4096;
constexpr quint64 MostEntries = 16384;
constexpr quint64 LongestName = 4096;
constexpr qsizetype MostNameBytes = 4 << 20; // of one file

enum : quint32 { LoadSegment = 1, DynamicSegment = 2, InterpreterSegment = 3 };
enum : quint64 { NeededTag = 1, StringsTag = 5, StringsSizeTag = 10, SonameTag = 14, RpathTag = 15, RunpathTag = 29,
                 VersionsTag = 0x6ffffffe, VersionsCountTag = 0x6fffffff };
enum : quint64 { ExecutableType = 2, SharedType = 3 };
constexpr quint64 WeakFlag = 2;

std::unexpected<Error> badElf(const QString &why)
{
    return failure(u"package.elf"_s, u"The program or library can't be read: %1."_s.arg(why),
                   u"Build it again; the server's linker would refuse it too."_s);
}

/// Numbers at offsets. What lies outside is 0 and remembered.
class Numbers
{
public:
    Numbers(QByteArrayView bytes, const ElfSystem &system)
        : m_bytes(bytes)
        , m_system(system)
    {
    }

    [[nodiscard]] quint64 at(quint64 offset, quint64 size)
    {
        if (offset > length() || size > length() - offset) {
            m_cut = true;
            return 0;
        }
        quint64 value = 0;
        for (quint64 i = 0; i < size; ++i) {
            const quint64 place = m_system.bigEndian ? offset + i : offset + size - 1 - i;
            value = value << 8 | static_cast<uchar>(m_bytes[static_cast<qsizetype>(place)]);
        }
        return value;
    }
    /// An address or size, which is as wide as the machine.
    [[nodiscard]] quint64 word(quint64 offset) { return at(offset, wordSize()); }
    [[nodiscard]] quint64 wordSize() const { return m_system.bits == 64 ? 8 : 4; }
    [[nodiscard]] bool isWide() const { return m_system.bits == 64; }
    [[nodiscard]] bool wasCut() const { return m_cut; }
    [[nodiscard]] quint64 length() const { return static_cast<quint64>(m_bytes.size()); }
    [[nodiscard]] QByteArrayView bytes() const { return m_bytes; }

private:
    QByteArrayView m_bytes;
    ElfSystem m_system;
    bool m_cut = false;
};

struct Segment
{
    quint64 type = 0;
    quint64 offset = 0;
    quint64 address = 0;
    quint64 size = 0; ///< in the file
};

class Reader
{
public:
    Reader(QByteArrayView bytes, const ElfSystem &system)
        : m_numbers(bytes, system)
    {
        m_file.system = system;
    }

    Result<ElfFile> read()
    {
        const quint64 type = m_numbers.at(16, 2);
        m_file.isLinked = type == ExecutableType || type == SharedType;
        if (!m_file.isLinked)
            return finish();
        readSegments();
        for (const Segment &segment : std::as_const(m_segments)) {
            if (segment.type == InterpreterSegment && m_file.interpreter.isEmpty())
                m_file.interpreter = stringAt(segment.offset, segment.size);
        }
        for (const Segment &segment : std::as_const(m_segments)) {
            if (segment.type == DynamicSegment) {
                readDynamic(segment);
                break;
            }
        }
        return finish();
    }

private:
    Result<ElfFile> finish()
    {
        if (m_numbers.wasCut() || m_bad)
            return badElf(m_bad ? u"it points outside itself"_s : u"it is cut off"_s);
        if (m_tooMuch)
            return badElf(u"it lists more than a real one does"_s);
        return std::move(m_file);
    }

    void readSegments()
    {
        const bool wide = m_numbers.isWide();
        const quint64 table = m_numbers.word(wide ? 32 : 28);
        const quint64 size = m_numbers.at(wide ? 54 : 42, 2);
        const quint64 count = m_numbers.at(wide ? 56 : 44, 2);
        if (count == 0)
            return;
        if (size < (wide ? 56U : 32U) || count > MostHeaders) {
            m_tooMuch = true;
            return;
        }
        for (quint64 i = 0; i < count && !m_numbers.wasCut(); ++i) {
            const quint64 at = table + i * size;
            m_segments.append({m_numbers.at(at, 4), m_numbers.word(at + (wide ? 8 : 4)),
                               m_numbers.word(at + (wide ? 16 : 8)), m_numbers.word(at + (wide ? 32 : 16))});
        }
    }

    void readDynamic(const Segment &segment)
    {
        const quint64 entry = m_numbers.wordSize() * 2;
        QList<quint64> needed;
        quint64 versions = 0;
        quint64 versionCount = 0;
        std::optional<quint64> soname;
        std::optional<quint64> rpath;
        std::optional<quint64> runpath;
        std::optional<quint64> strings;
        for (quint64 i = 0; i < segment.size / entry && !m_numbers.wasCut(); ++i) {
            const quint64 tag = m_numbers.word(segment.offset + i * entry);
            const quint64 value = m_numbers.word(segment.offset + i * entry + entry / 2);
            if (tag == 0)
                break;
            if (i >= MostEntries) {
                m_tooMuch = true;
                return;
            }
            switch (tag) {
            case NeededTag: needed.append(value); break;
            case StringsTag: strings = value; break;
            case StringsSizeTag: m_stringsSize = value; break;
            case SonameTag: soname = value; break;
            case RpathTag: rpath = value; break;
            case RunpathTag: runpath = value; break;
            case VersionsTag: versions = value; break;
            case VersionsCountTag: versionCount = value; break;
            default: break;
            }
        }
        if (!strings)
            return;
        m_strings = fileOffset(*strings);
        for (const quint64 name : std::as_const(needed))
            m_file.needed.append(nameAt(name));
        if (soname)
            m_file.soname = nameAt(*soname);
        if (rpath)
            m_file.rpath = nameAt(*rpath);
        if (runpath)
            m_file.runpath = nameAt(*runpath);
        if (versionCount > 0)
            readVersions(fileOffset(versions), versionCount);
    }

    // Elfxx_Verneed: version, count, file, aux, next; Elfxx_Vernaux: hash, flags, other, name, next. The same in both
    // widths.
    void readVersions(quint64 offset, quint64 count)
    {
        quint64 total = 0;
        for (quint64 i = 0; i < count && !isBroken(); ++i) {
            const QByteArray library = nameAt(m_numbers.at(offset + 4, 4));
            quint64 aux = offset + m_numbers.at(offset + 8, 4);
            const quint64 names = m_numbers.at(offset + 2, 2);
            for (quint64 j = 0; j < names && !isBroken(); ++j) {
                const bool weak = m_numbers.at(aux + 4, 2) & WeakFlag;
                m_file.versions.append({library, nameAt(m_numbers.at(aux + 8, 4)), weak});
                m_tooMuch = m_tooMuch || ++total > MostEntries;
                const quint64 next = m_numbers.at(aux + 12, 4);
                if (next == 0)
                    break;
                aux += next;
            }
            const quint64 next = m_numbers.at(offset + 12, 4);
            if (next == 0)
                break;
            offset += next;
            m_tooMuch = m_tooMuch || i > MostEntries;
        }
    }

    [[nodiscard]] bool isBroken() const { return m_numbers.wasCut() || m_bad || m_tooMuch; }

    // Addresses are those of the running program; the segments say where in the file that is.
    quint64 fileOffset(quint64 address)
    {
        for (const Segment &segment : std::as_const(m_segments)) {
            if (segment.type == LoadSegment && address >= segment.address && address - segment.address < segment.size)
                return address - segment.address + segment.offset;
        }
        m_bad = true;
        return 0;
    }

    QByteArray nameAt(quint64 offset)
    {
        if (m_bad || offset >= m_stringsSize) {
            m_bad = true;
            return {};
        }
        return stringAt(m_strings + offset, m_stringsSize - offset);
    }

    QByteArray stringAt(quint64 offset, quint64 room)
    {
        if (offset >= m_numbers.length() || room == 0) {
            m_bad = true;
            return {};
        }
        const quint64 most = std::min({room, m_numbers.length() - offset, LongestName});
        const QByteArrayView rest = m_numbers.bytes().sliced(static_cast<qsizetype>(offset), static_cast<qsizetype>(most));
        const qsizetype end = rest.indexOf('\0');
        if (end < 0) {
            m_bad = true;
            return {};
        }
        m_nameBytes += end;
        m_tooMuch = m_tooMuch || m_nameBytes > MostNameBytes;
        return m_tooMuch ? QByteArray() : rest.first(end).toByteArray();
    }

    Numbers m_numbers;
    ElfFile m_file;
    QList<Segment> m_segments;
    quint64 m_strings = 0;
    quint64 m_stringsSize = 0;
    qsizetype m_nameBytes = 0;
    bool m_bad = false;
    bool m_tooMuch = false;
};

struct Machine
{
    quint16 number;
    int bits;
    const char *names; ///< of `uname -m`
    const char *bigNames;
};
constexpr Machine machines[] = {
    {62, 64, "x86_64 amd64", ""},
    {62, 32, "x86_64 amd64", ""},
    {183, 64, "aarch64 arm64", "aarch64_be"},
    {3, 32, "i686 i586 i486 i386", ""},
    {40, 32, "armv7l armv6l armv8l armv5tel", "armv7b armv5teb"},
    {21, 64, "ppc64le", "ppc64"},
    {22, 64, "", "s390x"},
    {243, 64, "riscv64", ""},
    {243, 32, "riscv32", ""},
    {258, 64, "loongarch64", ""},
    {8, 64, "mips64", "mips64"},
    {8, 32, "mips", "mips"},
};

} // namespace

QStringList ElfSystem::unameNames() const
{
    for (const Machine &known : machines) {
        if (known.number == machine && known.bits == bits)
            return QString::fromLatin1(bigEndian ? known.bigNames : known.names).split(u' ', Qt::SkipEmptyParts);
    }
    return {};
}

QString ElfSystem::words() const
{
    const QString name = unameNames().value(0);
    return name.isEmpty() ? u"machine number %1, %2 bits"_s.arg(machine).arg(bits) : name;
}

QByteArrayList ElfFile::searchFolders() const
{
    QByteArrayList folders;
    for (const QByteArray &folder : (runpath.isEmpty() ? rpath : runpath).split(':')) {
        if (!folder.isEmpty())
            folders.append(folder);
    }
    return folders;
}

bool isElf(QByteArrayView bytes) { return bytes.startsWith("\177ELF"); }

Result<ElfFile> readElf(QByteArrayView bytes)
{
    if (!isElf(bytes) || bytes.size() < 52)
        return badElf(u"it is cut off"_s);
    const auto width = static_cast<uchar>(bytes[4]);
    const auto order = static_cast<uchar>(bytes[5]);
    if (width < 1 || width > 2 || order < 1 || order > 2)
        return badElf(u"its first bytes say neither 32 nor 64 bits"_s);
    ElfSystem system{width == 2 ? 64 : 32, order == 2, 0};
    system.machine = static_cast<quint16>(Numbers(bytes, system).at(18, 2));
    return Reader(bytes, system).read();
}

} // namespace handover::package
