// SPDX-License-Identifier: GPL-3.0-or-later
#include "Kitchens.h"

#include "Loop.h"
#include "Sqlite.h"
#include "base/Clock.h"
#include "storage/kitchen/KitchenStore.h"

#include <QCryptographicHash>

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
    const auto store = storage::KitchenStore::open(QString::fromStdString(file.string()), {});
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
    Statement insert = database.statement("INSERT INTO devices (id, kitchen, name, token, joined)"
                                          " VALUES (?, ?, ?, ?, ?)");
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

} // namespace

Kitchens prepare(const std::filesystem::path &folder, size_t kitchens, size_t devicesEach)
{
    if (kitchens > MostKitchens)
        throw Failure("this server keeps one kitchen only");
    std::filesystem::create_directories(folder);
    const std::filesystem::path file = folder / "kitchen.db";
    const QByteArray kitchen = makeKitchen(file);
    Sqlite database(file);
    database.run("BEGIN IMMEDIATE");
    Kitchens made{admit(database, kitchen, devicesEach)};
    database.run("COMMIT");
    return made;
}

} // namespace simmer::load
