// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/DraftKeeper.h"

#include <QDateTime>

namespace simmer::ui {

namespace {

constexpr int SoonMs = 400; // what a crash may cost

} // namespace

DraftKeeper::DraftKeeper(Manuscript &manuscript, recipes::DraftShelf *shelf, QObject *parent)
    : QObject(parent)
    , m_manuscript(manuscript)
    , m_shelf(shelf)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(SoonMs);
    connect(&m_soon, &QTimer::timeout, this, &DraftKeeper::keep);
    if (!shelf)
        return;
    connect(&manuscript, &Manuscript::changed, this, [this] {
        m_isStale = true;
        if (!m_soon.isActive() && !m_isOver)
            m_soon.start();
    });
    connect(shelf, &recipes::DraftShelf::kept, this, [this](const RecipeId &recipe, qint64 at) {
        if (recipe != m_manuscript.id())
            return;
        m_isWriting = false;
        Q_EMIT kept(at);
        if (m_isStale)
            m_soon.start();
    });
    connect(shelf, &recipes::DraftShelf::notKept, this,
            [this](const RecipeId &recipe, const Error &error) {
                if (recipe != m_manuscript.id())
                    return;
                m_isWriting = false;
                m_isStale = true; // with the next change, or at the end
                Q_EMIT notKept(error);
            });
}

void DraftKeeper::keep()
{
    if (m_isWriting || m_isOver || !m_isStale)
        return;
    m_isStale = false;
    if (!m_manuscript.isChanged())
        return drop();
    m_isWriting = true;
    m_isThere = true;
    m_shelf->keep(m_manuscript.draft(QDateTime::currentMSecsSinceEpoch()));
}

void DraftKeeper::flush()
{
    m_soon.stop();
    m_isWriting = false; // files are written in their order
    if (m_shelf)
        keep();
}

void DraftKeeper::drop()
{
    m_soon.stop();
    m_isStale = false;
    if (m_shelf && std::exchange(m_isThere, false))
        m_shelf->drop(m_manuscript.id());
}

recipes::RecipeDraft DraftKeeper::discard()
{
    m_soon.stop();
    m_isOver = true;
    recipes::RecipeDraft draft = m_manuscript.draft(QDateTime::currentMSecsSinceEpoch());
    draft.isDiscarded = true;
    if (m_shelf)
        m_shelf->keep(draft);
    return draft;
}

} // namespace simmer::ui
