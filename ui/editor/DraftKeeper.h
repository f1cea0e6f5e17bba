// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"

#include <QTimer>

namespace simmer::ui {

/// Keeps what is typed on the disk while it is typed, without ever waiting for the disk: at most
/// one writing is under way, and the newest follows it. GUI thread; owned by the editor.
class DraftKeeper : public QObject
{
    Q_OBJECT

public:
    /// Nothing is kept without a shelf. `manuscript` and shelf must outlive it.
    DraftKeeper(Manuscript &manuscript, recipes::DraftShelf *shelf, QObject *parent = nullptr);

    /// Now, if there is something that is not on its way yet.
    void flush();
    /// It was saved: no draft is wanted until the next change.
    void drop();
    /// The cook does not want it; it stays a while. Returns what can be had back.
    recipes::RecipeDraft discard();

Q_SIGNALS:
    void kept(qint64 at);
    void notKept(const simmer::Error &error);

private:
    void keep();

    Manuscript &m_manuscript;
    recipes::DraftShelf *m_shelf;
    QTimer m_soon;
    bool m_isWriting = false;
    bool m_isStale = false; ///< changed since the last draft was made
    bool m_isThere = true;  ///< there may be a draft, or one on its way
    bool m_isOver = false;  ///< discarded
};

} // namespace simmer::ui
