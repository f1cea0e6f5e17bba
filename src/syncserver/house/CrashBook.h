// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "supervision/Supervisor.h"

#include <QHash>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

namespace simmer::syncserver {

/// How the workers of a server's kitchens fare. Counts are since its start.
struct WorkerCounts {
    qint64 live = 0;
    qint64 safe = 0;     ///< of the kitchens that are in safe mode or rest
    qint64 restarts = 0; ///< of workers, after a fault
    qint64 hangs = 0;

    bool operator==(const WorkerCounts &) const = default;
};

/// What is remembered of kitchens whose workers failed, outside of the thread that may hang. Safe
/// from any thread.
class CrashBook
{
public:
    using Record = supervision::Supervisor::Record;

    CrashBook() = default;
    Q_DISABLE_COPY_MOVE(CrashBook)

    /// For the next kitchen thread: what the old one may still write goes nowhere.
    std::shared_ptr<CrashBook> copy() const
    {
        const std::lock_guard lock(m_mutex);
        auto fresh = std::make_shared<CrashBook>();
        fresh->m_records = m_records;
        fresh->m_restarts = m_restarts;
        fresh->m_hangs = m_hangs;
        return fresh;
    }

    /// Nothing: it is forgotten.
    void note(const KitchenId &kitchen, const std::optional<Record> &record)
    {
        const std::lock_guard lock(m_mutex);
        if (record && (record->crashedAt > 0 || record->mode == supervision::Mode::Safe))
            m_records.insert(kitchen, *record);
        else
            m_records.remove(kitchen);
    }
    void noteRestart()
    {
        const std::lock_guard lock(m_mutex);
        ++m_restarts;
    }
    void noteHang()
    {
        const std::lock_guard lock(m_mutex);
        ++m_hangs;
    }
    void noteLive(qint64 live)
    {
        const std::lock_guard lock(m_mutex);
        m_live = live;
    }

    QHash<KitchenId, Record> records() const
    {
        const std::lock_guard lock(m_mutex);
        return m_records;
    }
    WorkerCounts counts() const
    {
        const std::lock_guard lock(m_mutex);
        const auto isSafe = [](const Record &record) {
            return record.mode == supervision::Mode::Safe;
        };
        return {m_live, std::count_if(m_records.cbegin(), m_records.cend(), isSafe), m_restarts,
                m_hangs};
    }

private:
    mutable std::mutex m_mutex;
    QHash<KitchenId, Record> m_records;
    qint64 m_live = 0;
    qint64 m_restarts = 0;
    qint64 m_hangs = 0;
};

} // namespace simmer::syncserver
