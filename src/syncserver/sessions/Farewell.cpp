// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/Farewell.h"

#include "protocol/MessageCodec.h"

namespace simmer::syncserver {

using protocol::ByeReason;

namespace {

constexpr qsizetype WhyLength = 200; // as the codec takes it

} // namespace

Text farewell(ByeReason reason, const QString &why)
{
    return std::make_shared<const QByteArray>(
        protocol::encode(protocol::Bye{reason, why.left(WhyLength)}));
}

ByeReason reasonFor(const Error &error, ByeReason refused)
{
    if (error.code == ErrorCode::Refused)
        return refused;
    return error.code == ErrorCode::TooLarge ? ByeReason::TooMany : ByeReason::Closing;
}

} // namespace simmer::syncserver
