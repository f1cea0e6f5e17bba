// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QByteArray>

#include <filesystem>
#include <vector>

namespace simmer::load {

struct KnownDevice {
    DeviceId id;
    QByteArray token;
};

/// The devices of each kitchen.
using Kitchens = std::vector<std::vector<KnownDevice>>;

/// How many kitchens today's server keeps in one folder. A bench that wants more puts all devices
/// into as many as there are.
inline constexpr size_t MostKitchens = 100'000;

/// Makes the data folder of a server with so many kitchens, all of whose devices have joined, and
/// whose kitchen time is this machine's. The one place that knows how a server keeps them.
Kitchens prepare(const std::filesystem::path &folder, size_t kitchens, size_t devicesEach);

/// The kitchen of a device in a folder that was prepared, in hexadecimal digits.
std::string kitchenOf(const std::filesystem::path &folder, const KnownDevice &device);

/// The same with `opsEach` ops in the log of each of many kitchens, whatever MostKitchens says;
/// gives one device, of a kitchen that the server has for sure. What is there already stays:
/// delete the folder when the schema has changed.
KnownDevice prepareFull(const std::filesystem::path &folder, size_t kitchens, size_t opsEach);

} // namespace simmer::load
