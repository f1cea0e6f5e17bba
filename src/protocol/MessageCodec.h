// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "protocol/Messages.h"

namespace simmer::protocol {

QByteArray encode(const FromDevice &message);
QByteArray encode(const FromServer &message);

/// One entry in its sent form, to measure and to assemble pages from.
QByteArray encode(const Entry &entry);

/// Strict: size, depth, duplicate keys, types, ranges, then meaning. Errors: TooLarge, BadSyntax,
/// BadEncoding.
Expected<FromDevice> decodeFromDevice(const QByteArray &bytes);
Expected<FromServer> decodeFromServer(const QByteArray &bytes);

} // namespace simmer::protocol
