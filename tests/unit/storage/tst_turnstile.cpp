// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/Database.h"
#include "storage/kitchen/ServerStore.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <stdexcept>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr AdmissionRules Rules{300'000, 5, 256};

/// Counts who goes through, or lets nobody in.
class Gate final : public Turnstile
{
public:
    bool enter() override
    {
        if (closed)
            return false;
        if (entered == throwAt) {
            ++entered;
            throw std::runtime_error("at the gate");
        }
        deepest = std::max(deepest, ++depth);
        ++entered;
        return true;
    }
    void leave() override { --depth; }

    bool closed = false;
    int entered = 0;
    int throwAt = -1; ///< once, after so many
    int depth = 0;
    int deepest = 0;
};

} // namespace

/// Who watches the use of a file, and what is left when its user throws.
class TestTurnstile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_database.reset(); }

    void everyUseGoesThrough();
    void aTransactionIsOneUse();
    void nobodyGetsInOnceItIsClosed();
    void whoThrowsLeavesNothingBehind();
    void whatThrowsInACommitIsForgotten();
    void aSecondConnectionGoesOnBesideAnOpenOne();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("kitchen.db")); }
    Outcome note(const QString &name)
    {
        const auto made = m_database->run(
            QStringLiteral("INSERT INTO kitchens (id, name, epoch, made) VALUES (?, ?, ?, 1)"),
            {KitchenId::random().toBytes(), name, EpochId::random().toBytes()});
        return made ? done() : Outcome(made.error());
    }
    int count()
    {
        auto rows = m_database->ask(QStringLiteral("SELECT count(*) FROM kitchens"));
        return rows && rows->next() ? rows->value(0).toInt() : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Gate m_gate; ///< outlives the database
    std::unique_ptr<Database> m_database;
};

void TestTurnstile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_gate.closed = false;
    m_gate.entered = m_gate.deepest = 0;
    auto database = Database::open(path(), ServerStore::schema());
    QVERIFY(database);
    m_database = *std::move(database);
    m_database->useTurnstile(&m_gate);
}

void TestTurnstile::everyUseGoesThrough()
{
    QVERIFY(note(QStringLiteral("A")));
    QCOMPARE(m_gate.entered, 1);
    QCOMPARE(m_gate.depth, 0);
    {
        const auto rows = m_database->ask(QStringLiteral("SELECT 1"));
        QVERIFY(rows);
        QCOMPARE(m_gate.depth, 1); // until they are read
    }
    QCOMPARE(m_gate.depth, 0);
    QVERIFY(!m_database->ask(QStringLiteral("SELECT nonsense")));
    QCOMPARE(m_gate.depth, 0);
}

void TestTurnstile::aTransactionIsOneUse()
{
    const Outcome worked = m_database->transact([&]() -> Outcome {
        const bool isHeld = m_gate.depth == 1; // between two statements
        const Outcome noted = note(QStringLiteral("A"));
        return isHeld && m_gate.depth == 1 ? noted : Outcome(Error{});
    });
    QVERIFY(worked);
    QCOMPARE(m_gate.deepest, 2);
    QCOMPARE(m_gate.depth, 0);
}

void TestTurnstile::nobodyGetsInOnceItIsClosed()
{
    QVERIFY(note(QStringLiteral("A")));
    m_gate.closed = true;
    bool worked = false;
    const Outcome refused = m_database->transact([&]() -> Outcome {
        worked = true;
        return done();
    });
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Crashed);
    QVERIFY(!worked);
    QVERIFY(!note(QStringLiteral("B")));
    m_gate.closed = false;
    QCOMPARE(count(), 1);
    QCOMPARE(m_gate.depth, 0);
}

void TestTurnstile::whoThrowsLeavesNothingBehind()
{
    const auto throwing = [&]() -> Outcome {
        const Outcome noted = note(QStringLiteral("A"));
        throw std::runtime_error(noted ? "after it was written" : "before");
    };
    QVERIFY_EXCEPTION_THROWN((void)m_database->transact(throwing), std::runtime_error);
    QCOMPARE(m_gate.depth, 0);
    QCOMPARE(count(), 0);
    QVERIFY(m_database->transact([&] { return note(QStringLiteral("B")); })); // none is open
    QCOMPARE(count(), 1);
}

/// Wherever in an append it happens: the same ops come again and are in the log once.
void TestTurnstile::whatThrowsInACommitIsForgotten()
{
    m_database.reset();
    Gate gate;
    const auto store = ServerStore::open(path(), Rules, QDate(2026, 11, 21));
    QVERIFY(store);
    const auto kitchen = (*store)->kitchen((*store)->first().id);
    QVERIFY(kitchen);
    KitchenLog &log = (*kitchen)->log();
    QList<Arrival> arrivals;
    for (int i = 0; i < 300; ++i) // more than the index leaves for later
        arrivals += {OpId::random(), i, i, QByteArray::number(i), TimerId::random()};
    (*store)->useTurnstile(&gate);
    int failures = 0;
    for (; failures < 2000; failures += 7) {
        gate.entered = 0;
        gate.throwAt = failures;
        try {
            const auto appended = log.append(arrivals);
            QVERIFY2(appended, appended ? "" : qPrintable(describe(appended.error())));
            break;
        } catch (const std::runtime_error &) {
            QCOMPARE(log.head(), 0);
        }
    }
    QVERIFY(failures > 300 && failures < 2000);
    gate.throwAt = -1;
    const auto again = log.append(arrivals);
    QVERIFY(again);
    QVERIFY(std::none_of(again->begin(), again->end(), [](const auto &one) { return one.fresh; }));
    QCOMPARE(log.head(), 300);
    QVERIFY(log.prove());
}

void TestTurnstile::aSecondConnectionGoesOnBesideAnOpenOne()
{
    QVERIFY(note(QStringLiteral("A")));
    auto reading = m_database->ask(QStringLiteral("SELECT name FROM kitchens")); // and hangs
    QVERIFY(reading && reading->next());
    auto beside = ServerStore::openBeside(path(), Rules);
    QVERIFY2(bool(beside), beside ? "" : qPrintable(describe(beside.error())));
    QCOMPARE((*beside)->first().name, QStringLiteral("A"));
    QVERIFY(!(*beside)->isNew());
    QVERIFY(!(*beside)->salvaged());
    QVERIFY((*beside)->make(QStringLiteral("B"), 2));
    QCOMPARE((*beside)->kitchens()->size(), 2);
}

QTEST_GUILESS_MAIN(TestTurnstile)
#include "tst_turnstile.moc"
