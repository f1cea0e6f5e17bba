// SPDX-License-Identifier: GPL-3.0-or-later
#include "Sqlite.h"

#include "Loop.h"

#include <sqlite3.h>

namespace simmer::load {

namespace {

void require(bool good, sqlite3 *database)
{
    if (!good)
        throw Failure(std::string("SQLite: ") + sqlite3_errmsg(database));
}

} // namespace

Statement::Statement(sqlite3 *database, const char *sql)
    : m_database(database)
{
    sqlite3_stmt *made = nullptr;
    require(sqlite3_prepare_v2(database, sql, -1, &made, nullptr) == SQLITE_OK, database);
    m_statement = {made, sqlite3_finalize};
}

Statement &Statement::bytes(int place, std::string_view value)
{
    require(sqlite3_bind_blob64(m_statement.get(), place, value.data(), value.size(),
                                SQLITE_STATIC) == SQLITE_OK,
            m_database);
    return *this;
}

Statement &Statement::text(int place, std::string_view value)
{
    require(sqlite3_bind_text64(m_statement.get(), place, value.data(), value.size(), SQLITE_STATIC,
                                SQLITE_UTF8) == SQLITE_OK,
            m_database);
    return *this;
}

Statement &Statement::number(int place, std::int64_t value)
{
    require(sqlite3_bind_int64(m_statement.get(), place, value) == SQLITE_OK, m_database);
    return *this;
}

bool Statement::run()
{
    sqlite3_reset(m_statement.get());
    const int result = sqlite3_step(m_statement.get());
    require(result == SQLITE_ROW || result == SQLITE_DONE, m_database);
    if (result == SQLITE_DONE)
        sqlite3_reset(m_statement.get()); // so that no transaction stays open for it
    return result == SQLITE_ROW;
}

std::string_view Statement::column(int place) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), place));
    return {bytes, size_t(sqlite3_column_bytes(m_statement.get(), place))};
}

Sqlite::Sqlite(const std::filesystem::path &file)
{
    sqlite3 *opened = nullptr;
    const int result = sqlite3_open(file.c_str(), &opened);
    m_database = {opened, sqlite3_close_v2};
    require(result == SQLITE_OK, opened);
    run("PRAGMA journal_mode=WAL");
    run("PRAGMA synchronous=FULL");
}

} // namespace simmer::load
