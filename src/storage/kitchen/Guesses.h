// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

namespace simmer::storage {

/// From where wrong codes came of late. In memory, so that a guess costs the disk nothing. Times
/// are wall clock, ms. Belongs to one thread.
class Guesses
{
public:
    /// So many wrong codes a network; forgotten so long after its last one.
    Guesses(int tries, qint64 memoryMs);

    /// An empty network stands for many, whose tries are not counted.
    bool mayTry(const QByteArray &network, qint64 now) const;
    void addWrong(const QByteArray &network, qint64 now);
    qsizetype networks() const { return m_counts.size(); }

    /// About 8 MiB. Who guesses from more than these is forgotten: 80 bits do not mind.
    static constexpr qsizetype MostNetworks = 65'536;

private:
    struct Count {
        int wrong = 0;
        qint64 last = 0;
    };

    bool isOver(const Count &count, qint64 now) const;

    int m_tries;
    qint64 m_memoryMs;
    QHash<QByteArray, Count> m_counts;
};

} // namespace simmer::storage
