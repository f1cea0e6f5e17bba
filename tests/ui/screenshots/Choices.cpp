// SPDX-License-Identifier: GPL-3.0-or-later
// What a new cook sees first, the settings, the list of keys.
#include "UiKitchen.h"
#include "forms/MainWindow.h"
#include "screenshots/Paint.h"
#include "settings/DishSoundDialog.h"
#include "settings/KeysDialog.h"
#include "settings/SettingsDialog.h"

#include <QComboBox>

namespace simmer::screenshots {

void paintChoices(ui::Theme &theme, const QString &folder)
{
    fakes::UiKitchen kitchen;
    ui::Preferences preferences(kitchen.folder() + QStringLiteral("/preferences.json"));
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    window.remember(preferences);
    window.offerSamples(fakes::sampleRecipes().values());
    kitchen.open();
    saveAll(theme, window, {1440, 900}, folder, QStringLiteral("welcome"));
    saveAll(theme, window, {700, 700}, folder, QStringLiteral("welcome-narrow"));
    ui::SettingsDialog settings(preferences, {{QString(), QStringLiteral("Bell")}});
    settings.setProfile(QStringLiteral("/home/ana/.local/share/simmer"));
    saveAll(theme, settings, {680, 900}, folder, QStringLiteral("settings"));
    saveAll(theme, settings, {520, 560}, folder, QStringLiteral("settings-small"));
    ui::DishSoundDialog dish(preferences, RecipeId::random(),
                             QStringLiteral("Roast chicken with root vegetables"),
                             {{QStringLiteral("bell"), QStringLiteral("Bell")}});
    saveAll(theme, dish, {440, 240}, folder, QStringLiteral("dish-sound"));
    ui::KeysDialog keys;
    saveAll(theme, keys, {520, 900}, folder, QStringLiteral("keys"));
}

} // namespace simmer::screenshots
