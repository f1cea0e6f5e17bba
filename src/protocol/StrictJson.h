// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QByteArray>
#include <QJsonObject>

namespace simmer::protocol {

/// A JSON object from untrusted bytes. Before the parser sees them, one pass refuses what it
/// would let through: invalid UTF-8, too deep nesting, and keys that come twice in one object
/// (two readers may each believe another one). Errors: TooLarge, BadEncoding, BadSyntax.
Expected<QJsonObject> strictObject(const QByteArray &bytes, qsizetype mostBytes, int deepest);

} // namespace simmer::protocol
