// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "UiKitchen.h"
#include "editor/AboutPane.h"
#include "editor/CompareDialog.h"
#include "editor/EditorDesk.h"
#include "editor/LinesEdit.h"
#include "editor/MinutesEdit.h"
#include "editor/PhotoIntake.h"
#include "editor/PhotosEdit.h"
#include "editor/StepsPage.h"
#include "editor/TagsEdit.h"
#include "editor/TimesPane.h"
#include "fakes/SmallDisk.h"
#include "forms/MainWindow.h"
#include "forms/RecipePage.h"
#include "recipes/RecipeCodec.h"
#include "recipes/times/TimeFinder.h"
#include "storage/device/DraftFolder.h"
#include "storage/photos/ShelvedPhotos.h"
#include "theme/Theme.h"
#include "timers/OpCodec.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "widgets/Segments.h"

#include <QApplication>
#include <QBuffer>
#include <QDropEvent>
#include <QJsonArray>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;
using recipes::EditedLine;
using recipes::Recipe;

inline QByteArray picture(const QSize &size, const char *format = "PNG")
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// The window with the samples in its book, drafts and photos on its disk, and Ben elsewhere.
class EditorEvening
{
protected:
    void begin();
    void end();
    void openWindow();
    void open(const char *sample);
    RecipeEditor &editor() const { return *m_window->editorDesk().editor(); }
    Manuscript &manuscript() const { return editor().manuscript(); }
    StepColumn &column() const { return *editor().steps()->column(); }
    StepEdit &step(int line) const
    {
        return *column().rowNow(manuscript().now().lines.at(line).key)->step();
    }
    Recipe saved(const RecipeId &id) const { return m_kitchen->book().recipes().value(id); }
    void press(const char *button) const;
    void saveAndWait();
    void merge(const timers::Op &op);
    void benWrites(const RecipeId &id, const QJsonObject &fields);
    QStringList notices() const;
    void answer(const char *button);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<storage::DraftFolder> m_drafts;
    std::unique_ptr<storage::ShelvedPhotos> m_photos;
    std::unique_ptr<MainWindow> m_window;
    QHash<QString, Recipe> m_samples;
    fakes::OpMaker m_ben{QStringLiteral("Ben")};
    QByteArray m_link;
    qint64 m_seq = 0;
};

inline void EditorEvening::begin()
{
    m_samples = fakes::sampleRecipes();
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    for (const Recipe &recipe : std::as_const(m_samples))
        m_kitchen->addRecipe(recipe);
    m_link.clear();
    m_seq = 0;
    m_drafts = std::make_unique<storage::DraftFolder>(m_kitchen->clock(), m_kitchen->folder());
    m_photos = std::make_unique<storage::ShelvedPhotos>(m_kitchen->log().blobs());
    openWindow();
    m_kitchen->open();
}

inline void EditorEvening::openWindow()
{
    m_window = std::make_unique<MainWindow>(m_kitchen->server(), m_kitchen->book(),
                                            m_kitchen->cooking(), m_kitchen->client(), *m_theme);
    m_window->editorDesk().useDrafts(*m_drafts);
    m_window->editorDesk().usePhotos(*m_photos, &m_window->photos());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get(), PatienceMs));
}

inline void EditorEvening::end()
{
    m_window.reset();
    m_photos.reset();
    m_drafts.reset();
    m_kitchen.reset();
}

inline void EditorEvening::open(const char *sample)
{
    m_window->editorDesk().edit(m_samples.value(QLatin1String(sample)).id);
    QTRY_VERIFY(column().isWhole());
    QTRY_COMPARE(step(1).accessibleName(), QStringLiteral("Step 2")); // they are placed
}

inline void EditorEvening::press(const char *button) const
{
    const QList<QAbstractButton *> all = m_window->findChildren<QAbstractButton *>();
    for (QAbstractButton *one : all)
        if (one->isVisible() && one->text() == QString::fromUtf8(button))
            return QTest::mouseClick(one, Qt::LeftButton);
    QFAIL(button);
}

inline void EditorEvening::saveAndWait()
{
    QSignalSpy saved(&editor(), &RecipeEditor::saved);
    QTest::keyClick(editor().focusWidget() ? editor().focusWidget() : &editor(), Qt::Key_S,
                    Qt::ControlModifier);
    QVERIFY(!saved.isEmpty() || saved.wait(PatienceMs));
}

/// As if it came from the kitchen's server.
inline void EditorEvening::merge(const timers::Op &op)
{
    const qint64 kt = m_kitchen->clock().wallMs();
    m_link = timers::nextLink(m_link, timers::canonical(op), kt);
    QSignalSpy merged(&m_kitchen->log(), &storage::DeviceLog::merged);
    m_kitchen->log().merge({{++m_seq, kt, m_link, op}});
    QTRY_VERIFY(!merged.isEmpty());
}

inline void EditorEvening::benWrites(const RecipeId &id, const QJsonObject &fields)
{
    merge(m_ben.make(id.uuid(), timers::WriteRecipe{fields}, m_kitchen->clock().wallMs()).op);
}

inline QStringList EditorEvening::notices() const
{
    QStringList texts;
    const QList<NoticeBar *> bars = m_window->findChildren<NoticeBar *>();
    for (const NoticeBar *bar : bars)
        if (!bar->text().isEmpty())
            texts += bar->text();
    return texts;
}

/// To the question that is asked.
inline void EditorEvening::answer(const char *button)
{
    auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box);
    const QList<QAbstractButton *> all = box->buttons();
    for (QAbstractButton *one : all)
        if (one->text() == QString::fromUtf8(button))
            return QTest::mouseClick(one, Qt::LeftButton);
    QFAIL(button);
}
