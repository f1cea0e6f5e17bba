// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/SettingsDialog.h"

#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "widgets/Panel.h"
#include "widgets/Segments.h"
#include "widgets/SwitchButton.h"
#include "words/Words.h"

#include <QAudioDevice>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMediaDevices>
#include <QPushButton>
#include <QScrollArea>
#include <QSlider>
#include <QSysInfo>
#include <QVBoxLayout>

namespace simmer::ui {

namespace {

constexpr int Scales[] = {85, 100, 115, 130, 150, 175, 200};
constexpr int ControlWidth = 260;

template<class Enum>
Segments *makeSegments(const QString &name, const QList<QPair<Enum, QString>> &values, Enum chosen)
{
    auto *segments = new Segments;
    segments->setAccessibleName(name);
    for (const auto &[value, words] : values)
        segments->add(int(value), words);
    segments->choose(int(chosen));
    return segments;
}

} // namespace

SettingsDialog::SettingsDialog(Preferences &preferences, const QList<NamedSound> &sounds,
                               QWidget *parent)
    : QDialog(parent)
    , m_preferences(preferences)
    , m_sounds(sounds)
    , m_scaleAtStart(preferences.now().scalePercent)
    , m_notice(new NoticeBar(NoticeBar::Tone::Quiet, tr("Start again now")))
{
    setWindowTitle(tr("Settings"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *scroll = new QScrollArea;
    scroll->setWidget(makeSections());
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    column->addWidget(scroll, 1);
    column->addWidget(m_notice);
    auto *buttons = new QDialogButtonBox;
    buttons->setContentsMargins(24, 12, 24, 16);
    buttons->addButton(tr("Done"), QDialogButtonBox::AcceptRole)->setDefault(true);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_notice, &NoticeBar::acted, this, &SettingsDialog::restartWished);
    setMinimumWidth(520);
    resize(680, 760);
}

QWidget *SettingsDialog::makeSections()
{
    auto *page = new Panel(Panel::Ground::Page, {});
    m_rows = new QVBoxLayout(page);
    m_rows->setContentsMargins(28, 20, 28, 24);
    m_rows->setSpacing(14);
    addLook();
    addAlarms();
    addPerson();
    m_rows->addStretch();
    return page;
}

void SettingsDialog::addSection(const QString &title)
{
    if (m_rows->count() > 0)
        m_rows->addSpacing(14);
    m_rows->addWidget(new InkLabel(displayFont(17), InkLabel::Ink::Full, title));
}

/// The words at the left name the control, also for who does not see them.
void SettingsDialog::addRow(const QString &title, const QString &caption, QWidget *control)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(24);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *name = new InkLabel(textFont(14, QFont::Medium), InkLabel::Ink::Full, title);
    name->setWordWrap(true);
    words->addWidget(name);
    if (!caption.isEmpty()) {
        auto *more = new InkLabel(textFont(13), InkLabel::Ink::Secondary, caption);
        more->setWordWrap(true);
        words->addWidget(more);
    }
    row->addLayout(words, 1);
    row->addWidget(control, 0, Qt::AlignVCenter | Qt::AlignRight);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(title);
    control->setAccessibleDescription(caption);
    m_rows->addLayout(row);
}

QComboBox *SettingsDialog::makeCombo()
{
    auto *box = new QComboBox;
    box->setFixedWidth(ControlWidth);
    box->setFocusPolicy(Qt::StrongFocus); // the wheel scrolls the page
    return box;
}

SwitchButton *SettingsDialog::makeSwitch(bool Choices::*choice)
{
    auto *button = new SwitchButton;
    button->setChecked(m_preferences.now().*choice);
    connect(button, &QAbstractButton::toggled, this, [this, choice](bool on) {
        m_preferences.change([choice, on](Choices &choices) { choices.*choice = on; });
    });
    return button;
}

void SettingsDialog::addLook()
{
    addSection(tr("Look"));
    const Choices &now = m_preferences.now();
    auto *theme = makeSegments<ThemeChoice>(tr("Colours"),
                                            {{ThemeChoice::System, tr("Desktop’s")},
                                             {ThemeChoice::Light, tr("Light")},
                                             {ThemeChoice::Dark, tr("Dark")}},
                                            now.theme);
    connect(theme, &Segments::chosenChanged, this, [this](int value) {
        m_preferences.change([value](Choices &choices) { choices.theme = ThemeChoice(value); });
    });
    addRow(tr("Colours"), {}, theme);
    QComboBox *scale = makeCombo();
    for (const int percent : Scales)
        scale->addItem(tr("%1 %").arg(percent), percent);
    if (scale->findData(now.scalePercent) < 0)
        scale->addItem(tr("%1 %").arg(now.scalePercent), now.scalePercent);
    scale->setCurrentIndex(scale->findData(now.scalePercent));
    connect(scale, &QComboBox::activated, this,
            [this, scale](int row) { scaleTo(scale->itemData(row).toInt()); });
    addRow(tr("Size of text and buttons"), tr("On top of the desktop’s own scale."), scale);
    auto *motion = makeSegments<MotionChoice>(tr("Motion"),
                                              {{MotionChoice::System, tr("Desktop’s")},
                                               {MotionChoice::Full, tr("Full")},
                                               {MotionChoice::Reduced, tr("Reduced")}},
                                              now.motion);
    connect(motion, &Segments::chosenChanged, this, [this](int value) {
        m_preferences.change([value](Choices &choices) { choices.motion = MotionChoice(value); });
    });
    addRow(tr("Motion"), tr("Reduced: nothing moves by itself, and a ring does not pulse."),
           motion);
}

/// Drawing at another size begins with the next start.
void SettingsDialog::scaleTo(int percent)
{
    m_preferences.change([percent](Choices &choices) { choices.scalePercent = percent; });
    if (percent == m_scaleAtStart)
        m_notice->hide();
    else
        m_notice->say(tr("Everything is drawn at %1 % when Simmer starts again. Timers keep their "
                         "time.")
                          .arg(percent),
                      NoticeBar::Lasting::UntilClosed);
}

void SettingsDialog::addAlarms()
{
    addSection(tr("Alarms"));
    addRow(tr("Sound"), tr("A dish can have one of its own; see the menu of its recipe."),
           makeSound());
    addRow(tr("Volume"), {}, makeVolume());
    addRow(tr("Begin softly"), tr("The full volume comes after 20 seconds."),
           makeSwitch(&Choices::rampsUp));
    addRow(tr("Play on"), {}, makeDevices());
    addRow(tr("Desktop notifications"), tr("With buttons to stop, to add a minute, to open."),
           makeSwitch(&Choices::notifies));
    addRow(tr("Go on in the tray"),
           tr("A closed window still rings while timers run, where the desktop has a tray."),
           makeSwitch(&Choices::staysInTray));
    addRow(tr("Keep the computer awake"),
           tr("While timers run. A computer that sleeps rings when it wakes up."),
           makeSwitch(&Choices::keepsAwake));
}

QWidget *SettingsDialog::makeSound()
{
    auto *chooser = new SoundChooser(m_sounds, m_preferences.now().sound, ControlWidth);
    connect(chooser, &SoundChooser::chose, this, [this](const QString &key) {
        m_preferences.change([key](Choices &choices) { choices.sound = key; });
    });
    connect(chooser, &SoundChooser::trialWished, this, &SettingsDialog::soundTrialWished);
    return chooser;
}

QWidget *SettingsDialog::makeVolume()
{
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setRange(0, 100);
    slider->setPageStep(10);
    slider->setFixedSize(ControlWidth, 28);
    slider->setValue(m_preferences.now().volume);
    slider->setFocusPolicy(Qt::StrongFocus);
    connect(slider, &QSlider::valueChanged, this, [this](int value) {
        m_preferences.change([value](Choices &choices) { choices.volume = value; });
    });
    connect(slider, &QSlider::sliderReleased, this, &SettingsDialog::soundTrialWished);
    return slider;
}

QComboBox *SettingsDialog::makeDevices()
{
    QComboBox *box = makeCombo();
    box->addItem(tr("The desktop’s choice"), QString());
    const QList<QAudioDevice> devices = QMediaDevices::audioOutputs();
    for (const QAudioDevice &device : devices)
        box->addItem(device.description(), QString::fromUtf8(device.id()));
    const QString &chosen = m_preferences.now().soundDevice;
    if (box->findData(chosen) < 0)
        box->addItem(tr("%1 (not there now)").arg(chosen), chosen);
    box->setCurrentIndex(box->findData(chosen));
    connect(box, &QComboBox::activated, this, [this, box](int row) {
        const QString id = box->itemData(row).toString();
        m_preferences.change([id](Choices &choices) { choices.soundDevice = id; });
    });
    return box;
}

void SettingsDialog::addPerson()
{
    addSection(tr("You"));
    auto *cook = new QLineEdit(m_preferences.now().cook);
    cook->setMaxLength(64);
    cook->setFixedWidth(ControlWidth);
    cook->setPlaceholderText(qEnvironmentVariable("USER"));
    connect(cook, &QLineEdit::editingFinished, this, [this, cook] {
        m_preferences.change([cook](Choices &choices) { choices.cook = cook->text().trimmed(); });
    });
    addRow(tr("Your name"), tr("Others in the kitchen see it with what you start and stop."), cook);
    m_profile = new InkLabel(textFont(13), InkLabel::Ink::Secondary);
    m_profile->setWordWrap(true);
    m_profile->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_profile->hide();
    m_rows->addWidget(m_profile);
}

void SettingsDialog::setProfile(const QString &folder)
{
    m_profile->setText(tr("Recipes, timers and their daily copies are kept in %1").arg(folder));
    m_profile->show();
}

} // namespace simmer::ui
