// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/JsonShape.h"
#include "fakes/OpMaker.h"
#include "fakes/OpShelf.h"
#include "syncserver/api/Api.h"
#include "syncserver/api/Displays.h"
#include "syncserver/api/OpenApi.h"
#include "syncserver/sessions/RateLimit.h"

#include <QJsonDocument>
#include <QTest>

namespace simmer::tests {

/// An open answer whose reader the test is.
class OpenStream final : public syncserver::HttpStream
{
public:
    void write(QByteArray bytes) override
    {
        if (m_open)
            text += bytes;
    }
    void end() override { m_open = false; }
    bool isOpen() const override { return m_open; }

    /// Events since the last call: their names and data.
    QList<std::pair<QString, QJsonObject>> take()
    {
        QList<std::pair<QString, QJsonObject>> events;
        const QList<QByteArray> lines = std::exchange(text, {}).split('\n');
        QString name;
        for (const QByteArray &line : lines) {
            if (line.startsWith("event: "))
                name = QString::fromUtf8(line.mid(7));
            if (line.startsWith("data: "))
                events += {name, QJsonDocument::fromJson(line.mid(6)).object()};
        }
        return events;
    }

    QByteArray text;

private:
    bool m_open = true;
};

/// A kitchen in memory, in the test's thread, whose commits the test may hold back.
class MemoryKitchen final : public syncserver::ApiKitchen
{
public:
    syncserver::OpMoment moment() override { return {now, shelf.log().size() + 1, boot, 5000}; }
    QList<timers::Timer> timers() override { return lively.board().timers(); }
    std::optional<timers::Timer> timer(const TimerId &id) override
    {
        const timers::Timer *found = lively.board().find(id);
        return found ? std::optional(*found) : std::nullopt;
    }
    void recipes(Listed then) override
    {
        if (broken && broken->code != ErrorCode::DiskFull) // reading needs no room
            return then(*broken);
        QList<syncserver::RecipeHead> heads;
        for (const recipes::Recipe &recipe : std::as_const(book))
            heads += {recipe.id, recipe.title, recipe.yields, recipe.totalMinutes, recipe.tags};
        then(heads);
    }
    Expected<recipes::Recipe> recipe(const RecipeId &id) override
    {
        if (broken && broken->code != ErrorCode::DiskFull) // reading needs no room
            return *broken;
        for (const recipes::Recipe &recipe : std::as_const(book))
            if (recipe.id == id)
                return recipe;
        return Error{ErrorCode::NotFound, QStringLiteral("there is no such recipe"), {}};
    }
    void push(const timers::Op &op, Pushed then) override
    {
        m_waiting += {op, std::move(then)};
        if (!held)
            commit();
    }
    qint64 countOps(const DeviceId &, qint64 ops) override
    {
        return waitMs ? waitMs : rate.take(ops, now);
    }
    syncserver::Displays *displays() override { return safeMode ? nullptr : &screens; }

    void commit()
    {
        for (const auto &[op, then] : std::exchange(m_waiting, {})) {
            if (broken) {
                then(*broken);
                continue;
            }
            lively.committed({shelf.commit({op, op.at, 0})}, now);
            then(done());
        }
    }
    void pass(qint64 ms)
    {
        now += ms;
        lively.tick(now);
        screens.tick(now);
    }

    qint64 now = 1'700'000'000'000;
    BootId boot = BootId::random();
    fakes::OpShelf shelf;
    syncserver::Liveliness lively{
        [this](const TimerId &id, const auto &) { return shelf.opsOf(id); }};
    syncserver::Displays screens{lively};
    syncserver::RateLimit rate{50, 200, now};
    QList<recipes::Recipe> book;
    std::optional<Error> broken;
    qint64 waitMs = 0;
    bool held = false;
    bool safeMode = false;

private:
    QList<std::pair<timers::Op, Pushed>> m_waiting;
};

/// An API with one kitchen and a token for each role.
class ApiHouse
{
public:
    ApiHouse()
    {
        for (const auto role : {Role::Viewer, Role::Cook, Role::Owner})
            m_guests.insert(tokenOf(role),
                            {DeviceId::random(), QStringLiteral("Ana"), role, kitchen});
        recipes::Recipe soup;
        soup.id = RecipeId::random();
        soup.title = QStringLiteral("Soup");
        soup.yields = QStringLiteral("4 servings");
        soup.totalMinutes = 40;
        soup.tags = {QStringLiteral("warm")};
        soup.ingredients = {QStringLiteral("1 onion")};
        soup.steps = {{QStringLiteral("Chop."), {}, {}},
                      {QStringLiteral("Simmer 🍲 for 30 minutes."),
                       {{14, 24, 1800, 1800, {}}},
                       QStringLiteral("Soup")}};
        kitchen->book = {soup};
    }

    static QByteArray tokenOf(Role role) { return QByteArray(32, char('A' + int(role))); }
    const recipes::Recipe &soup() const { return kitchen->book.constFirst(); }

    syncserver::HttpRequest request(const QByteArray &method, const QByteArray &path,
                                    const QByteArray &body = {}, Role role = Role::Cook) const
    {
        syncserver::HttpRequest request;
        request.method = method;
        request.path = path;
        request.authorization = "Bearer " + tokenOf(role).toHex();
        request.contentType = body.isEmpty() ? QByteArray() : "application/json";
        request.body = body;
        return request;
    }
    /// What is answered; status 0 while nothing is.
    syncserver::HttpAnswer ask(const syncserver::HttpRequest &request)
    {
        m_answer = {0, {}, {}, {}};
        m_answers = 0;
        api.answer(
            request,
            [this](const syncserver::HttpAnswer &answer) {
                ++m_answers;
                m_answer = answer;
            },
            [this](const syncserver::HttpAnswer &head) {
                ++m_answers;
                m_answer = head;
                return stream = std::make_shared<OpenStream>();
            });
        return m_answer;
    }
    syncserver::HttpAnswer ask(const QByteArray &method, const QByteArray &path,
                               const QByteArray &body = {}, Role role = Role::Cook)
    {
        return ask(request(method, path, body, role));
    }
    const syncserver::HttpAnswer &answer() const { return m_answer; }
    int answers() const { return m_answers; }

    static QJsonObject json(const syncserver::HttpAnswer &answer)
    {
        return QJsonDocument::fromJson(answer.body).object();
    }
    /// Starts a timer and gives its path.
    QByteArray started(const QByteArray &seconds = "300")
    {
        const auto done =
            ask("POST", "/api/v1/timers", R"({"name":"Eggs","seconds":)" + seconds + "}");
        return done.headers.isEmpty() ? QByteArray() : done.headers.constLast().second;
    }
    static QByteArray headerOf(const syncserver::HttpAnswer &answer, const QByteArray &name)
    {
        for (const auto &[key, value] : answer.headers)
            if (key == name)
                return value;
        return {};
    }

    std::shared_ptr<MemoryKitchen> kitchen = std::make_shared<MemoryKitchen>();
    std::shared_ptr<OpenStream> stream;
    syncserver::Api api{[this](const QByteArray &token, auto then) {
        const auto found = m_guests.constFind(token);
        then(found == m_guests.cend() ? std::nullopt : std::optional(*found));
    }};
    fakes::JsonShape shape{syncserver::apiSchemas()};

    void closeKitchen()
    {
        for (syncserver::ApiGuest &guest : m_guests)
            guest.kitchen.reset();
    }
    DeviceId deviceOf(Role role) const { return m_guests.value(tokenOf(role)).device; }

private:
    QHash<QByteArray, syncserver::ApiGuest> m_guests;
    syncserver::HttpAnswer m_answer;
    int m_answers = 0;
};

} // namespace simmer::tests
