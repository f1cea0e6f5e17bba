// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/device/DraftFolder.h"

#include "base/DurableFile.h"

#include <QDir>
#include <QFile>

namespace simmer::storage {

namespace {

const QString Ending = QStringLiteral(".json");

Expected<recipes::RecipeDraft> readDraft(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::FileUnreadable, file.errorString(), {}};
    return recipes::decodeDraft(file.read(recipes::MostDraftBytes + 1));
}

} // namespace

DraftFolder::DraftFolder(const Clock &clock, const QString &directory, QObject *parent)
    : DraftShelf(parent)
    , m_clock(clock)
    , m_folder(directory + QStringLiteral("/drafts"))
    , m_desk(new QObject)
    , m_thread(startThread(QStringLiteral("drafts"), m_desk))
{
}

DraftFolder::~DraftFolder() = default;

QString DraftFolder::pathOf(const RecipeId &recipe) const
{
    return m_folder + QLatin1Char('/') + recipe.toHex() + Ending;
}

void DraftFolder::keep(const recipes::RecipeDraft &draft)
{
    QMetaObject::invokeMethod(m_desk, [this, draft] {
        const Outcome written = writeDurably(pathOf(draft.id), recipes::encodeDraft(draft));
        tell([this, written, id = draft.id, at = draft.keptAt] {
            if (written)
                Q_EMIT kept(id, at);
            else
                Q_EMIT notKept(id, written.error());
        });
    });
}

void DraftFolder::drop(const RecipeId &recipe)
{
    QMetaObject::invokeMethod(m_desk, [this, recipe] {
        if (const Outcome gone = removeDurably(pathOf(recipe)); !gone)
            tell([this, recipe, error = gone.error()] { Q_EMIT notKept(recipe, error); });
    });
}

void DraftFolder::readAll()
{
    QMetaObject::invokeMethod(
        m_desk, [this] { tell([this, drafts = readHere()] { Q_EMIT read(drafts); }); });
}

void DraftFolder::tell(std::function<void()> what)
{
    QMetaObject::invokeMethod(this, std::move(what), Qt::QueuedConnection);
}

QList<recipes::RecipeDraft> DraftFolder::readHere() const
{
    QList<recipes::RecipeDraft> drafts;
    const QDir folder(m_folder);
    const QStringList names =
        folder.entryList({QLatin1Char('*') + Ending}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QString path = folder.filePath(name);
        const auto draft = readDraft(path);
        if (!draft) {
            qWarning("drafts: %s", qUtf8Printable(describe(draft.error())));
            QFile::rename(path, path + QStringLiteral(".damaged"));
        } else if (draft->isDiscarded && m_clock.wallMs() - draft->keptAt > DiscardedForMs) {
            QFile::remove(path);
        } else {
            drafts += *draft;
        }
    }
    return drafts;
}

} // namespace simmer::storage
