// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/device/DeviceLog.h"

#include <QQueue>

#include <functional>

namespace simmer::storage {

/// One kind of subject in the log (recipes, cooking sessions), for the face that shows it: hands
/// on the ops about them, and brings the face's own into the log, those about one subject one
/// after the other, so that each knows what the one before it did. Lives in its face's thread.
class Scribe : public QObject
{
    Q_OBJECT

public:
    using IsMine = bool (*)(const timers::Op &);
    /// The op to write, made when its turn comes; nothing when there is nothing to write; or why
    /// it can't be made.
    using Make = std::function<Expected<std::optional<Draft>>()>;
    using Answer = std::function<void(const Outcome &)>;

    /// `log` must outlive it, and be opened after this is made.
    Scribe(DeviceLog &log, IsMine isMine, QObject *parent);

    /// `answer` hears when it is durable, or why it is not; came() was emitted before.
    void write(const QUuid &subject, Make make, Answer answer);

    /// While its face takes in what loaded() brought, nothing more comes and nothing is written.
    void hold() { m_held = true; }
    void release();

Q_SIGNALS:
    /// All that the disk holds, whatever it is about, in no order.
    void loaded(const QList<simmer::timers::StampedOp> &ops);
    /// New ops, or new stamps of known ones.
    void came(const QList<simmer::timers::StampedOp> &ops);

private:
    struct Wish {
        QUuid subject;
        Make make;
        Answer answer;
    };

    void take(const QList<timers::StampedOp> &ops);
    void writeNext();
    void answered(const OpId &op, const Outcome &outcome);

    DeviceLog &m_log;
    IsMine m_isMine;
    bool m_loaded = false;
    bool m_held = false;
    QList<timers::StampedOp> m_late; ///< came while it was held
    QQueue<Wish> m_waiting;
    QHash<OpId, Wish> m_underWay;
    QSet<QUuid> m_busy; ///< the subjects of those
};

} // namespace simmer::storage
