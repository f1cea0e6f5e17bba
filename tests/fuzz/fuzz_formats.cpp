// SPDX-License-Identifier: GPL-3.0-or-later
// The readers of recipes for libFuzzer (./dev check fuzz) and for the mutations that ctest runs.
// The first byte chooses the decoder.
#include "recipes/RecipeCodec.h"
#include "recipes/formats/RecipeReader.h"

#include <QJsonDocument>

#include <array>
#include <cstddef>
#include <cstdint>

using namespace simmer::recipes;

namespace {

/// What every caller of the reader relies on, whatever the bytes.
void check(const Recipe &recipe)
{
    bool good = !recipe.title.isEmpty() && !recipe.id.isNull();
    for (const Step &step : recipe.steps) {
        int last = 0;
        for (const Slot &slot : step.slots) {
            good = good && slot.start >= last && slot.end > slot.start &&
                   slot.end <= step.text.size() && slot.shortestSeconds > 0 &&
                   slot.shortestSeconds <= slot.longestSeconds;
            last = slot.end;
        }
        good = good && !step.text.isEmpty();
    }
    const QJsonObject json = toJson(recipe);
    const auto stored = recipeFromJson(recipe.id, json);
    const QByteArray sent = QJsonDocument(json).toJson(QJsonDocument::Compact);
    good = good && stored && *stored == recipe && sent.size() <= MaxRecipeBytes;
    // What is sent is UTF-8: half a surrogate pair would come back as something else.
    good = good && QJsonDocument::fromJson(sent).object() == json;
    if (!good)
        qFatal("a recipe that breaks its own rules: %s", sent.constData());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const std::array names{QStringLiteral("a.html"), QStringLiteral("a.json"),
                                  QStringLiteral("a.cook"), QStringLiteral("a")};
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    const auto recipes = formats::readBytes(names[data[0] % names.size()], bytes);
    if (!recipes && (recipes.error().context.isEmpty() || recipes.error().context.contains(u'\n')))
        qFatal("an error that says nothing");
    if (recipes) {
        for (const Recipe &recipe : *recipes)
            check(recipe);
    }
    return 0;
}
