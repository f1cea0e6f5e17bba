// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/Supervisor.h"

#include "supervision/Thrown.h"

#include <algorithm>

namespace simmer::supervision {

Supervisor::Supervisor(const Clock &clock, Limits limits, Escalate escalate)
    : m_clock(clock)
    , m_limits(limits)
    , m_escalate(std::move(escalate))
{
}

bool Supervisor::add(const QString &key, Start start)
{
    if (m_children.contains(key))
        return false;
    m_children.insert(key, Child{{RestartIntensity(m_limits.restarts)}, std::move(start)});
    if (const auto why = begin(key, Mode::Normal))
        keepAlive(key, *why);
    return true;
}

bool Supervisor::resume(const QString &key, Start start, const std::optional<Record> &record)
{
    if (m_children.contains(key))
        return false;
    const Record known = record.value_or(Record{RestartIntensity(m_limits.restarts)});
    m_children.insert(key, Child{known, std::move(start)});
    if (known.mode == Mode::Safe || known.escalated)
        m_tended.insert(key);
    return true;
}

void Supervisor::wake(const QString &key)
{
    const auto child = m_children.constFind(key);
    if (child == m_children.cend() || child->resting)
        return;
    if (const auto why = begin(key, child->mode))
        keepAlive(key, *why);
}

void Supervisor::remove(const QString &key)
{
    m_children.remove(key);
    m_tended.remove(key);
}

void Supervisor::crashed(const QString &key, const QString &why)
{
    keepAlive(key, why);
}

/// Until it is started, rests, or is gone: a start that throws has crashed again.
void Supervisor::keepAlive(const QString &key, QString why)
{
    while (const std::optional<Mode> mode = next(key, why)) {
        const auto thrown = begin(key, *mode);
        if (!thrown) {
            Q_EMIT restarted(key, why);
            return;
        }
        why = *thrown;
    }
}

/// How a child that crashed is to be started now, if it is. What it calls may add and remove
/// children, so that nothing is held across a call.
std::optional<Mode> Supervisor::next(const QString &key, const QString &why)
{
    const auto child = m_children.find(key);
    if (child == m_children.end())
        return std::nullopt;
    child->crashedAt = m_clock.bootMs();
    if (child->crashes.allows(child->crashedAt))
        return child->mode;
    m_tended.insert(key);
    if (child->mode == Mode::Safe) {
        child->resting = true;
        Q_EMIT rests(key, why);
        return std::nullopt;
    }
    if (m_escalate && !std::exchange(child->escalated, true) && m_escalate(key, why)) {
        if (m_children.contains(key))
            m_children[key].crashes.forget();
        return std::nullopt;
    }
    return goSafe(key, why);
}

std::optional<Mode> Supervisor::goSafe(const QString &key, const QString &why)
{
    const auto child = m_children.find(key);
    if (child == m_children.end())
        return std::nullopt;
    child->crashes.forget();
    child->mode = Mode::Safe;
    Q_EMIT wentSafe(key, why);
    return m_children.contains(key) ? std::optional(Mode::Safe) : std::nullopt;
}

/// What the start threw, if it did. The function is copied: it may remove its own child.
std::optional<QString> Supervisor::begin(const QString &key, Mode mode)
{
    const auto child = m_children.constFind(key);
    if (child == m_children.cend())
        return std::nullopt; // whoever heard of the crash removed it
    const Start start = child->start;
    try {
        start(mode);
    } catch (...) {
        return wordsOf(std::current_exception());
    }
    return std::nullopt;
}

void Supervisor::leaveSafeMode(const QString &key)
{
    const auto child = m_children.find(key);
    if (child == m_children.end() || child->mode == Mode::Normal)
        return;
    child->mode = Mode::Normal;
    child->resting = false;
    child->crashes.forget();
    child->crashedAt = m_clock.bootMs();
    const auto why = begin(key, Mode::Normal);
    Q_EMIT leftSafe(key);
    if (why)
        keepAlive(key, *why);
}

qint64 Supervisor::dueAt(const Child &child) const
{
    return child.crashedAt + (child.resting ? m_limits.restarts.withinMs : m_limits.quietMs);
}

std::optional<qint64> Supervisor::nextTend() const
{
    std::optional<qint64> next;
    for (const QString &key : m_tended) {
        const qint64 due = dueAt(*m_children.constFind(key));
        next = std::min(next.value_or(due), due);
    }
    return next;
}

void Supervisor::tend()
{
    const QSet<QString> keys = m_tended;
    for (const QString &key : keys)
        tend(key);
}

void Supervisor::tend(const QString &key)
{
    const auto child = m_children.find(key);
    if (child == m_children.end() || m_clock.bootMs() < dueAt(*child))
        return;
    if (child->resting) {
        child->resting = false;
        child->crashes.forget();
        if (const auto why = begin(key, Mode::Safe))
            keepAlive(key, *why);
        else
            Q_EMIT restarted(key, QStringLiteral("it has rested"));
    } else if (child->mode == Mode::Safe) {
        leaveSafeMode(key);
    } else { // it has been quiet: the level above may be asked again
        child->escalated = false;
        m_tended.remove(key);
    }
}

std::optional<Mode> Supervisor::modeOf(const QString &key) const
{
    const auto child = m_children.constFind(key);
    return child == m_children.cend() ? std::nullopt : std::optional(child->mode);
}

std::optional<Supervisor::Record> Supervisor::recordOf(const QString &key) const
{
    const auto child = m_children.constFind(key);
    return child == m_children.cend() ? std::nullopt : std::optional<Record>(*child);
}

} // namespace simmer::supervision
