// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"
#include "storage/DataFolder.h"
#include "supervision/Thrown.h"
#include "syncserver/Outward.h"
#include "syncserver/SyncServer.h"
#include "syncserver/house/Shift.h"
#include "syncserver/net/Endpoint.h"

#include <QHash>

namespace simmer::syncserver {

/// Questions to the kitchens that are not answered yet. In the face's thread.
class Asked
{
public:
    using Failed = std::function<void(const Error &)>;

    quint64 add(Failed failed)
    {
        m_open.insert(++m_newest, std::move(failed));
        return m_newest;
    }
    /// Whether an answer is still wanted; it is the last one.
    bool take(quint64 number) { return m_open.remove(number) > 0; }
    /// Whoever would have answered is gone.
    void failAll(const Error &error)
    {
        const QHash<quint64, Failed> open = std::exchange(m_open, {});
        for (const Failed &failed : open)
            failed(error);
    }

private:
    QHash<quint64, Failed> m_open;
    quint64 m_newest = 0;
};

/// What a question throws is its answer.
template<class Answer>
Expected<Answer> answerTo(const std::function<Expected<Answer>(Kitchens &)> &question,
                          Kitchens &kitchens)
{
    try {
        return question(kitchens);
    } catch (...) {
        return Error{ErrorCode::Crashed, supervision::wordsOf(std::current_exception()), {}};
    }
}

/// Everything that exists only while the server runs. Lives in the face's thread.
class SyncServer::Core
{
public:
    Core(const Clock &clock, SyncServer &face)
        : m_clock(clock)
        , m_face(face)
        , m_alarm(clock.makeAlarm(nullptr))
    {
    }
    ~Core() { stop(); }
    Q_DISABLE_COPY_MOVE(Core)

    Expected<QUrl> start(const ServerOptions &options);
    /// Puts a question to the kitchens; the answer comes in the face's thread.
    template<class Answer>
    void ask(std::function<Expected<Answer>(Kitchens &)> question,
             std::function<void(const Expected<Answer> &)> answer)
    {
        if (!m_ear) {
            answer(
                Error{ErrorCode::Crashed, QStringLiteral("the server's kitchens are stuck"), {}});
            return;
        }
        const quint64 number = m_asked->add([answer](const Error &error) { answer(error); });
        m_shift->post([shift = m_shift.get(), face = &m_face, asked = m_asked, number,
                       question = std::move(question),
                       answer = std::move(answer)](Kitchens &kitchens) {
            const Expected<Answer> said = answerTo(question, kitchens);
            shift->say([face, asked, number, answer, said] {
                QMetaObject::invokeMethod(
                    face,
                    [asked, number, answer, said] {
                        if (asked->take(number))
                            answer(said);
                    },
                    Qt::QueuedConnection);
            });
        });
    }
    void probe(std::function<void()> answered);
    const QUrl &url() const { return m_url; }
    QList<QUrl> urls() const;
    bool isNew() const { return m_isNew; }
    const std::optional<identity::Fingerprint> &ownKey() const { return m_ownKey; }
    WorkerCounts workers() const { return m_book->counts(); }

private:
    void makeOutward();
    Lookout::Reports reports();
    Outcome openKitchens(const ServerOptions &options);
    Outcome openShift(const Shift::OpenStore &open);
    void listenTo(Kitchens &kitchens);
    template<class... What>
    void passOn(Kitchens &kitchens, void (Kitchens::*said)(What...),
                void (SyncServer::*told)(What...));
    void watch();
    void watchDisk(std::unique_ptr<supervision::Watch> &watch, const supervision::Pulsebeat &beat);
    void hung(const KitchenId &kitchen, qint64 sinceMs);
    void leaveBehind(std::shared_ptr<Shift> shift);
    void giveUp(const Error &error);
    void keepBackups();
    Outcome listen(const ServerOptions &options);
    void beatAt(qint64 boot);
    void stop();

    // From the top down each uses those above it.
    const Clock &m_clock;
    SyncServer &m_face;
    ServerOptions m_options;
    const std::unique_ptr<Alarm> m_alarm; ///< for the kitchens' next beat
    std::optional<identity::Fingerprint> m_ownKey;
    QList<ListenAt> m_places;
    QUrl m_url;
    bool m_isNew = false;
    std::unique_ptr<storage::DataFolder> m_folder;
    const std::shared_ptr<Asked> m_asked = std::make_shared<Asked>();
    std::shared_ptr<CrashBook> m_book = std::make_shared<CrashBook>();
    std::unique_ptr<Outward> m_outward; ///< which the shift and the network thread call
    QObject *m_ear = nullptr;           ///< hears the shift in the face's thread; the face's child
    std::shared_ptr<Shift> m_shift;
    std::shared_ptr<Shift> m_atDoor; ///< who takes new sockets; the network thread's
    std::unique_ptr<Endpoint> m_endpoint;
    std::unique_ptr<supervision::Watch> m_taskWatch;
    std::unique_ptr<supervision::Watch> m_diskWatch; ///< of the kitchen thread's uses of the file
    std::unique_ptr<supervision::Watch> m_syncWatch;
    OwnedThread m_keeperThread;
};

} // namespace simmer::syncserver
