// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/EditorDesk.h"

#include "editor/EditorWords.h"
#include "editor/HistoryDialog.h"
#include "recipes/RecipeCodec.h"
#include "widgets/NoticeBar.h"

#include <QDateTime>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

using recipes::Recipe;
using recipes::RecipeDraft;

EditorDesk::EditorDesk(recipes::RecipeBook &book, QWidget *parent)
    : QWidget(parent)
    , m_means{book}
    , m_bar(new NoticeBar(NoticeBar::Tone::Quiet, tr("Go on"), this))
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    connect(m_bar, &NoticeBar::acted, this, [this] {
        if (const auto action = std::exchange(m_offered, {}))
            action();
    });
}

EditorDesk::~EditorDesk() = default;

void EditorDesk::useDrafts(recipes::DraftShelf &drafts)
{
    m_means.drafts = &drafts;
    connect(&drafts, &recipes::DraftShelf::read, this, &EditorDesk::take);
    connect(&m_means.book, &recipes::RecipeBook::loaded, &drafts, &recipes::DraftShelf::readAll);
    connect(&m_means.book, &recipes::RecipeBook::saved, this, &EditorDesk::settleNotes);
}

void EditorDesk::usePhotos(recipes::PhotoStore &store, PhotoSource *photos)
{
    m_means.store = &store;
    m_means.photos = photos;
}

RecipeId EditorDesk::recipe() const
{
    return m_editor ? m_editor->manuscript().id() : RecipeId();
}

void EditorDesk::create()
{
    leave([this] { open(std::make_unique<Manuscript>()); });
}

void EditorDesk::edit(const RecipeId &recipe)
{
    if (m_editor && this->recipe() == recipe)
        return Q_EMIT opened();
    const auto found = m_means.book.recipes().constFind(recipe);
    if (found == m_means.book.recipes().cend())
        return;
    leave([this, now = *found] {
        const auto left = m_drafts.constFind(now.id);
        if (left != m_drafts.cend() && !left->isDiscarded)
            return resume(*left);
        open(std::make_unique<Manuscript>(now));
        if (left == m_drafts.cend())
            return;
        m_editor->offer(
            tr("What you discarded at %1 is still here.").arg(EditorWords::moment(left->keptAt)),
            [this, draft = *left] { leave([this, draft] { resume(draft); }); });
    });
}

void EditorDesk::leave(const std::function<void()> &then)
{
    if (!m_editor)
        return then();
    Q_EMIT opened();
    m_editor->leave([this, then] {
        close();
        then();
    });
}

void EditorDesk::open(std::unique_ptr<Manuscript> manuscript)
{
    m_editor = new RecipeEditor(std::move(manuscript), m_means);
    layout()->addWidget(m_editor);
    connect(m_editor, &RecipeEditor::closeWished, this, &EditorDesk::close);
    connect(m_editor, &RecipeEditor::saved, this,
            [this](const RecipeId &recipe) { m_drafts.remove(recipe); });
    connect(m_editor, &RecipeEditor::discarded, this, [this](const RecipeDraft &draft) {
        m_drafts.insert(draft.id, draft);
        m_offered = [this, draft] { leave([this, draft] { resume(draft); }); };
        m_bar->say(tr("Changes to “%1” were discarded. They can be had back for seven days.")
                       .arg(EditorWords::untitled(draft.now.title)));
    });
    Q_EMIT opened();
    m_editor->focusFirst();
}

void EditorDesk::close()
{
    if (!m_editor)
        return;
    const RecipeId recipe = this->recipe();
    m_editor->hide();
    std::exchange(m_editor, nullptr)->deleteLater();
    Q_EMIT closed(recipe);
    if (!m_offered)
        offerNext();
}

void EditorDesk::take(const QList<RecipeDraft> &drafts)
{
    m_knowsDrafts = true;
    for (const RecipeDraft &draft : drafts)
        if (draft.id != recipe() && !bringNotes(draft))
            m_drafts.insert(draft.id, draft);
    offerNext();
}

/// One file a recipe: what somebody left in the editor is worth more than a second of notes.
void EditorDesk::keepNotes(const RecipeId &recipe, const QString &notes)
{
    const Recipe kept = m_means.book.recipes().value(recipe);
    if (!m_knowsDrafts || kept.id.isNull() || m_drafts.contains(recipe) || recipe == this->recipe())
        return;
    m_notes.insert(recipe, notes);
    if (notes == kept.notes)
        return settleNotes(recipe);
    const Recipe base = recipes::edited(recipe, recipes::toEdit(recipes::withPlainLines(kept)));
    RecipeDraft draft{recipe, base, recipes::toEdit(base), QDateTime::currentMSecsSinceEpoch(),
                      false};
    draft.now.notes = notes;
    m_means.drafts->keep(draft);
}

void EditorDesk::settleNotes(const RecipeId &recipe)
{
    const auto drafted = m_notes.constFind(recipe);
    if (drafted == m_notes.cend() || *drafted != m_means.book.recipes().value(recipe).notes)
        return;
    m_notes.erase(drafted);
    if (recipe != this->recipe()) // whose draft it is now
        m_means.drafts->drop(recipe);
}

/// Notes that were typed when the program died are written as if their second had passed; false
/// for any other draft, and where others wrote notes meanwhile.
bool EditorDesk::bringNotes(const RecipeDraft &draft)
{
    if (!draft.base || draft.isDiscarded)
        return false;
    const Recipe typed = recipes::edited(draft.id, draft.now);
    const Recipe here = m_means.book.recipes().value(draft.id);
    if (here.id.isNull() ||
        recipes::changes(*draft.base, typed).keys() != QStringList{QStringLiteral("notes")})
        return false;
    if (here.notes != typed.notes && here.notes.trimmed() != draft.base->notes)
        return false;
    m_notes.insert(draft.id, typed.notes);
    Recipe now = here;
    now.notes = typed.notes;
    m_means.book.edit(here, now); // saved() follows, and the draft goes
    return true;
}

/// The newest that nobody discarded.
void EditorDesk::offerNext()
{
    const auto newest = std::max_element(
        m_drafts.cbegin(), m_drafts.cend(), [](const RecipeDraft &a, const RecipeDraft &b) {
            return std::pair(!a.isDiscarded, a.keptAt) < std::pair(!b.isDiscarded, b.keptAt);
        });
    if (newest == m_drafts.cend() || newest->isDiscarded)
        return;
    m_offered = [this, draft = *newest] { leave([this, draft] { resume(draft); }); };
    m_bar->say(
        tr("“%1” has changes that were not saved, from %2.")
            .arg(EditorWords::untitled(newest->now.title), EditorWords::moment(newest->keptAt)),
        NoticeBar::Lasting::UntilClosed);
}

void EditorDesk::resume(const RecipeDraft &draft)
{
    m_drafts.remove(draft.id);
    m_offered = {};
    m_bar->unsay();
    open(std::make_unique<Manuscript>(draft));
}

void EditorDesk::showHistory(const RecipeId &recipe, QWidget *window)
{
    if (recipe.isNull())
        return;
    auto *dialog = new HistoryDialog(m_means.book, recipe, window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void EditorDesk::showRemoved(QWidget *window)
{
    auto *dialog = new RemovedDialog(m_means.book, window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RemovedDialog::broughtBack, this, &EditorDesk::broughtBack);
    dialog->open();
}

} // namespace simmer::ui
