// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QByteArray>
#include <QString>

namespace simmer::recipes::formats {

/// Text that has to be UTF-8 (or bear a byte order mark of UTF-16). Errors: BadEncoding.
Expected<QString> decodeStrictly(const QByteArray &bytes);

/// The text of a web page: by its byte order mark, as UTF-8 where that fits, else by the charset
/// that it declares, else as windows-1252, which is what browsers take. Stray bytes become U+FFFD.
/// Errors: BadEncoding for what is no text at all (NUL bytes: pictures, programs).
Expected<QString> decodePage(const QByteArray &bytes);

} // namespace simmer::recipes::formats
