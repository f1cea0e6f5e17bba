// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QByteArray>
#include <QList>

namespace simmer::syncserver {

/// Why an op can never be taken, or nothing. `body` is its canonical form. It need not be the
/// pusher's own: after a restored backup the devices give back what others had done.
/// What passes can be read by every device from a page: one that could not be would keep all of
/// the kitchen from ever catching up.
/// With Read::AsWritten this was read from just these bytes, strictly, and need not be tried again.
enum class Read : quint8 { AsWritten, Otherwise };
std::optional<QString> refusal(const timers::Op &op, const QByteArray &body,
                               Read read = Read::Otherwise);

/// Whether a push is just these ops in their canonical form: then what was read of it is what
/// others will read of a page.
bool isCanonical(const QByteArray &push, const QList<QByteArray> &bodies);

} // namespace simmer::syncserver
