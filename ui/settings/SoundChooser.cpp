// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/SoundChooser.h"

#include "alarm/WaveFile.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/Words.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int HearWidth = 76;
constexpr int Gap = 8;
const QString OwnFile = QStringLiteral("…"); // no file is called so by its absolute path

} // namespace

SoundChooser::SoundChooser(const QList<NamedSound> &sounds, const QString &chosen, int width,
                           QWidget *parent)
    : QWidget(parent)
    , m_sounds(sounds)
    , m_chosen(chosen)
    , m_box(new QComboBox)
    , m_trouble(new InkLabel(textFont(13), InkLabel::Ink::Trouble))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    row->setSpacing(Gap);
    column->addLayout(row);
    column->addWidget(m_trouble);
    m_trouble->setWordWrap(true);
    m_trouble->setFixedWidth(width);
    m_trouble->hide();
    m_box->setFixedWidth(width - HearWidth - Gap);
    m_box->setFocusPolicy(Qt::StrongFocus); // the wheel scrolls the page
    m_box->setAccessibleName(tr("Sound"));
    row->addWidget(m_box);
    auto *hear = new FlatButton(QLatin1String("play"), tr("Hear"));
    hear->setRole(FlatButton::Role::Outlined);
    hear->setAccessibleName(tr("Hear the sound"));
    hear->setFixedWidth(HearWidth);
    row->addWidget(hear);
    setFocusProxy(m_box);
    fill();
    connect(m_box, &QComboBox::activated, this, &SoundChooser::choose);
    connect(hear, &QAbstractButton::clicked, this, [this] { Q_EMIT trialWished(m_chosen); });
}

void SoundChooser::fill()
{
    m_box->clear();
    for (const NamedSound &sound : m_sounds)
        m_box->addItem(sound.words, sound.key);
    if (m_box->findData(m_chosen) < 0)
        m_box->addItem(QFileInfo(m_chosen).fileName(), m_chosen);
    m_box->addItem(tr("A file…"), OwnFile);
    m_box->setCurrentIndex(std::max(0, m_box->findData(m_chosen)));
}

void SoundChooser::choose(int row)
{
    const QString key = m_box->itemData(row).toString();
    if (key == OwnFile)
        return askForFile();
    m_chosen = key;
    Q_EMIT chose(key);
}

void SoundChooser::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("A sound for rings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Sounds (*.wav)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        const auto wave = checkedWave(file);
        m_trouble->setVisible(!wave);
        if (!wave)
            return m_trouble->setText(Words::trouble(wave.error()));
        m_chosen = file;
        Q_EMIT chose(file);
    });
    connect(dialog, &QDialog::finished, this, &SoundChooser::fill);
    dialog->open();
}

} // namespace simmer::ui
