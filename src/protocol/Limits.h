// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// The numbers that both sides of the link hold each other to (DESIGN, section 6).
namespace simmer::protocol::limits {

inline constexpr qsizetype MessageBytes = 256 * 1024; ///< one message, its frames together
inline constexpr int JsonDepth = 16;
inline constexpr qsizetype OpsPerPush = 64;
inline constexpr qsizetype EntriesPerPage = 128;
inline constexpr qsizetype PageBytes = 192 * 1024;   ///< target size of a page of the log
inline constexpr qint64 SnapshotEntries = 1'000'000; ///< that a device takes at once
inline constexpr qsizetype DevicesPerKitchen = 2000;
inline constexpr qsizetype DevicesListed = 64;   ///< in one message; older servers listed up to
inline constexpr qsizetype DevicesPerList = 256; ///< so many
inline constexpr qsizetype NameLength = 64;
inline constexpr qsizetype CodeLength = 16; ///< characters of a one-time code, 80 bits
inline constexpr qint64 CodeLifetimeMs = 5 * 60 * 1000;
inline constexpr int CodeTries = 5;
inline constexpr int HandshakeMs = 5000;
inline constexpr int UnauthenticatedSockets = 64;
inline constexpr qsizetype QueuedBytes = 1024 * 1024; ///< a reader with more waiting is dropped
inline constexpr int StalledMs = 10'000;              ///< and so is one that takes nothing so long
inline constexpr int OpsPerSecond = 50;               ///< that a device may push on end
inline constexpr int OpsBurst = 200;                  ///< and at once
inline constexpr qint64 FutureMs = 50;                ///< how far ahead of receipt a stamp may be

inline constexpr qsizetype LiveTimers = 10'000; ///< of a kitchen
inline constexpr qsizetype HttpBodyBytes = 64 * 1024;
inline constexpr qint64 KitchenBlobBytes = 2LL * 1024 * 1024 * 1024; ///< photos of a kitchen
inline constexpr qint64 KitchenBlobs = 10'000;
inline constexpr int BlobWishes = 256; ///< photos the server lacks that one device may ask for
inline constexpr qint64 PulseEveryMs = 2000; ///< while a device watches
inline constexpr qint64 PulseScore = 6400;   ///< the highest, in hundredths

} // namespace simmer::protocol::limits
