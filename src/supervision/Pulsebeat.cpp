// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/Pulsebeat.h"

#include <QtEndian>

namespace simmer::supervision {

namespace {

QUuid joined(quint64 high, quint64 low)
{
    QByteArray bytes(16, Qt::Uninitialized);
    qToBigEndian(high, bytes.data());
    qToBigEndian(low, bytes.data() + 8);
    return QUuid::fromRfc4122(bytes);
}

quint64 highOf(const QUuid &key)
{
    return quint64(key.data1) << 32 | quint64(key.data2) << 16 | key.data3;
}

} // namespace

/// As a sequence lock: whoever reads the same odd number before and after has read one task.
void Pulsebeat::begin(const QUuid &key)
{
    m_keyHigh.store(highOf(key), std::memory_order_release);
    m_keyLow.store(qFromBigEndian<quint64>(key.data4), std::memory_order_release);
    m_sinceMs.store(m_clock.awakeMs(), std::memory_order_release);
    m_task.fetch_add(1, std::memory_order_release);
}

void Pulsebeat::end()
{
    m_task.fetch_add(1, std::memory_order_acq_rel);
}

std::optional<Pulsebeat::Doing> Pulsebeat::now() const
{
    for (;;) {
        const quint64 before = m_task.load(std::memory_order_acquire);
        if (before % 2 == 0)
            return std::nullopt;
        const quint64 high = m_keyHigh.load(std::memory_order_acquire);
        const quint64 low = m_keyLow.load(std::memory_order_acquire);
        const qint64 since = m_sinceMs.load(std::memory_order_acquire);
        if (m_task.load(std::memory_order_acquire) == before)
            return Doing{joined(high, low), before, since};
    }
}

Watch::Watch(const Clock &clock, const Pulsebeat &beat, Patience::Limits limits, QObject *parent)
    : QObject(parent)
    , m_beat(beat)
    , m_beatMs(limits.beatMs)
    , m_patience(clock, limits)
    , m_alarm(clock.makeAlarm(this))
{
    connect(m_alarm, &Alarm::rang, this, &Watch::look);
    m_alarm->set(m_beatMs);
}

void Watch::look()
{
    const auto doing = m_beat.now();
    const bool same = doing && doing->task == m_seen;
    m_seen = doing ? doing->task : 0;
    if (m_patience.isSpent(!same))
        Q_EMIT hung(doing->key, doing->sinceMs);
    m_alarm->set(m_beatMs);
}

} // namespace simmer::supervision
