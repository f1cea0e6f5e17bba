// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Preferences.h"
#include "settings/SoundChooser.h"

#include <QDialog>

class QComboBox;
class QVBoxLayout;

namespace simmer::ui {

class InkLabel;
class NoticeBar;
class SwitchButton;

/// Everything that can be chosen at this device. What is changed holds at once, and is kept; only
/// the size waits for the next start, which it offers. GUI thread; `preferences` must outlive it.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(Preferences &preferences, const QList<NamedSound> &sounds,
                   QWidget *parent = nullptr);

    /// Where this device keeps everything, shown at the end.
    void setProfile(const QString &folder);

Q_SIGNALS:
    /// The sound as it is chosen now wants to be heard.
    void soundTrialWished();
    /// Simmer is to end and begin again, at its new size.
    void restartWished();

private:
    QWidget *makeSections();
    void addLook();
    void addAlarms();
    void addPerson();
    void addSection(const QString &title);
    void addRow(const QString &title, const QString &caption, QWidget *control);
    SwitchButton *makeSwitch(bool Choices::*choice);
    QWidget *makeVolume();
    QWidget *makeSound();
    QComboBox *makeDevices();
    void scaleTo(int percent);
    QComboBox *makeCombo();

    Preferences &m_preferences;
    const QList<NamedSound> m_sounds;
    const int m_scaleAtStart;
    NoticeBar *m_notice;
    QVBoxLayout *m_rows = nullptr;
    InkLabel *m_profile = nullptr;
};

} // namespace simmer::ui
