// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/ImportJob.h"

#include "recipes/formats/RecipeReader.h"

namespace simmer::ui {

ImportJob::ImportJob(const QStringList &files, QObject *parent)
    : QObject(parent)
    , m_files(files)
    , m_cancelled(std::make_shared<std::atomic_bool>(false))
    , m_reader(new QObject)
    , m_thread(startThread(QStringLiteral("import"), m_reader))
{
}

void ImportJob::start()
{
    // Runs in the import thread; its signals cross back by themselves, as this lives elsewhere.
    QMetaObject::invokeMethod(m_reader, [this, files = m_files, cancelled = m_cancelled] {
        int number = 0;
        for (const QString &file : files) {
            if (*cancelled)
                break;
            Q_EMIT reading(++number, file);
            const auto recipes = recipes::formats::readFile(file);
            if (recipes)
                Q_EMIT fileRead(file, *recipes);
            else
                Q_EMIT fileFailed(file, recipes.error());
        }
        Q_EMIT finished();
    });
}

ImportJob::~ImportJob()
{
    cancel();
    m_thread.reset();
}

void ImportJob::cancel()
{
    *m_cancelled = true;
}

} // namespace simmer::ui
