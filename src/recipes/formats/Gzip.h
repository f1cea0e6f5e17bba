// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QByteArray>

namespace simmer::recipes::formats {

/// Whether the bytes begin like a gzip member (RFC 1952, section 2.3.1).
bool isGzip(const QByteArray &bytes);

/// The unpacked bytes. Errors: TooLarge as soon as more than `limit` bytes come out (a bomb never
/// takes more memory than that), BadSyntax when the stream is damaged or ends early.
Expected<QByteArray> gunzip(const QByteArray &packed, qint64 limit);

} // namespace simmer::recipes::formats
