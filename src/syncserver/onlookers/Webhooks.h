// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Expected.h"
#include "base/OwnedThread.h"
#include "timers/Timer.h"

#include <QList>
#include <QObject>
#include <QUrl>

namespace simmer::syncserver {

/// Something of a kitchen that other machines of the house should hear (Home Assistant's webhooks).
struct HookEvent {
    enum class Kind { Ring, Unattended };

    Kind kind = Kind::Ring;
    KitchenId kitchen;
    QString kitchenName;
    timers::Timer timer; ///< whose name is all that is told of a recipe
    qint64 at = 0;       ///< kitchen ms at which it was noticed
};

/// What is posted: JSON, one object.
QByteArray hookBody(const HookEvent &event);

/// An address that can be posted to. Errors: BadArgument.
Expected<QUrl> hookUrl(const QString &text);

/// How patient the posting is, ms.
struct HookTiming {
    int timeoutMs = 5000;    ///< for one try, from the name's lookup to the answer's end
    int firstPauseMs = 1000; ///< after the first try that failed; four times that after each more
};

/// Posts events to all configured addresses from a thread of its own: three tries each, a few
/// waiting, redirects refused, certificates verified. An event that was told before (a worker that
/// began anew) is not told again. What waits when this ends is dropped. May be called from any
/// thread, never waits; its signals come from the thread of the posting.
class Webhooks : public QObject
{
    Q_OBJECT

public:
    static constexpr int Tries = 3;
    static constexpr qsizetype MostWaiting = 64; ///< for each address; then the oldest are dropped
    static constexpr qsizetype MostRemembered = 1024;

    /// `clock` must outlive it.
    Webhooks(const Clock &clock, const QList<QUrl> &urls, HookTiming timing = {});
    ~Webhooks() override;

    void tell(const HookEvent &event);

Q_SIGNALS:
    /// The host took an event. No more of an address is told: its path is mostly a secret.
    void delivered(const QString &host);
    /// One was given up.
    void failed(const QString &host, const QString &why);

private:
    class Postman;

    Postman *m_postman; ///< which its thread deletes
    OwnedThread m_thread;
};

} // namespace simmer::syncserver
