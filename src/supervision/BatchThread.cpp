// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/BatchThread.h"

#include <future>

namespace simmer::supervision {

/// Lives in the thread.
class BatchThread::Writer : public QObject
{
public:
    Writer(const Clock &clock, qint64 everyMs, Write write)
        : m_everyMs(everyMs)
        , m_write(std::move(write))
        , m_alarm(clock.makeAlarm(this))
    {
        connect(m_alarm, &Alarm::rang, this, &Writer::tryNow);
    }

    void announce()
    {
        if (!m_alarm->isSet())
            m_alarm->set(m_everyMs);
    }

    Outcome writeNow()
    {
        m_alarm->stop();
        Outcome outcome = m_write();
        if (!outcome)
            m_alarm->set(m_everyMs); // the rows were kept
        return outcome;
    }

    /// A failure has set the alarm.
    void tryNow() { static_cast<void>(writeNow()); }

private:
    const qint64 m_everyMs;
    const Write m_write;
    Alarm *m_alarm;
};

BatchThread::BatchThread(const Clock &clock, const QString &name, qint64 everyMs, Write write)
    : m_writer(new Writer(clock, everyMs, std::move(write)))
    , m_thread(startThread(name, m_writer))
{
}

BatchThread::~BatchThread() = default;

void BatchThread::announce()
{
    QMetaObject::invokeMethod(
        m_writer, [writer = m_writer] { writer->announce(); }, Qt::QueuedConnection);
}

void BatchThread::rouse()
{
    if (m_roused.exchange(true))
        return;
    QMetaObject::invokeMethod(
        m_writer,
        [this] {
            m_roused = false;
            m_writer->tryNow();
        },
        Qt::QueuedConnection);
}

Outcome BatchThread::flush()
{
    Q_ASSERT(QThread::currentThread() != m_thread.get());           // it would wait for itself
    const auto written = std::make_shared<std::promise<Outcome>>(); // outlives whichever is last
    QMetaObject::invokeMethod(
        m_writer, [this, written] { written->set_value(m_writer->writeNow()); },
        Qt::QueuedConnection);
    return written->get_future().get();
}

} // namespace simmer::supervision
