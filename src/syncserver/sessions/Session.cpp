// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/Session.h"

#include "protocol/EncodedPage.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "protocol/WrittenPush.h"
#include "syncserver/sessions/Farewell.h"
#include "syncserver/sessions/Flow.h"
#include "syncserver/sessions/OpCheck.h"
#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::syncserver {

namespace {

namespace limits = protocol::limits;
using protocol::ByeReason;

constexpr int MostUnderWay = 2; // pushes; bounds what one device has in memory

const QString TooLateWords =
    QStringLiteral("its timer ended long ago and is history; start the timer again");

const QString LooksOnWords =
    QStringLiteral("this device may only look on; ask an owner of the kitchen to let it cook");

const BlobHash &hashIn(const protocol::BlobOffer &offer)
{
    return offer.hash;
}
const BlobHash &hashIn(const protocol::BlobPut &put)
{
    return put.piece.hash;
}

/// Whether a device that verified the log up to `cursor` verified this log.
bool isOfThisLog(const protocol::Cursor &cursor, storage::KitchenStore &store)
{
    if (cursor.epoch != store.kitchen().epoch)
        return false;
    const Expected<QByteArray> link = store.log().linkAt(cursor.seq);
    return link && *link == cursor.chain;
}

/// A part of what the device lacks is history.
void offerSnapshot(storage::KitchenStore &store, HelloAnswer &answer)
{
    const Expected<qint64> count = store.log().countToBase();
    if (!count)
        answer.refused = count.error();
    answer.welcome.snapshot = count ? *count : 0;
    answer.snapshot = Snapshot{store.log().edition(), 0};
}

HelloAnswer answerHello(storage::KitchenStore &store, const protocol::Hello &hello)
{
    HelloAnswer answer;
    const bool restart = !isOfThisLog(hello.cursor, store);
    answer.from = restart ? 0 : hello.cursor.seq;
    const storage::Kitchen &kitchen = store.kitchen();
    answer.welcome = {protocol::ProtocolVersion, kitchen.id, kitchen.name, kitchen.epoch,
                      store.log().head(),        restart};
    if (answer.from < store.log().base())
        offerSnapshot(store, answer);
    return answer;
}

Error foldedMeanwhile()
{
    return {ErrorCode::NotFound, QStringLiteral("the log was tidied up meanwhile"), {}};
}

PageAnswer answerPage(storage::KitchenStore &store, qint64 after)
{
    if (after < store.log().base())
        return {foldedMeanwhile(), {}, 0, {}};
    const Expected<storage::LogPage> page =
        store.log().page(after, limits::EntriesPerPage, limits::PageBytes);
    if (!page)
        return {page.error(), {}, 0, {}};
    return {std::nullopt, stretches(page->entries), page->head, {}};
}

/// The next pages of a snapshot, or the base when none is left.
PageAnswer answerSnapshot(storage::KitchenStore &store, const Snapshot &snapshot)
{
    storage::KitchenLog &log = store.log();
    if (log.edition() != snapshot.edition)
        return {foldedMeanwhile(), {}, 0, {}};
    Expected<storage::LogPage> page =
        log.page(snapshot.sent, limits::EntriesPerPage, limits::PageBytes);
    const Expected<QByteArray> link = log.linkAt(log.base());
    if (!page || !link)
        return {page ? link.error() : page.error(), {}, 0, {}};
    page->entries.removeIf([&](const storage::LogEntry &entry) { return entry.seq > log.base(); });
    PageAnswer answer{{}, snapshotStretches(page->entries), page->head, {}};
    if (page->entries.isEmpty())
        answer.base = protocol::Cursor{store.kitchen().epoch, log.base(), *link};
    return answer;
}

} // namespace

Session::Session(Hub &hub, Socket &socket, SessionNumber number,
                 const storage::Admission &admission, const protocol::Hello &hello, qint64 at)
    : m_hub(hub)
    , m_socket(socket)
    , m_number(number)
    , m_admission(admission)
    , m_version(hello.version)
{
    m_socket.trust();
    m_hub.ask<HelloAnswer>(
        m_number,
        [hello, at, role = admission.role, mayCook = mayCook()](auto &store) {
            HelloAnswer answer = answerHello(store, hello);
            if (mayCook) // who looks on does not move the time either
                answer.clock = hello.clock;
            if (hello.version >= protocol::ProofVersion)
                answer.welcome.role = role;
            answer.saidAt = at;
            return answer;
        },
        &Session::greeted);
}

/// Says nothing to anybody: whoever can must have called gone() before.
Session::~Session()
{
    m_hub.forget(*this);
}

void Session::gone()
{
    m_stage = Stage::Over;
    m_hub.leave(*this);
}

void Session::received(const QByteArray &message, bool isText, qint64 at)
{
    if (m_stage == Stage::Over)
        return;
    if (isText && m_stage == Stage::In)
        if (const auto push = protocol::readWrittenPush(message))
            return receivedPush(*push, message, at);
    const Expected<protocol::FromDevice> decoded =
        isText ? protocol::decodeFromDevice(message)
               : Error{ErrorCode::BadSyntax, QStringLiteral("a binary message"), {}};
    if (!decoded)
        bye(ByeReason::BadMessage, decoded.error().context);
    else if (m_stage == Stage::Waiting)
        notNow();
    else if (const auto *push = std::get_if<protocol::Push>(&*decoded))
        take(*push, message, at);
    else
        std::visit([&](const auto &said) { take(said, at); }, *decoded);
}

void Session::receivedPush(const protocol::WrittenPush &push, const QByteArray &, qint64 at)
{
    if (m_stage == Stage::Waiting)
        notNow();
    else if (m_stage == Stage::In)
        take(push.ops, push.bodies, Read::AsWritten, at);
}

void Session::notNow()
{
    bye(ByeReason::BadMessage, QStringLiteral("not the time for this message"));
}

void Session::greeted(const HelloAnswer &answer)
{
    if (answer.refused) {
        bye(reasonFor(*answer.refused, ByeReason::Closing), answer.refused->context);
        return;
    }
    m_greeted = std::make_unique<HelloAnswer>(answer);
    m_hub.arrive(*this, answer.clock, answer.saidAt);
}

void Session::letIn()
{
    if (!m_greeted || m_stage != Stage::Waiting)
        return;
    const HelloAnswer answer = *std::exchange(m_greeted, nullptr);
    m_stage = Stage::In;
    m_sent = answer.from;
    m_head = answer.welcome.head;
    m_snapshot = answer.snapshot;
    say(answer.welcome);
    m_hub.enter(*this);
    wantPage();
    m_socket.readNext(0);
}

void Session::take(const protocol::Push &push, const QByteArray &message, qint64 received)
{
    QList<QByteArray> bodies;
    for (const timers::Op &op : push.ops)
        bodies += timers::canonical(op);
    take(push.ops, bodies, isCanonical(message, bodies) ? Read::AsWritten : Read::Otherwise,
         received);
}

void Session::take(const QList<timers::Op> &ops, const QList<QByteArray> &bodies, Read read,
                   qint64 received)
{
    PushedOps good{m_number, {}};
    const qint64 notAfter = m_hub.kitchenTime(received) + limits::FutureMs;
    for (qsizetype i = 0; i < ops.size(); ++i) {
        const timers::Op &op = ops[i];
        const QByteArray &body = bodies[i];
        if (const auto why = mayCook() ? refusal(op, body, read) : std::optional(LooksOnWords)) {
            m_hub.refused();
            say(protocol::OpRefused{op.id, *why});
            continue;
        }
        good.arrivals += {op.id, op.at, notAfter, body, timers::timerOf(op)};
        good.ops += op;
    }
    const qint64 waitMs = m_hub.countOps(m_admission.device, std::max<qint64>(1, ops.size()));
    if (!good.arrivals.isEmpty()) {
        ++m_underWay;
        m_hub.push(std::move(good));
    }
    m_holding = m_underWay >= MostUnderWay;
    if (m_holding)
        m_heldWaitMs = waitMs;
    else
        m_socket.readNext(waitMs);
}

void Session::pushed(const Committed::Push &push, const std::optional<Error> &error)
{
    --m_underWay;
    if (error) {
        bye(ByeReason::Closing, QStringLiteral("not saved: ") + error->context);
        return;
    }
    if (!push.ops.isEmpty()) // as many at most as one message holds
        say(std::make_shared<const QByteArray>(protocol::encodeAcked(push.ops)));
    if (!push.settled.isEmpty())
        say(protocol::Settled{push.settled});
    for (const OpId &op : push.tooLate) {
        m_hub.refused();
        say(protocol::OpRefused{op, TooLateWords});
    }
    if (m_holding) {
        m_holding = false;
        m_socket.readNext(m_heldWaitMs);
    }
}

void Session::take(const protocol::Ping &ping, qint64 received)
{
    say(protocol::Pong{ping.sent, m_hub.kitchenTime(received), m_hub.kitchenTime(m_hub.bootMs()),
                       m_sent});
    m_socket.readNext(0);
}

void Session::take(const protocol::Watch &watch, qint64)
{
    m_watches = watch.on;
    if (watch.on)
        m_hub.watched();
    m_socket.readNext(m_hub.countOps(m_admission.device, 1));
}

/// One at a time: nothing more is read before the store answered, so that a device has one piece of
/// a photo in memory here.
template<class AboutBlob>
void Session::take(const AboutBlob &message, qint64 received)
{
    m_blobWaitMs = m_hub.countOps(m_admission.device, 1);
    if constexpr (!std::is_same_v<AboutBlob, protocol::BlobAsk>)
        if (!mayCook()) {
            say(protocol::BlobRefused{hashIn(message), LooksOnWords});
            m_socket.readNext(m_blobWaitMs);
            return;
        }
    m_hub.ask<BlobAnswer>(
        m_number, [message, received](auto &store) { return answerBlob(store, message, received); },
        &Session::answered);
}

void Session::answered(const BlobAnswer &answer)
{
    if (answer.broken) {
        bye(ByeReason::Closing, QStringLiteral("not saved: ") + answer.broken->context);
        return;
    }
    if (answer.trouble)
        m_hub.complain(*answer.trouble);
    if (answer.said)
        say(*answer.said);
    if (!answer.lacking.isNull())
        m_hub.wishBlob(m_number, answer.lacking, answer.from);
    if (!answer.arrived.isNull())
        m_hub.blobArrived(answer.arrived);
    m_socket.readNext(m_blobWaitMs);
}

void Session::grew(const QList<Stretch> &fresh)
{
    m_head = fresh.constLast().last;
    if (m_asking || m_snapshot)
        return; // the page that comes, or the one after it, has these
    for (const Stretch &stretch : fresh)
        if (stretch.first == m_sent + 1 && m_socket.queuedBytes() < flow::FullBytes) {
            m_sent = stretch.last;
            say(stretch.page);
        }
    wantPage();
}

void Session::wantPage()
{
    const bool behind = m_stage == Stage::In && (m_snapshot || m_sent < m_head);
    if (!behind || m_asking || m_socket.queuedBytes() > flow::LowBytes)
        return;
    m_asking = true;
    if (m_snapshot)
        m_hub.ask<PageAnswer>(
            m_number,
            [snapshot = *m_snapshot](auto &store) { return answerSnapshot(store, snapshot); },
            &Session::fed);
    else
        m_hub.ask<PageAnswer>(
            m_number, [after = m_sent](auto &store) { return answerPage(store, after); },
            &Session::fed);
}

void Session::fed(const PageAnswer &answer)
{
    m_asking = false;
    if (answer.error) {
        bye(ByeReason::Closing, answer.error->code == ErrorCode::NotFound
                                    ? answer.error->context
                                    : QStringLiteral("the log cannot be read"));
        return;
    }
    for (const Stretch &stretch : answer.pages) {
        (m_snapshot ? m_snapshot->sent : m_sent) = stretch.last;
        say(stretch.page);
    }
    if (answer.base) {
        m_snapshot.reset();
        m_sent = answer.base->seq;
        say(protocol::Base{*answer.base});
    }
    m_head = std::max(m_head, answer.head);
    wantPage();
}

void Session::tookSome()
{
    wantPage();
}

void Session::stalled()
{
    cutOff(QStringLiteral("nothing was taken for too long"));
}

void Session::say(const protocol::FromServer &message)
{
    say(std::make_shared<const QByteArray>(protocol::encode(message)));
}

void Session::say(const Text &text)
{
    if (m_stage == Stage::Over)
        return;
    m_socket.send(text);
    if (m_socket.queuedBytes() > limits::QueuedBytes)
        cutOff(QStringLiteral("too much waits to be taken"));
}

void Session::cutOff(const QString &why)
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    m_socket.cutOff(farewell(ByeReason::TooSlow, why));
    m_hub.leave(*this);
}

void Session::bye(ByeReason reason, const QString &why)
{
    if (m_stage == Stage::Over)
        return;
    m_stage = Stage::Over;
    m_socket.finish(farewell(reason, why));
    m_hub.leave(*this);
}

} // namespace simmer::syncserver
