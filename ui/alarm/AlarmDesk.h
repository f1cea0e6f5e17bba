// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmCall.h"
#include "alarm/AlarmSound.h"
#include "models/LiveTimers.h"
#include "models/Preferences.h"
#include "recipes/RecipeBook.h"
#include "syncclient/SyncClient.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace simmer::ui {

/// What rings, and what follows from that: the sound, and word to everything that shows it (banner,
/// overlay, notifications, tray). Nobody else decides whether something rings. GUI thread; owned by
/// the window.
class AlarmDesk : public QObject
{
    Q_OBJECT

public:
    /// A ring that nobody answers for so long is told louder, ms.
    static constexpr qint64 PatienceMs = 60'000;
    /// And is told again so often, ms.
    static constexpr qint64 AgainMs = 30'000;

    /// All must outlive it.
    AlarmDesk(LiveTimers &timers, const recipes::RecipeBook &book, syncclient::SyncClient &client,
              std::unique_ptr<Speakers> speakers, QObject *parent = nullptr);

    /// What rings now, longest first, late ones after all others.
    const QList<AlarmCall> &calls() const { return m_calls; }
    /// Those that are not late: what sounds.
    qsizetype loud() const { return m_loud; }
    bool isUnattended() const { return m_sound.isEscalated(); }
    AlarmSound &sound() { return m_sound; }
    LiveTimers &timers() { return m_timers; }
    const recipes::RecipeBook &book() const { return m_book; }
    const syncclient::LinkStatus &link() const { return m_status; }
    /// The cards' words for any timer, not only for those that ring.
    CardWords wordsOf(const timers::Timer &timer) const;
    const recipes::Recipe *recipeOf(const timers::Timer &timer) const;

    /// How it sounds from now on, and which dishes sound otherwise.
    void obey(const Choices &choices);
    /// The kitchen's link, as the window shows it.
    void setLink(const syncclient::LinkStatus &status);

    void stop(const TimerId &timer) { m_timers.stop(timer); }
    void addMinutes(const TimerId &timer, int minutes);
    /// Opens the recipe at the timer's step.
    void open(const TimerId &timer) { Q_EMIT stepWished(timer); }

Q_SIGNALS:
    /// calls() are others, or count on.
    void changed();
    void began(const simmer::ui::AlarmCall &call);
    void ended(const simmer::TimerId &timer);
    /// Nobody comes: show it again, with more force. Again and again while that is so.
    void insisted();
    /// “Eggs: Ben stopped it on Ben’s phone”.
    void answeredElsewhere(const simmer::TimerId &timer, const QString &words);
    void stepWished(const simmer::TimerId &timer);

private:
    void review();
    void insist();
    AlarmCall callOf(const timers::Timer &timer) const;
    QString storyOf(const timers::Timer &timer) const;
    void tellWho(const AlarmCall &call);

    LiveTimers &m_timers;
    const recipes::RecipeBook &m_book;
    AlarmSound m_sound;
    syncclient::LinkStatus m_status;
    QList<AlarmCall> m_calls;
    qsizetype m_loud = 0;
    bool m_moodUnattended = false; ///< by the server's word
    qint64 m_insistedAt = 0;       ///< kitchen ms
    QHash<RecipeId, QString> m_soundsOf;
};

} // namespace simmer::ui
