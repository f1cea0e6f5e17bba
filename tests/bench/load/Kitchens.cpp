// SPDX-License-Identifier: GPL-3.0-or-later
#include "Kitchens.h"

#include "Cook.h"
#include "Loop.h"
#include "Sqlite.h"
#include "base/Clock.h"
#include "storage/kitchen/ServerStore.h"
#include "timers/OpCodec.h"

#include <QCryptographicHash>
#include <QFile>

#include <boost/endian/conversion.hpp>

namespace simmer::load {

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

/// Makes the file and its kitchen as the server would, and settles kitchen time.
QByteArray makeKitchen(const std::filesystem::path &file)
{
    const SystemClock clock;
    const auto server = storage::ServerStore::open(QString::fromStdString(file.string()), {});
    if (!server)
        throw Failure("no kitchen: " + describe(server.error()).toStdString());
    const auto store = (*server)->kitchen((*server)->first().id);
    if (!store)
        throw Failure("no kitchen: " + describe(store.error()).toStdString());
    const qint64 now = clock.wallMs();
    const Outcome kept = (*store)->keepClock({clock.boot(), now - clock.bootMs(), now, true});
    if (!kept)
        throw Failure("no kitchen time: " + describe(kept.error()).toStdString());
    return (*store)->kitchen().id.toBytes();
}

/// As many devices as are wanted, more than a server would let join.
std::vector<KnownDevice> admit(Sqlite &database, const QByteArray &kitchen, size_t count)
{
    std::vector<KnownDevice> devices;
    Statement insert =
        database.statement("INSERT INTO devices (id, kitchen, name, role, token, joined)"
                           " VALUES (?, ?, ?, 0, ?, ?)");
    for (size_t i = 0; i < count; ++i) {
        const KnownDevice device{DeviceId::random(),
                                 ids::random().toRfc4122() + ids::random().toRfc4122()};
        const QByteArray id = device.id.toBytes();
        const QByteArray hash = QCryptographicHash::hash(device.token, QCryptographicHash::Sha256);
        const std::string name = "Screen " + std::to_string(i);
        insert.bytes(1, view(id)).bytes(2, view(kitchen)).text(3, name).bytes(4, view(hash));
        insert.number(5, std::int64_t(i)).run();
        devices.push_back(device);
    }
    return devices;
}

constexpr auto DeviceFile = "device"; // written last: the folder is whole
constexpr size_t KitchensPerCommit = 100;

/// One more kitchen, whose id is after all others.
QByteArray addKitchen(Sqlite &database, size_t number)
{
    QByteArray id = ids::random().toRfc4122();
    boost::endian::store_big_u64(reinterpret_cast<unsigned char *>(id.data()),
                                 0xffffULL << 48 | number);
    const QByteArray epoch = ids::random().toRfc4122();
    const std::string name = "Kitchen " + std::to_string(number);
    database
        .statement("INSERT INTO kitchens (id, name, epoch, made, number)"
                   " VALUES (?, ?, ?, 1, ?)")
        .bytes(1, view(id))
        .text(2, name)
        .bytes(3, view(epoch))
        .number(4, std::int64_t(number) + 1)
        .run();
    return id;
}

/// All kitchens have the time of the first.
void copyClock(Sqlite &database, const QByteArray &first)
{
    database
        .statement("INSERT OR IGNORE INTO clock (kitchen, boot, ahead, kept, civil) SELECT"
                   " kitchens.id, boot, ahead, kept, civil FROM kitchens, clock"
                   " WHERE clock.kitchen = ?")
        .bytes(1, view(first))
        .run();
}

/// As the server leaves kitchens in which nothing is under way: none needs to be woken.
void leaveAtRest(Sqlite &database)
{
    database.run("INSERT INTO stands (kitchen, seq, due, timers) SELECT id, indexed, NULL, x''"
                 " FROM kitchens");
}

/// So many ops of a device, with their chain, as the server would have put them there.
void addOps(Sqlite &database, const QByteArray &kitchen, std::int64_t number,
            const DeviceId &device, size_t count)
{
    Statement insert =
        database.statement("INSERT INTO log (entry, kitchen, seq, op, kt, newest,"
                           " chain, timer, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Cook cook(device);
    QByteArray chain;
    for (size_t seq = 1; seq <= count; ++seq) {
        cook.push();
        const std::string_view op = cook.op();
        const QByteArray body = QByteArray::fromRawData(op.data(), qsizetype(op.size()));
        const QByteArray id = QByteArray::fromHex({cook.id().data(), qsizetype(cook.id().size())});
        chain = timers::nextLink(chain, body, cook.at());
        insert.number(1, (number << storage::EntryKeys::SeqBits) + std::int64_t(seq));
        insert.bytes(2, view(kitchen)).number(3, std::int64_t(seq)).bytes(4, view(id));
        insert.number(5, cook.at()).number(6, cook.at()).bytes(7, view(chain));
        insert.text(8, cook.subject()).bytes(9, op).run();
    }
    for (const char *table :
         {"INSERT INTO ops_by_id SELECT entry >> 40, op, seq FROM log"
          " WHERE entry > ?1 << 40 AND entry < (?1 + 1) << 40 ORDER BY op",
          "INSERT INTO ops_by_timer SELECT entry >> 40, timer, seq FROM log"
          " WHERE entry > ?1 << 40 AND entry < (?1 + 1) << 40 ORDER BY timer, seq",
          "UPDATE kitchens SET indexed = (SELECT max(seq) FROM log WHERE"
          " entry > ?1 << 40 AND entry < (?1 + 1) << 40) WHERE number = ?1"})
        database.statement(table).number(1, number).run();
}

/// Fills a new folder; a power cut meanwhile only means that it is made again.
KnownDevice fill(const std::filesystem::path &folder, size_t kitchens, size_t opsEach)
{
    const std::filesystem::path file = folder / "kitchen.db";
    const QByteArray first = makeKitchen(file);
    Sqlite database(file);
    database.run("PRAGMA journal_mode=OFF");
    database.run("PRAGMA synchronous=OFF");
    database.run("PRAGMA cache_size=-200000");
    database.run("BEGIN");
    const KnownDevice device = admit(database, first, 1).front();
    addOps(database, first, 1, device.id, opsEach);
    for (size_t number = 1; number < kitchens; ++number) {
        const QByteArray kitchen = addKitchen(database, number);
        addOps(database, kitchen, std::int64_t(number) + 1, admit(database, kitchen, 1).front().id,
               opsEach);
        if (number % KitchensPerCommit == 0) {
            database.run("COMMIT");
            database.run("BEGIN");
        }
    }
    copyClock(database, first);
    leaveAtRest(database);
    database.run("COMMIT");
    database.run("PRAGMA synchronous=FULL");
    database.run("PRAGMA journal_mode=WAL");
    return device;
}

} // namespace

Kitchens prepare(const std::filesystem::path &folder, size_t kitchens, size_t devicesEach)
{
    if (kitchens > MostKitchens)
        throw Failure("this server does not keep so many kitchens");
    std::filesystem::create_directories(folder);
    const std::filesystem::path file = folder / "kitchen.db";
    const QByteArray first = makeKitchen(file);
    Sqlite database(file);
    database.run("BEGIN IMMEDIATE");
    Kitchens made{admit(database, first, devicesEach)};
    while (made.size() < kitchens)
        made.push_back(admit(database, addKitchen(database, made.size()), devicesEach));
    copyClock(database, first);
    database.run("COMMIT");
    return made;
}

std::string kitchenOf(const std::filesystem::path &folder, const KnownDevice &device)
{
    Sqlite database(folder / "kitchen.db");
    const QByteArray id = device.id.toBytes();
    Statement find = database.statement("SELECT lower(hex(kitchen)) FROM devices WHERE id = ?");
    if (!find.bytes(1, view(id)).run())
        throw Failure("no such device");
    return std::string(find.column(0));
}

KnownDevice prepareFull(const std::filesystem::path &folder, size_t kitchens, size_t opsEach)
{
    QFile known(QString::fromStdString((folder / DeviceFile).string()));
    if (known.open(QIODevice::ReadOnly)) {
        std::filesystem::remove_all(folder / "backups"); // of the run before: as large as the file
        const QByteArray id = known.read(16);
        return {DeviceId::fromBytes(id), known.readAll()};
    }
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    KnownDevice device = fill(folder, kitchens, opsEach);
    if (!known.open(QIODevice::WriteOnly) || known.write(device.id.toBytes() + device.token) < 0)
        throw Failure("cannot write in " + folder.string());
    return device;
}

} // namespace simmer::load
