// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/search/CatalogueFile.h"

#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <optional>

namespace simmer::storage {

/// The thread of the catalogue: answers searches, and between them brings the file up to date in
/// small steps. Commands may be called from any thread; signals come from its own.
class CatalogueWorker : public QObject
{
    Q_OBJECT

public:
    explicit CatalogueWorker(const QString &directory);
    ~CatalogueWorker() override;

    /// The first command: remembered() follows.
    void open();
    /// Only the newest search is answered.
    void search(const QString &text);
    void put(const QList<recipes::Recipe> &recipes, const QList<recipes::Origin> &origins);
    void remove(const QList<RecipeId> &recipes);
    /// These are all that there are.
    void keepOnly(const QList<RecipeId> &recipes);
    /// What is left to do is left.
    void leave() { m_leaving = true; }

Q_SIGNALS:
    void remembered(const QList<simmer::recipes::Entry> &entries);
    void found(const simmer::recipes::Findings &findings);
    void updated();
    void failed(const simmer::Error &error);

private:
    void inThread(std::function<void(CatalogueWorker &)> work);
    void openHere();
    void searchHere(const QString &text);
    void step();
    void prepare();
    bool good(const Outcome &outcome);

    QString m_directory;
    std::optional<QTemporaryDir> m_elsewhere; ///< where the profile's disk takes nothing
    std::unique_ptr<CatalogueFile> m_file;
    std::atomic<int> m_newest = 0; ///< search
    std::atomic<bool> m_leaving = false;
    QTimer m_turn;
    QTimer m_spare;                   ///< rings when nothing has come for a while
    QList<recipes::Recipe> m_recipes; ///< to be brought up to date
    QList<recipes::Origin> m_origins;
    bool m_changed = false; ///< since updated()
    bool m_untidy = false;
};

} // namespace simmer::storage
