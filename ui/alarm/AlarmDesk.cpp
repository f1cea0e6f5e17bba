// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmDesk.h"

#include "recipes/times/TimerName.h"
#include "words/AlarmWords.h"

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr qint64 MinuteMs = 60'000;

bool has(const QList<AlarmCall> &calls, const AlarmCall &wanted)
{
    return std::any_of(calls.cbegin(), calls.cend(), [&](const AlarmCall &call) {
        return call.timer == wanted.timer && call.ring == wanted.ring;
    });
}

} // namespace

AlarmDesk::AlarmDesk(LiveTimers &timers, const recipes::RecipeBook &book,
                     syncclient::SyncClient &client, std::unique_ptr<Speakers> speakers,
                     QObject *parent)
    : QObject(parent)
    , m_timers(timers)
    , m_book(book)
    , m_sound(std::move(speakers))
    , m_status(client.status())
{
    connect(&timers, &LiveTimers::ticked, this, &AlarmDesk::review);
    connect(&timers, &LiveTimers::changed, this, &AlarmDesk::review);
    connect(&timers, &LiveTimers::loaded, this, &AlarmDesk::review);
    connect(&timers, &LiveTimers::checked, &m_sound, &AlarmSound::chime);
    connect(&timers, &LiveTimers::cued, &m_sound, &AlarmSound::chime);
    connect(&client, &syncclient::SyncClient::pulseChanged, this,
            [this](const syncclient::KitchenPulse &pulse) {
                m_moodUnattended = pulse.mood == Mood::Unattended;
                review();
            });
}

void AlarmDesk::setLink(const syncclient::LinkStatus &status)
{
    m_status = status;
    review();
}

void AlarmDesk::obey(const Choices &choices)
{
    m_sound.setVolume(choices.volume);
    m_sound.setRamp(choices.rampsUp);
    m_sound.setSound(choices.sound.isEmpty() ? QStringLiteral("bell") : choices.sound);
    m_sound.setDeviceId(choices.soundDevice.toUtf8());
    m_soundsOf = choices.soundOf;
    review();
}

const recipes::Recipe *AlarmDesk::recipeOf(const timers::Timer &timer) const
{
    if (!timer.place)
        return nullptr;
    const auto found = m_book.recipes().constFind(timer.place->recipe);
    return found == m_book.recipes().cend() ? nullptr : &*found;
}

CardWords AlarmDesk::wordsOf(const timers::Timer &timer) const
{
    return cardWords(timer, m_timers.faceOf(timer), m_timers.momentOf(timer), recipeOf(timer),
                     m_status);
}

AlarmCall AlarmDesk::callOf(const timers::Timer &timer) const
{
    const recipes::Recipe *recipe = recipeOf(timer);
    return {timer.id,
            timer.ringKey,
            timer.place ? timer.place->recipe : RecipeId(),
            recipe ? recipes::shortTitle(recipe->title) : QString(),
            wordsOf(timer),
            AlarmWords::story(timer, m_status),
            timer.endAt};
}

void AlarmDesk::addMinutes(const TimerId &timer, int minutes)
{
    m_timers.add(timer, minutes * MinuteMs);
}

/// Sound and screens follow from what rings, nothing else.
void AlarmDesk::review()
{
    QList<AlarmCall> calls;
    const QList<timers::Timer> ringing = m_timers.ringing();
    for (const timers::Timer &timer : ringing)
        calls += callOf(timer);
    std::stable_partition(calls.begin(), calls.end(),
                          [](const AlarmCall &call) { return !call.isLate(); });
    if (calls == m_calls && m_loud == 0)
        return;
    const QList<AlarmCall> before = std::exchange(m_calls, calls);
    m_loud = std::count_if(calls.cbegin(), calls.cend(),
                           [](const AlarmCall &call) { return !call.isLate(); });
    if (m_loud > 0)
        m_sound.ring(m_soundsOf.value(calls.constFirst().recipe));
    else
        m_sound.stop();
    for (const AlarmCall &call : before)
        if (!has(calls, call)) {
            Q_EMIT ended(call.timer);
            tellWho(call);
        }
    if (calls != before)
        Q_EMIT changed();
    for (const AlarmCall &call : std::as_const(calls))
        if (!has(before, call))
            Q_EMIT began(call);
    insist();
}

void AlarmDesk::insist()
{
    const qint64 now = m_timers.now();
    const bool isOld = m_loud > 0 && now - m_calls.constFirst().dueAt >= PatienceMs;
    if (m_loud == 0 || (!isOld && !m_moodUnattended)) {
        m_insistedAt = 0;
        m_sound.setEscalated(false);
        return;
    }
    m_sound.setEscalated(true);
    if (m_insistedAt > 0 && now - m_insistedAt < AgainMs)
        return;
    m_insistedAt = now;
    Q_EMIT insisted();
}

/// Only what was answered elsewhere: who pressed here knows.
void AlarmDesk::tellWho(const AlarmCall &call)
{
    const auto timer = m_timers.find(call.timer);
    if (!timer || m_timers.wasLastPressedHere(*timer))
        return;
    const LiveTimers::Hand hand = m_timers.lastHandOn(call.timer);
    Q_EMIT answeredElsewhere(call.timer,
                             AlarmWords::answered(*timer, hand.cook, hand.device, m_status));
}

} // namespace simmer::ui
