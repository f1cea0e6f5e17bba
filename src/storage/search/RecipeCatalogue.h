// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/OwnedThread.h"
#include "recipes/Catalogue.h"

#include <memory>

namespace simmer::storage {

class CatalogueWorker;

/// The catalogue of a book, in a file of the profile that a thread of its own keeps: it follows the
/// book at the cost of what changed. Lives in its owner's thread.
class RecipeCatalogue : public recipes::Catalogue
{
    Q_OBJECT

public:
    /// `book` must outlive it.
    RecipeCatalogue(const QString &directory, const recipes::RecipeBook &book,
                    QObject *parent = nullptr);
    ~RecipeCatalogue() override;

    void search(const QString &text) override;

private:
    void bring(const QList<recipes::Recipe> &recipes);

    const recipes::RecipeBook &m_book;
    CatalogueWorker *m_worker; ///< owned by m_thread
    OwnedThread m_thread;
};

} // namespace simmer::storage
