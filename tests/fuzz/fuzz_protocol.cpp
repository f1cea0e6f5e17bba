// SPDX-License-Identifier: GPL-3.0-or-later
// The decoders of the link for libFuzzer (./dev check fuzz) and for the mutations that ctest runs.
#include "protocol/MessageCodec.h"
#include "protocol/WrittenPush.h"
#include "timers/CanonicalOp.h"
#include "timers/OpCodec.h"

#include <QJsonDocument>

#include <cstddef>
#include <cstdint>

using namespace simmer;

namespace {

/// What was accepted means the same when it is written and read again.
template<class Message, class Decode>
bool accepts(const QByteArray &text, Decode decode)
{
    const Expected<Message> read = decode(text);
    if (!read)
        return false;
    const Expected<Message> again = decode(protocol::encode(*read));
    if (!again || !(*again == *read))
        qFatal("does not survive: %s", text.constData());
    return true;
}

bool acceptsOp(const QByteArray &text)
{
    const Expected<timers::Op> read = timers::opFromBytes(text);
    if (!read)
        return false;
    const QByteArray canonical = timers::canonical(*read);
    const Expected<timers::Op> again = timers::opFromBytes(canonical);
    if (!again || timers::canonical(*again) != canonical)
        qFatal("not canonical: %s", text.constData());
    return true;
}

/// The short way reads nothing that the long way would not, and nothing else.
void shortWayAgrees(const QByteArray &text)
{
    if (const auto push = protocol::readWrittenPush(text)) {
        const Expected<protocol::FromDevice> read = protocol::decodeFromDevice(text);
        if (!read || !(*read == protocol::FromDevice(protocol::Push{push->ops})))
            qFatal("the short way reads another push: %s", text.constData());
        for (qsizetype i = 0; i < push->ops.size(); ++i)
            if (timers::canonical(push->ops[i]) != push->bodies[i])
                qFatal("the short way cuts in other places: %s", text.constData());
    }
    QByteArrayView left(text);
    const auto op = timers::takeCanonical(left);
    if (!op)
        return;
    const QByteArray body = text.chopped(left.size());
    const auto read = timers::opFromJson(QJsonDocument::fromJson(body).object());
    if (!read || !(*read == *op) || timers::canonical(*read) != body)
        qFatal("the short way reads another op: %s", text.constData());
}

} // namespace

/// 0 when some decoder took the bytes, −1 when none did (libFuzzer then forgets them).
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    shortWayAgrees(text);
    const int takers = int(accepts<protocol::FromDevice>(text, protocol::decodeFromDevice)) +
                       int(accepts<protocol::FromServer>(text, protocol::decodeFromServer)) +
                       int(acceptsOp(text)); // each is asked
    return takers > 0 ? 0 : -1;
}
