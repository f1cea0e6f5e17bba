// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <stdexcept>

/// Makes workers throw or hang on demand. Workers name their points; tests, and the environment
/// variable SIMMER_FAULTS="kitchen:KEY:throw:3,timers:*:hang:1", order what shall happen there. A
/// fifth part, as in "kitchen:KEY:throw:3:10", is how often it is passed for each fault.
/// Exists in builds with SIMMER_FAULT_HOOK only: packages have none of it.
namespace simmer::supervision::faults {

#ifdef SIMMER_FAULT_HOOK

enum class Kind { Throw, Hang };

/// What an ordered point throws, and what ends a hang in an abandoned thread.
class Ordered : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// For any key.
inline const QString Any = QStringLiteral("*");

/// The next `times` that somebody passes the point, or each `every`-th of the next ones. Safe from
/// any thread, as all here.
void order(const QString &point, const QString &key, Kind kind, int times = 1, int every = 1);
/// Orders in words, as in SIMMER_FAULTS; false, and nothing is ordered, when they make no sense.
[[nodiscard]] bool order(const QString &words);
/// Forgets all orders; who hangs goes on.
void clear();
/// How many hang now.
int hanging();

bool isArmed();
void pass(const char *point, const QString &key);

/// A place where a fault may be ordered. Costs one atomic load while none is.
inline void point(const char *name, const QString &key)
{
    if (isArmed())
        pass(name, key);
}
template<class SomeId>
void point(const char *name, const SomeId &key)
{
    if (isArmed())
        pass(name, key.toHex());
}

#else

template<class Key>
inline void point(const char *, const Key &)
{
}

#endif

} // namespace simmer::supervision::faults
