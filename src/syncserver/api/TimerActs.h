// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/Router.h"

/// What the API does with timers. Each answers its visit once, some when the op is durable.
namespace simmer::syncserver::api {

void listTimers(const Visit &visit);
void startTimer(const Visit &visit);
void pauseTimer(const Visit &visit);
void resumeTimer(const Visit &visit);
void addToTimer(const Visit &visit);
void answerRing(const Visit &visit);
void cancelTimer(const Visit &visit);
/// Opens a stream of events.
void watch(const Visit &visit);

} // namespace simmer::syncserver::api
