// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/RecipeSaver.h"

#include "editor/EditorWords.h"

#include <algorithm>

namespace simmer::ui {

using recipes::Recipe;
using recipes::RecipeBook;

RecipeSaver::RecipeSaver(Manuscript &manuscript, RecipeBook &book, QObject *parent)
    : QObject(parent)
    , m_manuscript(manuscript)
    , m_book(book)
    , m_theirs(manuscript.base())
{
    const RecipeId id = manuscript.id();
    connect(&book, &RecipeBook::recipeChanged, this, [this, id](const Recipe &recipe) {
        if (recipe.id == id)
            receive(recipe);
    });
    connect(&book, &RecipeBook::recipeRemoved, this, [this, id](const RecipeId &recipe) {
        if (recipe == id)
            Q_EMIT wasRemoved(writerOf({QString()}));
    });
    connect(&book, &RecipeBook::saved, this, [this, id](const RecipeId &recipe) {
        if (recipe != id || !m_saving)
            return;
        m_manuscript.noteSaved(*std::exchange(m_saving, std::nullopt));
        review();
        Q_EMIT saved();
    });
    connect(&book, &RecipeBook::notSaved, this,
            [this, id](const RecipeId &recipe, const Error &why) {
                if (recipe != id || !m_saving)
                    return;
                m_saving.reset();
                review();
                Q_EMIT notSaved(EditorWords::notSaved(why));
            });
    const auto there = book.recipes().constFind(id);
    if (there == book.recipes().cend())
        return;
    m_theirs = *there;
    if (!manuscript.isMadeOf(m_theirs))
        receive(m_theirs); // a draft may be older than the book
}

void RecipeSaver::save()
{
    if (m_saving)
        return;
    const Recipe now = m_manuscript.recipe();
    if (now.title.isEmpty())
        return Q_EMIT titleWished();
    m_saving = now;
    if (m_manuscript.isNew() && !m_book.recipes().contains(now.id))
        m_book.save(now);
    else
        m_book.edit(m_manuscript.base(), now);
}

void RecipeSaver::receive(const Recipe &theirs)
{
    m_theirs = theirs;
    if (m_saving)
        return; // ours may be among it; looked at once that is known
    const recipes::FieldMerge merge = m_manuscript.receive(theirs);
    setContested(merge.contested);
    if (!merge.theirsOnly.isEmpty())
        Q_EMIT flowedIn(merge.theirsOnly);
}

void RecipeSaver::review()
{
    if (m_theirs.id == m_manuscript.id() && m_book.recipes().contains(m_theirs.id))
        receive(m_book.recipes().value(m_theirs.id));
}

void RecipeSaver::setContested(const QStringList &fields)
{
    if (fields == m_contested)
        return;
    m_contested = fields;
    Q_EMIT contestedChanged();
}

QString RecipeSaver::writerOf(const QStringList &fields) const
{
    const QList<recipes::Edit> edits = m_book.history(m_manuscript.id());
    const auto last = std::find_if(edits.crbegin(), edits.crend(), [&](const recipes::Edit &edit) {
        return fields.contains(edit.field);
    });
    return last == edits.crend() ? QString() : last->cook;
}

} // namespace simmer::ui
