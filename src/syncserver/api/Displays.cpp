// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Displays.h"

#include "timers/Lives.h"
#include "timers/TimerJson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace simmer::syncserver {

using timers::Timer;

namespace {

using K = QLatin1String;

/// One event. Its id is the newest seq, for what resumes; a snapshot comes first in any case.
QByteArray eventText(const char *event, qint64 seq, const QJsonObject &json)
{
    return "id: " + QByteArray::number(seq) + "\nevent: " + event +
           "\ndata: " + QJsonDocument(json).toJson(QJsonDocument::Compact) + "\n\n";
}

} // namespace

QJsonObject timersJson(QList<Timer> timers, qint64 now, qsizetype most)
{
    std::sort(timers.begin(), timers.end(), [now](const Timer &a, const Timer &b) {
        const auto rank = [now](const Timer &timer) {
            return std::tuple(timers::isOver(timer), timers::remainingAt(timer, now),
                              -timer.changedAt);
        };
        return rank(a) == rank(b) ? a.id < b.id : rank(a) < rank(b);
    });
    QJsonArray array;
    for (const Timer &timer : timers.mid(0, most))
        array.append(timers::timerJson(timer, now));
    return {{K("now_ms"), now},
            {K("timers"), array},
            {K("more"), std::max<qint64>(0, timers.size() - most)}};
}

Displays::Displays(Liveliness &lively)
    : m_lively(lively)
{
    connect(&lively, &Liveliness::timersTouched, this, &Displays::tellTouched);
    connect(&lively, &Liveliness::rang, this, [this](const Timer &timer, timers::RingKind kind) {
        tell("ring", {{K("timer"), timers::timerJson(timer, m_lively.now())},
                      {K("late"), kind != timers::RingKind::OnTime}});
    });
    connect(&lively, &Liveliness::unattended, this, [this](const Timer &timer) {
        tell("unattended", {{K("timer"), timers::timerJson(timer, m_lively.now())}});
    });
    connect(&lively, &Liveliness::pulseChanged, this, [this](const PulseState &pulse) {
        tell("pulse", {{K("mood"), nameOf(pulse.mood)}, {K("score"), pulse.score}});
    });
}

Displays::~Displays()
{
    for (const Display &display : std::as_const(m_displays))
        display.stream->end();
}

bool Displays::hasRoom(const DeviceId &device) const
{
    qsizetype open = 0;
    qsizetype own = 0;
    for (const Display &display : m_displays) {
        open += display.stream->isOpen();
        own += display.stream->isOpen() && display.device == device;
    }
    return open < Most && own < MostOfADevice;
}

void Displays::add(const DeviceId &device, std::shared_ptr<HttpStream> stream)
{
    stream->write(snapshot());
    m_displays += {device, std::move(stream)};
    if (!m_beatAt)
        m_beatAt = m_lively.now() + BeatMs;
}

void Displays::revoke(const DeviceId &device)
{
    for (const Display &display : std::as_const(m_displays))
        if (display.device == device)
            display.stream->end();
    m_displays.removeIf([&](const Display &display) { return display.device == device; });
}

void Displays::tick(qint64 now)
{
    if (!m_beatAt || now < *m_beatAt)
        return;
    write(": still here\n\n");
    m_beatAt = m_displays.isEmpty() ? std::nullopt : std::optional(now + BeatMs);
}

QByteArray Displays::snapshot() const
{
    return eventText("timers", m_lively.head(),
                     timersJson(m_lively.board().timers(), m_lively.now(), MostTimers));
}

/// After an import or a long absence all of it is shorter than each.
void Displays::tellTouched(const QSet<TimerId> &touched)
{
    if (m_displays.isEmpty())
        return;
    if (touched.size() > MostTimers / 4) {
        write(snapshot());
        return;
    }
    for (const TimerId &id : touched) {
        if (const Timer *timer = m_lively.board().find(id))
            tell("timer", {{K("timer"), timers::timerJson(*timer, m_lively.now())}});
        else
            tell("gone", {{K("id"), id.toHex()}});
    }
}

void Displays::tell(const char *event, QJsonObject json)
{
    json.insert(K("now_ms"), m_lively.now());
    if (!m_displays.isEmpty())
        write(eventText(event, m_lively.head(), json));
}

void Displays::write(const QByteArray &bytes)
{
    m_displays.removeIf([](const Display &display) { return !display.stream->isOpen(); });
    for (const Display &display : std::as_const(m_displays))
        display.stream->write(bytes);
}

} // namespace simmer::syncserver
