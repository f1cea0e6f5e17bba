// SPDX-License-Identifier: GPL-3.0-or-later
// What a Desk does with photos.
#include "app/Desk.h"
#include "recipes/RecipeCodec.h"

namespace simmer::app {

namespace {

using K = QLatin1String;

QJsonObject photoLine(const recipes::Recipe &recipe, const BlobHash &photo, qint64 bytes)
{
    return {{K("id"), recipe.id.toHex()},
            {K("title"), recipe.title},
            {K("photo"), photo.toHex()},
            {K("bytes"), bytes}};
}

} // namespace

/// With "content" (base64) the recipe gets one more photo; without, its first is read.
void Desk::photo(const QJsonObject &request, const Answer &answer)
{
    const auto recipe = findRecipe(request.value(K("recipe")).toString());
    if (!recipe)
        answer.end(recipe.error());
    else if (request.contains(K("content")))
        addPhoto(*recipe, QByteArray::fromBase64(request.value(K("content")).toString().toLatin1()),
                 answer);
    else if (recipe->photos.isEmpty())
        answer.end(
            Error{ErrorCode::NotFound, QStringLiteral("“%1” has no photo").arg(recipe->title), {}});
    else
        readPhoto(*recipe, answer);
}

/// The bytes are on the disk before a recipe names them.
void Desk::addPhoto(const recipes::Recipe &recipe, const QByteArray &bytes, const Answer &answer)
{
    if (recipe.photos.size() >= recipes::MostPhotos) {
        answer.end(Error{
            ErrorCode::BadArgument,
            QStringLiteral("“%1” has %2 photos already").arg(recipe.title).arg(recipes::MostPhotos),
            {}});
        return;
    }
    const BlobHash photo = BlobHash::of(bytes);
    auto &book = m_device.recipes();
    auto &shelf = m_device.log().blobs();
    const auto line = photoLine(recipe, photo, bytes.size());
    connect(&book, &recipes::RecipeBook::saved, answer.owner,
            [id = recipe.id, line, answer](const RecipeId &saved) {
                if (saved != id)
                    return;
                answer.line(line);
                answer.end({});
            });
    connect(&book, &recipes::RecipeBook::notSaved, answer.owner,
            [id = recipe.id, answer](const RecipeId &notSaved, const Error &error) {
                if (notSaved == id)
                    answer.end(error);
            });
    connect(&shelf, &storage::BlobShelf::kept, answer.owner,
            [&book, id = recipe.id, photo](const BlobHash &kept) {
                recipes::Recipe named = book.recipes().value(id);
                if (kept != photo || named.id.isNull())
                    return;
                named.photos.removeAll(photo);
                named.photos.append(photo);
                book.save(named);
            });
    connect(&shelf, &storage::BlobShelf::keepFailed, answer.owner,
            [photo, answer](const BlobHash &failed, const Error &error) {
                if (failed == photo)
                    answer.end(error);
            });
    shelf.keep(bytes);
}

void Desk::readPhoto(const recipes::Recipe &recipe, const Answer &answer)
{
    const BlobHash photo = recipe.photos.constFirst();
    auto &shelf = m_device.log().blobs();
    connect(&shelf, &storage::BlobShelf::photoRead, answer.owner,
            [recipe, photo, answer](const BlobHash &read, const QByteArray &bytes) {
                if (read != photo)
                    return;
                QJsonObject line = photoLine(recipe, photo, bytes.size());
                line.insert(K("content"), QString::fromLatin1(bytes.toBase64()));
                answer.line(line);
                answer.end({});
            });
    connect(&shelf, &storage::BlobShelf::photoMissing, answer.owner,
            [photo, answer](const BlobHash &missing, const Error &error) {
                if (missing != photo)
                    return;
                answer.end(error.code == ErrorCode::NotFound
                               ? Error{ErrorCode::NotFound,
                                       QStringLiteral("the photo has not come yet; use “simmerctl "
                                                      "sync” while a device that has it is "
                                                      "connected"),
                                       {}}
                               : error);
            });
    shelf.read(photo);
}

} // namespace simmer::app
