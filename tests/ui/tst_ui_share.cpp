// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "dialogs/JoinDialog.h"
#include "dialogs/ShareDialog.h"
#include "fakes/FakeSharing.h"
#include "forms/MainWindow.h"
#include "forms/StatusLine.h"
#include "theme/Theme.h"
#include "widgets/CodeCard.h"
#include "widgets/DeviceRow.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "widgets/Panel.h"
#include "widgets/QrView.h"
#include "widgets/Segments.h"
#include "widgets/SwitchButton.h"
#include "words/ShareWords.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

using State = SharingStatus::State;

constexpr qint64 Minute = 60'000;
constexpr qint64 Day = 24 * 60 * Minute;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QAbstractButton *buttonCalled(const QWidget &window, const char *text)
{
    const QList<QAbstractButton *> all = window.findChildren<QAbstractButton *>();
    for (QAbstractButton *button : all)
        if (button->text().remove(u'&') == QString::fromUtf8(text))
            return button;
    return nullptr;
}

QString textsOf(const QWidget &window)
{
    QStringList texts;
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels)
        if (label->isVisible())
            texts += label->text();
    return texts.join(u'\n');
}

void click(QAbstractButton *button)
{
    QTest::mouseClick(button, Qt::LeftButton);
}

} // namespace

/// The dialog over a kitchen that the test holds.
class TestUiShare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init() { m_sharing = std::make_unique<fakes::FakeSharing>(); }
    void cleanup()
    {
        m_dialog.reset();
        m_sharing.reset();
    }

    void offersWhileOff();
    void switchAsksAndShowsWhatIs();
    void opensWithACode();
    void codeRunsOut();
    void roleMakesAnotherCode();
    void roleByKeys();
    void whoJoinedIsTold();
    void copiesTheInvitation();
    void listsDevices();
    void removesAfterAQuestion();
    void keepsRowsAndFocus();
    void takenPortOffersAnother();
    void elsewhereSaysWhy();
    void troubleWhileOnIsTold();
    void everythingHasANameAndAPlace();
    void qrHasItsMargin();
    void qrIsTheSameAtTwoHundredPercent();
    void wordsForEveryError();
    void wordsForTimes();
    void menuOpensIt();
    void statusLineShowsWhatOthersType();
    void pausedIsNoTrouble();
    void joinTakesAnInvitation();
    void joinOffersNeighbours();

private:
    void open(const SharingStatus &status)
    {
        m_sharing->be(status);
        m_sharing->setLeft(5 * Minute);
        m_dialog = std::make_unique<ShareDialog>(*m_sharing);
        m_dialog->show();
    }
    template<typename T>
    T *part() const
    {
        return m_dialog->findChild<T *>();
    }
    SharingStatus shared() const { return fakes::sharedKitchen(now()); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<fakes::FakeSharing> m_sharing;
    std::unique_ptr<ShareDialog> m_dialog;
};

void TestUiShare::offersWhileOff()
{
    open({});
    QVERIFY(textsOf(*m_dialog).contains(QStringLiteral("Sharing off")));
    QVERIFY(!part<CodeCard>()->isVisible());
    QVERIFY(m_sharing->asked().isEmpty());
    QCOMPARE(m_dialog->focusWidget(), buttonCalled(*m_dialog, "Share this kitchen"));
    click(buttonCalled(*m_dialog, "Share this kitchen"));
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("on")});
    QSignalSpy join(m_dialog.get(), &ShareDialog::joinWished);
    click(buttonCalled(*m_dialog, "Join another kitchen…"));
    QCOMPARE(join.size(), 1);
    QVERIFY(!m_dialog->isVisible());
}

void TestUiShare::switchAsksAndShowsWhatIs()
{
    open({});
    auto *onOff = part<SwitchButton>();
    QTest::keyClick(onOff, Qt::Key_Space);
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("on")});
    QVERIFY(!onOff->isChecked()); // nothing has happened yet
    SharingStatus status;
    status.state = State::Starting;
    m_sharing->be(status);
    QVERIFY(onOff->isChecked());
    QVERIFY(textsOf(*m_dialog).contains(QStringLiteral("Getting ready…")));
    status = shared();
    status.invitation.reset();
    m_sharing->be(status);
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("invite cook")});
    QVERIFY(part<CodeCard>()->isVisible());
    m_sharing->be(status);
    QVERIFY(m_sharing->asked().isEmpty()); // one code is enough
    click(onOff);
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("off")});
}

void TestUiShare::opensWithACode()
{
    SharingStatus status = shared();
    status.invitation.reset();
    open(status);
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("invite cook")});
    QCOMPARE(part<QrView>()->modules(), 0);
    m_sharing->be(shared());
    QCOMPARE(part<CodeCard>()->code(), QStringLiteral("4R7K-2M9X-ABCD-EFGH"));
    QCOMPARE(part<CodeCard>()->left(), QStringLiteral("5:00"));
    QCOMPARE(part<CodeText>()->accessibleName(),
             QStringLiteral("One-time code: 4 R 7 K, 2 M 9 X, A B C D, E F G H"));
    QVERIFY(part<QrView>()->modules() > 0);
    const QString texts = textsOf(*m_dialog);
    for (const char *piece : {"192.168.1.24:7464", "[fd00::24]:7464",
                              "3f9a 11c2 7be0 54d1 90ac 6f2e 8d13 b7c5\n02e4 a91b"})
        QVERIFY2(texts.contains(QString::fromUtf8(piece)), piece);
}

void TestUiShare::codeRunsOut()
{
    open(shared());
    QCOMPARE(m_dialog->focusWidget(), buttonCalled(*m_dialog, "Done")); // not the switch
    m_sharing->setLeft(61'001);
    m_dialog->tick();
    QCOMPARE(part<CodeCard>()->left(), QStringLiteral("1:02"));
    m_sharing->setLeft(1);
    m_dialog->tick();
    QCOMPARE(part<CodeCard>()->left(), QStringLiteral("0:01"));
    m_sharing->setLeft(0);
    m_dialog->tick();
    QCOMPARE(part<CodeCard>()->code(), QString());
    QCOMPARE(part<QrView>()->modules(), 0);
    QVERIFY(textsOf(*m_dialog).contains(QStringLiteral("No code is good now.")));
    QVERIFY(m_sharing->asked().isEmpty()); // a code is made by people, not by time
    click(buttonCalled(*m_dialog, "New code"));
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("invite cook")});
}

void TestUiShare::roleMakesAnotherCode()
{
    open(shared());
    QVERIFY(textsOf(*m_dialog).contains(QStringLiteral("edits recipes")));
    click(buttonCalled(*m_dialog, "Viewer"));
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("invite viewer")});
    QVERIFY(textsOf(*m_dialog).contains(QStringLiteral("changes nothing")));
    click(buttonCalled(*m_dialog, "New code"));
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("invite viewer")});
}

void TestUiShare::roleByKeys()
{
    open(shared());
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get(), PatienceMs));
    buttonCalled(*m_dialog, "Cook")->setFocus();
    auto *roles = part<Segments>();
    QSignalSpy chosen(roles, &Segments::chosenChanged);
    QTest::keyClick(buttonCalled(*m_dialog, "Cook"), Qt::Key_Left);
    QCOMPARE(roles->chosen(), int(Role::Owner));
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("invite owner")});
    roles->choose(int(Role::Viewer));
    QCOMPARE(chosen.size(), 1);
}

void TestUiShare::whoJoinedIsTold()
{
    open(shared());
    SharingStatus used = shared();
    used.invitation.reset();
    m_sharing->be(used);
    Q_EMIT m_sharing->joined(QStringLiteral("Ben’s <b>phone</b>"));
    QVERIFY(textsOf(*m_dialog).contains(
        QStringLiteral("Ben’s <b>phone</b> has joined. The next device needs a new code.")));
    QVERIFY(m_sharing->asked().isEmpty());
    click(buttonCalled(*m_dialog, "New code"));
    m_sharing->be(shared());
    QVERIFY(!textsOf(*m_dialog).contains(QStringLiteral("has joined")));
}

void TestUiShare::copiesTheInvitation()
{
    open(shared());
    click(buttonCalled(*m_dialog, "Copy"));
    QCOMPARE(QGuiApplication::clipboard()->text(), m_sharing->status().invitation->link);
}

void TestUiShare::listsDevices()
{
    open(shared());
    const QList<DeviceRow *> rows = m_dialog->findChildren<DeviceRow *>();
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[0]->presence(), QStringLiteral("Here now"));
    QVERIFY(rows[2]->presence().startsWith(QStringLiteral("Yesterday ")));
    QVERIFY(!rows[0]->findChild<FlatButton *>()->isVisible()); // nobody removes himself
    QVERIFY(rows[1]->findChild<FlatButton *>()->isVisible());
    QVERIFY(rows[1]->accessibleName().startsWith(QStringLiteral("Ben’s phone, Cook, joined ")));
    QVERIFY(rows[1]->accessibleName().endsWith(QStringLiteral(", Here now")));
}

void TestUiShare::removesAfterAQuestion()
{
    open(shared());
    const auto rows = m_dialog->findChildren<DeviceRow *>();
    auto *remove = rows[1]->findChild<FlatButton *>();
    QCOMPARE(remove->accessibleName(), QStringLiteral("Remove Ben’s phone"));
    click(remove);
    auto *box = part<QMessageBox>();
    QVERIFY(box);
    QCOMPARE(box->text(), QStringLiteral("Remove Ben’s phone from this kitchen?"));
    QVERIFY(box->informativeText().contains(QStringLiteral("needs a new code")));
    QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
    click(box->button(QMessageBox::Cancel));
    QVERIFY(m_sharing->asked().isEmpty());
    QTRY_VERIFY(!part<QMessageBox>());
    click(remove);
    click(buttonCalled(*part<QMessageBox>(), "Remove"));
    QCOMPARE(m_sharing->asked(),
             QStringList{QStringLiteral("remove ") + rows[1]->device().id.toHex()});
}

void TestUiShare::keepsRowsAndFocus()
{
    SharingStatus status = shared();
    open(status);
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get(), PatienceMs));
    const auto rows = m_dialog->findChildren<DeviceRow *>();
    rows[2]->findChild<FlatButton *>()->setFocus();
    status.devices[2].isHere = true;
    m_sharing->be(status);
    QCOMPARE(m_dialog->findChildren<DeviceRow *>(), rows);
    QCOMPARE(rows[2]->presence(), QStringLiteral("Here now"));
    QVERIFY(rows[2]->findChild<FlatButton *>()->hasFocus());
    status.devices.removeAt(1);
    m_sharing->be(status);
    QCOMPARE(m_dialog->findChildren<DeviceRow *>().size(), 3);
}

void TestUiShare::takenPortOffersAnother()
{
    SharingStatus status;
    status.trouble = Error{ErrorCode::Refused, QStringLiteral("cannot listen"), {}};
    status.takenPort = 7464;
    status.otherPort = 7465;
    open(status);
    QVERIFY(textsOf(*m_dialog).contains(
        QStringLiteral("Other devices can’t join: port 7464 is in use.")));
    QVERIFY(buttonCalled(*m_dialog, "Try again")->isVisible());
    click(buttonCalled(*m_dialog, "Use port 7465"));
    QCOMPARE(m_sharing->asked(), QStringList{QStringLiteral("port")});
    m_sharing->be({});
    QVERIFY(!buttonCalled(*m_dialog, "Use port 0")->isVisible());
}

void TestUiShare::elsewhereSaysWhy()
{
    SharingStatus status;
    status.state = State::Elsewhere;
    status.kitchen = QStringLiteral("Ana & Ben’s kitchen");
    open(status);
    QVERIFY(!part<SwitchButton>()->isEnabled());
    QVERIFY(!part<SwitchButton>()->toolTip().isEmpty());
    QVERIFY(textsOf(*m_dialog).contains(QStringLiteral("In the kitchen “Ana & Ben’s kitchen”")));
    QVERIFY(!buttonCalled(*m_dialog, "Share this kitchen")->isVisible());
}

void TestUiShare::troubleWhileOnIsTold()
{
    open(shared());
    Q_EMIT m_sharing->failed({ErrorCode::DiskFull, QStringLiteral("x"), {}});
    QCOMPARE(
        part<NoticeBar>()->text(),
        QStringLiteral("The shared kitchen can’t save: disk full. Free some space and try again."));
}

void TestUiShare::everythingHasANameAndAPlace()
{
    for (const QSize size : {QSize(1040, 700), QSize(760, 560)}) {
        open(shared());
        m_dialog->resize(size);
        QCoreApplication::processEvents();
        const QList<QAbstractButton *> buttons = m_dialog->findChildren<QAbstractButton *>();
        int seen = 0;
        for (const QAbstractButton *button : buttons) {
            if (!button->isVisible() || button->focusPolicy() == Qt::NoFocus)
                continue;
            ++seen;
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty());
            QVERIFY2(button->width() >= button->minimumSizeHint().width(),
                     qPrintable(button->text()));
        }
        QVERIFY(seen >= 10);
        const auto *area = part<QScrollArea>();
        QVERIFY(area->widget()->minimumSizeHint().width() <= area->viewport()->width());
    }
}

void TestUiShare::qrHasItsMargin()
{
    QrView view;
    view.resize(300, 300);
    QImage picture(300, 300, QImage::Format_ARGB32);
    picture.fill(Qt::black);
    view.setText(QStringLiteral("simmer://pair?host=a.local&port=7464&code=4R7K2M9XABCDEFGH"));
    view.render(&picture);
    QVERIFY(view.modules() > 8);
    const int module = 300 / view.modules();
    QCOMPARE((view.modules() - 8 - 21) % 4, 0); // ISO/IEC 18004: 21 and four more a version
    const int begin = int(std::lround((300 - module * (view.modules() - 8)) / 2.0));
    QVERIFY(begin >= 4 * module);
    for (int i = 15; i < begin; ++i) // but for the round corner
        QCOMPARE(picture.pixelColor(i, i), QColor(Qt::white));
    // The finder: dark outside, light inside it, dark in the middle.
    const auto dark = [&](int x, int y) {
        return picture.pixelColor(begin + x * module + module / 2, begin + y * module + module / 2)
                   .lightness() < 100;
    };
    for (int i = 0; i < 7; ++i)
        QVERIFY(dark(i, 0) && dark(0, i));
    QVERIFY(!dark(1, 1) && !dark(7, 0) && dark(3, 3));
    view.setText(QString(2000, QLatin1Char('x')));
    QCOMPARE(view.modules(), 0);
}

void TestUiShare::qrIsTheSameAtTwoHundredPercent()
{
    QrView view;
    view.resize(236, 236);
    view.setText(shared().invitation->link);
    QVERIFY(236 / view.modules() >= 3); // a camera needs no more than that from a hand's distance
    QPixmap picture(472, 472);
    picture.setDevicePixelRatio(2);
    view.render(&picture);
    const QImage image = picture.toImage();
    int grey = 0;
    for (int y = 40; y < 432; ++y)
        for (int x = 40; x < 432; ++x) {
            const int light = image.pixelColor(x, y).lightness();
            grey += light > 60 && light < 230 ? 1 : 0;
        }
    QCOMPARE(grey, 0); // no module is blurred
}

void TestUiShare::wordsForEveryError()
{
    for (int code = 0; code <= int(ErrorCode::Crashed); ++code) {
        const QString words = ShareWords::failed({ErrorCode(code), QStringLiteral("x"), {}});
        QVERIFY(words.endsWith(u'.'));
        QVERIFY(!words.contains(u'!'));
    }
    SharingStatus status;
    QVERIFY(ShareWords::notShared(status).isEmpty());
    status.trouble = Error{ErrorCode::StoreBusy, {}, {}};
    QVERIFY(ShareWords::notShared(status).contains(QStringLiteral("another program")));
    for (const Role role : {Role::Owner, Role::Cook, Role::Viewer})
        QVERIFY(!ShareWords::role(role).isEmpty() && !ShareWords::whatMay(role).isEmpty());
    SharedDevice owner;
    owner.role = Role::Owner;
    QVERIFY(ShareWords::removal(owner).contains(QStringLiteral("let in other devices")));
    owner.role = Role::Viewer;
    QVERIFY(!ShareWords::removal(owner).contains(QStringLiteral("let in other devices")));
    status.isPaused = true;
    QVERIFY(ShareWords::offer(status).startsWith(QStringLiteral("Sharing is off.")));
}

void TestUiShare::wordsForTimes()
{
    const qint64 noon = QDateTime(QDate(2026, 3, 2), QTime(12, 0)).toMSecsSinceEpoch();
    SharedDevice device;
    device.joined = noon - 400 * Day;
    QCOMPARE(ShareWords::membership(device, noon), QStringLiteral("Owner, joined 26 January 2025"));
    device.joined = noon;
    QCOMPARE(ShareWords::membership(device, noon), QStringLiteral("Owner, joined 2 March"));
    QCOMPARE(ShareWords::presence(device, noon), QStringLiteral("Not seen yet"));
    device.seen = noon - 60 * Minute;
    QCOMPARE(ShareWords::presence(device, noon), QStringLiteral("Today 11:00"));
    device.seen = noon - 13 * 60 * Minute;
    QCOMPARE(ShareWords::presence(device, noon), QStringLiteral("Yesterday 23:00"));
    device.seen = noon - 16 * Day;
    QCOMPARE(ShareWords::presence(device, noon), QStringLiteral("14 February"));
    QCOMPARE(ShareWords::spelled(QStringLiteral("4R7K-2M9X")), QStringLiteral("4 R 7 K, 2 M 9 X"));
}

void TestUiShare::menuOpensIt()
{
    fakes::UiKitchen kitchen;
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                      *m_theme);
    window.offerSharing(*m_sharing);
    window.show();
    kitchen.open();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window, PatienceMs));
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(window.findChild<ShareDialog *>());
    QVERIFY(window.findChild<ShareDialog *>()->isVisible());
    click(buttonCalled(*window.findChild<ShareDialog *>(), "Join another kitchen…"));
    QVERIFY(window.findChild<JoinDialog *>());
    m_sharing->be(shared());
    const QList<QAction *> all = window.findChildren<QAction *>();
    const auto join = std::find_if(all.cbegin(), all.cend(), [](const QAction *action) {
        return action->text().contains(QLatin1String("Join"));
    });
    QVERIFY(!(*join)->isEnabled()); // who shares a kitchen is in it
}

void TestUiShare::statusLineShowsWhatOthersType()
{
    fakes::UiKitchen kitchen;
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                      *m_theme);
    window.offerSharing(*m_sharing);
    window.show();
    kitchen.open();
    m_sharing->be(shared());
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Level;
    status.server = QUrl(QStringLiteral("wss://127.0.0.1:7464/sync"));
    Q_EMIT kitchen.client().statusChanged(status);
    QVERIFY(
        textsOf(*window.findChild<StatusLine *>()).contains(QStringLiteral("192.168.1.24:7464")));
}

void TestUiShare::pausedIsNoTrouble()
{
    fakes::UiKitchen kitchen;
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                      *m_theme);
    window.offerSharing(*m_sharing);
    window.show();
    kitchen.open();
    SharingStatus paused;
    paused.isPaused = true;
    m_sharing->be(paused);
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Connecting;
    Q_EMIT kitchen.client().statusChanged(status);
    QCOMPARE(window.findChild<StatusLine *>()->linkText(), QStringLiteral("This device only"));
    SharingStatus troubled;
    troubled.trouble = Error{ErrorCode::Refused, {}, {}};
    troubled.takenPort = 7464;
    m_sharing->be(troubled);
    Q_EMIT m_sharing->failed(*troubled.trouble);
    QVERIFY(textsOf(window).contains(QStringLiteral("port 7464 is in use")));
}

void TestUiShare::joinTakesAnInvitation()
{
    fakes::UiKitchen kitchen;
    JoinDialog dialog(kitchen.client());
    dialog.show();
    const QList<QLineEdit *> fields = dialog.findChildren<QLineEdit *>();
    fields[0]->setText(shared().invitation->link);
    QCOMPARE(fields[0]->text(), QStringLiteral("wss://192.168.1.24:7464"));
    QCOMPARE(fields[1]->text(), QStringLiteral("4R7K-2M9X-ABCD-EFGH"));
    QVERIFY(textsOf(dialog).contains(QStringLiteral("3f9a 11c2")));
    QVERIFY(buttonCalled(dialog, "Join")->isEnabled());
    QCoreApplication::processEvents();
    for (const QLineEdit *field : fields)
        QCOMPARE(field->height(), field->sizeHint().height()); // what came has room of its own
    fields[0]->setText(QStringLiteral("192.168.1.25:7464"));
    QVERIFY(!textsOf(dialog).contains(QStringLiteral("3f9a 11c2")));
}

void TestUiShare::joinOffersNeighbours()
{
    fakes::UiKitchen kitchen;
    JoinDialog dialog(kitchen.client());
    syncclient::Neighbours house(QStringLiteral("unix:path=/nowhere/bus"));
    dialog.offer(house);
    dialog.show();
    QVERIFY(dialog.findChildren<FlatButton *>().isEmpty());
    syncclient::Neighbour one{QStringLiteral("Simmer 1"),
                              QUrl(QStringLiteral("wss://192.168.1.24:7464")), 3, "3f9a11c2"};
    Q_EMIT house.found(one);
    one.address.setHost(QStringLiteral("192.168.1.30"));
    Q_EMIT house.found(one); // it has moved
    QCOMPARE(dialog.findChildren<FlatButton *>().size(), 1);
    click(buttonCalled(dialog, "Simmer 1 at 192.168.1.30:7464"));
    QCOMPARE(dialog.findChild<QLineEdit *>()->text(), QStringLiteral("wss://192.168.1.30:7464"));
    Q_EMIT house.lost(QStringLiteral("Simmer 1"));
    QVERIFY(dialog.findChildren<FlatButton *>().isEmpty());
    QVERIFY(!textsOf(dialog).contains(QStringLiteral("Seen in your home")));
}

QTEST_MAIN(TestUiShare)
#include "tst_ui_share.moc"
