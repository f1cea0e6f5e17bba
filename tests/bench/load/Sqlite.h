// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace simmer::load {

/// A prepared statement. Failure for every error.
class Statement
{
public:
    Statement(sqlite3 *database, const char *sql);

    Statement &bytes(int place, std::string_view value); ///< must outlive run()
    Statement &text(int place, std::string_view value);  ///< must outlive run()
    Statement &number(int place, std::int64_t value);
    /// Executes it; gives whether there was a row.
    bool run();
    /// Of the row that run() gave; both only until the next run().
    std::string_view column(int place) const;

private:
    sqlite3 *m_database;
    std::shared_ptr<sqlite3_stmt> m_statement;
};

/// SQLite without anything around it: to fill a server's file, and to see what the disk allows.
class Sqlite
{
public:
    explicit Sqlite(const std::filesystem::path &file);

    void run(const char *sql) { statement(sql).run(); }
    Statement statement(const char *sql) { return {m_database.get(), sql}; }

private:
    std::shared_ptr<sqlite3> m_database;
};

} // namespace simmer::load
