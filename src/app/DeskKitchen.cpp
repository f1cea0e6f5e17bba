// SPDX-License-Identifier: GPL-3.0-or-later
// What a Desk says of the kitchen that its device is in.
#include "app/Desk.h"
#include "app/DeviceJson.h"

#include <QTimer>

#include <algorithm>
#include <memory>

namespace simmer::app {

namespace {

using K = QLatin1String;
using syncclient::KitchenPulse;
using syncclient::LinkState;
using syncclient::LinkStatus;
using syncclient::SyncClient;

constexpr int PulseMs = 5000; // a server that is there tells at once

/// Whether it was tried and did not work.
bool isCutOff(const LinkStatus &status)
{
    return !status.isConnected() && !status.trouble.isEmpty();
}

/// Whether the server has said who is there: at least this device is.
bool listsSomebody(const LinkStatus &status)
{
    return std::any_of(status.devices.begin(), status.devices.end(),
                       [](const syncclient::KitchenDevice &device) { return device.online; });
}

} // namespace

std::optional<Error> Desk::whyApart(const LinkStatus &status)
{
    if (status.state == LinkState::Alone)
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("this device has not joined a kitchen; use “simmerctl pair”"),
                     {}};
    if (status.state == LinkState::Removed)
        return Error{ErrorCode::Refused,
                     QStringLiteral("this device was removed from the kitchen; ask for a new code"),
                     {}};
    if (status.state == LinkState::Copied)
        return Error{ErrorCode::Refused,
                     QStringLiteral("another machine is connected as this device; pair one of them"
                                    " again"),
                     {}};
    return std::nullopt;
}

/// Looks at how the link stands, now and whenever that changes.
void Desk::followLink(const Answer &answer, const std::function<void(const LinkStatus &)> &look)
{
    SyncClient &sync = m_device.sync();
    const auto lookOrEnd = [answer, look](const LinkStatus &status) {
        if (const auto why = whyApart(status))
            answer.end(why);
        else
            look(status);
    };
    connect(&sync, &SyncClient::statusChanged, answer.owner, lookOrEnd);
    connect(&sync, &SyncClient::reviewed, answer.owner, lookOrEnd);
    sync.review();
}

/// Waits a moment for the server's word, and does without.
void Desk::listKitchens(const QJsonObject &, const Answer &answer)
{
    SyncClient &sync = m_device.sync();
    const auto tell = [&sync, answer](const std::optional<KitchenPulse> &pulse) {
        answer.line(kitchenJson(sync.status(), pulse));
        answer.end({});
    };
    const auto known = std::make_shared<std::optional<KitchenPulse>>();
    const auto look = [tell, known](const LinkStatus &status) {
        if (isCutOff(status))
            tell({});
        else if (*known && listsSomebody(status))
            tell(*known);
    };
    connect(&sync, &SyncClient::pulseChanged, answer.owner,
            [&sync, known, look](const KitchenPulse &pulse) {
                *known = pulse;
                look(sync.status());
            });
    followLink(answer, look);
    QTimer::singleShot(PulseMs, answer.owner, [tell] { tell({}); });
    sync.watchPulse(*answer.owner);
}

void Desk::pulse(const QJsonObject &request, const Answer &answer)
{
    if (request.value(K("watch")).toBool())
        return watchPulse(answer);
    SyncClient &sync = m_device.sync();
    connect(&sync, &SyncClient::pulseChanged, answer.owner,
            [this, answer](const KitchenPulse &pulse) {
                answer.line(pulseJson(pulse, m_device.timers().now()));
                answer.end({});
            });
    followLink(answer, [answer](const LinkStatus &status) {
        if (isCutOff(status))
            answer.end(Error{ErrorCode::Unreachable, status.trouble, {}});
    });
    QTimer::singleShot(PulseMs, answer.owner, [answer] {
        answer.end(Error{ErrorCode::TimedOut,
                         QStringLiteral("the server does not say how lively the kitchen is; look at"
                                        " “simmerd kitchens” there"),
                         {}});
    });
    sync.watchPulse(*answer.owner);
}

/// A line whenever mood or score is another, and when there is nobody who knows.
void Desk::watchPulse(const Answer &answer)
{
    struct Told {
        bool any = false;
        std::optional<KitchenPulse> pulse = {};
    };
    const auto tell = [this, answer,
                       told = std::make_shared<Told>()](const std::optional<KitchenPulse> &pulse) {
        if (told->any && told->pulse == pulse)
            return;
        *told = {true, pulse};
        answer.line(pulseJson(pulse, m_device.timers().now()));
    };
    SyncClient &sync = m_device.sync();
    connect(&sync, &SyncClient::pulseChanged, answer.owner, tell);
    followLink(answer, [tell](const LinkStatus &status) {
        if (isCutOff(status))
            tell({});
    });
    sync.watchPulse(*answer.owner);
}

} // namespace simmer::app
