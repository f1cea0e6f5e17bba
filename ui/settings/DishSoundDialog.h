// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Preferences.h"
#include "settings/SoundChooser.h"

#include <QDialog>

namespace simmer::ui {

/// How one dish rings on this device: like everything else, or by a sound of its own. What is
/// chosen holds at once. GUI thread; `preferences` must outlive it.
class DishSoundDialog : public QDialog
{
    Q_OBJECT

public:
    /// `sounds` are those that come with Simmer, each with its own key.
    DishSoundDialog(Preferences &preferences, const RecipeId &recipe, const QString &dish,
                    const QList<NamedSound> &sounds, QWidget *parent = nullptr);

Q_SIGNALS:
    /// It wants to be heard; empty is the one of all others.
    void trialWished(const QString &key);
};

} // namespace simmer::ui
