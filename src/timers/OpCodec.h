// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "timers/Op.h"

namespace simmer::timers {

/// The op as stored, sent and hashed.
QJsonObject toJson(const Op &op);

/// The one byte form of an op (keys sorted, no spaces): what the chain is made of.
QByteArray canonical(const Op &op);

/// The reverse, strict. Errors: BadSyntax. A length out of range is left to the fold to ignore.
Expected<Op> opFromJson(const QJsonObject &json);

/// From canonical bytes.
Expected<Op> opFromBytes(const QByteArray &bytes);

/// The next link of a log's chain: SHA-256(previous ‖ op ‖ kt as 8 bytes, big-endian).
QByteArray nextLink(const QByteArray &previous, const QByteArray &canonicalOp, qint64 kt);

} // namespace simmer::timers
