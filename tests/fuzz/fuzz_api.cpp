// SPDX-License-Identifier: GPL-3.0-or-later
// Requests to the HTTP API. The first byte chooses whose token; requests end with a zero byte: a
// line with method and target, then the body. An id of zeros stands for the newest timer's.
#include "unit/syncserver/ApiHouse.h"

using namespace simmer;
using namespace simmer::tests;
using namespace simmer::syncserver;

namespace {

constexpr qsizetype MostRequests = 16;
const QByteArray NewestId(32, '0');

HttpRequest requestIn(const QByteArray &text, Role role, const ApiHouse &house)
{
    const qsizetype end = text.indexOf('\n');
    const QByteArray line = text.left(end);
    const QByteArray target = line.mid(line.indexOf(' ') + 1);
    const qsizetype query = target.indexOf('?');
    HttpRequest request = house.request(line.left(line.indexOf(' ')), target.left(query),
                                        end < 0 ? QByteArray() : text.mid(end + 1), role);
    request.query = query < 0 ? QByteArray() : target.mid(query + 1);
    if (line.startsWith('!')) // a word of its own
        request.authorization = request.query;
    return request;
}

void check(const HttpAnswer &answer, int answers, const HttpRequest &request)
{
    const bool isKnown = answer.status >= 200 && answer.status < 600;
    const bool isJson = answer.body.isEmpty() || !answer.type.contains("json") ||
                        !QJsonDocument::fromJson(answer.body).isNull();
    const bool isProblem = answer.status < 400 || answer.type == "application/problem+json";
    if (answers != 1 || !isKnown || !isJson || !isProblem)
        qFatal("%d answers, %d, to %s %s", answers, answer.status, request.method.constData(),
               request.path.constData());
    for (const auto &[name, value] : answer.headers)
        if (name.contains('\n') || value.contains('\n') || value.contains('\r'))
            qFatal("a header of two lines");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const auto role = Role(data[0] % 3);
    const QByteArray input(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    ApiHouse house;
    QByteArray newest = NewestId;
    const qsizetype before = house.kitchen->shelf.log().size();
    for (QByteArray text : input.split('\0').first(std::min(MostRequests, input.count('\0') + 1))) {
        const HttpRequest request = requestIn(text.replace(NewestId, newest), role, house);
        const HttpAnswer answer = house.ask(request);
        check(answer, house.answers(), request);
        const QByteArray made = ApiHouse::headerOf(answer, "Location");
        if (!made.isEmpty())
            newest = made.last(NewestId.size());
    }
    if (role == Role::Viewer && house.kitchen->shelf.log().size() != before)
        qFatal("a viewer did something");
    return 0;
}
