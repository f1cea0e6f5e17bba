// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Fold.h"

#include "timers/Sight.h"

#include <algorithm>

namespace simmer::timers {

namespace {

constexpr qsizetype Nobody = -1;
constexpr qsizetype MostHandovers = 8; // of how many runs the next stages may still be cooking

QList<Cue> sensible(const QList<Cue> &cues)
{
    QList<Cue> kept;
    std::copy_if(cues.cbegin(), cues.cend(), std::back_inserter(kept), isCue);
    return kept.mid(0, MostCues);
}

/// One run over a timer's ops, from the first to the last.
class Folding
{
public:
    Folding(const TimerId &id, const QList<StampedOp> &ops);
    std::optional<Timer> run();
    /// For each op, whether it changed the timer.
    const std::vector<bool> &counted() const { return m_counted; }
    /// For each op, whether the timer was over after it.
    const std::vector<bool> &over() const { return m_over; }

private:
    void apply(const Start &start);
    void apply(const Pause &);
    void apply(const Resume &);
    void apply(const Add &add);
    void apply(const Cancel &);
    void apply(const Acknowledge &ack);
    void apply(const Snooze &snooze);
    void apply(const Rename &rename);
    void apply(const SetCues &set);
    void apply(const WriteRecipe &) {}
    void apply(const RemoveRecipe &) {}
    void apply(const Cook &) {}

    const StampedOp &now() const { return m_ops[m_at]; }
    bool live() const;
    bool rings() const { return m_timer.phase == Phase::Running && m_timer.endAt <= now().kt; }
    bool reviveUnseen();
    void touch();
    bool missedATouch() const;
    void setEnd(qint64 endAt);
    void moveEnd(qint64 left, qint64 wanted);
    void end(Phase phase);
    void changed();
    void handOver();

    const QList<StampedOp> &m_ops;
    Sight m_sight;
    qsizetype m_at = 0; ///< the op being applied
    std::vector<bool> m_counted;
    std::vector<bool> m_over;
    Timer m_timer;
    qsizetype m_startedBy = Nobody;
    std::vector<qsizetype> m_touches; ///< ops of this run that keep the timer alive
    qsizetype m_endedBy = Nobody;     ///< the cancel or acknowledge that ended it
    Timer m_beforeEnd;                ///< what it was until then
};

Folding::Folding(const TimerId &id, const QList<StampedOp> &ops)
    : m_ops(ops)
    , m_sight(ops)
    , m_counted(size_t(ops.size()), false)
{
    m_timer.id = id;
}

std::optional<Timer> Folding::run()
{
    m_over.reserve(size_t(m_ops.size()));
    for (m_at = 0; m_at < m_ops.size(); ++m_at) {
        std::visit([this](const auto &action) { apply(action); }, now().op.action);
        m_over.push_back(!live());
    }
    if (m_startedBy == Nobody)
        return std::nullopt;
    handOver();
    for (const qsizetype head : m_sight.heads()) {
        m_timer.heads += m_ops[head].op.id;
        m_timer.headAt = std::max(m_timer.headAt, m_ops[head].kt);
    }
    return m_timer;
}

bool Folding::live() const
{
    return m_startedBy != Nobody &&
           (m_timer.phase == Phase::Running || m_timer.phase == Phase::Paused);
}

void Folding::changed()
{
    m_timer.changedAt = now().kt;
    m_counted[size_t(m_at)] = true;
}

void Folding::touch()
{
    m_touches.push_back(m_at);
}

/// Whether the op being applied had not seen one of the touches.
bool Folding::missedATouch() const
{
    return m_sight.anyMissed(m_at, [this](qsizetype from, qsizetype to) {
        const auto first = std::lower_bound(m_touches.begin(), m_touches.end(), from);
        return first != m_touches.end() && *first < to;
    });
}

void Folding::setEnd(qint64 endAt)
{
    m_timer.endAt = endAt;
    m_timer.ringKey = now().op.id;
    m_timer.snoozed = false;
}

/// So that `wanted` ms remain where `left` did; the planned length grows or shrinks with it.
void Folding::moveEnd(qint64 left, qint64 wanted)
{
    m_timer.totalMs = std::max<qint64>(m_timer.totalMs + wanted - left, wanted);
    if (m_timer.phase == Phase::Paused)
        m_timer.leftMs = wanted;
    setEnd(now().kt + wanted);
    changed();
}

void Folding::end(Phase phase)
{
    m_beforeEnd = m_timer;
    m_endedBy = m_at;
    m_timer.phase = phase;
    changed();
}

/// Notes at what moment this run hands over to its next stage.
void Folding::handOver()
{
    if (!m_timer.handovers.isEmpty() && m_timer.handovers.constLast().run == m_timer.startedBy)
        m_timer.handovers.removeLast();
    const auto &start = std::get<Start>(m_ops[m_startedBy].op.action);
    if (start.then.isEmpty())
        return;
    const bool ends = m_timer.phase == Phase::Running || m_timer.phase == Phase::Done;
    m_timer.handovers.append(Handover{m_timer.startedBy, m_timer.ringKey,
                                      ends ? std::optional(m_timer.endAt) : std::nullopt,
                                      m_timer.cook, m_timer.device, start.then.mid(0, MostStages)});
    if (m_timer.handovers.size() > MostHandovers)
        m_timer.handovers.removeFirst();
}

void Folding::apply(const Start &start)
{
    if (!isLength(start.totalMs))
        return;
    if (live() && !m_sight.saw(m_at, m_startedBy)) {
        touch(); // two devices started the same step: one timer
        return;
    }
    if (m_startedBy != Nobody) {
        if (live() && !rings()) // begun anew before its end: nothing follows that run
            m_timer.phase = Phase::Cancelled;
        handOver();
    }
    m_startedBy = m_at;
    m_touches.clear();
    m_timer.startedBy = now().op.id;
    m_timer.name = start.name;
    m_timer.place = start.place;
    m_timer.cues = sensible(start.cues);
    m_timer.cook = now().op.cook;
    m_timer.device = now().op.device;
    m_timer.phase = Phase::Running;
    m_timer.startedAt = now().kt;
    m_timer.totalMs = start.totalMs;
    m_timer.checkLeadMs = std::clamp<qint64>(start.totalMs - start.checkMs, 0, start.totalMs);
    m_timer.leftMs = 0;
    m_timer.cancelOverruled = false;
    setEnd(now().kt + start.totalMs);
    changed();
}

void Folding::apply(const Pause &)
{
    if (!live() || m_timer.phase != Phase::Running || rings())
        return;
    m_timer.phase = Phase::Paused;
    m_timer.leftMs = m_timer.endAt - now().kt;
    changed();
}

void Folding::apply(const Resume &)
{
    if (!live() && !reviveUnseen())
        return;
    touch();
    if (m_timer.phase != Phase::Paused)
        return;
    m_timer.phase = Phase::Running;
    setEnd(now().kt + m_timer.leftMs);
    m_timer.leftMs = 0;
    changed();
}

void Folding::apply(const Add &add)
{
    if (add.deltaMs == 0 || std::abs(add.deltaMs) > LongestTimerMs)
        return;
    if (!live() && !reviveUnseen())
        return;
    touch();
    const bool paused = m_timer.phase == Phase::Paused;
    const qint64 left = paused ? m_timer.leftMs : m_timer.endAt - now().kt;
    if (left <= 0 && add.deltaMs < 0)
        return;
    const qint64 wanted = std::max<qint64>(0, left) + add.deltaMs;
    if (wanted <= LongestTimerMs)
        moveEnd(left, std::max<qint64>(0, wanted));
}

void Folding::apply(const Snooze &snooze)
{
    const Timer &rang = live() ? m_timer : m_beforeEnd;
    if (!isLength(snooze.ms) || rang.ringKey != snooze.ring || rang.phase != Phase::Running)
        return;
    if (!live() && !reviveUnseen())
        return;
    touch();
    if (!rings())
        return;
    moveEnd(m_timer.endAt - now().kt, snooze.ms);
    m_timer.snoozed = true;
}

void Folding::apply(const Cancel &)
{
    if (!live())
        return;
    if (missedATouch()) { // a false ring beats burnt food
        m_timer.cancelOverruled = true;
        return;
    }
    end(Phase::Cancelled);
}

void Folding::apply(const Acknowledge &ack)
{
    if (live() && m_timer.phase == Phase::Running && m_timer.ringKey == ack.ring)
        end(Phase::Done);
}

void Folding::apply(const Rename &rename)
{
    if (m_startedBy == Nobody || rename.name.trimmed().isEmpty())
        return;
    m_timer.name = m_beforeEnd.name = rename.name;
    changed();
}

void Folding::apply(const SetCues &set)
{
    if (m_startedBy == Nobody)
        return;
    m_timer.cues = m_beforeEnd.cues = sensible(set.cues);
    changed();
}

/// An add, resume or snooze that had not seen the end of its timer brings it back to life.
bool Folding::reviveUnseen()
{
    if (m_startedBy == Nobody || m_sight.saw(m_at, m_endedBy))
        return false;
    const bool wasCancelled = m_timer.phase == Phase::Cancelled;
    m_timer = m_beforeEnd;
    m_timer.cancelOverruled = wasCancelled;
    return true;
}

} // namespace

std::optional<Timer> fold(const TimerId &id, const QList<StampedOp> &ops)
{
    return Folding(id, ops).run();
}

std::vector<bool> overAfter(const TimerId &id, const QList<StampedOp> &ops)
{
    Folding folding(id, ops);
    folding.run();
    return folding.over();
}

QList<Deed> historyOf(const TimerId &id, const QList<StampedOp> &ops)
{
    Folding folding(id, ops);
    folding.run();
    QList<Deed> deeds;
    for (qsizetype i = 0; i < ops.size(); ++i) {
        const Op &op = ops[i].op;
        deeds.append(
            Deed{op.id, ops[i].kt, op.cook, op.device, op.action, folding.counted()[size_t(i)]});
    }
    return deeds;
}

std::optional<Deed> lastDeed(const TimerId &id, const QList<StampedOp> &ops)
{
    const QList<Deed> deeds = historyOf(id, ops);
    const auto last =
        std::find_if(deeds.crbegin(), deeds.crend(), [](const Deed &deed) { return deed.counted; });
    return last == deeds.crend() ? std::nullopt : std::optional(*last);
}

} // namespace simmer::timers
