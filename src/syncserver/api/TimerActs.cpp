// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/TimerActs.h"

#include "base/JsonFields.h"
#include "protocol/Limits.h"
#include "syncserver/api/Displays.h"
#include "syncserver/api/Problem.h"
#include "syncserver/sessions/OpCheck.h"
#include "timers/Lives.h"
#include "timers/OpCodec.h"
#include "timers/Sense.h"
#include "timers/TimerJson.h"

namespace simmer::syncserver::api {

using timers::Timer;

namespace {

using K = QLatin1String;

constexpr qsizetype LongestName = 200; // as the codec of ops has it
constexpr qint64 LongestSeconds = timers::LongestTimerMs / 1000;
constexpr qint64 SecondMs = 1000;

void refuse(const Visit &visit, int status, const QString &detail, const QString &advice)
{
    visit.reply(problem(status, detail, advice));
}

void refuse(const Visit &visit, const Error &error)
{
    visit.reply(problem(error));
}

/// Answers with the timer as it is now.
void show(const Visit &visit, const TimerId &id, int status)
{
    const auto timer = visit.guest.kitchen->timer(id);
    if (!timer)
        return refuse(visit, Error{ErrorCode::StoreBusy, QStringLiteral("not read"), {}});
    HttpAnswer answer =
        jsonAnswer(status, timers::timerJson(*timer, visit.guest.kitchen->moment().now));
    if (status == 201)
        answer.headers.emplaceBack("Location", "/api/v1/timers/" + id.toHex().toLatin1());
    visit.reply(answer);
}

/// An op of the guest, who has seen what the board shows.
timers::Op opOf(const Visit &visit, const TimerId &id, const timers::Action &action,
                const std::optional<Timer> &seen)
{
    const OpMoment moment = visit.guest.kitchen->moment();
    timers::Op op;
    op.id = OpId::random();
    op.device = visit.guest.device;
    op.cook = visit.guest.name;
    op.subject = id.uuid();
    op.action = action;
    op.at = seen ? std::max(moment.now, seen->headAt) : moment.now;
    op.counter = moment.counter;
    op.boot = moment.boot;
    op.bootMs = moment.bootMs;
    if (seen)
        op.seen = seen->heads.mid(0, timers::MostSeen);
    return op;
}

void press(const Visit &visit, const TimerId &id, const timers::Action &action, int status)
{
    ApiKitchen &kitchen = *visit.guest.kitchen;
    const timers::Op op = opOf(visit, id, action, kitchen.timer(id));
    if (const auto why = refusal(op, timers::canonical(op)))
        return refuse(visit, 400, *why, QStringLiteral("use shorter texts"));
    if (const qint64 wait = kitchen.countOps(visit.guest.device, 1); wait > 0) {
        HttpAnswer answer = problem(429, QStringLiteral("this device does too much at once"),
                                    QStringLiteral("wait as long as Retry-After says"));
        answer.headers.emplaceBack("Retry-After",
                                   QByteArray::number((wait + SecondMs - 1) / SecondMs));
        return visit.reply(answer);
    }
    kitchen.push(op, [visit, id, status](const Outcome &outcome) {
        if (outcome)
            show(visit, id, status);
        else
            refuse(visit, outcome.error());
    });
}

/// What the fold would ignore is refused, so that nobody believes that it was done.
void act(const Visit &visit, const timers::Action &action)
{
    const TimerId id = TimerId::fromHex(QString::fromLatin1(visit.id)).value_or(TimerId());
    ApiKitchen &kitchen = *visit.guest.kitchen;
    const auto timer = kitchen.timer(id);
    if (!timer)
        return refuse(visit, 404, QStringLiteral("there is no such timer, or it ended long ago"),
                      QStringLiteral("take an id from GET /api/v1/timers"));
    const QString look = QStringLiteral("look at its state in GET /api/v1/timers");
    if (const Outcome sense = timers::sensible(action, *timer, kitchen.moment().now); !sense)
        return refuse(visit, 409, sense.error().context, look);
    press(visit, id, action, 200);
}

/// Nothing is wanted of the body.
bool isEmpty(const Visit &visit)
{
    const Outcome outcome = JsonFields(visit.body, QStringLiteral("body")).finish();
    if (!outcome)
        refuse(visit, outcome.error());
    return bool(outcome);
}

/// Steps and slots count from 1, as on screen.
std::optional<timers::Place> takePlace(JsonFields &fields)
{
    if (!fields.has(K("recipe")) && !fields.has(K("step")) && !fields.has(K("slot")))
        return std::nullopt;
    const auto recipe = fields.id<RecipeId>(K("recipe"));
    const int step = int(fields.integer(K("step"), 1, timers::MostSteps));
    const int slot = int(fields.integerOr(K("slot"), 1, 1, timers::MostSteps));
    return timers::Place{recipe, step - 1, slot - 1};
}

/// Whether the kitchen has that slot. Errors: NotFound, those of the store.
Outcome isThere(const timers::Place &place, ApiKitchen &kitchen)
{
    const Expected<recipes::Recipe> recipe = kitchen.recipe(place.recipe);
    if (!recipe)
        return recipe.error();
    if (place.step >= recipe->steps.size() || place.slot >= recipe->steps[place.step].slots.size())
        return Error{
            ErrorCode::NotFound, QStringLiteral("that recipe has no such step or slot"), {}};
    return done();
}

/// Whether the timer may begin now; a second press must not begin a countdown anew.
bool mayBegin(const Visit &visit, const TimerId &id)
{
    ApiKitchen &kitchen = *visit.guest.kitchen;
    if (const auto timer = kitchen.timer(id); timer && !timers::isOver(*timer)) {
        refuse(visit, 409, QStringLiteral("the timer of that slot is under way"),
               QStringLiteral("cancel it first, or add to it"));
        return false;
    }
    if (kitchen.timers().size() >= protocol::limits::LiveTimers) {
        refuse(visit, 409, QStringLiteral("the kitchen has too many timers"),
               QStringLiteral("cancel some"));
        return false;
    }
    return true;
}

} // namespace

void listTimers(const Visit &visit)
{
    const QList<Timer> all = visit.guest.kitchen->timers();
    visit.reply(jsonAnswer(200, timersJson(all, visit.guest.kitchen->moment().now, all.size())));
}

void startTimer(const Visit &visit)
{
    JsonFields fields(visit.body, QStringLiteral("timer"));
    const QString name = fields.text(K("name"), LongestName).trimmed();
    if (name.isEmpty())
        fields.fault(QStringLiteral("“name” is empty"));
    const qint64 ms = fields.integer(K("seconds"), 1, LongestSeconds) * SecondMs;
    const auto place = takePlace(fields);
    if (const Outcome outcome = fields.finish(); !outcome)
        return refuse(visit, outcome.error());
    if (place)
        if (const Outcome there = isThere(*place, *visit.guest.kitchen); !there)
            return refuse(visit, there.error());
    const TimerId id = place ? timers::timerAt(*place) : TimerId::random();
    if (mayBegin(visit, id))
        press(visit, id, timers::Start{name, ms, ms, place}, 201);
}

void pauseTimer(const Visit &visit)
{
    if (isEmpty(visit))
        act(visit, timers::Pause{});
}

void resumeTimer(const Visit &visit)
{
    if (isEmpty(visit))
        act(visit, timers::Resume{});
}

void cancelTimer(const Visit &visit)
{
    if (isEmpty(visit))
        act(visit, timers::Cancel{});
}

void addToTimer(const Visit &visit)
{
    JsonFields fields(visit.body, QStringLiteral("add"));
    const qint64 ms = fields.integer(K("seconds"), -LongestSeconds, LongestSeconds) * SecondMs;
    if (ms == 0)
        fields.fault(QStringLiteral("“seconds” is 0"));
    if (const Outcome outcome = fields.finish(); !outcome)
        return refuse(visit, outcome.error());
    const auto timer = visit.guest.kitchen->timer(
        TimerId::fromHex(QString::fromLatin1(visit.id)).value_or(TimerId()));
    const qint64 left = timer ? timers::remainingAt(*timer, visit.guest.kitchen->moment().now) : 0;
    if (timer && !timers::isOver(*timer) && left <= 0 && ms < 0)
        return refuse(visit, 409, QStringLiteral("it rings already"),
                      QStringLiteral("add more than zero, or acknowledge the ring"));
    if (std::max<qint64>(0, left) + ms > timers::LongestTimerMs)
        return refuse(visit, 409, QStringLiteral("a timer runs for 400 days at most"),
                      QStringLiteral("add less"));
    act(visit, timers::Add{ms});
}

void answerRing(const Visit &visit)
{
    JsonFields fields(visit.body, QStringLiteral("ack"));
    const bool isNamed = fields.has(K("ring_key"));
    const OpId named = isNamed ? fields.id<OpId>(K("ring_key")) : OpId();
    if (const Outcome outcome = fields.finish(); !outcome)
        return refuse(visit, outcome.error());
    const auto timer = visit.guest.kitchen->timer(
        TimerId::fromHex(QString::fromLatin1(visit.id)).value_or(TimerId()));
    if (timer && isNamed && named != timer->ringKey)
        return refuse(visit, 409,
                      QStringLiteral("that ring is over; the timer has another end now"),
                      QStringLiteral("take ring_key from GET /api/v1/timers"));
    act(visit, timers::Acknowledge{timer ? timer->ringKey : OpId()});
}

void watch(const Visit &visit)
{
    Displays *displays = visit.guest.kitchen->displays();
    if (!displays)
        return refuse(visit, 503, QStringLiteral("the kitchen is in safe mode"),
                      QStringLiteral("try again in a minute"));
    if (!displays->hasRoom(visit.guest.device))
        return refuse(visit, 429, QStringLiteral("too many displays watch"),
                      QStringLiteral("close one of them"));
    displays->add(visit.guest.device,
                  visit.open({200,
                              "text/event-stream",
                              {},
                              {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}}}));
}

} // namespace simmer::syncserver::api
