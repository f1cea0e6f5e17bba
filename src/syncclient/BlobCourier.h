// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/Messages.h"
#include "storage/photos/BlobShelf.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>

namespace simmer::syncclient {

/// Carries photos to the kitchen's server and from it: at most one piece under way each way, sent
/// only while no op waits. What there is to do stands on the shelf's disk, so it goes on after a
/// crash where it was. In the link's thread.
class BlobCourier : public QObject
{
    Q_OBJECT

public:
    using Say = std::function<void(const protocol::FromDevice &message)>;

    /// `clock` and `shelf` must outlive it.
    BlobCourier(const Clock &clock, storage::BlobShelf &shelf, Say say);

    /// The server let this device in; `anew`: it is another server, or has forgotten something.
    void begin(bool anew);
    /// The connection is lost.
    void end();
    /// Whether nothing that matters more has to be sent.
    void setFree(bool free);
    /// All photos are where they should be, as far as anybody who is there has them.
    bool isDone() const;
    /// Which photos the server will not have, and why.
    const QHash<BlobHash, QString> &refused() const { return m_refused; }

    void take(const protocol::BlobWanted &wanted);
    void take(const protocol::BlobKept &kept);
    void take(const protocol::BlobPart &part);
    void take(const protocol::BlobRefused &refused);

Q_SIGNALS:
    /// isDone() or refused() changed.
    void changed();

private:
    void look();
    void errandsRead(const storage::BlobErrands &errands);
    void offerNext();
    void askNext();
    void askFrom(qint64 place);
    void pieceKept(const BlobHash &hash, const storage::BlobState &state);
    void pieceFailed(const BlobHash &hash, const Error &error);
    void leaveOffer();
    void leaveAsked(bool absent);
    void say(const protocol::FromDevice &message);
    void announce();

    storage::BlobShelf &m_shelf;
    Say m_say;
    Alarm *m_again; ///< what our disk refused is tried again
    bool m_in = false;
    bool m_free = false;
    bool m_stale = false;   ///< there may be more to do than is known here
    bool m_reading = false; ///< what there is to do
    bool m_wasDone = false;
    QList<protocol::FromDevice> m_held; ///< until free
    QHash<BlobHash, QString> m_refused;
    QSet<BlobHash> m_absent; ///< asked for in vain

    QList<storage::BlobOffer> m_offers;
    std::optional<storage::BlobOffer> m_offered; ///< on its way up
    qint64 m_sentAt = -1;                        ///< the piece of it that was last asked for

    QList<storage::BlobLack> m_lacks;
    BlobHash m_asked;       ///< on its way down
    qint64 m_askedAt = 0;   ///< the piece of it that is awaited
    bool m_keeping = false; ///< our disk writes that piece
};

} // namespace simmer::syncclient
