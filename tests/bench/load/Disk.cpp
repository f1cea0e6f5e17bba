// SPDX-License-Identifier: GPL-3.0-or-later
// What the disk allows, without a server.
#include "Peers.h"
#include "Sqlite.h"

#include <fcntl.h>
#include <unistd.h>

namespace simmer::load {

namespace {

constexpr size_t SyncedBytes = 300;
constexpr size_t RowBytes = 400; // about as large as an op
constexpr double MeasuredSeconds = 1.5;

} // namespace

Latencies syncs(const std::filesystem::path &folder, int times)
{
    const std::filesystem::path file = folder / "synced";
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        throw Failure("cannot write " + file.string());
    const std::string bytes(SyncedBytes, 'x');
    Latencies latencies;
    for (int i = 0; i < times; ++i) {
        const auto start = Steady::now();
        if (::write(fd, bytes.data(), bytes.size()) != ssize_t(bytes.size()) ||
            ::fdatasync(fd) != 0)
            throw Failure("cannot write " + file.string());
        latencies.add(Steady::now() - start);
    }
    ::close(fd);
    return latencies;
}

double sqliteRows(const std::filesystem::path &folder, int rowsEach)
{
    Sqlite database(folder / "bare.db");
    database.run("CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, body BLOB)");
    Statement begin = database.statement("BEGIN IMMEDIATE");
    Statement insert = database.statement("INSERT INTO log (body) VALUES (?)");
    Statement commit = database.statement("COMMIT");
    const std::string body(RowBytes, 'x');
    insert.bytes(1, body);
    long rows = 0;
    const auto start = Steady::now();
    for (; secondsSince(start) < MeasuredSeconds; rows += rowsEach) {
        begin.run();
        for (int i = 0; i < rowsEach; ++i)
            insert.run();
        commit.run();
    }
    return double(rows) / secondsSince(start);
}

} // namespace simmer::load
