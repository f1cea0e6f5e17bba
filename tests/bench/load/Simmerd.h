// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Bench.h"
#include "Child.h"
#include "Kitchens.h"
#include "Screen.h"

#include <memory>

namespace simmer::load {

/// How it is started.
struct SimmerdWay {
    bool waits = true; ///< until it listens
    bool isTls = false;
    Environment environment = {};
};

/// Our server as a process of its own.
class Simmerd
{
public:
    /// Starts it on a prepared folder.
    Simmerd(Bench &bench, const std::filesystem::path &data, const SimmerdWay &way = {});

    Child &process() { return m_process; }
    std::uint16_t port() const { return m_port; }

    /// How many ops a device may push in one go. A server without --ops-per-second holds devices to
    /// the protocol's burst; then a bench that would need more takes more devices.
    static size_t opsOfDevice(const Bench &bench);

private:
    std::uint16_t m_port;
    Child m_process;
};

/// A server of its own in a new folder, with its devices.
struct Household {
    Household(Bench &bench, size_t kitchens, size_t devicesEach, const SimmerdWay &way = {});

    /// Opens a screen for each device and waits until all are level.
    std::vector<std::shared_ptr<Screen>> openScreens(Loop &loop);

    std::filesystem::path folder;
    Kitchens kitchens; ///< no more than MostKitchens, with all the devices
    Simmerd server;
};

} // namespace simmer::load
