// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "syncclient/SyncClient.h"

#include <QAbstractListModel>

namespace simmer::ui {

/// The timers that ended, the newest first: what, when, how long, and who began and ended each.
/// Reads those of earlier days, too, when a view comes to them. GUI thread.
class EndedTimers : public QAbstractListModel
{
    Q_OBJECT

public:
    /// `timers` must outlive it.
    EndedTimers(LiveTimers &timers, const syncclient::LinkStatus &status,
                QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    enum Role {
        WhenRole = Qt::UserRole, ///< "18:16", "14 Nov 18:16"
        PlanRole,                ///< "18 min · Ana on Kitchen laptop"
        EndRole,                 ///< "Ben stopped it on Ben’s phone after 4 min"
        FaceRole,                ///< TimerFace, for the ring
    };
    /// Display: the name; AccessibleText: all of them.
    QVariant data(const QModelIndex &index, int role) const override;
    const timers::Timer &at(int row) const { return m_list.at(row); }

private:
    void review();
    QString planOf(const timers::Timer &timer) const;
    QString endOf(const timers::Timer &timer) const;

    LiveTimers &m_timers;
    const syncclient::LinkStatus m_status;
    QList<timers::Timer> m_list;
};

} // namespace simmer::ui
