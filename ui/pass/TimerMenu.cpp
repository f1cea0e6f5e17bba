// SPDX-License-Identifier: GPL-3.0-or-later
#include "pass/TimerMenu.h"

#include "models/QuickTimer.h"
#include "words/Words.h"

#include <QInputDialog>

#include <algorithm>

namespace simmer::ui {

namespace {

using Kind = timers::Cue::Kind;
constexpr qint64 MinuteMs = 60'000;
constexpr qsizetype LongestName = 200;

} // namespace

TimerMenu::TimerMenu(LiveTimers &timers, const timers::Timer &timer, QWidget *parent)
    : QMenu(parent)
    , m_timers(timers)
    , m_timer(timer)
{
    setAttribute(Qt::WA_DeleteOnClose);
    addAction(tr("Rename…"), this, &TimerMenu::askName);
    addSeparator();
    addCues();
    addSeparator();
    QAction *next = addAction(tr("Then start another…"), this, &TimerMenu::askNext);
    next->setEnabled(timers.faceOf(timer).look == Look::Running);
}

QList<timers::Cue> TimerMenu::toggled(QList<timers::Cue> cues, const timers::Cue &cue)
{
    const bool stood = cues.contains(cue);
    cues.removeIf([&](const timers::Cue &other) { return other.kind == cue.kind; });
    if (!stood)
        cues.append(cue);
    return cues;
}

void TimerMenu::addCues()
{
    QMenu *every = addMenu(tr("Call me every"));
    for (const int minutes : {1, 2, 3, 5, 10, 15})
        addCue(every, Words::minutes(minutes), {Kind::Every, minutes * MinuteMs, {}});
    addCue(this, tr("Call me halfway"), {Kind::Halfway, 0, {}});
    QMenu *before = addMenu(tr("Call me before the end"));
    for (const int minutes : {1, 2, 5, 10})
        addCue(before, Words::minutes(minutes), {Kind::Before, minutes * MinuteMs, {}});
    if (!m_timer.cues.isEmpty())
        addAction(tr("No calls on the way"), this, [this] { m_timers.setCues(m_timer.id, {}); });
}

/// The words of a cue that stands ("stir") stay with it.
void TimerMenu::addCue(QMenu *menu, const QString &text, const timers::Cue &cue)
{
    const auto stands =
        std::find_if(m_timer.cues.cbegin(), m_timer.cues.cend(), [&](const timers::Cue &other) {
            return other.kind == cue.kind && other.ms == cue.ms;
        });
    const bool isOn = stands != m_timer.cues.cend();
    const timers::Cue wanted = isOn ? *stands : cue;
    QAction *action = menu->addAction(text, this, [this, wanted] {
        m_timers.setCues(m_timer.id, toggled(m_timer.cues, wanted));
    });
    action->setCheckable(true);
    action->setChecked(isOn);
    action->setEnabled(cue.ms < m_timer.totalMs);
}

void TimerMenu::ask(const QString &title, const QString &label, const QString &text,
                    const std::function<void(const QString &)> &then)
{
    auto *dialog = new QInputDialog(parentWidget() ? parentWidget()->window() : nullptr);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(text);
    connect(dialog, &QInputDialog::textValueSelected, dialog, then);
    dialog->open();
}

void TimerMenu::askName()
{
    ask(tr("Rename timer"), tr("What is it called?"), m_timer.name,
        [&timers = m_timers, id = m_timer.id](const QString &name) {
            if (!name.trimmed().isEmpty())
                timers.rename(id, name.trimmed().left(LongestName));
        });
}

void TimerMenu::askNext()
{
    ask(tr("Then start another"),
        tr("What begins when %1 ends? Like “rest 10 min”.").arg(m_timer.name), {},
        [&timers = m_timers, id = m_timer.id](const QString &typed) {
            if (const auto press = quickTimer(typed, tr("Timer")))
                timers.chain(id, {press->name, press->shortestMs, press->longestMs, press->cues});
        });
}

} // namespace simmer::ui
