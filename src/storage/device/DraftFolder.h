// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/OwnedThread.h"
#include "recipes/editing/RecipeDraft.h"

#include <functional>

namespace simmer::storage {

/// Drafts as files of a device's folder, one a recipe, for their owner alone; written and read in a
/// thread of their own, fsynced and renamed. One that cannot be read is set aside as ".damaged".
/// Lives in its owner's thread; signals come there.
class DraftFolder : public recipes::DraftShelf
{
    Q_OBJECT

public:
    /// `clock` must outlive it. The folder "drafts" in `directory` is made for the first draft.
    DraftFolder(const Clock &clock, const QString &directory, QObject *parent = nullptr);
    /// Waits until all that was asked is on the disk.
    ~DraftFolder() override;

    void keep(const recipes::RecipeDraft &draft) override;
    void drop(const RecipeId &recipe) override;
    void readAll() override;

private:
    QString pathOf(const RecipeId &recipe) const;
    QList<recipes::RecipeDraft> readHere() const;
    /// From its own thread to the owner's.
    void tell(std::function<void()> what);

    const Clock &m_clock;
    const QString m_folder;
    QObject *m_desk; ///< lives in m_thread, which owns it: what is posted to it runs there
    OwnedThread m_thread;
};

} // namespace simmer::storage
