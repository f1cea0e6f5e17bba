// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/Schema.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace simmer::storage {

class Database;

/// Moves what was committed from the WAL into the file, beside the thread that commits, which
/// would have to wait for that. Lives in a thread of its own (base/OwnedThread.h), with a
/// connection of its own.
class Checkpointer : public QObject
{
public:
    Checkpointer(QString path, Schema schema);
    ~Checkpointer() override;
    Q_DISABLE_COPY_MOVE(Checkpointer)

    /// Once per call at most, soon. May be called from any thread.
    void wake();
    /// Whether all was moved but what came in meanwhile; told once. Whoever commits then moves that
    /// little, so that the WAL is begun anew and does not grow as long as somebody writes.
    bool isDone() { return m_isDone.exchange(false); }

private:
    void move();
    bool checkpoint();

    QString m_path;
    Schema m_schema;
    std::atomic<bool> m_isAsked = false;
    std::atomic<bool> m_isDone = false;
    std::unique_ptr<Database> m_database; ///< from the first time on
};

} // namespace simmer::storage
