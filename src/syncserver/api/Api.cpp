// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Api.h"

#include "protocol/Limits.h"
#include "protocol/StrictJson.h"
#include "syncserver/api/OpenApi.h"
#include "syncserver/api/Problem.h"
#include "syncserver/api/Routes.h"

#include <algorithm>

namespace simmer::syncserver {

namespace {

constexpr qsizetype TokenDigits = 64;
constexpr int BodyDepth = 4;

HttpAnswer notFound()
{
    return problem(404, QStringLiteral("there is nothing at this address"),
                   QStringLiteral("see /api/v1/openapi.json for what there is"));
}

HttpAnswer noToken()
{
    HttpAnswer answer =
        problem(401, QStringLiteral("no device of this server has that token"),
                QStringLiteral("send “Authorization: Bearer” with the token that pairing gave"));
    answer.headers.emplaceBack("WWW-Authenticate", "Bearer realm=\"simmer\"");
    return answer;
}

bool isJson(const QByteArray &contentType)
{
    return contentType.split(';').constFirst().trimmed().toLower() == "application/json";
}

/// The body as the route wants it, or what is wrong with it.
std::variant<QJsonObject, HttpAnswer> bodyOf(const HttpRequest &request, const Route &route)
{
    if (!route.takes)
        return QJsonObject();
    if (request.body.isEmpty() && route.takesNothing)
        return QJsonObject();
    if (!isJson(request.contentType))
        return problem(415, QStringLiteral("the body is not said to be JSON"),
                       QStringLiteral("send “Content-Type: application/json”"));
    const Expected<QJsonObject> body =
        protocol::strictObject(request.body, protocol::limits::HttpBodyBytes, BodyDepth);
    if (!body)
        return problem(body.error());
    return *body;
}

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// An open answer whose events go through ApiGuest::say.
class HeldStream final : public HttpStream
{
public:
    HeldStream(std::shared_ptr<HttpStream> stream, decltype(ApiGuest::say) say)
        : m_stream(std::move(stream))
        , m_say(std::move(say))
    {
    }
    ~HeldStream() override = default;
    Q_DISABLE_COPY_MOVE(HeldStream)

    void write(QByteArray bytes) override
    {
        m_say([stream = m_stream, bytes = std::move(bytes)] { stream->write(bytes); });
    }
    void end() override
    {
        m_say([stream = m_stream] { stream->end(); });
    }
    bool isOpen() const override { return m_stream->isOpen(); }

private:
    const std::shared_ptr<HttpStream> m_stream;
    const decltype(ApiGuest::say) m_say;
};

/// The visit of a known guest, whatever it is answered.
Visit heldBack(Visit visit, const ApiGuest &guest)
{
    visit.guest = guest;
    visit.reply = [say = guest.say, reply = std::move(visit.reply)](const HttpAnswer &answer) {
        say([reply, answer] { reply(answer); });
    };
    visit.open = [say = guest.say, open = std::move(visit.open)](const HttpAnswer &head) {
        return std::make_shared<HeldStream>(open(head), say);
    };
    return visit;
}

void receive(const Route &route, Visit visit)
{
    if (!suffices(visit.guest.role, route.needs))
        return visit.reply(problem(403, QStringLiteral("this device may only look on"),
                                   QStringLiteral("ask an owner of the kitchen to let it cook")));
    if (!visit.guest.kitchen)
        return visit.reply(problem(503, QStringLiteral("the kitchen begins anew"),
                                   QStringLiteral("try again in a second")));
    route.handle(visit);
}

} // namespace

std::optional<QByteArray> bearerToken(const QByteArray &authorization)
{
    static const QByteArray scheme = "bearer ";
    if (authorization.first(std::min(authorization.size(), scheme.size())).toLower() != scheme)
        return std::nullopt;
    const QByteArray digits = authorization.mid(scheme.size()).trimmed();
    if (digits.size() != TokenDigits || !std::all_of(digits.cbegin(), digits.cend(), isHexDigit))
        return std::nullopt;
    return QByteArray::fromHex(digits);
}

Api::Api(GuestBook guests)
    : m_guests(std::move(guests))
    , m_router(routes())
    , m_description(jsonAnswer(200, openApi(m_router.routes())))
{
}

void Api::answer(HttpRequest request, Reply reply, Open open)
{
    if (request.path == DescriptionPath && request.method == "GET")
        return reply(m_description);
    const auto found = m_router.find(request.method, request.path);
    if (const auto *others = std::get_if<Router::OtherMethods>(&found))
        return reply(wrongMethod(others->allowed));
    const auto *match = std::get_if<Router::Found>(&found);
    if (!match)
        return reply(request.path == DescriptionPath ? wrongMethod("GET") : notFound());
    const auto token = bearerToken(request.authorization);
    if (!token)
        return reply(noToken());
    auto body = bodyOf(request, *match->route);
    if (const auto *fault = std::get_if<HttpAnswer>(&body))
        return reply(*fault);
    Visit visit{match->id, std::get<QJsonObject>(body), {}, std::move(reply), std::move(open)};
    m_guests(*token,
             [route = match->route, visit = std::move(visit)](std::optional<ApiGuest> guest) {
                 if (!guest)
                     return visit.reply(noToken());
                 receive(*route, heldBack(visit, *guest));
             });
}

void HttpFront::add(const QByteArray &path, HttpResponder &responder)
{
    m_responders += {path, &responder};
}

void HttpFront::answer(HttpRequest request, Reply reply, Open open)
{
    ++m_requests;
    for (const auto &[path, responder] : std::as_const(m_responders))
        if (request.path == path || request.path.startsWith(path + '/'))
            return responder->answer(std::move(request), std::move(reply), std::move(open));
    reply(notFound());
}

} // namespace simmer::syncserver
