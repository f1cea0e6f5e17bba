// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Scribe.h"

#include <algorithm>
#include <utility>

namespace simmer::storage {

Scribe::Scribe(DeviceLog &log, IsMine isMine, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_isMine(isMine)
{
    connect(&log, &DeviceLog::loaded, this, [this](const LoadedLog &loadedLog) {
        m_loaded = true;
        Q_EMIT loaded(loadedLog.ops);
        writeNext();
    });
    connect(&log, &DeviceLog::openFailed, this, [this] {
        m_loaded = true; // the log answers each wish with what is wrong
        writeNext();
    });
    connect(&log, &DeviceLog::appended, this, [this](const timers::StampedOp &stamped) {
        take({stamped});
        answered(stamped.op.id, done());
    });
    connect(&log, &DeviceLog::merged, this, &Scribe::take);
    connect(&log, &DeviceLog::offsetKept, this,
            [this](qint64, const QList<timers::StampedOp> &moved) { take(moved); });
    connect(&log, &DeviceLog::appendFailed, this,
            [this](const OpId &op, const Error &error) { answered(op, error); });
}

void Scribe::take(const QList<timers::StampedOp> &ops)
{
    for (const timers::StampedOp &stamped : ops)
        if (m_isMine(stamped.op))
            m_late += stamped;
    if (!m_late.isEmpty() && !m_held)
        Q_EMIT came(std::exchange(m_late, {}));
}

void Scribe::release()
{
    m_held = false;
    take({});
    writeNext();
}

void Scribe::write(const QUuid &subject, Make make, Answer answer)
{
    m_waiting.enqueue({subject, std::move(make), std::move(answer)});
    writeNext();
}

/// Sends what waits and whose subject is not under way. An answer may write again.
void Scribe::writeNext()
{
    while (m_loaded && !m_held) {
        const auto next =
            std::find_if(m_waiting.begin(), m_waiting.end(),
                         [this](const Wish &waiting) { return !m_busy.contains(waiting.subject); });
        if (next == m_waiting.end())
            return;
        const Wish wish = *next;
        m_waiting.erase(next);
        Expected<std::optional<Draft>> made = wish.make();
        if (!made || !made->has_value()) {
            wish.answer(made ? done() : Outcome(made.error()));
            continue;
        }
        const Draft draft = **std::move(made);
        m_busy.insert(wish.subject);
        m_underWay.insert(draft.id, wish);
        m_log.append(draft);
    }
}

void Scribe::answered(const OpId &op, const Outcome &outcome)
{
    const auto found = m_underWay.find(op);
    if (found == m_underWay.end())
        return;
    const Wish wish = *found;
    m_underWay.erase(found);
    m_busy.remove(wish.subject);
    wish.answer(outcome);
    writeNext();
}

} // namespace simmer::storage
