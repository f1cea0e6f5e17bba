// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/LiveTimers.h"

#include <QEvent>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int EarlierAtOnce = 100; // some screens of the history

/// The timer with what was left of it.
timerserver::Press restOf(const timers::Timer &timer)
{
    const qint64 toCheck = timer.leftMs - timer.checkLeadMs;
    return {timer.name, toCheck > 0 ? toCheck : timer.leftMs, timer.leftMs, timer.place,
            timer.cues};
}

} // namespace

LiveTimers::LiveTimers(timerserver::TimerServer &server, QObject *parent)
    : QObject(parent)
    , m_server(server)
{
    using timerserver::TimerServer;
    connect(&server, &TimerServer::loaded, this, &LiveTimers::loaded);
    connect(&server, &TimerServer::ticked, this, &LiveTimers::ticked);
    connect(this, &LiveTimers::ticked, this, &LiveTimers::count);
    connect(&server, &TimerServer::timerChanged, this, &LiveTimers::timerChanged);
    connect(&server, &TimerServer::timerGone, this, [this](const TimerId &timer) {
        m_rang.remove(timer);
        m_late.remove(timer);
        Q_EMIT changed(timer);
    });
    connect(&server, &TimerServer::timerRang, this, &LiveTimers::timerRang);
    connect(&server, &TimerServer::timerChecked, this, &LiveTimers::checked);
    connect(&server, &TimerServer::timerTouched, this,
            [this](const TimerId &timer, const QString &cook, const DeviceId &device) {
                m_hands.insert(timer, {cook, device});
            });
    connect(&server, &TimerServer::timerCued, this, &LiveTimers::cued);
    connect(&server, &TimerServer::earlierRead, this, &LiveTimers::takeEarlier);
    connect(&server, &TimerServer::pressKept, this, &LiveTimers::answered);
    connect(&server, &TimerServer::pressFailed, this, [this](const OpId &op, const Error &error) {
        const bool ours = m_underWay.contains(op);
        answered(op);
        if (ours)
            Q_EMIT failed(error);
    });
}

void LiveTimers::countFor(QWidget &window)
{
    m_windows += &window;
    window.installEventFilter(this);
}

bool LiveTimers::isSeen() const
{
    return m_windows.isEmpty() ||
           std::any_of(m_windows.cbegin(), m_windows.cend(), [](const QPointer<QWidget> &window) {
               return window && window->isVisible() && !window->isMinimized();
           });
}

void LiveTimers::count(qint64 nowMs)
{
    m_missed = !isSeen();
    if (!m_missed)
        Q_EMIT counted(nowMs);
}

bool LiveTimers::eventFilter(QObject *watched, QEvent *event)
{
    const bool appears =
        event->type() == QEvent::Show || event->type() == QEvent::WindowStateChange;
    if (appears && m_missed && isSeen())
        count(now());
    return QObject::eventFilter(watched, event);
}

qint64 LiveTimers::momentOf(const timers::Timer &timer) const
{
    const qint64 shown = std::max(now(), timer.changedAt);
    return m_rang.value(timer.id) == timer.ringKey ? std::max(shown, timer.endAt) : shown;
}

TimerFace LiveTimers::faceOf(const timers::Timer &timer) const
{
    return ui::faceOf(timer, momentOf(timer), isLate(timer.id));
}

bool LiveTimers::isPending(const TimerId &timer) const
{
    return std::find(m_underWay.cbegin(), m_underWay.cend(), timer) != m_underWay.cend();
}

std::optional<timers::Timer> LiveTimers::find(const TimerId &timer) const
{
    const auto found = m_server.timers().constFind(timer);
    return found == m_server.timers().cend() ? std::nullopt : std::optional(*found);
}

void LiveTimers::readEarlier()
{
    if (m_earlier)
        return;
    m_earlier.emplace();
    m_hasMore = true;
    readMoreEarlier();
}

void LiveTimers::readMoreEarlier()
{
    if (!hasMoreEarlier())
        return;
    m_reads = true;
    m_server.readEarlier(EarlierAtOnce);
}

void LiveTimers::takeEarlier(const QList<timerserver::EndedTimer> &timers, bool more)
{
    m_reads = false;
    m_hasMore = more;
    if (timers.isEmpty() && more)
        return readMoreEarlier();
    for (const timerserver::EndedTimer &ended : timers) {
        m_earlier->insert(ended.timer.id, ended.timer);
        m_hands.insert(ended.timer.id, {ended.cook, ended.device});
    }
    Q_EMIT earlierCame();
}

QList<timers::Timer> LiveTimers::ended() const
{
    QList<timers::Timer> list;
    for (const timers::Timer &timer : m_server.timers())
        if (!isOnPass(timer))
            list += timer;
    for (const timers::Timer &timer : m_earlier.value_or(QHash<TimerId, timers::Timer>()))
        if (!m_server.timers().contains(timer.id)) // or else it was woken
            list += timer;
    std::sort(list.begin(), list.end(), [](const timers::Timer &a, const timers::Timer &b) {
        return std::tuple(-a.changedAt, a.id) < std::tuple(-b.changedAt, b.id);
    });
    return list;
}

QList<timers::Timer> LiveTimers::onPass() const
{
    QList<timers::Timer> list;
    for (const timers::Timer &timer : m_server.timers())
        if (isOnPass(timer))
            list += timer;
    std::sort(list.begin(), list.end(), [this](const timers::Timer &a, const timers::Timer &b) {
        return standsBefore(a, isLate(a.id), b, isLate(b.id), now());
    });
    return list;
}

QList<timers::Timer> LiveTimers::ringing() const
{
    QList<timers::Timer> list = onPass();
    list.removeIf([this](const timers::Timer &timer) {
        const Look look = faceOf(timer).look;
        return look != Look::Ringing && look != Look::Late;
    });
    return list;
}

bool LiveTimers::wasLastPressedHere(const timers::Timer &timer) const
{
    const auto pressed = m_pressed.constFind(timer.id);
    return pressed != m_pressed.cend() && timer.heads.contains(*pressed);
}

TimerId LiveTimers::start(const timerserver::Press &press)
{
    const OpId op = OpId::random();
    const TimerId timer = m_server.start(press, op);
    m_underWay.insert(op, timer);
    m_pressed.insert(timer, op);
    Q_EMIT changed(timer);
    return timer;
}

void LiveTimers::pause(const TimerId &timer)
{
    m_server.pause(timer, pending(timer));
}

void LiveTimers::resume(const TimerId &timer)
{
    m_server.resume(timer, pending(timer));
}

void LiveTimers::add(const TimerId &timer, qint64 deltaMs)
{
    m_server.add(timer, deltaMs, pending(timer));
}

void LiveTimers::rename(const TimerId &timer, const QString &name)
{
    m_server.rename(timer, name, pending(timer));
}

void LiveTimers::setCues(const TimerId &timer, const QList<timers::Cue> &cues)
{
    m_server.setCues(timer, cues, pending(timer));
}

void LiveTimers::stop(const TimerId &timer)
{
    const auto known = find(timer);
    if (!known || !isOnPass(*known))
        return;
    const Look look = faceOf(*known).look;
    if (look == Look::Ringing || look == Look::Late) {
        m_server.acknowledge(timer, pending(timer));
        return;
    }
    m_server.cancel(timer, pending(timer));
    timers::Timer asItWas = *known;
    asItWas.leftMs = timers::remainingAt(*known, momentOf(*known));
    Q_EMIT stopped(asItWas);
}

void LiveTimers::acknowledgeAll()
{
    const QList<timers::Timer> all = ringing();
    for (const timers::Timer &timer : all)
        stop(timer.id);
}

void LiveTimers::toggle(const TimerId &timer)
{
    const auto known = find(timer);
    if (!known || isPending(timer))
        return;
    switch (faceOf(*known).look) {
    case Look::Running:
    case Look::Checking:
        return pause(timer);
    case Look::Paused:
        return resume(timer);
    case Look::Ringing:
    case Look::Late:
        return stop(timer);
    case Look::Ready:
    case Look::Done:
        return;
    }
    Q_UNREACHABLE();
}

TimerId LiveTimers::startAgain(const timers::Timer &ended)
{
    return start(
        {ended.name, ended.totalMs - ended.checkLeadMs, ended.totalMs, ended.place, ended.cues});
}

void LiveTimers::undoStop(const timers::Timer &asItWas)
{
    start(restOf(asItWas));
}

void LiveTimers::chain(const TimerId &timer, const timers::Stage &next)
{
    const auto known = find(timer);
    if (!known || faceOf(*known).look != Look::Running)
        return;
    timers::Timer asItIs = *known;
    asItIs.leftMs = timers::remainingAt(*known, momentOf(*known));
    timerserver::Press press = restOf(asItIs);
    press.then = {next};
    // The new one first: two timers are better than none. That of a place is the same one.
    if (start(press) != timer)
        m_server.cancel(timer, pending(timer));
}

OpId LiveTimers::pending(const TimerId &timer)
{
    const OpId op = OpId::random();
    m_underWay.insert(op, timer);
    m_pressed.insert(timer, op);
    Q_EMIT changed(timer);
    return op;
}

void LiveTimers::answered(const OpId &op)
{
    const auto found = m_underWay.constFind(op);
    if (found == m_underWay.cend())
        return;
    const TimerId timer = *found;
    m_underWay.erase(found);
    Q_EMIT changed(timer);
}

void LiveTimers::timerChanged(const timers::Timer &timer)
{
    if (m_rang.value(timer.id) != timer.ringKey || !isOnPass(timer)) {
        m_rang.remove(timer.id);
        m_late.remove(timer.id);
    }
    Q_EMIT changed(timer.id);
}

void LiveTimers::timerRang(const timers::Timer &timer, timers::RingKind kind)
{
    m_rang.insert(timer.id, timer.ringKey);
    if (kind != timers::RingKind::OnTime)
        m_late.insert(timer.id);
    Q_EMIT changed(timer.id);
}

} // namespace simmer::ui
