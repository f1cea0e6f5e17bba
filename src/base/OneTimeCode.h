// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace simmer {

/// SHA-256 of a one-time code as it was meant: spaces, dashes and case do not count, look-alikes
/// are forgiven. All that is ever kept of a code.
QByteArray hashOfCode(const QString &code);

} // namespace simmer
