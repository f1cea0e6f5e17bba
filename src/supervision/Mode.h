// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace simmer::supervision {

/// How a worker is started: in safe mode it does only what nobody can do without.
enum class Mode : unsigned char { Normal, Safe };

} // namespace simmer::supervision
