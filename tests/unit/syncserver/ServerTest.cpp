// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"

namespace simmer::tests {

void ServerTest::startFresh()
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_options = {};
    m_options.dataDir = m_folder->path();
    m_options.at = {{QStringLiteral("127.0.0.1"), 0}};
    startServer();
}

void ServerTest::startServer()
{
    m_server = std::make_unique<syncserver::SyncServer>(clock());
    const Expected<QUrl> url = m_server->start(m_options);
    QVERIFY2(bool(url), url ? "" : qPrintable(describe(url.error())));
    m_url = *url;
}

QString ServerTest::invite()
{
    std::optional<Expected<syncserver::Invite>> answer;
    m_server->invite(Role::Owner,
                     [&](const Expected<syncserver::Invite> &invite) { answer = invite; });
    const bool answered = QTest::qWaitFor([&] { return answer.has_value(); }, PatienceMs);
    return answered && *answer ? (**answer).code : QString();
}

QByteArray ServerTest::token(Role role)
{
    std::optional<Expected<QByteArray>> issued;
    m_server->issueToken(QStringLiteral("Display"), role,
                         [&](const Expected<QByteArray> &token) { issued = token; });
    const bool answered = QTest::qWaitFor([&] { return issued.has_value(); }, PatienceMs);
    return answered && *issued ? **issued : QByteArray();
}

void ServerTest::join(WireDevice &device)
{
    const QString code = invite();
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.pair(code);
    QTRY_VERIFY(!device.token.isEmpty());
    device.hello();
    QTRY_VERIFY(device.heard<protocol::Welcome>());
}

void ServerTest::reconnect(WireDevice &device)
{
    device.socket().abort();
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.hello();
    QTRY_VERIFY(device.heard<protocol::Welcome>() || device.bye());
}

timers::Op ServerTest::pushed(WireDevice &device, const timers::Action &action)
{
    const timers::Op op = device.op(action, now());
    device.say(protocol::Push{{op}});
    [&] { QTRY_VERIFY(device.hasAck(op.id)); }();
    return op;
}

QList<protocol::Device> ServerTest::listHeardBy(const WireDevice &device)
{
    constexpr int LookMs = 100;
    m_clock.advance(LookMs);
    const auto heard = device.heard<protocol::Devices>();
    return heard ? heard->devices : QList<protocol::Device>();
}

timers::WriteRecipe bigRecipe(qsizetype bytes)
{
    return {{{QStringLiteral("title"), QString(bytes, QLatin1Char('x'))}}};
}

} // namespace simmer::tests
