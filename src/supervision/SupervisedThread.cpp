// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/SupervisedThread.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace simmer::supervision {

namespace {

constexpr qint64 Leaving = -1; // in the place of a beat: the worker is destroyed next

} // namespace

SupervisedThread::SupervisedThread(const Clock &clock, const QString &name, Factory make)
    : SupervisedThread(clock, name, std::move(make), Limits{})
{
}

SupervisedThread::SupervisedThread(const Clock &clock, const QString &name, Factory make,
                                   Limits limits, Supervisor::Escalate escalate)
    : m_name(name)
    , m_make(std::move(make))
    , m_clock(clock)
    , m_limits(limits)
    , m_supervisor(clock, limits.crashes, std::move(escalate))
    , m_patience(clock, limits.life)
    , m_beat(clock.makeAlarm(this))
{
    connect(&m_supervisor, &Supervisor::restarted, this, &SupervisedThread::restarted);
    connect(&m_supervisor, &Supervisor::wentSafe, this, &SupervisedThread::wentSafe);
    connect(&m_supervisor, &Supervisor::leftSafe, this, &SupervisedThread::leftSafe);
    connect(m_beat, &Alarm::rang, this, &SupervisedThread::look);
    if (!m_supervisor.add(m_name, [this](Mode mode) { begin(mode); }))
        Q_UNREACHABLE(); // the only child
    m_beat->set(m_limits.life.beatMs);
}

SupervisedThread::~SupervisedThread()
{
    m_supervisor.remove(m_name);
    end();
    for (const Abandoned &left : std::as_const(m_abandoned)) {
        if (!left.thread->isFinished())
            continue; // it is there yet, and so must be what it works on
        delete left.worker;
        delete left.ear;
        delete left.thread;
    }
}

void SupervisedThread::begin(Mode mode)
{
    end(); // by hand out of safe mode there is a worker
    std::unique_ptr<QObject> worker = m_make(mode);
    m_worker = worker.get();
    const qint64 generation = ++m_generation;
    m_fence = std::make_shared<Fence>([this, generation](const QString &why) {
        QMetaObject::invokeMethod(
            this, [this, generation, why] { crashed(generation, why); }, Qt::QueuedConnection);
    });
    m_thread = startThread(m_name, worker.release(), [fence = m_fence] { Fence::enclose(fence); });
    m_ear = std::make_unique<QObject>();
    m_ear->moveToThread(m_thread.get());
    m_answered = std::make_shared<std::atomic<qint64>>(0);
    m_asked = 0;
}

/// Lets the worker finish what was asked of it, as OwnedThread does, but not for ever. Behind one
/// that threw nothing is delivered, and the first event that is not ends its thread.
void SupervisedThread::end()
{
    if (!m_thread)
        return;
    m_fence->dismiss();
    QMetaObject::invokeMethod(
        m_ear.get(),
        [answered = m_answered] {
            answered->store(Leaving);
            QThread::currentThread()->quit();
        },
        Qt::QueuedConnection);
    if (!m_thread->wait(QDeadlineTimer(m_limits.life.hangMs))) {
        abandon();
        return;
    }
    delete m_thread.release();
    m_ear.reset();
}

/// The thread and its worker are left to themselves, for good: they cannot be ended, and their
/// destruction would need them to have ended. Nobody hears them, and they hear nobody.
void SupervisedThread::abandon()
{
    const bool hung = m_fence->abandon(); // first: from here on no event destroys the worker
    if (!hung || *m_answered == Leaving)
        m_worker = nullptr;
    if (m_worker)
        m_worker->disconnect();
    for (const QObject *source : std::as_const(m_sources))
        if (m_worker)
            QObject::disconnect(source, nullptr, m_worker, nullptr);
    m_thread->quit(); // should it ever come back
    m_abandoned += Abandoned{m_thread.release(), m_worker, m_ear.release()};
}

void SupervisedThread::crashed(qint64 generation, const QString &why)
{
    if (generation != m_generation || !m_thread)
        return;
    end();
    m_supervisor.crashed(m_name, why);
}

void SupervisedThread::look()
{
    const bool answered = m_thread && *m_answered == m_asked;
    const bool hangs = m_patience.isSpent(answered || !m_thread || m_fence->isDown());
    if (hangs) {
        abandon();
        Q_EMIT hung(m_name);
        m_supervisor.crashed(m_name, QStringLiteral("it gave no sign of life for %1 s")
                                         .arg(double(m_patience.silentMs()) / 1000));
    } else if (answered) {
        ask();
    }
    if (const auto due = m_supervisor.nextTend(); due && m_clock.bootMs() >= *due)
        m_supervisor.tend();
    m_beat->set(m_limits.life.beatMs);
}

void SupervisedThread::ask()
{
    const qint64 beat = ++m_asked;
    QMetaObject::invokeMethod(
        m_ear.get(), [answered = m_answered, beat] { answered->store(beat); },
        Qt::QueuedConnection);
}

bool SupervisedThread::isHaunted() const
{
    return std::any_of(m_abandoned.cbegin(), m_abandoned.cend(),
                       [](const Abandoned &left) { return !left.thread->isFinished(); });
}

} // namespace simmer::supervision
