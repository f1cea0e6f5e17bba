// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/Fence.h"

namespace simmer::supervision {

/// For main(): Guarded<QCoreApplication>. What a worker in a SupervisedThread throws ends its
/// thread, not the program. (Qt names notify() as the one place to catch: every event of every
/// thread comes through it, timers' and sockets' too, which a guard in the worker would miss.)
template<class Application>
class Guarded final : public Application
{
public:
    using Application::Application;

    bool notify(QObject *receiver, QEvent *event) override
    {
        return Fence::guarded(
            *event, [this, receiver, event] { return Application::notify(receiver, event); });
    }
};

} // namespace simmer::supervision
