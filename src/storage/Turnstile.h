// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace simmer::storage {

/// Who uses a file goes through it, in its thread, transactions as a whole: so whoever watches that
/// thread can tell the wait for a disk from a fault, and can keep one out that was replaced.
class Turnstile
{
public:
    Turnstile() = default;
    virtual ~Turnstile() = default;
    Q_DISABLE_COPY_MOVE(Turnstile)

    /// False: the file is not this thread's any more, and leave() is not called. May be entered
    /// again before it was left.
    [[nodiscard]] virtual bool enter() = 0;
    virtual void leave() = 0;
};

} // namespace simmer::storage
