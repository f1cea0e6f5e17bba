// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace simmer::recipes::formats {

/// Elements that may be open at once. Browsers stop at 512 (Blink, WebKit); pages stay below 100.
inline constexpr int MaxHtmlDepth = 1000;

/// Whether the page opens more than MaxHtmlDepth elements inside each other. A guess by its tags in
/// linear time, so that a hopelessly nested page is refused before the parser spends seconds on it.
bool isTooDeep(const QByteArray &html);

} // namespace simmer::recipes::formats
