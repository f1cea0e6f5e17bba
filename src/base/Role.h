// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace simmer {

/// What a device may do in its kitchen. A viewer sees; a cook does everything that cooks do; an
/// owner also lets devices in and out. The numbers are in the server's file.
enum class Role { Owner = 0, Cook = 1, Viewer = 2 };

/// Whether who is that may do what needs this: each may all that a lesser one may.
bool suffices(Role role, Role needed);

/// "owner", "cook", "viewer": as protocol and command lines have it.
QString nameOf(Role role);
std::optional<Role> roleNamed(const QString &name);

} // namespace simmer
