// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/search/RecipeCatalogue.h"

#include "storage/search/CatalogueWorker.h"

namespace simmer::storage {

RecipeCatalogue::RecipeCatalogue(const QString &directory, const recipes::RecipeBook &book,
                                 QObject *parent)
    : Catalogue(parent)
    , m_book(book)
    , m_worker(new CatalogueWorker(directory))
{
    connect(m_worker, &CatalogueWorker::remembered, this, &Catalogue::remembered);
    connect(m_worker, &CatalogueWorker::found, this, &Catalogue::found);
    connect(m_worker, &CatalogueWorker::updated, this, &Catalogue::updated);
    connect(m_worker, &CatalogueWorker::failed, this, &Catalogue::failed);
    connect(&book, &recipes::RecipeBook::recipesCame, this, &RecipeCatalogue::bring);
    connect(&book, &recipes::RecipeBook::recipeChanged, this,
            [this](const recipes::Recipe &recipe) { bring({recipe}); });
    connect(&book, &recipes::RecipeBook::recipeRemoved, this,
            [this](const RecipeId &recipe) { m_worker->remove({recipe}); });
    connect(&book, &recipes::RecipeBook::loaded, this,
            [this] { m_worker->keepOnly(m_book.recipes().keys()); });
    m_thread = startThread(QStringLiteral("library"), m_worker);
    m_worker->open();
    bring(book.recipes().values());
}

RecipeCatalogue::~RecipeCatalogue()
{
    m_worker->leave();
}

void RecipeCatalogue::search(const QString &text)
{
    m_worker->search(text);
}

void RecipeCatalogue::bring(const QList<recipes::Recipe> &recipes)
{
    QList<recipes::Origin> origins;
    for (const recipes::Recipe &recipe : recipes)
        origins += m_book.origin(recipe.id);
    if (!recipes.isEmpty())
        m_worker->put(recipes, origins);
}

} // namespace simmer::storage
