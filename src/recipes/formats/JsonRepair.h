// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QJsonValue>
#include <QString>

namespace simmer::recipes::formats {

/// The JSON text that a page meant: comment and CDATA wrappers dropped, control characters and
/// stray quotes inside strings escaped, wrong escapes and trailing commas taken out, several values
/// in a row made one array. Linear in the text; good JSON comes back with the same meaning.
QString repairedJson(const QString &json);

/// The value of a JSON text, read as it stands, else repaired, else with its &quot; decoded.
/// Errors: BadSyntax (also for nesting deeper than Qt's 1024).
Expected<QJsonValue> parseJson(const QString &json);

} // namespace simmer::recipes::formats
