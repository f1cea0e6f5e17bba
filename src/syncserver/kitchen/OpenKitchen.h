// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/ApiKitchen.h"
#include "syncserver/kitchen/LiveKitchen.h"

namespace simmer::syncserver {

/// A live kitchen as the HTTP API sees it, for as long as its worker is there. In the kitchen
/// thread.
class OpenKitchen final : public ApiKitchen
{
public:
    /// Its lookout must be ready.
    explicit OpenKitchen(const std::shared_ptr<LiveKitchen> &kitchen);

    OpMoment moment() override;
    QList<timers::Timer> timers() override;
    std::optional<timers::Timer> timer(const TimerId &id) override;
    void recipes(Listed then) override;
    Expected<recipes::Recipe> recipe(const RecipeId &id) override;
    void push(const timers::Op &op, Pushed then) override;
    qint64 countOps(const DeviceId &device, qint64 ops) override;
    Displays *displays() override;

private:
    std::shared_ptr<LiveKitchen> m_kitchen;
};

} // namespace simmer::syncserver
