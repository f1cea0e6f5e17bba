// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Desk.h"

#include "app/DeviceJson.h"
#include "recipes/RecipeCodec.h"
#include "recipes/times/TimerName.h"
#include "syncclient/PairLink.h"
#include "timers/Digest.h"
#include "timers/TimerBoard.h"

#include <QJsonArray>
#include <QTimer>

#include <algorithm>
#include <memory>

namespace simmer::app {

namespace {

using K = QLatin1String;
using syncclient::LinkState;

constexpr qint64 DayMs = 24LL * 3600 * 1000;
constexpr qsizetype ShortestPrefix = 4; // of an id, as people copy them

Error notFound(const QString &what)
{
    return {ErrorCode::NotFound, what, {}};
}

OpId opOf(const QJsonObject &request)
{
    return OpId::fromHex(request.value(K("op")).toString()).value_or(OpId::random());
}

bool matchesId(const QString &hex, const QString &wanted)
{
    return wanted.size() >= ShortestPrefix && hex.startsWith(wanted.toLower());
}

/// The only one of `found`, or why there is none.
template<class Item>
Expected<Item> only(const QList<Item> &found, const QString &kind, const QString &wanted)
{
    if (found.size() == 1)
        return found.constFirst();
    const QString what = found.isEmpty() ? QStringLiteral("no %1 “%2”")
                                         : QStringLiteral("more than one %1 fits “%2”");
    return notFound(what.arg(kind, wanted));
}

/// The same answer, deaf after its end: signals may still come while its owner waits to die.
Answer endingOnce(const Answer &answer)
{
    auto over = std::make_shared<bool>(false);
    return {answer.owner,
            [answer, over](const QJsonObject &line) {
                if (!*over)
                    answer.line(line);
            },
            [answer, over](const std::optional<Error> &trouble) {
                if (!std::exchange(*over, true))
                    answer.end(trouble);
            }};
}

bool ended(const timers::Timer &timer)
{
    return timer.phase == timers::Phase::Done || timer.phase == timers::Phase::Cancelled;
}

/// What a person should know of photos before “level” is said.
std::optional<Error> refusedPhoto(const syncclient::LinkStatus &status)
{
    if (status.refusedPhotos.isEmpty())
        return std::nullopt;
    const auto photo = status.refusedPhotos.cbegin();
    return Error{ErrorCode::Refused,
                 QStringLiteral("the server does not take photo %1: %2")
                     .arg(photo.key().toHex().left(8), *photo),
                 {}};
}

} // namespace

Desk::Desk(Device &device, QObject *parent)
    : QObject(parent)
    , m_device(device)
{
}

void Desk::handle(const QJsonObject &request, const Answer &answer)
{
    static const QHash<QString, Handler> handlers{
        {QStringLiteral("timers"), &Desk::listTimers},
        {QStringLiteral("watch"), &Desk::watch},
        {QStringLiteral("recipes"), &Desk::listRecipes},
        {QStringLiteral("show"), &Desk::show},
        {QStringLiteral("start"), &Desk::start},
        {QStringLiteral("pause"), &Desk::press},
        {QStringLiteral("resume"), &Desk::press},
        {QStringLiteral("add"), &Desk::press},
        {QStringLiteral("snooze"), &Desk::press},
        {QStringLiteral("rename"), &Desk::press},
        {QStringLiteral("stop"), &Desk::press},
        {QStringLiteral("ack"), &Desk::press},
        {QStringLiteral("save"), &Desk::save},
        {QStringLiteral("pair"), &Desk::pair},
        {QStringLiteral("edit"), &Desk::edit},
        {QStringLiteral("remove"), &Desk::remove},
        {QStringLiteral("history"), &Desk::history},
        {QStringLiteral("cook"), &Desk::cook},
        {QStringLiteral("cooking"), &Desk::listCooking},
        {QStringLiteral("sync"), &Desk::sync},
        {QStringLiteral("digest"), &Desk::digest},
        {QStringLiteral("photo"), &Desk::photo},
        {QStringLiteral("refused"), &Desk::listRefused},
        {QStringLiteral("pulse"), &Desk::pulse},
        {QStringLiteral("kitchens"), &Desk::listKitchens}};
    const QString command = request.value(K("cmd")).toString();
    const Answer once = endingOnce(answer);
    if (const Handler handler = handlers.value(command, nullptr))
        (this->*handler)(request, once);
    else if (const Errand errand = m_errands.value(command))
        errand(request, once);
    else
        once.end(
            Error{ErrorCode::BadArgument, QStringLiteral("unknown request “%1”").arg(command), {}});
}

/// What is live, and what ended in the last day.
QList<timers::Timer> Desk::recentTimers() const
{
    QList<timers::Timer> list = m_device.timers().timers().values();
    list.removeIf([now = m_device.timers().now()](const timers::Timer &timer) {
        return ended(timer) && timer.changedAt < now - DayMs;
    });
    return list;
}

/// Live timers first, next to ring on top; ended ones after them.
QJsonArray Desk::timerLines(QList<timers::Timer> list) const
{
    const qint64 now = m_device.timers().now();
    const auto key = [now](const timers::Timer &timer) {
        return std::tuple(ended(timer), timer.phase == timers::Phase::Paused,
                          timers::remainingAt(timer, now), timer.id.uuid());
    };
    std::sort(list.begin(), list.end(),
              [&](const auto &a, const auto &b) { return key(a) < key(b); });
    QJsonArray lines;
    for (const timers::Timer &timer : std::as_const(list))
        lines.append(timerJson(timer, now));
    return lines;
}

void Desk::listTimers(const QJsonObject &request, const Answer &answer)
{
    if (request.value(K("all")).toBool()) {
        withAllTimers(answer, [this, answer](const QList<timers::Timer> &all) {
            for (const QJsonValue &line : timerLines(all))
                answer.line(line.toObject());
            answer.end({});
        });
        return;
    }
    const QJsonArray lines = timerLines(recentTimers());
    for (const QJsonValue &line : lines)
        answer.line(line.toObject());
    answer.end({});
}

void Desk::watch(const QJsonObject &, const Answer &answer)
{
    connect(&m_device.timers(), &timerserver::TimerServer::ticked, answer.owner,
            [this, answer](qint64 nowMs) {
                answer.line({{K("now_ms"), nowMs},
                             {K("link"), linkWord(m_device.sync().status().state)},
                             {K("timers"), timerLines(recentTimers())}});
            });
}

void Desk::listRecipes(const QJsonObject &, const Answer &answer)
{
    QList<recipes::Recipe> list = m_device.recipes().recipes().values();
    std::sort(list.begin(), list.end(), [](const auto &a, const auto &b) {
        return std::pair(a.title.toCaseFolded(), a.id.uuid()) <
               std::pair(b.title.toCaseFolded(), b.id.uuid());
    });
    for (const recipes::Recipe &recipe : std::as_const(list))
        answer.line({{K("id"), recipe.id.toHex()},
                     {K("title"), recipe.title},
                     {K("steps"), recipe.steps.size()},
                     {K("source"), recipe.source}});
    answer.end({});
}

void Desk::show(const QJsonObject &request, const Answer &answer)
{
    const auto recipe = findRecipe(request.value(K("recipe")).toString());
    if (!recipe) {
        answer.end(recipe.error());
        return;
    }
    answer.line(recipeJson(*recipe));
    answer.end({});
}

Expected<recipes::Recipe> Desk::findRecipe(const QString &wanted) const
{
    QList<recipes::Recipe> exact;
    QList<recipes::Recipe> similar;
    for (const recipes::Recipe &recipe : m_device.recipes().recipes()) {
        if (recipe.id.toHex() == wanted || recipe.title.compare(wanted, Qt::CaseInsensitive) == 0)
            exact += recipe;
        else if (matchesId(recipe.id.toHex(), wanted) ||
                 recipe.title.contains(wanted, Qt::CaseInsensitive))
            similar += recipe;
    }
    return only(exact.isEmpty() ? similar : exact, QStringLiteral("recipe"), wanted);
}

Expected<timers::Timer> Desk::findTimer(const QString &wanted) const
{
    QList<timers::Timer> named;
    QList<timers::Timer> live;
    for (const timers::Timer &timer : m_device.timers().timers()) {
        if (timer.id.toHex() == wanted)
            return timer;
        if (!matchesId(timer.id.toHex(), wanted) &&
            timer.name.compare(wanted, Qt::CaseInsensitive) != 0)
            continue;
        named += timer;
        if (!ended(timer))
            live += timer;
    }
    return only(live.isEmpty() ? named : live, QStringLiteral("timer"), wanted);
}

/// What a start request asks for: a slot of a recipe, or a free timer.
Expected<timerserver::Press> Desk::pressAt(const QJsonObject &request) const
{
    if (!request.contains(K("recipe")))
        return timerserver::Press{request.value(K("name")).toString(),
                                  request.value(K("min_ms")).toInteger(),
                                  request.value(K("max_ms")).toInteger(),
                                  {}};
    const auto recipe = findRecipe(request.value(K("recipe")).toString());
    if (!recipe)
        return recipe.error();
    const qint64 step = request.value(K("step")).toInteger();
    const qint64 slot = request.value(K("slot")).toInteger(1);
    if (step < 1 || step > recipe->steps.size())
        return notFound(
            QStringLiteral("“%1” has %2 steps").arg(recipe->title).arg(recipe->steps.size()));
    const QList<recipes::Slot> &slotList = recipe->steps[step - 1].slots;
    if (slot < 1 || slot > slotList.size())
        return notFound(QStringLiteral("step %1 has %2 times").arg(step).arg(slotList.size()));
    const recipes::Slot &found = slotList[slot - 1];
    return timerserver::Press{recipes::timerName(*recipe, int(step - 1), int(slot - 1)).left(200),
                              found.shortestSeconds * 1000, found.longestSeconds * 1000,
                              timers::Place{recipe->id, int(step - 1), int(slot - 1)}};
}

void Desk::start(const QJsonObject &request, const Answer &answer)
{
    const auto press = pressAt(request);
    if (!press) {
        answer.end(press.error());
        return;
    }
    const OpId op = opOf(request);
    const TimerId timer = press->place ? timers::timerAt(*press->place) : TimerId(op.uuid());
    answerWhenKept(op, timer, answer);
    m_device.timers().start(*press, op);
}

void Desk::press(const QJsonObject &request, const Answer &answer)
{
    const auto timer = findTimer(request.value(K("timer")).toString());
    if (!timer) {
        answer.end(timer.error());
        return;
    }
    const OpId op = opOf(request);
    answerWhenKept(op, timer->id, answer);
    const QString command = request.value(K("cmd")).toString();
    timerserver::TimerServer &timers = m_device.timers();
    if (command == K("pause"))
        timers.pause(timer->id, op);
    else if (command == K("resume"))
        timers.resume(timer->id, op);
    else if (command == K("add"))
        timers.add(timer->id, request.value(K("delta_ms")).toInteger(), op);
    else if (command == K("snooze"))
        timers.snooze(timer->id, request.value(K("ms")).toInteger(), op);
    else if (command == K("rename"))
        timers.rename(timer->id, request.value(K("name")).toString().left(200), op);
    else if (command == K("ack"))
        timers.acknowledge(timer->id, op);
    else
        timers.cancel(timer->id, op);
}

void Desk::answerWhenKept(const OpId &op, const TimerId &timer, const Answer &answer)
{
    auto &server = m_device.timers();
    connect(&server, &timerserver::TimerServer::pressKept, answer.owner,
            [&server, op, timer, answer](const OpId &kept) {
                if (kept != op)
                    return;
                answer.line(timerJson(server.timers().value(timer), server.now()));
                answer.end({});
            });
    connect(&server, &timerserver::TimerServer::pressFailed, answer.owner,
            [op, answer](const OpId &failed, const Error &error) {
                if (failed == op)
                    answer.end(error);
            });
}

/// Saves recipes and answers with a line for each as it becomes durable.
void Desk::save(const QJsonObject &request, const Answer &answer)
{
    auto left = std::make_shared<QSet<RecipeId>>();
    auto &book = m_device.recipes();
    const auto finished = [left, answer](const RecipeId &id) {
        if (left->remove(id) && left->isEmpty())
            answer.end({});
    };
    connect(&book, &recipes::RecipeBook::saved, answer.owner,
            [answer, finished](const RecipeId &id) {
                answer.line({{K("id"), id.toHex()}});
                finished(id);
            });
    connect(&book, &recipes::RecipeBook::notSaved, answer.owner,
            [answer, finished](const RecipeId &id, const Error &error) {
                answer.line({{K("id"), id.toHex()}, {K("error"), describe(error)}});
                finished(id);
            });
    QList<recipes::Recipe> wanted;
    const QJsonObject list = request.value(K("recipes")).toObject();
    for (auto it = list.begin(); it != list.end(); ++it) {
        const auto id = RecipeId::fromHex(it.key());
        const auto recipe = recipes::recipeFromJson(id.value_or(RecipeId()), it->toObject());
        if (!id || !recipe) {
            answer.end(recipe ? notFound(QStringLiteral("no recipe id")) : recipe.error());
            return;
        }
        left->insert(*id);
        wanted += *recipe;
    }
    if (wanted.isEmpty())
        answer.end({});
    for (const recipes::Recipe &recipe : std::as_const(wanted))
        book.saveImported(recipe);
}

void Desk::pair(const QJsonObject &request, const Answer &answer)
{
    auto &sync = m_device.sync();
    connect(&sync, &syncclient::SyncClient::offsetMeasured, answer.owner, [&sync, answer] {
        answer.line({{K("kitchen"), sync.status().kitchen},
                     {K("server"), sync.status().server.toString()}});
        answer.end({});
    });
    connect(&sync, &syncclient::SyncClient::pairingFailed, answer.owner,
            [answer](const Error &error) { answer.end(error); });
    QString server = request.value(K("url")).toString();
    const QString name = request.value(K("name")).toString();
    if (const auto link = syncclient::pairLinkIn(server))
        return sync.pair(link->server(), link->code, name, link->key);
    if (!server.contains(K("://")))
        server.prepend(K("wss://"));
    sync.pair(QUrl(server), request.value(K("code")).toString(), name);
}

/// Ends when log, outbox and photos are level with the server; an impatient request also gives up
/// at the first failed connection. When the log is level the recipes that came are still to say
/// which photos they lack, so the link is asked once more.
void Desk::sync(const QJsonObject &request, const Answer &answer)
{
    auto &sync = m_device.sync();
    const bool patient = request.value(K("patient")).toBool();
    const auto asked = std::make_shared<quint64>(sync.review());
    const auto isLevel = [](const syncclient::LinkStatus &status) {
        return status.state == LinkState::Level && status.photosLevel;
    };
    const auto look = [=, &sync](const syncclient::LinkStatus &status) {
        if (isLevel(status))
            *asked = sync.review();
        else if (status.state == LinkState::Level)
            return; // photos are on their way
        else if (const auto why = whyApart(status))
            answer.end(why);
        else if (!patient && status.state == LinkState::Connecting && !status.trouble.isEmpty())
            answer.end(Error{ErrorCode::Unreachable, status.trouble, {}});
    };
    connect(&sync, &syncclient::SyncClient::statusChanged, answer.owner, look);
    QTimer::singleShot(int(request.value(K("wait_ms")).toInteger()), answer.owner, [answer, &sync] {
        QString context = QStringLiteral("not level with the server in time");
        if (!sync.status().trouble.isEmpty())
            context += QStringLiteral(" (%1)").arg(sync.status().trouble);
        answer.end(Error{ErrorCode::TimedOut, context, {}});
    });
    connect(&sync, &syncclient::SyncClient::reviewed, answer.owner,
            [=](const syncclient::LinkStatus &status, quint64 question) {
                if (!isLevel(status))
                    look(status);
                else if (question >= *asked)
                    answer.end(patient ? refusedPhoto(status) : std::nullopt);
            });
}

/// Of the whole log, so that it does not matter what a device has read since its start.
void Desk::digest(const QJsonObject &, const Answer &answer)
{
    withAllTimers(answer, [this, answer](const QList<timers::Timer> &all) {
        const QByteArray digest =
            timers::digest(all, m_device.recipes().canonical(), m_device.cooking().canonical());
        answer.line({{K("digest"), QString::fromLatin1(digest)}});
        answer.end({});
    });
}

void Desk::listRefused(const QJsonObject &, const Answer &answer)
{
    connect(
        &m_device.log(), &storage::DeviceLog::refusedRead, answer.owner,
        [this, answer](const QList<storage::RefusedOp> &list) {
            for (const storage::RefusedOp &refused : list)
                answer.line(refusedJson(refused, m_device.nameOf(refused.op)));
            answer.end({});
        },
        Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    m_device.log().readRefused();
}

/// Ended ones of long ago rest in the log; these are read for once.
void Desk::withAllTimers(const Answer &answer,
                         const std::function<void(const QList<timers::Timer> &)> &then)
{
    connect(
        &m_device.log(), &storage::DeviceLog::allRead, answer.owner,
        [then](const QList<timers::StampedOp> &ops) {
            timers::TimerBoard board;
            board.put(ops);
            then(board.timers());
        },
        Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    m_device.log().readAll();
}

} // namespace simmer::app
