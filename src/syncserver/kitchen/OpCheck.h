// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QByteArray>

namespace simmer::syncserver {

/// Why an op can never be taken, or nothing. `body` is its canonical form. It need not be the
/// pusher's own: after a restored backup the devices give back what others had done.
/// What passes can be read by every device from a page: one that could not be would keep all of
/// the kitchen from ever catching up.
std::optional<QString> refusal(const timers::Op &op, const QByteArray &body);

} // namespace simmer::syncserver
