// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "dialogs/ImportDialog.h"
#include "dialogs/JoinDialog.h"
#include "fakes/ShelfBook.h"
#include "theme/Theme.h"
#include "widgets/NoticeBar.h"
#include "widgets/Panel.h"

#include <QApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

/// A book that keeps what it is given only when told to, or refuses it.
class SlowBook : public fakes::ShelfBook
{
public:
    void save(const recipes::Recipe &recipe) override { m_asked += recipe; }

    qsizetype asked() const { return m_asked.size(); }
    void keepFirst() { put(m_asked.takeFirst()); }
    void refuseFirst()
    {
        Q_EMIT notSaved(m_asked.takeFirst().id, {ErrorCode::DiskFull, QStringLiteral("full"), {}});
    }

private:
    QList<recipes::Recipe> m_asked;
};

QPushButton *buttonCalled(const QWidget &dialog, const char *text)
{
    const QList<QPushButton *> all = dialog.findChildren<QPushButton *>();
    for (QPushButton *button : all)
        if (button->text().remove(u'&') == QLatin1String(text))
            return button;
    return nullptr;
}

QString textsOf(const QWidget &dialog)
{
    QStringList texts;
    const QList<QLabel *> labels = dialog.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        if (!label->isHidden())
            texts += label->text();
    return texts.join(u'\n');
}

} // namespace

class TestUiDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void importClosesByItself();
    void importListsWhatFailed();
    void importWaitsUntilAllIsKept();
    void importTellsWhatWasNotSaved();
    void joinWantsAllFields();
    void joinTellsWhyNot();
    void joinClosesWhenPaired();
    void joinTellsAWrongAddress();
    void noticeGoesWithItsButton();

private:
    QString write(const QString &name, const QByteArray &bytes);
    QString tea(const char *title);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
};

void TestUiDialogs::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light);
}

QString TestUiDialogs::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

QString TestUiDialogs::tea(const char *title)
{
    return write(QLatin1String(title) + QStringLiteral(".cook"),
                 QByteArray("---\ntitle: ") + title + "\n---\nSteep @tea for ~{3%minutes}.\n");
}

void TestUiDialogs::importClosesByItself()
{
    SlowBook book;
    ImportDialog dialog({tea("Mint")}, book);
    QSignalSpy imported(&dialog, &ImportDialog::imported);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.open();
    QTRY_COMPARE(book.asked(), 1);
    QVERIFY(imported.isEmpty());
    book.keepFirst();
    QTRY_COMPARE(accepted.size(), 1);
    QCOMPARE(imported.size(), 1);
    QCOMPARE(imported[0][1].toInt(), 1);
    QCOMPARE(book.recipes().value(imported[0][0].value<RecipeId>()).title, QStringLiteral("Mint"));
}

void TestUiDialogs::importListsWhatFailed()
{
    SlowBook book;
    const QString broken = write(QStringLiteral("broken.html"), "<html><p>nothing</p></html>");
    ImportDialog dialog({broken, tea("Mint"), m_folder.filePath(QStringLiteral("gone.cook"))},
                        book);
    QSignalSpy imported(&dialog, &ImportDialog::imported);
    dialog.open();
    QTRY_COMPARE(book.asked(), 1);
    book.keepFirst();
    QTRY_COMPARE(imported.size(), 1);
    QVERIFY(dialog.isVisible());
    const auto *list = dialog.findChild<QListWidget *>();
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().startsWith(QStringLiteral("broken.html: No recipe in it.")));
    QVERIFY(list->item(1)->text().startsWith(QStringLiteral("gone.cook: ")));
    QVERIFY(
        textsOf(dialog).contains(QStringLiteral("1 recipe imported, 2 files could not be read")));
    QTest::mouseClick(buttonCalled(dialog, "Close"), Qt::LeftButton);
    QVERIFY(!dialog.isVisible());
}

void TestUiDialogs::importWaitsUntilAllIsKept()
{
    SlowBook book;
    ImportDialog dialog({tea("Mint"), tea("Sage"), tea("Rooibos")}, book);
    QSignalSpy imported(&dialog, &ImportDialog::imported);
    dialog.open();
    QTRY_COMPARE(book.asked(), 3);
    book.keepFirst();
    book.keepFirst();
    QCoreApplication::processEvents();
    QVERIFY(imported.isEmpty());
    book.keepFirst();
    QTRY_COMPARE(imported.size(), 1);
    QCOMPARE(imported[0][1].toInt(), 3);
}

void TestUiDialogs::importTellsWhatWasNotSaved()
{
    SlowBook book;
    ImportDialog dialog({tea("Mint")}, book);
    QSignalSpy imported(&dialog, &ImportDialog::imported);
    dialog.open();
    QTRY_COMPARE(book.asked(), 1);
    book.refuseFirst();
    QTRY_COMPARE(imported.size(), 1);
    QVERIFY(imported[0][0].value<RecipeId>().isNull());
    QVERIFY(dialog.findChild<QListWidget *>()->item(0)->text().contains(
        QStringLiteral("Not saved: disk full")));
}

void TestUiDialogs::joinWantsAllFields()
{
    fakes::UiKitchen kitchen;
    JoinDialog dialog(kitchen.client());
    dialog.show();
    const QList<QLineEdit *> fields = dialog.findChildren<QLineEdit *>();
    QCOMPARE(fields.size(), 3);
    QPushButton *join = buttonCalled(dialog, "Join");
    QVERIFY(!join->isEnabled());
    fields[0]->setText(QStringLiteral("127.0.0.1:7464"));
    fields[1]->setText(QStringLiteral("ABCD-EFGH-JKLM-NPQR"));
    fields[2]->setText(QStringLiteral("Laptop"));
    QVERIFY(join->isEnabled());
    fields[1]->setText(QStringLiteral("  "));
    QVERIFY(!join->isEnabled());
}

void TestUiDialogs::joinTellsWhyNot()
{
    fakes::UiKitchen kitchen;
    JoinDialog dialog(kitchen.client());
    dialog.show();
    const QList<QLineEdit *> fields = dialog.findChildren<QLineEdit *>();
    fields[0]->setText(QStringLiteral("127.0.0.1:7464"));
    fields[1]->setText(QStringLiteral("ABCD"));
    fields[2]->setText(QStringLiteral("Laptop"));
    QTest::mouseClick(buttonCalled(dialog, "Join"), Qt::LeftButton);
    QVERIFY(!fields[0]->isEnabled()); // under way
    Q_EMIT kitchen.client().pairingFailed(
        {ErrorCode::Refused, QStringLiteral("the code was used before"), {}});
    QVERIFY(fields[0]->isEnabled());
    QVERIFY(dialog.isVisible());
    QVERIFY(
        textsOf(dialog).contains(QStringLiteral("The server said no: the code was used before.")));
}

void TestUiDialogs::joinClosesWhenPaired()
{
    fakes::UiKitchen kitchen;
    JoinDialog dialog(kitchen.client());
    dialog.show();
    Q_EMIT kitchen.client().paired();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
}

void TestUiDialogs::joinTellsAWrongAddress()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    JoinDialog dialog(kitchen.client());
    dialog.show();
    const QList<QLineEdit *> fields = dialog.findChildren<QLineEdit *>();
    fields[0]->setText(QStringLiteral("no address at all"));
    fields[1]->setText(QStringLiteral("ABCD-EFGH-JKLM-NPQR"));
    fields[2]->setText(QStringLiteral("Laptop"));
    QTest::mouseClick(buttonCalled(dialog, "Join"), Qt::LeftButton);
    QTRY_VERIFY(fields[0]->isEnabled());
    QVERIFY(textsOf(dialog).contains(QStringLiteral("Not done: ")));
}

void TestUiDialogs::noticeGoesWithItsButton()
{
    NoticeBar notice(NoticeBar::Tone::Quiet, QStringLiteral("Undo"));
    QVERIFY(notice.text().isEmpty());
    notice.say(QStringLiteral("Stopped: Eggs"));
    QCOMPARE(notice.text(), QStringLiteral("Stopped: Eggs"));
    QSignalSpy acted(&notice, &NoticeBar::acted);
    auto *undo = notice.findChild<QAbstractButton *>();
    QCOMPARE(undo->accessibleName(), QStringLiteral("Undo, Stopped: Eggs"));
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(acted.size(), 1);
    QVERIFY(notice.isHidden());
}

QTEST_MAIN(TestUiDialogs)
#include "tst_ui_dialogs.moc"
