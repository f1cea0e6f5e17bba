// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Icons.h"
#include "theme/Theme.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/ChipButton.h"
#include "widgets/RingPainter.h"
#include "widgets/StepText.h"
#include "widgets/TimerCard.h"

#include <QApplication>
#include <QDir>
#include <QFontDatabase>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

QImage painted(const RingDrawing &drawing, int size, const Tokens &tokens = lightTokens())
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(tokens.raised);
    QPainter painter(&image);
    paintRing(painter, image.rect(), drawing, tokens);
    return image;
}

QImage grabbed(QWidget &widget)
{
    QImage image(widget.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(tokensOf(widget).page);
    widget.render(&image, {}, {}, QWidget::DrawChildren);
    return image;
}

/// How many pixels have about that colour.
int count(const QImage &image, const QColor &colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            found += qAbs(pixel.red() - colour.red()) + qAbs(pixel.green() - colour.green()) +
                                 qAbs(pixel.blue() - colour.blue()) <
                             12
                         ? 1
                         : 0;
        }
    return found;
}

TimerFace face(Look look, double fraction = 0.5, double check = 0)
{
    return {look, QStringLiteral("18:42"), fraction, check, 720'000};
}

recipes::Step stepWithTwo()
{
    const QString text =
        QStringLiteral("Roast for 45 minutes, basting it now and then with its own "
                       "fat, and then rest it under foil for 15 minutes.");
    recipes::Step step{text, {}, {}};
    for (const char *time : {"45 minutes", "15 minutes"}) {
        const int at = int(text.indexOf(QLatin1String(time)));
        step.slots += {at, at + 10, 60, 60, {}};
    }
    return step;
}

} // namespace

class TestUiDrawing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }

    void ringFillsClockwise();
    void ringHasAColourForEachState_data();
    void ringHasAColourForEachState();
    void rangeShowsCheckAndZone();
    void cuesAreDots();
    void lateIsDashed();
    void coverIsInside();
    void chipHasAColourForEachState_data();
    void chipHasAColourForEachState();
    void chipGrowsWithItsCount();
    void countsStandStill();
    void chipsStandOnTheirText();
    void chipsFollowTheWidth();
    void tapsNearAChipCount();
    void everyIconPaints();
    void themeChangesColours();
    void cardButtonsAreLargeEnough_data();
    void cardButtonsAreLargeEnough();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestUiDrawing::ringFillsClockwise()
{
    const Tokens &tokens = lightTokens();
    const QImage image =
        painted({face(Look::Running, 0.5), 6, {}, {}, tokens.raised, true, false}, 68);
    QCOMPARE(image.pixelColor(63, 34), tokens.flame); // 3 o'clock: gone
    QCOMPARE(image.pixelColor(5, 34), tokens.track);  // 9 o'clock: to come
}

void TestUiDrawing::ringHasAColourForEachState_data()
{
    QTest::addColumn<int>("look");
    QTest::addColumn<QColor>("arc");
    const Tokens &tokens = lightTokens();
    QTest::newRow("running") << int(Look::Running) << tokens.flame;
    QTest::newRow("checking") << int(Look::Checking) << tokens.amber;
    QTest::newRow("paused") << int(Look::Paused) << tokens.pause;
    QTest::newRow("ringing") << int(Look::Ringing) << tokens.ringArc;
    QTest::newRow("late") << int(Look::Late) << tokens.ringArc;
    QTest::newRow("done") << int(Look::Done) << tokens.done;
}

void TestUiDrawing::ringHasAColourForEachState()
{
    QFETCH(int, look);
    QFETCH(QColor, arc);
    for (const int size : {16, 32, 44, 68, 96}) {
        const qreal stroke = size == 16 ? 3 : 6;
        const QImage image =
            painted({face(Look(look)), stroke, {}, {}, lightTokens().raised, true, false}, size);
        QVERIFY2(count(image, arc) > size / 4, qPrintable(QString::number(size)));
    }
}

void TestUiDrawing::rangeShowsCheckAndZone()
{
    const Tokens &tokens = lightTokens();
    const QImage image =
        painted({face(Look::Running, 0.3, 0.75), 8, {}, {}, tokens.raised, true, false}, 96);
    QVERIFY(count(image, tokens.amberLine) > 40);
    QVERIFY(count(image, tokens.amber) > 10);
    const QImage plain =
        painted({face(Look::Running, 0.3), 8, {}, {}, tokens.raised, true, false}, 96);
    QCOMPARE(count(plain, tokens.amberLine), 0);
}

void TestUiDrawing::cuesAreDots()
{
    const Tokens &tokens = lightTokens();
    TimerFace roast = face(Look::Running, 0.4);
    const auto ring = [&] {
        return painted({roast, 22, {}, {}, tokens.raised, false, false}, 200);
    };
    const QPoint three(187, 100); // a quarter has gone
    const QPoint nine(13, 100);
    QCOMPARE(ring().pixelColor(three), tokens.flame);
    QCOMPARE(ring().pixelColor(nine), tokens.track);
    roast.cues = {0.25, 0.75};
    QCOMPARE(ring().pixelColor(three), tokens.raised);
    QCOMPARE(ring().pixelColor(nine), tokens.ink3);
}

void TestUiDrawing::lateIsDashed()
{
    const Tokens &tokens = lightTokens();
    const auto arcPixels = [&](Look look) {
        return count(painted({face(look), 6, {}, {}, tokens.raised, false, false}, 68),
                     tokens.ringArc);
    };
    QVERIFY(arcPixels(Look::Late) > arcPixels(Look::Ringing) / 3);
    QVERIFY(arcPixels(Look::Late) < arcPixels(Look::Ringing) * 3 / 4);
}

void TestUiDrawing::coverIsInside()
{
    const Tokens &tokens = lightTokens();
    const RingDrawing bare{face(Look::Running), 6, {}, {}, tokens.raised, true, false};
    RingDrawing dish = bare;
    dish.cover = QStringLiteral("roast");
    QVERIFY(painted(bare, 68).pixelColor(34, 22) != painted(dish, 68).pixelColor(34, 22));
    // Dark: the same, dimmed.
    const int light = painted(dish, 68).pixelColor(34, 34).lightness();
    QVERIFY(painted(dish, 68, darkTokens()).pixelColor(34, 34).lightness() < light);
}

void TestUiDrawing::chipHasAColourForEachState_data()
{
    QTest::addColumn<int>("look");
    QTest::addColumn<QColor>("fill");
    const Tokens &tokens = lightTokens();
    QTest::newRow("ready") << int(Look::Ready) << tokens.flameTint;
    QTest::newRow("running") << int(Look::Running) << tokens.flameTint;
    QTest::newRow("checking") << int(Look::Checking) << tokens.amberTint;
    QTest::newRow("paused") << int(Look::Paused) << tokens.pauseTint;
    QTest::newRow("ringing") << int(Look::Ringing) << tokens.ring;
    QTest::newRow("late") << int(Look::Late) << tokens.ringTint;
    QTest::newRow("done") << int(Look::Done) << tokens.page;
}

void TestUiDrawing::chipHasAColourForEachState()
{
    QFETCH(int, look);
    QFETCH(QColor, fill);
    ChipButton chip;
    chip.draw({face(Look(look)), QStringLiteral("45 minutes"), {}, false});
    chip.resize(chip.sizeHint());
    const QImage image = grabbed(chip);
    QVERIFY(count(image, fill) > image.width() * image.height() / 4);
    QVERIFY(count(image, fill) < image.width() * image.height()); // words and glyph are there
    chip.draw({face(Look(look)), QStringLiteral("45 minutes"), {}, true});
    QVERIFY(grabbed(chip) != image); // pending looks otherwise
}

void TestUiDrawing::chipGrowsWithItsCount()
{
    ChipButton chip;
    QVERIFY(chip.draw({face(Look::Ready), QStringLiteral("45 minutes"), {}, false}));
    const qreal bare = chip.chipWidth();
    QVERIFY(chip.draw(
        {face(Look::Running), QStringLiteral("45 minutes"), QStringLiteral("44:59"), false}));
    QVERIFY(chip.chipWidth() > bare + 40);
    // The next second takes the same room: the text around stands still.
    QVERIFY(!chip.draw(
        {face(Look::Running), QStringLiteral("45 minutes"), QStringLiteral("41:11"), false}));
}

void TestUiDrawing::countsStandStill()
{
    const QFont font = displayFont(34);
    QCOMPARE(countWidth(font, QStringLiteral("11:11")), countWidth(font, QStringLiteral("48:20")));
}

void TestUiDrawing::chipsStandOnTheirText()
{
    StepText text(stepWithTwo());
    text.resize(700, text.heightForWidth(700));
    text.show();
    QCOMPARE(text.chips().size(), 2);
    const ChipButton *first = text.chips().at(0);
    QCOMPARE(first->drawing().phrase, QStringLiteral("45 minutes"));
    // "Roast for " stands before it, and the baselines are one: 32 px lines, chip in the middle.
    const qreal before =
        QFontMetricsF(textFont(16)).horizontalAdvance(QStringLiteral("Roast for "));
    QVERIFY(qAbs(first->x() + ChipButton::Margin - before) < 2);
    QVERIFY(first->geometry().center().y() > 8 && first->geometry().center().y() < 26);
    const ChipButton *second = text.chips().at(1);
    QVERIFY(second->geometry().top() > first->geometry().top() + 20);
    // Only the room for the focus rings may overlap.
    constexpr int Rim = ChipButton::Margin;
    QVERIFY(!second->geometry().adjusted(0, Rim, 0, -Rim).intersects(first->geometry()));
}

void TestUiDrawing::chipsFollowTheWidth()
{
    StepText text(stepWithTwo());
    text.resize(1600, text.heightForWidth(1600));
    text.show();
    const QPoint wide = text.chips().at(1)->pos();
    QCOMPARE(wide.y(), text.chips().at(0)->pos().y());
    text.resize(300, text.heightForWidth(300));
    QTRY_VERIFY(text.chips().at(1)->pos().y() > wide.y() + 60);
    for (const ChipButton *chip : text.chips())
        QVERIFY2(text.rect().adjusted(-4, -4, 4, 4).contains(chip->geometry()),
                 qPrintable(QStringLiteral("%1 %2 in %3 x %4")
                                .arg(chip->y())
                                .arg(chip->height())
                                .arg(text.width())
                                .arg(text.height())));
    // A running count takes room from the words behind it.
    const int height = text.heightForWidth(300);
    text.draw(0, face(Look::Running), QStringLiteral("1:12:30"), false);
    QVERIFY(text.heightForWidth(300) >= height);
    QCOMPARE(text.chips().at(0)->width(), text.chips().at(0)->sizeHint().width());
}

void TestUiDrawing::tapsNearAChipCount()
{
    StepText text(stepWithTwo());
    text.resize(700, text.heightForWidth(700));
    text.show();
    QSignalSpy taps(&text, &StepText::tapped);
    const QRect chip = text.chips().at(0)->geometry();
    QVERIFY(chip.top() > 0);
    QTest::mouseClick(&text, Qt::LeftButton, {}, QPoint(chip.center().x(), chip.top() - 1));
    QCOMPARE(taps.size(), 1);
    QCOMPARE(taps[0][0].toInt(), 0);
    QTest::mouseClick(&text, Qt::LeftButton, {}, QPoint(chip.right() + 60, chip.center().y()));
    QCOMPARE(taps.size(), 1);
    QTest::keyClick(text.chips().at(1), Qt::Key_Space);
    QCOMPARE(taps.size(), 2);
    QCOMPARE(taps[1][0].toInt(), 1);
}

void TestUiDrawing::everyIconPaints()
{
    const QStringList names = QDir(QStringLiteral(":/simmer/icons")).entryList();
    QVERIFY(names.size() > 40);
    for (const QString &file : names) {
        const QByteArray name = file.section(u'.', 0, 0).toLatin1();
        QImage image(20, 20, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintIcon(painter, image.rect(), QLatin1String(name), Qt::red);
        painter.end();
        QVERIFY2(count(image, Qt::red) > 3, name.constData());
        QVERIFY2(image.pixelColor(0, 0).alpha() == 0, name.constData());
    }
}

void TestUiDrawing::themeChangesColours()
{
    QWidget widget;
    QCOMPARE(tokensOf(widget).page, lightTokens().page);
    m_theme->choose(ThemeChoice::Dark);
    QTRY_COMPARE(tokensOf(widget).page, darkTokens().page);
    QVERIFY(tokensOf(widget).isDark);
    m_theme->choose(ThemeChoice::Light);
    QTRY_VERIFY(!tokensOf(widget).isDark);
}

void TestUiDrawing::cardButtonsAreLargeEnough_data()
{
    ringHasAColourForEachState_data();
}

void TestUiDrawing::cardButtonsAreLargeEnough()
{
    QFETCH(int, look);
    TimerCard card(TimerId::random());
    CardWords words;
    words.face = face(Look(look));
    words.name = QStringLiteral("Boil the potatoes");
    words.spoken = QStringLiteral("Boil the potatoes, some state");
    words.hasStep = true;
    card.resize(316, 164);
    card.draw(words);
    QCOMPARE(card.accessibleName(), words.spoken);
    const QList<QAbstractButton *> buttons = card.findChildren<QAbstractButton *>();
    QCOMPARE(buttons.size(), 3);
    for (const QAbstractButton *button : buttons) {
        QVERIFY(button->height() >= 43 && button->width() >= 44);
        QVERIFY(card.rect().contains(button->geometry()));
        QVERIFY(button->accessibleName().contains(words.name));
    }
    const bool isRed = count(grabbed(card), lightTokens().ring) > 5000;
    QCOMPARE(isRed, Look(look) == Look::Ringing);
}

QTEST_MAIN(TestUiDrawing)
#include "tst_ui_drawing.moc"
