// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

namespace simmer::bench {

/// A program that knows how long each event of its GUI thread took to handle: by the wall, which is
/// what somebody waits, and in that thread's own time, which is what it did. What happens within an
/// event's handling counts as that event. Guarded, as the real program is.
class Watched : public QApplication
{
public:
    /// One event's handling, ms.
    struct Turn {
        double wallMs = 0;
        double ownMs = 0;
    };

    /// SIMMER_SLOW_MS=N: what takes longer is told; infinity without.
    static double slowMs();

    Watched(int &argc, char **argv);

    bool notify(QObject *receiver, QEvent *event) override;
    /// The longest since the last call, each by its own measure.
    Turn takeLongest();

private:
    double m_slowMs;
    int m_depth = 0;
    Turn m_longest;
};

} // namespace simmer::bench
