// SPDX-License-Identifier: GPL-3.0-or-later
// A socket's whole talk with a kitchen, from the stranger's first message on: one line a message,
// binary behind a “!”. Code and token of the examples in docs/protocol.md stand for the real ones.
#include "base/OneTimeCode.h"
#include "fakes/ManualClock.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "storage/kitchen/ServerStore.h"
#include "syncserver/kitchen/LiveKitchen.h"
#include "syncserver/sessions/Session.h"
#include "syncserver/sessions/Stranger.h"

#include <QFile>
#include <QTemporaryDir>

#include <deque>

using namespace simmer;
using namespace simmer::syncserver;
namespace limits = protocol::limits;

namespace {

constexpr storage::AdmissionRules Rules{limits::CodeLifetimeMs, limits::CodeTries,
                                        limits::DevicesPerKitchen};
constexpr int RunsPerFile = 1000;
constexpr qsizetype MostMessages = 32;
const QByteArray ExampleCode = "8WK8-8WT9-R4G3-RMB7";
const QByteArray ExampleToken = "9b088a0d5d9215b3a7055f874a7dde85278ae79db9f56409db276371e97c5594";

/// What the server says has to be what a device can read.
class Heard final : public Socket
{
public:
    const Peer &peer() const override { return m_peer; }
    void send(Text message) override
    {
        const auto said = protocol::decodeFromServer(*message);
        if (!said || m_isOver)
            qFatal("not to be said: %s", message->constData());
        if (const auto *paired = std::get_if<protocol::Paired>(&*said)) {
            token = paired->token.toHex();
            ++pairings;
        }
    }
    qsizetype queuedBytes() const override { return 0; }
    void readNext(qint64) override {}
    void trust() override { isTrusted = true; }
    void finish(Text lastWord) override { end(*lastWord); }
    void cutOff(Text lastWord) override { end(*lastWord); }
    bool isOver() const { return m_isOver; }

    QByteArray token;
    int pairings = 0;
    bool isTrusted = false;

private:
    void end(const QByteArray &word)
    {
        const auto said = protocol::decodeFromServer(word);
        if (m_isOver || !said || !std::holds_alternative<protocol::Bye>(*said))
            qFatal("no goodbye: %s", word.constData());
        m_isOver = true;
    }

    Peer m_peer;
    bool m_isOver = false;
};

/// A server's file in memory, where there is some; a fresh one now and then.
storage::ServerStore &freshStore()
{
    static std::unique_ptr<QTemporaryDir> folder;
    static std::unique_ptr<storage::ServerStore> store;
    static int runs = 0;
    if (runs++ % RunsPerFile == 0) {
        store.reset();
        folder = std::make_unique<QTemporaryDir>(QFile::exists(QStringLiteral("/dev/shm"))
                                                     ? QStringLiteral("/dev/shm/simmer-fuzz-XXXXXX")
                                                     : QStringLiteral("simmer-fuzz-XXXXXX"));
        auto opened = storage::ServerStore::open(folder->filePath(QStringLiteral("s.db")), Rules);
        if (!opened)
            qFatal("no store");
        store = *std::move(opened);
        if (runs == 1) // ends before what Qt made meanwhile
            std::atexit([] {
                store.reset();
                folder.reset();
            });
    }
    return *store;
}

/// A kitchen of its own for each run, in one thread.
class Kitchen final : public Reception
{
public:
    Kitchen()
        : m_store(freshStore())
        , m_id(m_store.make(QStringLiteral("Kitchen"), 1)->id)
    {
    }
    ~Kitchen() override
    {
        m_live.reset();
        const auto devices = m_store.admissions().devices(m_id);
        for (const storage::Member &device : *devices)
            if (!m_store.admissions().revoke(device.id))
                qFatal("a device that cannot be revoked");
    }
    Q_DISABLE_COPY_MOVE(Kitchen)

    QByteArray invite()
    {
        return m_store.admissions().invite(m_id, Role::Cook, wallMs())->toLatin1();
    }
    qint64 bootMs() const { return m_clock.bootMs(); }
    void settle()
    {
        while (!m_tasks.empty() || m_wantsCommit) {
            while (!m_tasks.empty()) {
                const auto task = std::move(m_tasks.front());
                m_tasks.pop_front();
                task(*m_live);
            }
            if (std::exchange(m_wantsCommit, false))
                commit();
        }
    }

    std::optional<identity::Fingerprint> ownKey() const override { return std::nullopt; }
    qint64 wallMs() const override { return m_clock.wallMs(); }
    storage::Admissions &admissions() override { return m_store.admissions(); }
    Expected<QString> nameOf(const KitchenId &) override { return QStringLiteral("Kitchen"); }
    void joined(const KitchenId &, const storage::Member &device) override
    {
        live().hub().join(device);
    }
    Expected<std::unique_ptr<Guest>> seat(Socket &socket, const storage::Admission &admission,
                                          const protocol::Hello &hello, qint64 at) override
    {
        if (admission.kitchen != m_id)
            qFatal("let into another kitchen");
        return std::unique_ptr<Guest>(live().hub().greet(socket, admission, hello, at));
    }

private:
    LiveKitchen &live()
    {
        if (!m_live) {
            const auto later = [this](const auto &, auto task) { m_tasks.push_back(task); };
            m_live =
                *LiveKitchen::wake(m_clock, m_store, m_id,
                                   {later, later, [this](const auto &) { m_wantsCommit = true; },
                                    [](const Error &) {}},
                                   supervision::Mode::Normal);
            m_live->beat(bootMs());
        }
        return *m_live;
    }
    void commit()
    {
        const auto pushes = m_live->takePushes(1024);
        const auto done = m_store.append({batchOf(m_live->store().log(), pushes)});
        m_live->hub().committed(outcomeOf(pushes,
                                          done ? Expected(done->constFirst()) : done.error(),
                                          m_live->store().log().head()));
        m_wantsCommit = m_live->hasPushes();
    }

    fakes::ManualClock m_clock;
    storage::ServerStore &m_store;
    const KitchenId m_id;
    std::shared_ptr<LiveKitchen> m_live;
    std::deque<std::function<void(LiveKitchen &)>> m_tasks;
    bool m_wantsCommit = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    Kitchen kitchen;
    Heard socket;
    const QByteArray code = kitchen.invite();
    std::unique_ptr<Guest> guest = std::make_unique<Stranger>(kitchen, socket);
    for (QByteArray message :
         input.split('\n').first(std::min(MostMessages, input.count('\n') + 1))) {
        if (socket.isOver())
            break;
        message.replace(ExampleCode, code);
        if (!socket.token.isEmpty())
            message.replace(ExampleToken, socket.token);
        const bool isText = !message.startsWith('!');
        guest->received(isText ? message : message.mid(1), isText, kitchen.bootMs());
        if (auto next = guest->successor())
            guest = std::move(next);
        kitchen.settle();
        guest->tookSome();
        kitchen.settle();
    }
    if (socket.pairings > 1 || (socket.isTrusted && socket.pairings == 0))
        qFatal("let in without a code of its own");
    return 0;
}
