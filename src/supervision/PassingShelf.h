// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/TaskShelf.h"

namespace simmer::supervision {

/// For jobs that nobody waits for after a restart: keeps nothing.
class PassingShelf final : public TaskShelf
{
public:
    Outcome keep(const Task &) override { return done(); }
    Outcome forget(const TaskId &) override { return done(); }
    Expected<Found> all() override { return Found(); }
};

} // namespace simmer::supervision
