// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QByteArray>
#include <QList>

namespace simmer::protocol {

/// A push whose ops stand in it in their canonical form: each with these bytes.
struct WrittenPush {
    QList<timers::Op> ops;
    QList<QByteArray> bodies;
};

/// Reads a push that is written just as encode() writes it, with ops of the frequent kinds
/// (timers/CanonicalOp.h): what devices say nearly always, without a tree in between. Nothing for
/// any other text: decodeFromDevice() says what it is.
std::optional<WrittenPush> readWrittenPush(const QByteArray &message);

} // namespace simmer::protocol
