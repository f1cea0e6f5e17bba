// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/ImportJob.h"

#include "recipes/formats/RecipeReader.h"
#include "supervision/PassingShelf.h"

namespace simmer::ui {

using supervision::JobSight;
using supervision::TaskId;
using supervision::TaskRunner;

namespace {

const QString Kind = QStringLiteral("import");
const QString File = QStringLiteral("file");

} // namespace

ImportJob::ImportJob(const QStringList &files, QObject *parent)
    : QObject(parent)
    , m_files(files)
    , m_runner(std::make_unique<supervision::PassingShelf>(), 1)
{
    // Runs in the runner's thread; its signal crosses back by itself, as this lives elsewhere.
    m_runner.learn(Kind, [this](const QJsonObject &arguments, JobSight &) -> Outcome {
        const QString file = arguments[File].toString();
        const auto recipes = recipes::formats::readFile(file);
        if (!recipes)
            return recipes.error();
        Q_EMIT fileRead(file, *recipes);
        return done();
    });
    connect(&m_runner, &TaskRunner::started, this,
            [this](const TaskId &task) { Q_EMIT reading(++m_begun, m_open.value(task)); });
    connect(&m_runner, &TaskRunner::failed, this, [this](const TaskId &task, const Error &error) {
        Q_EMIT fileFailed(m_open.value(task), error);
        over(task);
    });
    connect(&m_runner, &TaskRunner::finished, this, &ImportJob::over);
    connect(&m_runner, &TaskRunner::cancelled, this, &ImportJob::over);
}

ImportJob::~ImportJob() = default;

void ImportJob::start()
{
    for (const QString &file : m_files)
        m_open.insert(m_runner.add(Kind, {{File, file}}), file);
    if (m_open.isEmpty())
        QMetaObject::invokeMethod(this, &ImportJob::finished, Qt::QueuedConnection);
}

void ImportJob::cancel()
{
    for (auto open = m_open.cbegin(); open != m_open.cend(); ++open)
        m_runner.cancel(open.key());
}

void ImportJob::over(const TaskId &task)
{
    m_open.remove(task);
    if (m_open.isEmpty())
        Q_EMIT finished();
}

} // namespace simmer::ui
