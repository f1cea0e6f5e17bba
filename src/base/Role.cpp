// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Role.h"

namespace simmer {

bool suffices(Role role, Role needed)
{
    return int(role) <= int(needed);
}

QString nameOf(Role role)
{
    switch (role) {
    case Role::Owner:
        return QStringLiteral("owner");
    case Role::Cook:
        return QStringLiteral("cook");
    case Role::Viewer:
        return QStringLiteral("viewer");
    }
    Q_UNREACHABLE();
}

std::optional<Role> roleNamed(const QString &name)
{
    for (const Role role : {Role::Owner, Role::Cook, Role::Viewer})
        if (nameOf(role) == name)
            return role;
    return std::nullopt;
}

} // namespace simmer
