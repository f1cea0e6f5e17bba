// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>

#include <memory>
#include <mutex>
#include <shared_mutex>

namespace simmer::supervision {

/// Which live worker answers to which key: one at most. Safe from any thread; workers are never
/// destroyed under its lock.
template<class Key, class Worker>
class Registry
{
public:
    using Held = std::shared_ptr<Worker>;

    /// False when the key has a worker already, which stays.
    [[nodiscard]] bool add(const Key &key, Held worker)
    {
        const std::unique_lock lock(m_mutex);
        if (m_workers.contains(key))
            return false;
        m_workers.insert(key, std::move(worker));
        return true;
    }

    /// A restart: whoever looks finds the old one or the fresh one, never none. False, and
    /// nothing changed, when `old` is not the key's worker any more.
    [[nodiscard]] bool replace(const Key &key, const Held &old, Held fresh)
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_workers.find(key);
        if (found == m_workers.end() || *found != old)
            return false;
        found->swap(fresh); // `fresh`, which is the old one now, dies after the lock
        return true;
    }

    /// False when the key has another worker by now, or none.
    bool remove(const Key &key, const Held &worker)
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_workers.constFind(key);
        if (found == m_workers.cend() || *found != worker)
            return false;
        m_workers.erase(found); // the caller's `worker` keeps it alive
        return true;
    }

    /// Null when there is none.
    Held find(const Key &key) const
    {
        const std::shared_lock lock(m_mutex);
        return m_workers.value(key);
    }

    QList<Key> keys() const
    {
        const std::shared_lock lock(m_mutex);
        return m_workers.keys();
    }

    qsizetype size() const
    {
        const std::shared_lock lock(m_mutex);
        return m_workers.size();
    }

private:
    mutable std::shared_mutex m_mutex;
    QHash<Key, Held> m_workers;
};

} // namespace simmer::supervision
