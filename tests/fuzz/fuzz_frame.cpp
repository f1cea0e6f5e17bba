// SPDX-License-Identifier: GPL-3.0-or-later
// What comes after the upgrade to a WebSocket: frames, or something like them.
#include "FedVisit.h"
#include "protocol/Limits.h"

#include <QStringDecoder>

using namespace simmer;
using namespace simmer::syncserver;

namespace {

const QByteArray Upgrade =
    "GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// Does what the first character of a message says, and checks that it is one.
class Tester final : public Talker
{
public:
    explicit Tester(Socket &socket)
        : m_socket(socket)
    {
        m_socket.readNext(0);
    }
    void received(const QByteArray &message, bool isText) override
    {
        QStringDecoder decoder(QStringDecoder::Utf8);
        [[maybe_unused]] const QString text = decoder(message);
        if (message.size() > protocol::limits::MessageBytes || (isText && decoder.hasError()))
            qFatal("a message that should not have come");
        const auto back = std::make_shared<const QByteArray>(message);
        if (message.startsWith('f'))
            m_socket.finish(back);
        else if (message.startsWith('c'))
            m_socket.cutOff(back);
        else if (message.startsWith('t'))
            m_socket.trust();
        else
            m_socket.send(back);
        m_socket.readNext(0);
    }
    void tookOne(qsizetype) override {}
    void stalled() override {}
    void silent() override {}

private:
    Socket &m_socket;
};

/// Whole frames of a server (RFC 6455, section 5): final or continued, never masked.
void checkFrames(const QByteArray &heard)
{
    const auto byte = [&heard](qsizetype at) { return quint8(heard.at(at)); };
    for (qsizetype at = 0; at < heard.size();) {
        if (at + 2 > heard.size() || (byte(at) & 0x70) != 0 || (byte(at + 1) & 0x80) != 0)
            qFatal("no frame of a server");
        const int kind = byte(at) & 0x0f;
        if (kind > 10 || (kind > 2 && kind < 8))
            qFatal("no kind of frame: %d", kind);
        quint64 length = byte(at + 1);
        const int more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (more > 0)
            length = 0;
        for (int i = 0; i < more && at + 2 + i < heard.size(); ++i)
            length = length << 8 | byte(at + 2 + i);
        at += 2 + more + qsizetype(length);
        if (at > heard.size())
            qFatal("half a frame");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    fuzz::FedVisit visit(nullptr, [](Socket &socket) { return std::make_unique<Tester>(socket); });
    visit.say(Upgrade);
    fuzz::inPieces(input, [&](const QByteArray &piece) { return visit.say(piece); });
    const QByteArray heard = visit.hangUp();
    if (!heard.startsWith("HTTP/1.1 101 "))
        qFatal("no WebSocket: %s", heard.constData());
    checkFrames(heard.mid(heard.indexOf("\r\n\r\n") + 4));
    return 0;
}
