// SPDX-License-Identifier: GPL-3.0-or-later
#include "pass/EndedTimers.h"

#include "words/Words.h"

namespace simmer::ui {

namespace {

constexpr qint64 MinuteMs = 60'000;

QString length(qint64 ms)
{
    return ms < MinuteMs ? Words::ago(ms) : Words::minutes((ms + MinuteMs / 2) / MinuteMs);
}

} // namespace

EndedTimers::EndedTimers(LiveTimers &timers, const syncclient::LinkStatus &status, QObject *parent)
    : QAbstractListModel(parent)
    , m_timers(timers)
    , m_status(status)
    , m_list(timers.ended())
{
    connect(&timers, &LiveTimers::changed, this, &EndedTimers::review);
    connect(&timers, &LiveTimers::earlierCame, this, &EndedTimers::review);
    timers.readEarlier();
}

void EndedTimers::review()
{
    const QList<timers::Timer> now = m_timers.ended();
    if (now == m_list)
        return;
    if (now.mid(0, m_list.size()) == m_list) { // of earlier days: nobody's place moves
        beginInsertRows({}, int(m_list.size()), int(now.size()) - 1);
        m_list = now;
        return endInsertRows();
    }
    beginResetModel();
    m_list = now;
    endResetModel();
}

bool EndedTimers::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_timers.hasMoreEarlier();
}

void EndedTimers::fetchMore(const QModelIndex &)
{
    m_timers.readMoreEarlier();
}

int EndedTimers::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_list.size());
}

QVariant EndedTimers::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const timers::Timer &timer = m_list.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return timer.name;
    case WhenRole:
        return Words::moment(timer.changedAt, m_timers.now());
    case PlanRole:
        return planOf(timer);
    case EndRole:
        return endOf(timer);
    case FaceRole:
        return QVariant::fromValue(m_timers.faceOf(timer));
    case Qt::AccessibleTextRole:
        return QStringList{timer.name, Words::moment(timer.changedAt, m_timers.now()),
                           planOf(timer), endOf(timer)}
            .join(QStringLiteral(", "));
    default:
        return {};
    }
}

/// "18 min · Ana on Kitchen laptop".
QString EndedTimers::planOf(const timers::Timer &timer) const
{
    const QString planned = length(timer.totalMs);
    const QString device = Words::device(timer.device, m_status);
    if (timer.cook.isEmpty())
        return planned;
    return planned + QStringLiteral(" · ") +
           (device.isEmpty() ? timer.cook : tr("%1 on %2").arg(timer.cook, device));
}

/// Who ended it, where, and when that was.
QString EndedTimers::endOf(const timers::Timer &timer) const
{
    const LiveTimers::Hand hand = m_timers.lastHandOn(timer.id);
    const QString who = hand.cook.isEmpty() ? tr("Somebody") : hand.cook;
    const QString device = Words::device(hand.device, m_status);
    const QString stopped = device.isEmpty() ? tr("%1 stopped it").arg(who)
                                             : tr("%1 stopped it on %2").arg(who, device);
    if (timer.phase == timers::Phase::Cancelled)
        return tr("%1 after %2", "who, how long")
            .arg(stopped, length(timer.changedAt - timer.startedAt));
    const qint64 late = timer.changedAt - timer.endAt;
    return late < MinuteMs ? tr("%1 when it rang", "who").arg(stopped)
                           : tr("%1, %2 after it rang", "who, how long").arg(stopped, length(late));
}

} // namespace simmer::ui
