// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/search/CatalogueWorker.h"

namespace simmer::storage {

namespace {

constexpr qsizetype RecipesAStep = 100; // some 10 ms, for which a search may have to wait
constexpr int SpareAfterMs = 1000;

} // namespace

CatalogueWorker::CatalogueWorker(const QString &directory)
    : m_directory(directory)
    , m_turn(this)
    , m_spare(this)
{
    m_spare.setSingleShot(true);
    connect(&m_spare, &QTimer::timeout, this, &CatalogueWorker::prepare);
    connect(&m_turn, &QTimer::timeout, this, &CatalogueWorker::step);
}

CatalogueWorker::~CatalogueWorker() = default;

void CatalogueWorker::inThread(std::function<void(CatalogueWorker &)> work)
{
    QMetaObject::invokeMethod(
        this, [this, work = std::move(work)] { work(*this); }, Qt::QueuedConnection);
}

void CatalogueWorker::open()
{
    inThread([](CatalogueWorker &worker) { worker.openHere(); });
}

void CatalogueWorker::openHere()
{
    auto opened = CatalogueFile::open(m_directory);
    if (!opened) {
        m_elsewhere.emplace();
        opened = CatalogueFile::open(m_elsewhere->path());
    }
    if (!opened) {
        Q_EMIT failed(opened.error());
        return;
    }
    m_file = *std::move(opened);
    good(
        m_file->load([this](const QList<recipes::Entry> &entries) { Q_EMIT remembered(entries); }));
}

/// What can't be read is made again at the next start.
bool CatalogueWorker::good(const Outcome &outcome)
{
    if (outcome)
        return true;
    m_file.reset();
    m_turn.stop();
    if (outcome.error().code == ErrorCode::StoreDamaged)
        CatalogueFile::discard(m_directory);
    Q_EMIT failed(outcome.error());
    return false;
}

void CatalogueWorker::search(const QString &text)
{
    const int number = ++m_newest;
    inThread([text, number](CatalogueWorker &worker) {
        if (number == worker.m_newest)
            worker.searchHere(text);
    });
}

void CatalogueWorker::searchHere(const QString &text)
{
    if (!m_file)
        return;
    if (m_spare.isActive())
        m_spare.start(SpareAfterMs); // somebody types: the next key would have to wait
    const auto findings = m_file->find(text);
    if (findings)
        Q_EMIT found(*findings);
    else
        good(findings.error());
}

void CatalogueWorker::put(const QList<recipes::Recipe> &recipes,
                          const QList<recipes::Origin> &origins)
{
    inThread([recipes, origins](CatalogueWorker &worker) {
        worker.m_recipes += recipes;
        worker.m_origins += origins;
        worker.m_turn.start();
    });
}

void CatalogueWorker::remove(const QList<RecipeId> &recipes)
{
    inThread([recipes](CatalogueWorker &worker) {
        while (worker.m_file && !worker.m_recipes.isEmpty())
            worker.step(); // what came before
        if (!worker.m_file)
            return;
        const auto removed = worker.m_file->remove(recipes);
        if (worker.good(removed ? done() : Outcome(removed.error())) && *removed)
            Q_EMIT worker.updated();
    });
}

void CatalogueWorker::keepOnly(const QList<RecipeId> &recipes)
{
    inThread([recipes](CatalogueWorker &worker) {
        if (!worker.m_file)
            return;
        const auto removed = worker.m_file->remove(worker.m_file->missingIn(recipes));
        if (worker.good(removed ? done() : Outcome(removed.error())) && *removed)
            Q_EMIT worker.updated();
    });
}

/// One small step a turn of the event loop, so that searches come between.
void CatalogueWorker::step()
{
    if (!m_file || m_leaving) {
        m_turn.stop();
        m_recipes.clear();
        m_origins.clear();
        return;
    }
    if (!m_recipes.isEmpty()) {
        const qsizetype some = std::min(RecipesAStep, m_recipes.size());
        const auto changed = m_file->put(m_recipes.first(some), m_origins.first(some));
        if (!good(changed ? done() : Outcome(changed.error())))
            return;
        m_recipes.remove(0, some);
        m_origins.remove(0, some);
        m_changed = m_changed || *changed;
        m_untidy = m_untidy || (*changed && some == RecipesAStep);
        return;
    }
    if (std::exchange(m_changed, false))
        Q_EMIT updated();
    const auto more = m_untidy ? m_file->tidy() : Expected(false);
    m_untidy = more && *more;
    if (!m_untidy) {
        m_turn.stop();
        m_spare.start(SpareAfterMs);
    }
    if (!more)
        good(more.error());
}

/// One letter a turn, for which a search may have to wait.
void CatalogueWorker::prepare()
{
    if (!m_file || m_leaving || m_turn.isActive())
        return;
    const auto more = m_file->learnLetter();
    if (more && *more)
        m_spare.start(0);
    if (!more)
        good(more.error());
}

} // namespace simmer::storage
