// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Fold.h"
#include "unit/timers/NaiveFold.h"

#include <QTest>

#include <array>
#include <random>

using namespace simmer;
using namespace simmer::timers;
using namespace simmer::tests;

namespace {

constexpr qint64 Begin = 1'700'000'000'000;
constexpr qint64 Length = 600'000;
constexpr qint64 End = Begin + Length;
constexpr int Types = 6;

/// One in so many histories, so that ./dev test stays short; SIMMER_LONG asks for all.
quint64 oneIn()
{
    return qEnvironmentVariableIsSet("SIMMER_LONG") ? 1 : 10;
}

/// Draws an even sample without favouring any digit of the count (splitmix64,
/// https://prng.di.unimi.it/splitmix64.c).
bool isDrawn(quint64 number, quint64 oneOf)
{
    quint64 z = number + 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % oneOf == 0;
}

/// All ways in which the devices' ops can follow one another.
std::vector<std::vector<int>> interleavings(int devices, int each)
{
    std::vector<std::vector<int>> all;
    std::vector<int> order;
    std::vector<int> left(size_t(devices), each);
    const std::function<void()> next = [&] {
        if (order.size() == size_t(devices * each)) {
            all.push_back(order);
            return;
        }
        for (int device = 0; device < devices; ++device) {
            if (left[size_t(device)] == 0)
                continue;
            --left[size_t(device)];
            order.push_back(device);
            next();
            order.pop_back();
            ++left[size_t(device)];
        }
    };
    next();
    return all;
}

/// How many of the ops come before the end, and how many exactly at it.
struct Moments {
    int before = 0;
    int at = 0;
};

std::vector<Moments> placements(int ops)
{
    std::vector<Moments> all;
    for (int before = 0; before <= ops; ++before)
        for (int at = 0; before + at <= ops; ++at)
            if (at <= 2) // more at one moment say nothing new
                all.push_back({before, at});
    return all;
}

/// Who hears of whom: nobody of nobody, everybody of everything, or the first device of nothing.
enum class Hearing { All, None, FirstDeaf };

/// One start that all have seen, and then the ops of a history.
class History
{
public:
    explicit History(int devices)
        : m_devices(size_t(devices))
    {
        for (DeviceId &device : m_devices)
            device = DeviceId::random();
        for (OpId &id : m_ids)
            id = OpId::random();
    }

    void lay(const std::vector<int> &order, quint64 types, Moments moments, Hearing hearing)
    {
        m_ops.clear();
        std::vector<QList<OpId>> seen(m_devices.size(), QList<OpId>{m_ids[0]});
        add(0, Start{QStringLiteral("Rice"), Length, Length, {}}, Begin, {});
        for (int i = 0; i < int(order.size()); ++i) {
            const auto device = size_t(order[size_t(i)]);
            add(int(device), action(int(types % Types)), momentOf(i, moments), seen[device]);
            types /= Types;
            const OpId id = m_ids[size_t(i) + 1];
            seen[device] = {id};
            for (size_t other = 0; other < m_devices.size(); ++other)
                if (other != device && hears(hearing, other, device))
                    seen[other] += id;
        }
        std::sort(m_ops.begin(), m_ops.end(), before);
    }
    const QList<StampedOp> &ops() const { return m_ops; }

private:
    static bool hears(Hearing hearing, size_t listener, size_t speaker)
    {
        switch (hearing) {
        case Hearing::All:
            return true;
        case Hearing::None:
            return false;
        case Hearing::FirstDeaf:
            return listener != 0 && speaker != 0;
        }
        Q_UNREACHABLE();
    }

    static qint64 momentOf(int op, Moments moments)
    {
        if (op < moments.before)
            return Begin + 60'000 * (op + 1);
        return op < moments.before + moments.at ? End : End + 1000 * (op + 1);
    }

    Action action(int type) const
    {
        switch (type) {
        case 0:
            return Start{QStringLiteral("Rice again"), Length / 2, Length / 2, {}};
        case 1:
            return Pause{};
        case 2:
            return Resume{};
        case 3:
            return Add{60'000};
        case 4:
            return Cancel{};
        default:
            return Acknowledge{m_ids[0]};
        }
    }

    void add(int device, const Action &what, qint64 kt, const QList<OpId> &seen)
    {
        Op op;
        op.id = m_ids[size_t(m_ops.size())];
        op.device = m_devices[size_t(device)];
        op.action = what;
        op.at = kt;
        op.counter = m_ops.size() + 1;
        op.seen = seen;
        m_ops += StampedOp{op, kt, 0};
    }

    std::vector<DeviceId> m_devices;
    std::array<OpId, 8> m_ids;
    QList<StampedOp> m_ops;
};

QByteArray describe(const QList<StampedOp> &ops)
{
    static const char *const names[] = {"start", "pause",  "resume", "add", "cancel",
                                        "ack",   "snooze", "rename", "cues"};
    QByteArray text;
    for (const StampedOp &stamped : ops)
        text += QByteArray(names[stamped.op.action.index()]) + " at " +
                QByteArray::number(stamped.kt - Begin) + " having seen " +
                QByteArray::number(stamped.op.seen.size()) + "; ";
    return text;
}

} // namespace

/// Every history of a few devices, against the table read plainly.
class TestFoldExhaustive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agrees_data();
    void agrees();
    void agreesOnLongRandomHistories();
};

void TestFoldExhaustive::agrees_data()
{
    QTest::addColumn<int>("devices");
    QTest::addColumn<int>("each");
    QTest::newRow("2 devices, 3 ops each") << 2 << 3;
    QTest::newRow("3 devices, 2 ops each") << 3 << 2;
}

void TestFoldExhaustive::agrees()
{
    QFETCH(int, devices);
    QFETCH(int, each);
    const auto orders = interleavings(devices, each);
    const auto moments = placements(devices * each);
    quint64 allTypes = 1;
    for (int i = 0; i < devices * each; ++i)
        allTypes *= Types;
    const TimerId id = TimerId::random();
    History history(devices);
    const quint64 oneOf = oneIn();
    quint64 number = 0;
    quint64 compared = 0;
    for (const auto &order : orders)
        for (const Moments &placed : moments)
            for (const Hearing hearing : {Hearing::All, Hearing::None, Hearing::FirstDeaf})
                for (quint64 types = 0; types < allTypes; ++types) {
                    if (!isDrawn(++number, oneOf))
                        continue;
                    history.lay(order, types, placed, hearing);
                    const auto timer = fold(id, history.ops());
                    const auto judged = naiveFold(history.ops());
                    ++compared;
                    if (!timer || !judged || naive(*timer) != *judged)
                        QFAIL(describe(history.ops()).constData());
                }
    qInfo("%llu of %llu histories, fold equals oracle", compared, number);
}

void TestFoldExhaustive::agreesOnLongRandomHistories()
{
    std::mt19937 chance(20261121);
    const auto below = [&](int bound) { return int(chance() % unsigned(bound)); };
    const TimerId id = TimerId::random();
    for (int round = 0; round < 3000; ++round) {
        const int devices = 1 + below(4);
        QList<DeviceId> names;
        QList<QList<OpId>> seen;
        for (int i = 0; i < devices; ++i) {
            names += DeviceId::random();
            seen += QList<OpId>();
        }
        QList<StampedOp> ops;
        qint64 kt = Begin;
        for (int i = 0; i < 40; ++i) {
            const int device = below(devices);
            Op op;
            op.id = OpId::random();
            op.device = names[device];
            op.counter = i;
            const OpId some = ops.isEmpty() ? op.id : ops[below(int(ops.size()))].op.id;
            const QList<Action> actions{
                Start{QStringLiteral("Rice"), 60'000, 60'000 * below(3), {}},
                Pause{},
                Resume{},
                Add{qint64(below(3) - 1) * 60'000},
                Cancel{},
                Acknowledge{some},
                Snooze{some, 30'000},
                Rename{QStringLiteral("Rice %1").arg(i)}};
            op.action = actions[below(int(actions.size()))];
            op.seen = seen[device];
            kt += below(40'000);
            ops += StampedOp{op, kt - below(2) * below(90'000), 0};
            seen[device] = {op.id};
            for (int other = 0; other < devices; ++other)
                if (other != device && below(2) == 0)
                    seen[other] += op.id;
        }
        std::sort(ops.begin(), ops.end(), before);
        const auto timer = fold(id, ops);
        const auto judged = naiveFold(ops);
        QCOMPARE(timer.has_value(), judged.has_value());
        if (timer && naive(*timer) != *judged)
            QFAIL(describe(ops).constData());
    }
}

QTEST_GUILESS_MAIN(TestFoldExhaustive)
#include "tst_fold_exhaustive.moc"
