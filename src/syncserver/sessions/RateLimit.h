// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace simmer::syncserver {

/// A token bucket that lends: what was taken too much is waited for afterwards, so that nothing
/// that came in is ever thrown away. Times in ms of one clock.
class RateLimit
{
public:
    RateLimit(int perSecond, int burst, qint64 now);

    /// Takes `count` and says how long to wait before taking more, ms.
    qint64 take(qint64 count, qint64 now);

private:
    qint64 m_perSecond;
    qint64 m_burst;
    qint64 m_filledAt;
    qint64 m_thousandths; ///< what is left, × 1000; negative is a debt
};

} // namespace simmer::syncserver
