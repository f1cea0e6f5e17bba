// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/Faults.h"

#ifdef SIMMER_FAULT_HOOK

#include "supervision/Fence.h"

#include <QList>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace simmer::supervision::faults {

namespace {

constexpr std::chrono::milliseconds LookAtFence(5);

struct Order {
    QString point;
    QString key;
    Kind kind = Kind::Throw;
    int times = 0;
    int every = 1;
    int passed = 0;
};

std::optional<Order> orderIn(const QString &words)
{
    const QStringList parts = words.trimmed().split(QLatin1Char(':'));
    if (parts.size() != 4 && parts.size() != 5)
        return std::nullopt;
    const bool hangs = parts[2] == QLatin1String("hang");
    const int times = parts[3].toInt(); // 0 when it is no number
    const int every = parts.value(4, QStringLiteral("1")).toInt();
    if (times < 1 || every < 1 || (!hangs && parts[2] != QLatin1String("throw")))
        return std::nullopt;
    return Order{parts[0], parts[1], hangs ? Kind::Hang : Kind::Throw, times, every};
}

/// All orders of the process: the points stand in places that know no test.
class Orders
{
public:
    Orders()
    {
        const QString words = qEnvironmentVariable("SIMMER_FAULTS");
        if (!words.isEmpty() && !take(words))
            qWarning(
                "SIMMER_FAULTS: write POINT:KEY:throw|hang:TIMES[:EVERY], with commas between");
    }

    std::atomic<bool> armed = false;

    bool take(const QString &words)
    {
        QList<Order> all;
        const QStringList parts = words.split(QLatin1Char(','));
        for (const QString &part : parts) {
            const auto order = orderIn(part);
            if (!order)
                return false;
            all += *order;
        }
        for (const Order &order : std::as_const(all))
            add(order);
        return true;
    }

    void add(const Order &order)
    {
        const std::lock_guard lock(m_mutex);
        m_orders += order;
        armed = true;
    }

    void clear()
    {
        const std::lock_guard lock(m_mutex);
        m_orders.clear();
        armed = false;
        ++m_cleared;
        m_change.notify_all();
    }

    int hanging() const
    {
        const std::lock_guard lock(m_mutex);
        return m_hanging;
    }

    std::optional<Kind> next(const QString &point, const QString &key)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_orders.begin(), m_orders.end(), [&](const Order &order) {
            return order.point == point && (order.key == Any || order.key == key);
        });
        if (found == m_orders.end() || ++found->passed % found->every != 0)
            return std::nullopt;
        const Kind kind = found->kind;
        if (--found->times == 0)
            m_orders.erase(found);
        armed = !m_orders.isEmpty();
        return kind;
    }

    /// Until clear(), or until the thread is abandoned.
    void hang()
    {
        std::unique_lock lock(m_mutex);
        const qint64 since = m_cleared;
        ++m_hanging;
        while (since == m_cleared && !Fence::isDownHere())
            m_change.wait_for(lock, LookAtFence);
        --m_hanging;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_change;
    QList<Order> m_orders;
    int m_hanging = 0;
    qint64 m_cleared = 0;
};

Orders &orders()
{
    static Orders all;
    return all;
}

} // namespace

void order(const QString &point, const QString &key, Kind kind, int times, int every)
{
    orders().add({point, key, kind, times, every});
}

bool order(const QString &words)
{
    return orders().take(words);
}

void clear()
{
    orders().clear();
}

int hanging()
{
    return orders().hanging();
}

bool isArmed()
{
    return orders().armed.load(std::memory_order_relaxed);
}

void pass(const char *point, const QString &key)
{
    const auto kind = orders().next(QString::fromLatin1(point), key);
    if (!kind)
        return;
    if (*kind == Kind::Hang) {
        orders().hang();
        if (!Fence::isDownHere())
            return;
    }
    throw Ordered("a fault was ordered at " + std::string(point));
}

} // namespace simmer::supervision::faults

#endif
