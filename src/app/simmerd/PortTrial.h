// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"
#include "base/Expected.h"

namespace simmer::app {

/// Whether somebody could listen there now. Errors: Refused, with the system's word.
Outcome tryPort(const ListenOn &address);

} // namespace simmer::app
