// SPDX-License-Identifier: GPL-3.0-or-later
// An SFTP server, version 3 (draft-ietf-secsh-filexfer-02), that misbehaves. Its argument is a file with the name of the
// way in which: a connection reads it when it begins. Names that begin with 'd' are directories, with 'l' links.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

using std::string;

enum Type : std::uint8_t {
    Init = 1, Version = 2, Open = 3, Close = 4, Read = 5, LStat = 7, FStat = 8, OpenDir = 11, ReadDir = 12, RealPath = 16,
    Stat = 17, ReadLink = 19, Status = 101, Handle = 102, Data = 103, Name = 104, Attrs = 105, Extended = 200,
    ExtendedReply = 201
};
enum Code : std::uint32_t { Ok = 0, Eof = 1, Failure = 4 };
enum Mode : std::uint32_t { File = 0100644, Directory = 040755, Link = 0120777 };

constexpr std::uint32_t LargestRequest = 1 << 20;
constexpr std::size_t Million = 1'000'000;

string mode;
bool is(std::string_view name) { return mode == name; }

string number(std::uint64_t value, int bytes)
{
    string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        text += static_cast<char>(value >> shift & 0xff);
    return text;
}
string u32(std::uint64_t value) { return number(value, 4); }
string u64(std::uint64_t value) { return number(value, 8); }
string text(const string &bytes) { return u32(bytes.size()) + bytes; }

bool readAll(char *to, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = ::read(STDIN_FILENO, to, size);
        if (got <= 0)
            return false;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

void write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t put = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (put <= 0)
            ::_exit(0); // nobody listens any more
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
}

// Reads a request's fields; what isn't there is empty.
class Fields
{
public:
    explicit Fields(std::string_view bytes) : m_rest(bytes) {}
    std::uint32_t integer()
    {
        std::uint32_t value = 0;
        for (int i = 0; i < 4 && !m_rest.empty(); ++i) {
            value = value << 8 | static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
        }
        return value;
    }
    string bytes()
    {
        const std::uint32_t size = integer();
        const string value(m_rest.substr(0, size));
        m_rest.remove_prefix(value.size());
        return value;
    }

private:
    std::string_view m_rest;
};

Mode kindOf(const string &path)
{
    const string name = path.substr(path.rfind('/') + 1);
    return name.starts_with('d') ? Directory : name.starts_with('l') ? Link : File;
}

std::uint64_t sizeOf()
{
    if (is("no data"))
        return Million;
    if (is("size beyond signed"))
        return std::uint64_t{1} << 63;
    if (is("largest size"))
        return ~std::uint64_t{0};
    return 10;
}

string attributes(Mode kind)
{
    constexpr std::uint32_t sizePermissionsAndTimes = 1 | 4 | 8;
    constexpr std::uint32_t extended = 0x80000000U;
    const string facts = u64(sizeOf()) + u32(kind) + u32(1) + u32(1);
    if (is("endless attributes"))
        return u32(sizePermissionsAndTimes | extended) + facts + u32(0xffffffff);
    return u32(sizePermissionsAndTimes) + facts;
}

string entry(const string &name)
{
    const string longName = is("no long names") ? "x" : "-rw-r--r--    1 \x1b[2Jowner group 10 Jan 01 00:00 " + name;
    return text(name) + text(longName) + attributes(kindOf(name));
}

std::optional<string> hostileName()
{
    static const std::map<string, string> names{
        {"name up", "../x"}, {"name absolute", "/tmp/x"}, {"name up alone", "d/../../x"}, {"name empty", ""},
        {"name of NUL", string("\0", 1)}, {"name with NUL", string("a\0/../b", 7)}, {"name long", string(70'000, 'n')},
        {"name with escapes", "\x1b[2J\x1b]0;pwned\x07" "d"}, {"directory with escapes", "d\x1b[2J\n"},
        {"name turned around", "a\xe2\x80\xae" "gpj.exe"}, {"name not UTF-8", "\xff\xfe"}};
    const auto found = names.find(mode);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

string listing(std::size_t round)
{
    string names;
    std::uint32_t count = 0;
    const auto add = [&](const string &name) {
        names += entry(name);
        ++count;
    };
    if (is("endless listing")) {
        for (int i = 0; i < 100; ++i)
            add("f" + std::to_string(round) + '-' + std::to_string(i));
    } else if (is("endless dots")) {
        for (int i = 0; i < 100; ++i)
            add(i % 2 == 0 ? "." : "..");
    } else if (is("endless tree") || is("endless wide tree")) {
        for (int i = 0; i < (is("endless tree") ? 2 : 1000); ++i)
            add("d" + std::to_string(i));
    } else if (is("links in a circle") || is("links out") || is("long links")) {
        for (int i = 0; i < 100; ++i)
            add("l" + std::to_string(i));
    } else if (const auto name = hostileName()) {
        add(*name);
    } else if (!is("no names")) {
        add("f");
    }
    return u32(is("too few names") ? 0xffffffff : count) + names;
}

string status(Code code)
{
    if (is("bare status"))
        return u32(code);
    if (is("escapes in status") && code != Eof)
        return u32(Failure) + text("\x1b[2J\x1b]0;pwned\x07\xff") + text("en");
    return u32(code) + text("so it is") + text("en");
}

struct Reply
{
    Type type;
    string body;
};

Reply failing(Code code) { return {Status, status(code)}; }

class Server
{
public:
    Reply answer(Type type, Fields request)
    {
        switch (type) {
        case OpenDir:
        case Open: return opened(type, request.bytes());
        case ReadDir: return listed(request.bytes());
        case Read: return read(request);
        case FStat: return {Attrs, attributes(File)};
        case LStat: return {Attrs, attributes(kindOf(request.bytes()))};
        case Stat: return followed(request.bytes());
        case RealPath: return {Name, u32(1) + entry(is("name up") ? "../x" : "/")};
        case ReadLink: return {Name, u32(1) + entry(target(request.bytes()))};
        case Extended: return extended(request.bytes());
        default: return failing(is("bare status") || is("escapes in status") ? Failure : Ok);
        }
    }

private:
    Reply opened(Type type, const string &)
    {
        if (is("bare status") || is("escapes in status"))
            return failing(Failure);
        string handle = (type == OpenDir ? "d" : "f") + std::to_string(++m_handles);
        if (is("long handle"))
            handle += string(300, 'h');
        return {Handle, text(handle)};
    }
    Reply listed(const string &handle)
    {
        const std::size_t round = m_rounds[handle]++;
        const bool isEndless = is("endless listing") || is("endless dots");
        return round > 0 && !isEndless ? failing(Eof) : Reply{Name, listing(round)};
    }
    Reply read(Fields request)
    {
        const string handle = request.bytes();
        request.integer();
        const std::uint32_t offset = request.integer();
        const std::uint32_t size = request.integer();
        if (is("endless data"))
            return {Data, text(string(size, 'x'))};
        if (is("more data than asked for"))
            return {Data, text(string(std::size_t{size} + 1000, 'x'))};
        if (is("empty data"))
            return {Data, text({})};
        if (is("no data") || offset >= 10)
            return failing(Eof);
        return {Data, text(string(std::min<std::size_t>(size, 10 - offset), 'x'))};
    }
    static Reply followed(const string &path)
    {
        const Mode kind = kindOf(path);
        if (kind == Link && is("links in a circle"))
            return failing(Failure);
        return {Attrs, attributes(kind == Link ? Directory : kind)};
    }
    static string target(const string &path)
    {
        if (is("long links"))
            return string(Million, 'l');
        return is("links in a circle") ? path : "../../../../etc/\x1b[2Jpasswd";
    }
    static Reply extended(const string &name)
    {
        if (!name.starts_with("statvfs"))
            return failing(Ok);
        const std::uint64_t most = is("disk beyond numbers") ? ~std::uint64_t{0} : 4096;
        string numbers;
        for (int i = 0; i < 11; ++i)
            numbers += u64(most);
        return {ExtendedReply, numbers};
    }

    std::size_t m_handles = 0;
    std::map<string, std::size_t> m_rounds;
};

void silence()
{
    char byte = 0;
    while (readAll(&byte, 1)) {
    }
    ::_exit(0);
}

void send(const Reply &reply, std::uint32_t id)
{
    const bool isWrong = is("wrong ids") || is("endless wrong ids");
    const string packet = string(1, static_cast<char>(is("unknown type") ? 250 : is("wrong type") ? Version : reply.type)) +
                          u32(isWrong ? id + 7 : id) + reply.body;
    if (is("silence")) {
        silence();
    } else if (is("end")) {
        ::_exit(1);
    } else if (is("packet of 2 GB")) {
        write(u32(0x80000000U) + packet);
    } else if (is("packet without bytes")) {
        write(u32(0));
    } else if (is("packet of 200 MB")) {
        write(u32(200 * Million) + packet);
        for (std::size_t i = 0; i < 200; ++i)
            write(string(Million, 'x'));
    } else if (is("cut packet")) {
        write(u32(packet.size() + 100) + packet);
        silence();
    } else if (is("drop by drop")) {
        write(u32(Million));
        for (std::size_t i = 0; i < Million; ++i) {
            write("x");
            ::usleep(100'000);
        }
    } else if (is("short body")) {
        write(u32(5) + packet.substr(0, 5));
    } else {
        do
            write(u32(packet.size()) + packet);
        while (is("endless wrong ids"));
    }
}

void greet()
{
    string extensions = text("statvfs@openssh.com") + text("2") + text("hardlink@openssh.com") + text("1");
    for (int i = 0; is("many extensions") && i < 10'000; ++i)
        extensions += text("x" + std::to_string(i)) + text("1");
    const string packet = string(1, static_cast<char>(Version)) +
                          u32(is("version 99") ? 99 : is("version 0") ? 0 : 3) + extensions;
    write(u32(packet.size()) + packet);
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2)
        return 2;
    std::ifstream file(arguments[1]);
    std::getline(file, mode);
    Server server;
    for (;;) {
        char head[4];
        if (!readAll(head, sizeof head))
            return 0;
        const std::uint32_t size = Fields({head, sizeof head}).integer();
        if (size == 0 || size > LargestRequest)
            return 3;
        string packet(size, '\0');
        if (!readAll(packet.data(), size))
            return 0;
        const auto type = static_cast<Type>(packet.front());
        if (type == Init) {
            greet();
            continue;
        }
        const std::string_view body = std::string_view(packet).substr(1);
        send(server.answer(type, Fields(body.substr(std::min<std::size_t>(4, body.size())))), Fields(body).integer());
    }
}
