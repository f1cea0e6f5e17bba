// SPDX-License-Identifier: GPL-3.0-or-later
#include "Screen.h"

#include "protocol/MessageCodec.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <charconv>

namespace simmer::load {

namespace {

using namespace std::string_view_literals;

// RFC 6455, section 1.3
const QByteArray AcceptGuid("258EAFA5-E914-47DA-95CA-C5AB0DC85B11");

// How the server's codec begins and ends what comes often: keys are sorted.
constexpr auto PageHead = "{\"entries\":["sv;
constexpr auto PageTail = "}],\"type\":\"page\"}"sv;
constexpr auto AckedHead = "{\"ops\":["sv;
constexpr auto AckedTail = "],\"type\":\"acked\"}"sv;
constexpr auto DevicesHead = "{\"devices\":["sv;
constexpr auto SeqKey = "\"seq\":"sv;

/// The seq of a page's last entry: the last thing in it.
long long lastSeq(std::string_view page)
{
    const std::string_view before = page.substr(0, page.size() - PageTail.size());
    const size_t digits = before.find_last_not_of("0123456789") + 1;
    long long seq = 0;
    std::from_chars(before.data() + digits, before.data() + before.size(), seq);
    return before.substr(0, digits).ends_with(SeqKey) ? seq : 0;
}

/// The link after a page's last entry, which is the first thing in it.
QByteArray lastChain(std::string_view page)
{
    constexpr auto Key = "{\"chain\":\""sv;
    constexpr size_t Digits = 64;
    const size_t at = page.rfind(Key);
    if (at == std::string_view::npos || at + Key.size() + Digits > page.size())
        throw Failure("a page without a chain");
    return QByteArray::fromHex(QByteArray(page.data() + at + Key.size(), Digits));
}

} // namespace

Screen::Screen(Loop &loop, const KnownDevice &device, timers::Cursor cursor)
    : Line(loop, "simmerd")
    , m_device(device)
    , m_writer(QRandomGenerator::global()->generate64())
    , m_cursor(std::move(cursor))
    , m_seq(m_cursor.seq)
{
}

void Screen::open(std::uint16_t port, int receiveBytes)
{
    connect(
        port, [this] { askToUpgrade(); }, receiveBytes);
}

void Screen::askToUpgrade()
{
    const QByteArray key = ids::random().toRfc4122().toBase64();
    m_expectedAccept = QCryptographicHash::hash(key + AcceptGuid, QCryptographicHash::Sha1)
                           .toBase64()
                           .toStdString();
    send("GET /sync HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
         key.toStdString() + "\r\n\r\n");
}

bool Screen::takeUpgrade(std::string_view &bytes)
{
    const size_t end = bytes.find("\r\n\r\n"sv);
    if (end == std::string_view::npos)
        return false;
    const std::string_view answer = bytes.substr(0, end + 2);
    if (!answer.starts_with("HTTP/1.1 101 "sv))
        fail("did not upgrade: " + std::string(answer.substr(0, answer.find('\r'))));
    if (answer.find("Sec-WebSocket-Accept: " + m_expectedAccept + "\r\n") == std::string_view::npos)
        fail("upgraded with a wrong Sec-WebSocket-Accept");
    bytes.remove_prefix(end + 4);
    m_upgraded = true;
    sayHello();
    return true;
}

void Screen::sayHello()
{
    const QByteArray hello = protocol::encode(
        protocol::Hello{protocol::ProtocolVersion, m_device.id, m_device.token, m_cursor, {}});
    push({hello.constData(), size_t(hello.size())});
}

void Screen::take(std::string_view &bytes)
{
    if (!m_upgraded && !takeUpgrade(bytes))
        return;
    while (const auto message = m_reader.next(bytes))
        hear(*message);
}

void Screen::hear(const Message &message)
{
    switch (message.opcode) {
    case Opcode::Text:
        hearText(message.payload);
        return;
    case Opcode::Ping:
        send(m_writer.frame(message.payload, Opcode::Pong));
        return;
    case Opcode::Pong:
        return;
    case Opcode::Close:
        lost("closed");
        return;
    case Opcode::More:
    case Opcode::Binary:
        break;
    }
    fail("sent a frame that is no text");
}

void Screen::hearText(std::string_view text)
{
    if (text.starts_with(PageHead) && text.ends_with(PageTail)) {
        m_seq = lastSeq(text);
        if (m_keepsCursor) {
            m_cursor.seq = m_seq;
            m_cursor.chain = lastChain(text);
        }
        onPage(text);
    } else if (text.starts_with(AckedHead) && text.ends_with(AckedTail)) {
        onAcked(text);
    } else if (!text.starts_with(DevicesHead)) {
        hearSeldom(text);
    }
}

/// Everything else, strictly read.
void Screen::hearSeldom(std::string_view text)
{
    const auto message =
        protocol::decodeFromServer(QByteArray(text.data(), qsizetype(text.size())));
    if (!message)
        fail("said what no device can read: " + std::string(text.substr(0, 200)));
    if (const auto *welcome = std::get_if<protocol::Welcome>(&*message)) {
        m_head = welcome->head;
        m_cursor.epoch = welcome->epoch;
        if (welcome->restart)
            m_seq = 0;
        m_welcome = true;
        onWelcome();
    } else if (std::holds_alternative<protocol::Bye>(*message)) {
        lost("said bye: " + std::string(text));
    } else if (!std::holds_alternative<protocol::Pong>(*message)) {
        fail("said what was not asked for: " + std::string(text.substr(0, 200)));
    }
}

void Screen::lost(const std::string &why)
{
    close();
    if (!onLost)
        fail(why);
    onLost(why);
}

} // namespace simmer::load
