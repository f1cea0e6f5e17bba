// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Sharing.h"

#include <QCoreApplication>

namespace simmer::ui {

/// The sentences about sharing a kitchen. Pure but for the locale and time zone.
class ShareWords
{
    Q_DECLARE_TR_FUNCTIONS(ShareWords)

public:
    static QString role(Role role);
    /// What those who join with this role may do.
    static QString whatMay(Role role);
    // `now` is wall clock, ms
    /// "Cook, joined 2 March".
    static QString membership(const SharedDevice &device, qint64 now);
    /// "Here now", "Yesterday 20:14", "14 February".
    static QString presence(const SharedDevice &device, qint64 now);
    /// "4 R 7 K, 2 M 9 X, …", for screen readers.
    static QString spelled(const QString &code);
    /// Why the kitchen is not shared although that was wished, and what to do.
    static QString notShared(const SharingStatus &status);
    /// What failed while it is shared.
    static QString failed(const Error &error);
    /// What it means to remove a device.
    static QString removal(const SharedDevice &device);
    /// What sharing does, as long as it is off or cannot be.
    static QString offer(const SharingStatus &status);
};

} // namespace simmer::ui
