// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Endpoint.h"

#include <QStringList>

namespace simmer::syncserver {

/// Where other devices reach what listens at these places: "192.168.1.24:7464", "[fd00::1]:7464".
/// The likeliest first; empty only for no places. The machine's addresses are those of now.
QStringList addressesOf(const QList<ListenAt> &places);

} // namespace simmer::syncserver
