// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "base/Role.h"
#include "recipes/Recipe.h"
#include "timers/Timer.h"

#include <functional>
#include <memory>

namespace simmer::syncserver {

class Displays;

/// A line of the list of recipes.
struct RecipeHead {
    RecipeId id;
    QString title;
    QString yields;
    std::optional<int> totalMinutes;
    QStringList tags;

    bool operator==(const RecipeHead &) const = default;
};

/// What an op needs to know of the moment in which it is made.
struct OpMoment {
    qint64 now = 0;     ///< kitchen ms
    qint64 counter = 0; ///< above that of every op of the kitchen
    BootId boot;        ///< of the server's machine, and
    qint64 bootMs = 0;  ///< its time
};

/// A kitchen as the HTTP API sees it. All calls come in the kitchen's thread, none may wait.
class ApiKitchen
{
public:
    using Pushed = std::function<void(const Outcome &)>;
    using Listed = std::function<void(const Expected<QList<RecipeHead>> &)>;

    ApiKitchen() = default;
    virtual ~ApiKitchen() = default;
    Q_DISABLE_COPY_MOVE(ApiKitchen)

    virtual OpMoment moment() = 0;
    /// What is on the board, also what ended within the last hour.
    virtual QList<timers::Timer> timers() = 0;
    virtual std::optional<timers::Timer> timer(const TimerId &id) = 0;
    /// All recipes in no order; `then` is called in the kitchen's thread, perhaps later. Errors:
    /// StoreBusy, StoreBroken.
    virtual void recipes(Listed then) = 0;
    /// Errors: NotFound, StoreBusy, StoreBroken.
    virtual Expected<recipes::Recipe> recipe(const RecipeId &id) = 0;
    /// Commits the op; `then` is called in the kitchen's thread once it is durable and the board
    /// shows it. Errors: Refused, DiskFull, StoreBusy, StoreBroken.
    virtual void push(const timers::Op &op, Pushed then) = 0;
    /// Takes so many ops into the device's account; how long it has to wait first, ms. What has to
    /// wait is not counted.
    virtual qint64 countOps(const DeviceId &device, qint64 ops) = 0;
    /// Null in safe mode, when nobody watches the kitchen.
    virtual Displays *displays() = 0;
};

/// Whoever sent a request, once the token was looked up.
struct ApiGuest {
    DeviceId device;
    QString name; ///< the cook's, as devices show it
    Role role = Role::Viewer;
    std::shared_ptr<ApiKitchen> kitchen; ///< null while its worker begins anew
    /// What the answer goes through: it must not tell of what is not on the disk. From the
    /// kitchen's thread.
    std::function<void(std::function<void()>)> say = [](const auto &word) { word(); };
};

/// Looks up whose token (32 bytes) that is. `then` is called in the thread of the guest's kitchen;
/// with nothing when nobody has the token, or not any more.
using GuestBook =
    std::function<void(const QByteArray &token, std::function<void(std::optional<ApiGuest>)> then)>;

} // namespace simmer::syncserver
