// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/RecipeReader.h"

#include "recipes/RecipeCodec.h"
#include "recipes/formats/Charset.h"
#include "recipes/formats/CooklangRecipe.h"
#include "recipes/formats/Gzip.h"
#include "recipes/formats/WebPage.h"
#include "recipes/times/TimeFinder.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace simmer::recipes::formats {

namespace {

Error tooLarge()
{
    return {ErrorCode::TooLarge,
            QStringLiteral("it is larger than %1 MB").arg(MaxFileBytes / 1024 / 1024),
            {}};
}

Error unreadable(const QString &why)
{
    return {ErrorCode::FileUnreadable, why, {}};
}

enum class Format { WebPage, JsonLd, Cooklang, Unknown };

bool hasSuffix(const QString &name, std::initializer_list<QLatin1String> suffixes)
{
    return std::any_of(suffixes.begin(), suffixes.end(), [&](QLatin1String suffix) {
        return name.endsWith(suffix, Qt::CaseInsensitive);
    });
}

/// Whether text without a telling name has Cooklang's ingredients or timers in it.
bool looksLikeCooklang(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"([@~][^@#~{}\n]{0,80}\{[^{}\n]{0,80}\})"));
    return pattern.match(text).hasMatch();
}

Format formatOf(const QString &name, const QString &text)
{
    if (hasSuffix(name, {QLatin1String(".cook")}))
        return Format::Cooklang;
    const QString start = text.left(4096).trimmed();
    if (start.startsWith(u'{') || start.startsWith(u'['))
        return Format::JsonLd;
    if (start.startsWith(u'<') ||
        hasSuffix(name, {QLatin1String(".html"), QLatin1String(".htm"), QLatin1String(".xhtml")}))
        return Format::WebPage;
    if (hasSuffix(name, {QLatin1String(".json"), QLatin1String(".jsonld")}))
        return Format::JsonLd;
    return looksLikeCooklang(text) ? Format::Cooklang : Format::Unknown;
}

Expected<QList<Recipe>> readText(const QString &name, const QByteArray &bytes)
{
    // Cooklang knows no charset but UTF-8; a web page tells its own.
    const bool strict = hasSuffix(name, {QLatin1String(".cook"), QLatin1String(".json")});
    const auto text = strict ? decodeStrictly(bytes) : decodePage(bytes);
    if (!text)
        return text.error();
    if (text->trimmed().isEmpty())
        return Error{ErrorCode::NoRecipe, QStringLiteral("it is empty"), {}};
    switch (formatOf(name, *text)) {
    case Format::WebPage:
        return readWebPage(*text);
    case Format::JsonLd:
        return readJsonLd(*text);
    case Format::Cooklang:
        return readCooklang(name, *text);
    case Format::Unknown:
        return Error{ErrorCode::NoRecipe, QStringLiteral("its format is not known"), {}};
    }
    Q_UNREACHABLE();
}

void finish(Recipe &recipe)
{
    findTimes(recipe);
    recipe.id = importId(recipe);
}

/// Whether the kitchen can store and send it; what it could not would be lost later and unseen.
bool fits(const Recipe &recipe)
{
    const QJsonObject json = toJson(recipe);
    return QJsonDocument(json).toJson(QJsonDocument::Compact).size() <= MaxRecipeBytes &&
           recipeFromJson(recipe.id, json);
}

Expected<QList<Recipe>> finished(QList<Recipe> recipes)
{
    for (Recipe &recipe : recipes) {
        finish(recipe);
        if (!fits(recipe))
            return Error{
                ErrorCode::TooLarge,
                QStringLiteral("its recipe “%1” is too long to be kept").arg(recipe.title.left(60)),
                {}};
    }
    return recipes;
}

} // namespace

Expected<QList<Recipe>> readFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return unreadable(QStringLiteral("there is no such file"));
    if (info.isDir())
        return unreadable(QStringLiteral("it is a folder"));
    // Pipes and devices have no end that could be waited for.
    if (!info.isFile())
        return unreadable(QStringLiteral("it is no regular file"));
    if (info.size() > MaxFileBytes)
        return tooLarge();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    const QByteArray bytes = file.read(MaxFileBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return unreadable(file.errorString());
    return readBytes(info.fileName(), bytes);
}

Expected<QList<Recipe>> readBytes(const QString &name, const QByteArray &bytes)
{
    if (bytes.size() > MaxFileBytes)
        return tooLarge();
    const bool packed = isGzip(bytes);
    // One layer only: a file may unpack to itself, for ever.
    const auto plain = packed ? gunzip(bytes, MaxFileBytes) : Expected<QByteArray>(bytes);
    if (!plain)
        return plain.error();
    const bool named = packed && hasSuffix(name, {QLatin1String(".gz")});
    auto recipes = readText(named ? name.chopped(3) : name, *plain);
    return recipes ? finished(*std::move(recipes)) : std::move(recipes);
}

} // namespace simmer::recipes::formats
