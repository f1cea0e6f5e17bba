// SPDX-License-Identifier: GPL-3.0-or-later
// The decoders of the link for libFuzzer (./dev check fuzz) and for the mutations that ctest runs.
#include "protocol/MessageCodec.h"
#include "timers/OpCodec.h"

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

} // namespace

/// 0 when some decoder took the bytes, −1 when none did (libFuzzer then forgets them).
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const bool taken = accepts<protocol::FromDevice>(text, protocol::decodeFromDevice) |
                       accepts<protocol::FromServer>(text, protocol::decodeFromServer) |
                       acceptsOp(text);
    return taken ? 0 : -1;
}
