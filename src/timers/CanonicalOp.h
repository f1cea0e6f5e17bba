// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QByteArrayView>

namespace simmer::timers {

/// Takes an op off the front of `bytes` when it stands there exactly as canonical() writes it, and
/// is one of the frequent kinds with plain names (ASCII without escapes). Nothing for any other
/// text: opFromJson() then says what it is. A tenth of that one's time; what both read is the same.
std::optional<Op> takeCanonical(QByteArrayView &bytes);

} // namespace simmer::timers
