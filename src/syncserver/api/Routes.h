// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/Router.h"

namespace simmer::syncserver {

/// All that version 1 of the API does; what is not here is neither done nor described.
QList<Route> routes();

} // namespace simmer::syncserver
