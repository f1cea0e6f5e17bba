// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/Stranger.h"

#include "base/OneTimeCode.h"
#include "protocol/MessageCodec.h"
#include "syncserver/kitchen/Farewell.h"

namespace simmer::syncserver {

using protocol::ByeReason;

namespace {

/// A name for terminals and screens: nothing in it that could steer them.
QString shownName(const QString &name)
{
    QString shown;
    for (const char32_t c : name.simplified().toUcs4())
        if (QChar::isPrint(c))
            shown += QChar::fromUcs4(c);
    return shown.isEmpty() ? QStringLiteral("Device") : shown;
}

} // namespace

Stranger::Stranger(Reception &reception, Socket &socket)
    : m_reception(reception)
    , m_socket(socket)
{
    m_socket.readNext(0);
}

void Stranger::received(const QByteArray &message, bool isText, qint64 at)
{
    if (m_over)
        return;
    const Expected<protocol::FromDevice> decoded =
        isText ? protocol::decodeFromDevice(message)
               : Error{ErrorCode::BadSyntax, QStringLiteral("a binary message"), {}};
    if (!decoded)
        bye(ByeReason::BadMessage, decoded.error().context);
    else if (const auto *pair = std::get_if<protocol::Pair>(&*decoded))
        take(*pair, at);
    else if (const auto *hello = std::get_if<protocol::Hello>(&*decoded))
        take(*hello, at);
    else
        bye(ByeReason::BadMessage, QStringLiteral("not the time for this message"));
}

bool Stranger::accepts(int version, const DeviceId &device)
{
    if (!protocol::speaks(version))
        bye(ByeReason::BadVersion,
            QStringLiteral("this server speaks version %1").arg(protocol::ProtocolVersion));
    else if (device.isNull())
        bye(ByeReason::BadMessage, QStringLiteral("the device has no id"));
    return !m_over;
}

/// A stranger still: it says hello next, here or on a new connection.
void Stranger::take(const protocol::Pair &pair, qint64)
{
    if (!accepts(pair.version, pair.device))
        return;
    const QByteArray hash = hashOfCode(pair.code);
    const auto knows = [&hash](const QByteArray &open) { return open == hash; };
    storage::Member device{pair.device, shownName(pair.name)};
    const Expected<storage::Admission> admission =
        m_reception.admissions().redeem(knows, device, m_reception.wallMs());
    const Expected<QString> kitchen =
        admission ? m_reception.nameOf(admission->kitchen) : admission.error();
    if (!kitchen) {
        refuse(kitchen.error(), ByeReason::BadCode);
        return;
    }
    device.role = admission->role;
    say(protocol::Paired{admission->kitchen, *kitchen, admission->token});
    m_reception.joined(admission->kitchen, device);
    m_socket.readNext(0);
}

void Stranger::take(const protocol::Hello &hello, qint64 at)
{
    if (!accepts(hello.version, hello.device))
        return;
    const Expected<storage::Admission> admission =
        m_reception.admissions().check(hello.device, {{}, hello.token});
    if (!admission) {
        refuse(admission.error(), ByeReason::UnknownDevice);
        return;
    }
    Expected<std::unique_ptr<Guest>> session = m_reception.seat(m_socket, *admission, hello, at);
    if (!session) {
        refuse(session.error(), ByeReason::Closing);
        return;
    }
    m_over = true;
    m_successor = *std::move(session);
}

void Stranger::stalled()
{
    bye(ByeReason::TooSlow, QStringLiteral("nothing was taken for too long"));
}

void Stranger::silent()
{
    bye(ByeReason::TooSlow, QStringLiteral("no hello in time"));
}

void Stranger::say(const protocol::FromServer &message)
{
    m_socket.send(std::make_shared<const QByteArray>(protocol::encode(message)));
}

void Stranger::refuse(const Error &error, ByeReason refused)
{
    bye(reasonFor(error, refused), error.context);
}

void Stranger::bye(ByeReason reason, const QString &why)
{
    if (!std::exchange(m_over, true))
        m_socket.finish(farewell(reason, why));
}

} // namespace simmer::syncserver
