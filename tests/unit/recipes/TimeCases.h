// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace simmer::tests {

/// What the finder reads in a text, written so that a person can check it:
/// "45 minutes = 45m; 1–2 h = 1h..2h".
QString shownTimes(const QString &text, const QString &language);

} // namespace simmer::tests
