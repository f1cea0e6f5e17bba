// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/ConfigFile.h"
#include "base/Expected.h"
#include "base/Role.h"

#include <QDate>
#include <QStringList>

/// What simmerd was asked to do on its command line.
namespace simmer::app {

struct Arguments {
    enum class Task {
        Serve,
        CheckConfig,
        ExampleConfig,
        Invite,
        Status,
        Backup,
        Restore,
        Doctor,
        Devices,
        Revoke,
        Kitchens,
        AddKitchen,
        Token,
        CookingLog,
        Help,
        Version
    };

    Task task = Task::Serve;
    QString operand;    ///< of backup, restore, revoke, add-kitchen
    GivenByKey flags;   ///< settings
    QString configFile; ///< empty: the standard one, if there is one
    bool json = false;
    Role role = Role::Owner; ///< of whoever is invited, or of a token
    QString kitchen;         ///< the first letters of its id; empty: the first
    QDate since;             ///< of the cooking log; invalid: all of it
    QString help;            ///< the text of --help

    bool operator==(const Arguments &) const = default;
};

/// `words` begin with the program's name. Errors: BadArgument.
Expected<Arguments> readArguments(const QStringList &words);

} // namespace simmer::app
