// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;

namespace simmer::ui {

class InkLabel;

/// A sound that can ring: what Choices::sound calls it, and what people do.
struct NamedSound {
    QString key;
    QString words;
};

/// Which sound rings: those that Simmer brings, or a WAV file of one's own, and a button to hear
/// it. GUI thread.
class SoundChooser : public QWidget
{
    Q_OBJECT

public:
    SoundChooser(const QList<NamedSound> &sounds, const QString &chosen, int width,
                 QWidget *parent = nullptr);

    const QString &chosen() const { return m_chosen; }
    /// Why a file was not taken; hidden while there is nothing to say.
    const InkLabel &trouble() const { return *m_trouble; }

Q_SIGNALS:
    void chose(const QString &key);
    /// The chosen one wants to be heard.
    void trialWished(const QString &key);

private:
    void fill();
    void choose(int row);
    void askForFile();

    const QList<NamedSound> m_sounds;
    QString m_chosen;
    QComboBox *m_box;
    InkLabel *m_trouble; ///< why a file can not ring
};

} // namespace simmer::ui
