// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/WrittenPush.h"

#include "protocol/Limits.h"
#include "timers/CanonicalOp.h"

namespace simmer::protocol {

namespace {

constexpr QByteArrayView Head("{\"ops\":[");
constexpr QByteArrayView Tail("],\"type\":\"push\"}");

} // namespace

std::optional<WrittenPush> readWrittenPush(const QByteArray &message)
{
    const bool isFramed = message.size() <= limits::MessageBytes && message.startsWith(Head) &&
                          message.size() >= Head.size() + Tail.size() && message.endsWith(Tail);
    if (!isFramed)
        return std::nullopt;
    QByteArrayView left = QByteArrayView(message).sliced(Head.size()).chopped(Tail.size());
    WrittenPush push;
    while (push.ops.size() < limits::OpsPerPush) {
        const QByteArrayView before = left;
        std::optional<timers::Op> op = timers::takeCanonical(left);
        if (!op)
            return std::nullopt;
        push.ops += *std::move(op);
        push.bodies += before.chopped(left.size()).toByteArray();
        if (left.isEmpty())
            return push;
        if (left.front() != ',')
            return std::nullopt;
        left = left.sliced(1);
    }
    return std::nullopt;
}

} // namespace simmer::protocol
