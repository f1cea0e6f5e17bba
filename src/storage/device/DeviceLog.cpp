// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/device/DeviceLog.h"

#include "timers/KitchenClock.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace simmer::storage {

namespace {

using K = QLatin1String;

const QString OffsetFact = QStringLiteral("offset");
const QString CounterFact = QStringLiteral("counter"); // the highest of what rests

Error newer()
{
    return {ErrorCode::StoreNewer,
            QStringLiteral("not saved: this kitchen's file was written by a newer Simmer"),
            {}};
}

Error notOpen()
{
    return {ErrorCode::StoreBroken, QStringLiteral("the log is not open"), {}};
}

} // namespace

DeviceLog::DeviceLog(const Clock &clock, const QString &directory, const QString &cook)
    : m_clock(clock)
    , m_directory(directory)
    , m_cook(cook)
    , m_blobs(new BlobShelf(clock, directory))
{
    m_blobs->setParent(this);
}

DeviceLog::~DeviceLog() = default;

void DeviceLog::inThread(std::function<void(DeviceLog &)> work)
{
    QMetaObject::invokeMethod(
        this, [this, work = std::move(work)] { work(*this); }, Qt::QueuedConnection);
}

void DeviceLog::setCook(const QString &cook)
{
    inThread([cook](DeviceLog &log) { log.m_cook = cook; });
}

void DeviceLog::open()
{
    inThread([](DeviceLog &log) { log.openHere(); });
}

void DeviceLog::tell(const QUuid &asker)
{
    inThread([asker](DeviceLog &log) {
        if (!log.m_store)
            return;
        const auto start = log.readStart();
        if (start) {
            Q_EMIT log.told(asker, *start);
            return;
        }
        log.notice(start.error()); // mended, it is loaded anew
        Q_EMIT log.mergeFailed(start.error());
    });
}

void DeviceLog::append(const Draft &draft)
{
    inThread([draft](DeviceLog &log) { log.appendHere(draft); });
}

void DeviceLog::merge(const QList<timers::LogEntry> &entries)
{
    inThread([entries](DeviceLog &log) { log.mergeHere(entries); });
}

void DeviceLog::restart(const EpochId &epoch)
{
    inThread([epoch](DeviceLog &log) {
        Outcome outcome = log.writable();
        if (outcome)
            outcome = log.m_store->restart(epoch);
        if (!outcome) {
            log.notice(outcome.error());
            Q_EMIT log.mergeFailed(outcome.error());
            return;
        }
        log.announceWaiting();
        Q_EMIT log.restarted(log.m_store->cursor());
    });
}

void DeviceLog::readOutbox(qsizetype most)
{
    inThread([most](DeviceLog &log) {
        if (!log.m_store)
            return;
        const auto ops = log.m_store->outbox(most);
        if (ops) {
            Q_EMIT log.outboxRead(*ops);
            return;
        }
        log.notice(ops.error());
        Q_EMIT log.mergeFailed(ops.error());
    });
}

void DeviceLog::askWaiting(quint64 question)
{
    inThread([question](DeviceLog &log) {
        log.m_question = std::max(log.m_question, question);
        log.announceWaiting();
    });
}

void DeviceLog::refuse(const OpId &op, const QString &why)
{
    inThread([op, why](DeviceLog &log) {
        if (!log.m_store)
            return;
        const auto refused = log.m_store->refuse(op, why);
        if (refused)
            Q_EMIT log.opRefused(op, why);
        log.partHere(refused);
    });
}

void DeviceLog::settle(const QList<OpId> &ops)
{
    inThread([ops](DeviceLog &log) {
        if (log.m_store)
            log.partHere(log.m_store->part(ops));
    });
}

void DeviceLog::partHere(const Expected<QList<timers::StampedOp>> &parted)
{
    const Outcome kept = parted ? keepCounter() : Outcome(parted.error());
    if (!kept) {
        notice(kept.error());
        Q_EMIT mergeFailed(kept.error());
    }
    if (parted && !parted->isEmpty())
        Q_EMIT this->parted(*parted);
    announceWaiting();
}

/// What is not read at the start still counts for the Lamport counter.
Outcome DeviceLog::keepCounter()
{
    return m_store->setFact(CounterFact, QByteArray::number(m_counter));
}

void DeviceLog::takeSnapshot(const QList<timers::StampedOp> &kept, const timers::Cursor &base)
{
    inThread([kept, base](DeviceLog &log) { log.takeSnapshotHere(kept, base); });
}

void DeviceLog::takeSnapshotHere(const QList<timers::StampedOp> &kept, const timers::Cursor &base)
{
    const Outcome counted = m_store ? keepCounter() : Outcome(notOpen());
    const auto taken =
        counted ? m_store->takeSnapshot(kept, base) : Expected<TakenSnapshot>(counted.error());
    if (!taken) {
        Q_EMIT mergeFailed(taken.error());
        return;
    }
    for (const timers::StampedOp &stamped : taken->ops)
        m_counter = std::max(m_counter, stamped.op.counter);
    if (!taken->parted.isEmpty())
        Q_EMIT parted(taken->parted);
    Q_EMIT merged(taken->ops, m_store->cursor());
    announceWaiting();
}

void DeviceLog::renew()
{
    inThread([](DeviceLog &log) {
        const Outcome writable = log.writable();
        if (!writable)
            Q_EMIT log.joinFailed(writable.error());
        else if (const Outcome renewed = log.m_store->renew(); renewed)
            Q_EMIT log.renewed(log.m_store->device());
        else
            Q_EMIT log.joinFailed(renewed.error());
    });
}

void DeviceLog::join(const Membership &membership)
{
    inThread([membership](DeviceLog &log) {
        Outcome joined = log.writable();
        if (joined)
            joined = log.joinHere(membership);
        if (joined)
            Q_EMIT log.joined(membership);
        else
            Q_EMIT log.joinFailed(joined.error());
    });
}

/// What ended long ago by this device's own clock is judged anew by the kitchen's.
Outcome DeviceLog::joinHere(const Membership &membership)
{
    if (Outcome joined = m_store->join(membership); !joined)
        return joined;
    const auto woken = m_store->wakeAll();
    if (woken && !woken->isEmpty())
        Q_EMIT merged(*woken, m_store->cursor());
    return woken ? done() : Outcome(woken.error());
}

void DeviceLog::keepOffset(qint64 offsetMs)
{
    inThread([offsetMs](DeviceLog &log) { log.keepOffsetHere(offsetMs); });
}

void DeviceLog::keepOffsetHere(qint64 offsetMs)
{
    QList<timers::StampedOp> moved;
    const bool jumps = std::abs(offsetMs - m_offsetMs) > timers::KitchenClock::SlewLimitMs;
    if (writable() && (!m_met || jumps)) {
        auto corrected = m_store->correct(m_clock.boot(), offsetMs);
        if (!corrected) { // until then this device goes by its own clock
            notice(corrected.error());
            Q_EMIT offsetRefused(corrected.error());
            return;
        }
        moved = *std::move(corrected);
    }
    m_met = true;
    m_metAtMs = m_clock.bootMs();
    m_offsetMs = offsetMs;
    noteOffset();
    Q_EMIT offsetKept(offsetMs, moved);
}

/// A full disk must not keep timers from ringing: then a restart in this boot begins anew with it.
void DeviceLog::noteOffset()
{
    if (!writable())
        return;
    const QJsonObject json{{K("boot"), m_clock.boot().toHex()},
                           {K("ms"), m_offsetMs},
                           {K("met"), m_met},
                           {K("at"), m_metAtMs}};
    const Outcome kept =
        m_store->setFact(OffsetFact, QJsonDocument(json).toJson(QJsonDocument::Compact));
    if (!kept)
        qWarning("kitchen time not kept: %s", qUtf8Printable(describe(kept.error())));
}

void DeviceLog::forgetRing(const OpId &key)
{
    inThread([key](DeviceLog &log) {
        if (log.writable())
            if (const Outcome forgotten = log.m_store->forgetRing(key); !forgotten)
                qWarning("a ring stays in the ledger: %s",
                         qUtf8Printable(describe(forgotten.error())));
    });
}

/// The offset that this boot already had; a new boot begins with the wall clock's.
Outcome DeviceLog::readOffset()
{
    const auto fact = m_store->fact(OffsetFact);
    if (!fact)
        return fact.error();
    const QJsonObject json = QJsonDocument::fromJson(fact->value_or(QByteArray())).object();
    if (json.value(K("boot")).toString() == m_clock.boot().toHex()) {
        m_offsetMs = json.value(K("ms")).toInteger();
        m_met = json.value(K("met")).toBool();
        m_metAtMs = json.value(K("at")).toInteger();
        return done();
    }
    m_offsetMs = m_clock.wallMs() - m_clock.bootMs();
    m_met = false;
    noteOffset();
    return done();
}

void DeviceLog::rest(const QList<TimerId> &timers)
{
    inThread([timers](DeviceLog &log) {
        if (!log.writable())
            return;
        QList<QUuid> subjects;
        for (const TimerId &timer : timers)
            subjects += timer.uuid();
        Outcome rested = log.keepCounter();
        if (rested)
            rested = log.m_store->rest(subjects);
        if (!rested)
            qWarning("ended timers stay awake: %s", qUtf8Printable(describe(rested.error())));
    });
}

void DeviceLog::readAll()
{
    inThread([](DeviceLog &log) {
        const auto ops =
            log.m_store ? log.m_store->all() : Expected<QList<timers::StampedOp>>(notOpen());
        if (ops) {
            Q_EMIT log.allRead(*ops);
            return;
        }
        log.notice(ops.error());
        Q_EMIT log.mergeFailed(ops.error());
    });
}

void DeviceLog::readEarlier(const EarlierPlace &before, qint64 mostTimers)
{
    inThread([before, mostTimers](DeviceLog &log) {
        const auto earlier = log.m_store ? log.m_store->earlier(before, mostTimers)
                                         : Expected<EarlierOps>(notOpen());
        if (!earlier)
            log.notice(earlier.error());
        Q_EMIT log.earlierRead(earlier ? *earlier : EarlierOps());
    });
}

void DeviceLog::readRefused()
{
    inThread([](DeviceLog &log) {
        const auto ops = log.m_store ? log.m_store->refused() : QList<RefusedOp>();
        if (!ops)
            log.notice(ops.error());
        Q_EMIT log.refusedRead(ops ? *ops : QList<RefusedOp>());
    });
}

void DeviceLog::mend()
{
    inThread([](DeviceLog &log) { log.mendHere(); });
}

/// What rested of the ops' subjects comes first, so that a timer is folded from all its ops.
Outcome DeviceLog::wakeFor(const QList<timers::Op> &ops)
{
    const auto woken = m_store->wake(ops);
    if (!woken)
        return woken.error();
    if (!woken->isEmpty())
        Q_EMIT merged(*woken, m_store->cursor());
    return done();
}

void DeviceLog::noteRing(const timers::Ring &ring)
{
    inThread([ring](DeviceLog &log) {
        const auto noted = log.writable() ? log.m_store->noteRing(ring) : Expected(false);
        if (!noted) {
            qWarning("a ring is not in the ledger: %s", qUtf8Printable(describe(noted.error())));
            log.notice(noted.error());
        }
        Q_EMIT log.ringNoted(ring);
    });
}

QDate DeviceLog::today() const
{
    return QDateTime::fromMSecsSinceEpoch(m_clock.wallMs()).date();
}

Outcome DeviceLog::writable() const
{
    if (!m_store)
        return notOpen();
    return m_store->isReadOnly() ? Outcome(newer()) : done();
}

void DeviceLog::openHere()
{
    m_reopen = false;
    take(DeviceStore::open(m_directory, today()));
}

void DeviceLog::mendHere()
{
    m_store.reset();
    m_damaged = false;
    m_reopen = false;
    take(DeviceStore::mend(m_directory, today()));
}

/// Damage that a statement came upon is mended once what is under way has been answered.
void DeviceLog::notice(const Error &error)
{
    if (error.code == ErrorCode::StoreDamaged && !std::exchange(m_damaged, true))
        inThread([](DeviceLog &log) {
            if (log.m_damaged)
                log.mendHere();
        });
}

void DeviceLog::take(Expected<std::unique_ptr<DeviceStore>> opened)
{
    if (opened) {
        m_store = *std::move(opened);
        const Outcome offset = readOffset();
        auto start = offset ? readStart() : Expected<LoadedLog>(offset.error());
        if (!start && start.error().code == ErrorCode::StoreDamaged && !m_store->salvaged())
            return mendHere();
        if (start) {
            if (!std::exchange(m_opened, true))
                m_blobs->begin();
            if (m_store->salvaged())
                Q_EMIT salvaged(*m_store->salvaged());
            Q_EMIT loaded(*start);
            return;
        }
        m_store.reset();
        opened = start.error();
    }
    m_reopen = true;
    Q_EMIT openFailed(opened.error());
}

Expected<LoadedLog> DeviceLog::readStart()
{
    const auto ops = m_store->awake();
    const auto waiting = m_store->waiting();
    const auto rings = m_store->rings();
    const auto counter = m_store->fact(CounterFact);
    if (!ops || !waiting || !rings || !counter)
        return !ops       ? ops.error()
               : !waiting ? waiting.error()
               : !rings   ? rings.error()
                          : counter.error();
    m_counter = std::max(m_counter, counter->value_or(QByteArray("0")).toLongLong());
    for (const timers::StampedOp &stamped : *ops)
        m_counter = std::max(m_counter, stamped.op.counter);
    return LoadedLog{m_store->device(),
                     *ops,
                     m_store->cursor(),
                     m_store->membership(),
                     m_offsetMs,
                     m_met,
                     *waiting,
                     *rings,
                     m_metAtMs,
                     m_cook,
                     m_store->isReadOnly()};
}

void DeviceLog::appendHere(const Draft &draft)
{
    if (!m_store && m_reopen) // the disk may have room again
        openHere();
    if (const Outcome may = writable(); !may) {
        Q_EMIT appendFailed(draft.id, may.error());
        return;
    }
    const qint64 bootMs = m_clock.bootMs();
    const qint64 asked = draft.at.value_or(bootMs + m_offsetMs);
    const qint64 at = std::max(asked, draft.notBefore.value_or(asked));
    const timers::Op op{draft.id, m_store->device(), m_cook,         draft.subject, draft.action,
                        at,       m_counter + 1,     m_clock.boot(), bootMs,        draft.seen};
    Outcome written = wakeFor({op});
    if (written)
        written = m_store->append(op);
    if (!written) {
        notice(written.error());
        Q_EMIT appendFailed(op.id, written.error());
        return;
    }
    m_counter = op.counter;
    Q_EMIT appended({op, op.at, 0});
    announceWaiting();
}

void DeviceLog::mergeHere(const QList<timers::LogEntry> &entries)
{
    if (const Outcome may = writable(); !may) {
        Q_EMIT mergeFailed(may.error());
        return;
    }
    QList<timers::Op> coming;
    for (const timers::LogEntry &entry : entries)
        coming += entry.op;
    const Outcome woken = wakeFor(coming);
    const auto fresh =
        woken ? m_store->merge(entries) : Expected<QList<timers::StampedOp>>(woken.error());
    if (!fresh) {
        notice(fresh.error());
        Q_EMIT mergeFailed(fresh.error());
        return;
    }
    for (const timers::StampedOp &stamped : *fresh)
        m_counter = std::max(m_counter, stamped.op.counter);
    Q_EMIT merged(*fresh, m_store->cursor());
    announceWaiting();
}

void DeviceLog::announceWaiting()
{
    if (!m_store)
        return;
    const auto waiting = m_store->waiting();
    if (waiting)
        Q_EMIT waitingChanged(*waiting, m_question);
}

} // namespace simmer::storage
