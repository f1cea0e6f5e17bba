// SPDX-License-Identifier: GPL-3.0-or-later
#include "EditorEvening.h"

/// Writing recipes in the real window, over real storage.
class TestUiEdited : public QObject, protected EditorEvening
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init() { begin(); }
    void cleanup() { end(); }

    void onlyChangedFieldsAreWritten();
    void othersFieldsFlowIn();
    void contestedFieldsCanBeSwitched();
    void tooLargeStaysOpen();
    void fullDiskStaysOpen();
    void leavingAsks();
    void draftSurvivesACrash();
    void discardedComesBack();
    void picturesAreChecked();
    void picturesAreAddedMovedAndRemoved();
    void hugeRecipeIsMadeBitByBit();
    void fitsItsWidth();
    void everyControlHasAName();
};

void TestUiEdited::onlyChangedFieldsAreWritten()
{
    open("dal-tadka");
    const RecipeId id = manuscript().id();
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("First: "));
    QList<timers::Op> written;
    QObject ear;
    connect(&m_kitchen->log(), &storage::DeviceLog::appended, &ear,
            [&written](const timers::StampedOp &stamped) { written += stamped.op; });
    saveAndWait();
    QVERIFY(m_window->editorDesk().isOpen()); // Ctrl+S stays
    QTRY_COMPARE(written.size(), 1);
    QCOMPARE(std::get<timers::WriteRecipe>(written.constFirst().action).recipe.keys(),
             QStringList{QStringLiteral("steps")});
    QVERIFY(saved(id).steps.constFirst().text.startsWith(QStringLiteral("First: ")));
    written.clear();
    QTest::keyClick(&editor(), Qt::Key_S, Qt::ControlModifier); // nothing more to write
    QCOMPARE(written.size(), 0);
    QVERIFY(!manuscript().isChanged());
}

void TestUiEdited::othersFieldsFlowIn()
{
    open("dal-tadka");
    const RecipeId id = manuscript().id();
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("Mine: "));
    benWrites(id, {{QStringLiteral("title"), QStringLiteral("Ben’s dal")}});
    QTRY_COMPARE(manuscript().now().title, QStringLiteral("Ben’s dal"));
    QCOMPARE(editor().findChild<AboutPane *>()->title()->text(), QStringLiteral("Ben’s dal"));
    QCOMPARE(notices(),
             QStringList{QStringLiteral("Ben changed the title: it reads so here now.")});
    saveAndWait();
    QCOMPARE(saved(id).title, QStringLiteral("Ben’s dal"));
    QVERIFY(saved(id).steps.constFirst().text.startsWith(QStringLiteral("Mine: ")));
}

void TestUiEdited::contestedFieldsCanBeSwitched()
{
    open("dal-tadka");
    const RecipeId id = manuscript().id();
    auto *title = editor().findChild<AboutPane *>()->title();
    title->setText(QStringLiteral("My dal"));
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("Mine: "));
    QJsonObject bens = recipes::toJson(saved(id));
    QJsonArray steps = bens.value(QLatin1String("steps")).toArray();
    steps.removeLast();
    benWrites(id, {{QStringLiteral("title"), QStringLiteral("Ben’s dal")},
                   {QStringLiteral("steps"), steps}});
    QTRY_COMPARE(notices(),
                 QStringList{QStringLiteral("Ben changed the title, the steps too. Yours stays "
                                            "here.")}); // listed as the C locale does
    QCOMPARE(title->text(), QStringLiteral("My dal"));
    press("Compare…");
    auto *dialog = editor().findChild<CompareDialog *>();
    QVERIFY(dialog);
    const QList<Segments *> choices = dialog->findChildren<Segments *>();
    QCOMPARE(choices.size(), 2);
    for (Segments *choice : choices)
        if (choice->accessibleName() == QLatin1String("the steps"))
            choice->choose(1);
    dialog->accept();
    QTRY_VERIFY(notices().isEmpty());
    QCOMPARE(manuscript().now().title, QStringLiteral("My dal"));
    QVERIFY(!manuscript().recipe().steps.constFirst().text.startsWith(QStringLiteral("Mine: ")));
    saveAndWait();
    QCOMPARE(saved(id).title, QStringLiteral("My dal"));
    QCOMPARE(saved(id).steps.size(), steps.size());
}

void TestUiEdited::tooLargeStaysOpen()
{
    open("dal-tadka");
    const QString much = QStringLiteral("More of this. ").repeated(16'000);
    manuscript().type({TextPlace::Field::Notes}, {0, 0, int(much.size())}, much);
    press("Save");
    QTRY_VERIFY(!notices().isEmpty());
    QVERIFY(notices().constFirst().startsWith(QStringLiteral("Not saved: a recipe holds at most")));
    QVERIFY(m_window->editorDesk().isOpen());
    QCOMPARE(manuscript().now().notes.size(), much.size());
}

void TestUiEdited::fullDiskStaysOpen()
{
    open("dal-tadka");
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("Mine: "));
    {
        const fakes::SmallDisk small(64);
        press("Save");
        QTRY_VERIFY(notices().join(u' ').contains(QStringLiteral("Not saved: disk full")));
    }
    QVERIFY(m_window->editorDesk().isOpen());
    QVERIFY(manuscript().isChanged());
    press("Save");
    QTRY_VERIFY(!m_window->editorDesk().isOpen());
}

void TestUiEdited::leavingAsks()
{
    open("dal-tadka");
    const RecipeId dal = manuscript().id();
    m_window->editorDesk().edit(m_samples.value(QStringLiteral("roast-chicken")).id);
    QVERIFY(manuscript().id() != dal); // nothing was changed: nothing is asked
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("Mine: "));
    m_window->close();
    answer("Stay here");
    QVERIFY(m_window->isVisible() && m_window->editorDesk().isOpen());
    QTRY_VERIFY(!m_window->findChild<QMessageBox *>());
    m_window->close();
    const RecipeId roast = manuscript().id();
    answer("Save");
    QTRY_VERIFY(!m_window->isVisible());
    QVERIFY(saved(roast).steps.constFirst().text.startsWith(QStringLiteral("Mine: ")));
}

void TestUiEdited::draftSurvivesACrash()
{
    open("dal-tadka");
    const RecipeId dal = manuscript().id();
    QSignalSpy kept(m_drafts.get(), &recipes::DraftShelf::kept);
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("Mine: "));
    QTRY_VERIFY(!kept.isEmpty());
    m_window.reset();
    openWindow();
    m_drafts->readAll(); // as once the book is read
    QTRY_VERIFY(!notices().isEmpty());
    QVERIFY(notices().constFirst().contains(QStringLiteral("has changes that were not saved")));
    press("Go on");
    QCOMPARE(manuscript().id(), dal);
    QVERIFY(manuscript().now().lines.constFirst().text.startsWith(QStringLiteral("Mine: ")));
    press("Save");
    QTRY_VERIFY(!m_window->editorDesk().isOpen());
    QSignalSpy read(m_drafts.get(), &recipes::DraftShelf::read);
    m_drafts->readAll();
    QTRY_COMPARE(read.size(), 1);
    QVERIFY(read.constFirst().constFirst().value<QList<recipes::RecipeDraft>>().isEmpty());
}

void TestUiEdited::discardedComesBack()
{
    open("dal-tadka");
    const RecipeId dal = manuscript().id();
    step(0).setFocus();
    QTest::keyClicks(&step(0), QStringLiteral("Mine: "));
    press("Discard");
    QVERIFY(!m_window->editorDesk().isOpen());
    QVERIFY(notices().constFirst().contains(QStringLiteral("were discarded")));
    m_window->editorDesk().edit(dal);
    QVERIFY(!manuscript().isChanged());
    press("Bring back");
    QVERIFY(manuscript().now().lines.constFirst().text.startsWith(QStringLiteral("Mine: ")));
}

void TestUiEdited::picturesAreChecked()
{
    const QByteArray small = picture({300, 200});
    QCOMPARE(*photoToKeep(small), small);
    const auto large = photoToKeep(picture({4000, 3000}));
    QVERIFY(large);
    QImage scaled;
    QVERIFY(scaled.loadFromData(*large, "JPEG"));
    QCOMPARE(scaled.size(), QSize(2560, 1920));
    QCOMPARE(photoToKeep("no picture").error().code, ErrorCode::BadSyntax);
    QCOMPARE(photoToKeep(small.left(40)).error().code, ErrorCode::BadSyntax);
    QByteArray bomb = small;
    bomb[16] = bomb[20] = 0x7f; // 2 billion pixels wide and high, by its header
    QCOMPARE(photoToKeep(bomb).error().code, ErrorCode::TooLarge);
}

void TestUiEdited::picturesAreAddedMovedAndRemoved()
{
    open("dal-tadka");
    const RecipeId dal = manuscript().id();
    QFile file(m_kitchen->folder() + QStringLiteral("/dal.png"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(picture({300, 200}));
    file.close();
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(file.fileName())});
    QDragEnterEvent enter({20, 20}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&editor(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({20, 20}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&editor(), &drop);
    QTRY_COMPARE(manuscript().now().photos.size(), 1);
    QMimeData pasted;
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::red);
    pasted.setImageData(image);
    Q_EMIT column().imagePasted(&pasted);
    QTRY_COMPARE(manuscript().now().photos.size(), 2);
    const QList<BlobHash> both = manuscript().now().photos;
    QCOMPARE(both.constFirst(), BlobHash::of(picture({300, 200})));
    auto *photos = editor().findChild<PhotosEdit *>();
    photos->move(both.at(1), -1);
    QCOMPARE(manuscript().now().photos.constFirst(), both.at(1));
    photos->remove(both.at(1));
    QTest::keyClick(&editor(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(manuscript().now().photos.size(), 2);
    saveAndWait();
    QCOMPARE(saved(dal).photos, (QList<BlobHash>{both.at(1), both.at(0)}));
    dropped.setUrls({QUrl::fromLocalFile(m_kitchen->folder() + QStringLiteral("/device.db"))});
    QCoreApplication::sendEvent(&editor(), &enter);
    QDropEvent junk({20, 20}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&editor(), &junk);
    QTRY_VERIFY(!notices().isEmpty());
    QVERIFY(notices().constFirst().startsWith(QStringLiteral("This is no picture")));
}

/// Of a thousand steps some are there at once, and more with each turn of the loop. How long a turn
/// takes is measured by bench_unblocked.
void TestUiEdited::hugeRecipeIsMadeBitByBit()
{
    constexpr int Steps = 1000; // twenty turns here
    Recipe huge;
    huge.id = RecipeId::random();
    huge.title = QStringLiteral("Feast");
    for (int i = 0; i < Steps; ++i)
        huge.steps += {QStringLiteral("Do number %1 for 20–25 minutes.").arg(i), {}, {}};
    m_kitchen->book().save(huge);
    QTRY_VERIFY(m_kitchen->book().recipes().contains(huge.id));
    const auto made = [this] { return column().findChildren<StepEdit *>().size(); };
    m_window->editorDesk().edit(huge.id);
    QVERIFY(made() > 0);
    QVERIFY(made() < Steps);
    QTRY_VERIFY(column().isWhole());
    QCOMPARE(made(), Steps);
}

void TestUiEdited::fitsItsWidth()
{
    open("roast-chicken");
    for (const int width : {1440, 1000, 700, 1440}) {
        m_window->resize(width, 800);
        QTRY_COMPARE(m_window->width(), width);
        QCoreApplication::processEvents();
        const auto *about = editor().findChild<AboutPane *>();
        QCOMPARE(about->isVisible(), width >= 800);
        QVERIFY(editor().times()->isVisible());
        const QRect times(editor().times()->mapTo(&editor(), QPoint()), editor().times()->size());
        QVERIFY(editor().rect().contains(times));
        QTRY_VERIFY(step(0).height() >= step(0).wholeHeight());
    }
}

void TestUiEdited::everyControlHasAName()
{
    open("roast-chicken");
    step(3).setFocus();
    const QList<QWidget *> all = editor().findChildren<QWidget *>();
    for (const QWidget *control : all) {
        const auto *button = qobject_cast<const QAbstractButton *>(control);
        const bool isText =
            qobject_cast<const QLineEdit *>(control) || qobject_cast<const QTextEdit *>(control);
        if (!isText && !button)
            continue;
        const bool named =
            !control->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named, control->metaObject()->className());
    }
}

QTEST_MAIN(TestUiEdited)
#include "tst_ui_edited.moc"
