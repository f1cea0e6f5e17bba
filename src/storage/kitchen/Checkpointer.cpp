// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/Checkpointer.h"

#include "storage/Database.h"

namespace simmer::storage {

Checkpointer::Checkpointer(QString path, Schema schema)
    : m_path(std::move(path))
    , m_schema(std::move(schema))
{
}

Checkpointer::~Checkpointer() = default;

void Checkpointer::wake()
{
    if (!m_isAsked.exchange(true))
        QMetaObject::invokeMethod(
            this, [this] { move(); }, Qt::QueuedConnection);
}

/// What cannot be moved now, since somebody still reads an older state, is moved the next time;
/// who commits does it when the WAL gets too long.
void Checkpointer::move()
{
    m_isAsked = false;
    if (!m_database) {
        auto opened = Database::openBeside(m_path, m_schema);
        if (!opened)
            return;
        m_database = *std::move(opened);
    }
    // The second time it is only what came in during the first.
    m_isDone = checkpoint() && checkpoint();
}

bool Checkpointer::checkpoint()
{
    const Outcome moved = m_database->checkpoint();
    if (!moved)
        qWarning("%s: %s", qUtf8Printable(m_path), qUtf8Printable(describe(moved.error())));
    return bool(moved);
}

} // namespace simmer::storage
