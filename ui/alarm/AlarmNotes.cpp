// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmNotes.h"

#include "words/AlarmWords.h"

namespace simmer::ui {

namespace {

constexpr int CueMs = 8000; // 10-mini-tray-notifications.png
using Urgency = DesktopNote::Urgency;

const QString Stop = QStringLiteral("stop");
const QString Add = QStringLiteral("add");
const QString Open = QStringLiteral("open");
const QString Default = QStringLiteral("default");
const QString KeepGoing = QStringLiteral("keep");

} // namespace

AlarmNotes::AlarmNotes(AlarmDesk &alarm, DesktopNotes &notes, QObject *parent)
    : QObject(parent)
    , m_alarm(alarm)
    , m_notes(notes)
{
    connect(&alarm, &AlarmDesk::began, this, &AlarmNotes::tellRing);
    connect(&alarm, &AlarmDesk::insisted, this, [this] {
        for (const AlarmCall &call : m_alarm.calls())
            tellRing(call);
    });
    connect(&alarm, &AlarmDesk::ended, this, &AlarmNotes::forget);
    connect(&alarm.timers(), &LiveTimers::checked, this, &AlarmNotes::tellCheck);
    connect(&alarm.timers(), &LiveTimers::cued, this, &AlarmNotes::tellCue);
    connect(&alarm.timers(), &LiveTimers::changed, this, [this](const TimerId &id) {
        const auto checked = m_checked.constFind(id);
        if (checked == m_checked.cend())
            return;
        const auto timer = m_alarm.timers().find(id);
        if (!timer || timer->ringKey != *checked || timer->phase != timers::Phase::Running)
            forget(id);
    });
    connect(&notes, &DesktopNotes::acted, this, &AlarmNotes::act);
    for (const AlarmCall &call : alarm.calls())
        tellRing(call);
}

void AlarmNotes::tellRing(const AlarmCall &call)
{
    DesktopNote note;
    note.title = call.isLate()
                     ? AlarmWords::tr("%1 was due %2").arg(call.words.name, call.words.count)
                     : call.words.name;
    note.body = call.words.hasStep
                    ? call.words.place + QStringLiteral(". ") + AlarmWords::rang(call.dueAt)
                    : AlarmWords::rang(call.dueAt);
    note.urgency = call.isLate() ? Urgency::Normal : Urgency::Critical;
    note.actions = {{Stop, call.isLate() ? AlarmWords::tr("Got it") : AlarmWords::tr("Stop")},
                    {Add, AlarmWords::tr("+1 min")},
                    {Open, AlarmWords::tr("Open")},
                    {Default, AlarmWords::tr("Open")}};
    m_notes.show(call.timer.toHex(), note);
}

void AlarmNotes::tellCheck(const timers::Timer &timer)
{
    const qint64 left = timers::remainingAt(timer, m_alarm.timers().momentOf(timer));
    DesktopNote note;
    note.title = AlarmWords::check(timer);
    note.body = AlarmWords::lastCall(timer, left, m_alarm.recipeOf(timer));
    note.urgency = Urgency::Low;
    note.actions = {{Stop, AlarmWords::tr("Done")},
                    {KeepGoing, AlarmWords::tr("Keep going")},
                    {Default, AlarmWords::tr("Open")}};
    m_checked.insert(timer.id, timer.ringKey);
    m_notes.show(timer.id.toHex(), note);
}

void AlarmNotes::tellCue(const timers::Timer &timer, const timers::Cue &cue)
{
    const qint64 left = timers::remainingAt(timer, m_alarm.timers().momentOf(timer));
    DesktopNote note;
    note.title = AlarmWords::cue(timer, cue);
    note.body = AlarmWords::cueBody(timer, left);
    note.urgency = Urgency::Low;
    note.goneAfterMs = CueMs;
    note.actions = {{Default, AlarmWords::tr("Open")}};
    m_notes.show(timer.id.toHex(), note);
}

void AlarmNotes::act(const QString &key, const QString &action)
{
    const auto timer = TimerId::fromHex(key);
    if (!timer)
        return;
    if (action == Stop)
        m_alarm.stop(*timer);
    else if (action == Add)
        m_alarm.addMinutes(*timer, 1);
    else if (action == KeepGoing)
        forget(*timer);
    else
        m_alarm.open(*timer);
}

void AlarmNotes::forget(const TimerId &timer)
{
    m_checked.remove(timer);
    m_notes.withdraw(timer.toHex());
}

} // namespace simmer::ui
