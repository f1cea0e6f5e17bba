// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/DishSoundDialog.h"

#include "theme/Type.h"
#include "widgets/Panel.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace simmer::ui {

namespace {
constexpr int ControlWidth = 340;
}

DishSoundDialog::DishSoundDialog(Preferences &preferences, const RecipeId &recipe,
                                 const QString &dish, const QList<NamedSound> &sounds,
                                 QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Sound of a dish"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(28, 24, 28, 16);
    column->setSpacing(12);
    auto *title = new InkLabel(displayFont(17), InkLabel::Ink::Full, dish);
    title->setWordWrap(true);
    column->addWidget(title);
    auto *caption = new InkLabel(textFont(13), InkLabel::Ink::Secondary,
                                 tr("How its timers ring on this device."));
    caption->setWordWrap(true);
    column->addWidget(caption);
    const QList<NamedSound> all = QList<NamedSound>{{{}, tr("Like everything else")}} + sounds;
    auto *chooser = new SoundChooser(all, preferences.now().soundOf.value(recipe), ControlWidth);
    column->addWidget(chooser, 0, Qt::AlignLeft);
    column->addStretch();
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Done"), QDialogButtonBox::AcceptRole)->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(chooser, &SoundChooser::trialWished, this, &DishSoundDialog::trialWished);
    connect(chooser, &SoundChooser::chose, this, [&preferences, recipe](const QString &key) {
        preferences.change([&](Choices &choices) {
            if (key.isEmpty())
                choices.soundOf.remove(recipe);
            else
                choices.soundOf.insert(recipe, key);
        });
    });
    setMinimumWidth(420);
    chooser->setFocus();
}

} // namespace simmer::ui
