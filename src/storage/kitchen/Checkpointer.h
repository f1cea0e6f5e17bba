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

private:
    void move();

    QString m_path;
    Schema m_schema;
    std::atomic<bool> m_isAsked = false;
    std::unique_ptr<Database> m_database; ///< from the first time on
};

} // namespace simmer::storage
