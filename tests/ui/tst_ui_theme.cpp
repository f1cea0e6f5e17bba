// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmSound.h"
#include "theme/Covers.h"
#include "theme/Theme.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/EnglishPlurals.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFontInfo>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QtEndian>

#include <cmath>

using namespace simmer;
using namespace simmer::ui;

namespace {

/// WCAG 2.1, "relative luminance".
double luminance(const QColor &colour)
{
    const auto part = [](float value) {
        return value <= 0.04045F ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) +
           0.0722 * part(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double bright = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (bright + 0.05) / (dark + 0.05);
}

QImage grabbed(QWidget &widget)
{
    widget.resize(widget.sizeHint());
    QImage image(widget.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(tokensOf(widget).window);
    widget.render(&image);
    return image;
}

} // namespace

class TestUiTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }

    void textCanBeRead_data();
    void textCanBeRead();
    void signsCanBeSeen_data();
    void signsCanBeSeen();
    void paletteFollowsTheTokens();
    void choiceIsAnnouncedOnce();
    void fontIsThere();
    void buttonsAndFieldsArePainted();
    void everyCoverPaints();
    void heroStaysInItsPlace();
    void soundsAreWhatQSoundEffectPlays_data();
    void soundsAreWhatQSoundEffectPlays();
    void bellRingsUntilToldOtherwise();
    void englishPlurals();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestUiTheme::textCanBeRead_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    for (const Tokens *tokens : {&lightTokens(), &darkTokens()}) {
        const char *theme = tokens->isDark ? "dark" : "light";
        const auto row = [&](const char *name, const QColor &ink, const QColor &ground) {
            QTest::addRow("%s %s", theme, name) << ink << ground;
        };
        for (const QColor &ground : {tokens->window, tokens->page, tokens->raised}) {
            row(qPrintable(ground.name() + QStringLiteral(" ink")), tokens->ink, ground);
            row(qPrintable(ground.name() + QStringLiteral(" ink2")), tokens->ink2, ground);
            row(qPrintable(ground.name() + QStringLiteral(" ink3")), tokens->ink3, ground);
            row(qPrintable(ground.name() + QStringLiteral(" ring")), tokens->ringInk, ground);
        }
        row("flame chip", tokens->flameInk, tokens->flameTint);
        row("amber chip", tokens->amberInk, tokens->amberTint);
        row("late chip", tokens->ringInk, tokens->ringTint);
        row("paused chip", tokens->pauseInk, tokens->pauseTint);
        row("done", tokens->doneInk, tokens->doneTint);
        row("primary", tokens->onFlame, tokens->flame);
        row("ringing", tokens->onRing, tokens->ring);
        row("ring button", tokens->onRing, tokens->ringDeep);
        row("selected", tokens->ink, tokens->select);
    }
}

void TestUiTheme::textCanBeRead()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(QString::number(contrast(ink, ground))));
}

void TestUiTheme::signsCanBeSeen_data()
{
    QTest::addColumn<QColor>("sign");
    QTest::addColumn<QColor>("ground");
    for (const Tokens *tokens : {&lightTokens(), &darkTokens()}) {
        const char *theme = tokens->isDark ? "dark" : "light";
        QTest::addRow("%s flame", theme) << tokens->flame << tokens->raised;
        QTest::addRow("%s amber", theme) << tokens->amber << tokens->raised;
        QTest::addRow("%s ring", theme) << tokens->ringArc << tokens->raised;
        QTest::addRow("%s pause", theme) << tokens->pause << tokens->raised;
        QTest::addRow("%s box", theme) << tokens->box << tokens->page;
    }
}

void TestUiTheme::signsCanBeSeen()
{
    QFETCH(QColor, sign);
    QFETCH(QColor, ground);
    QVERIFY2(contrast(sign, ground) >= 3, qPrintable(QString::number(contrast(sign, ground))));
}

void TestUiTheme::paletteFollowsTheTokens()
{
    QCOMPARE(&tokensOf(paletteOf(lightTokens())), &lightTokens());
    QCOMPARE(&tokensOf(paletteOf(darkTokens())), &darkTokens());
    QCOMPARE(paletteOf(darkTokens()).color(QPalette::Text), darkTokens().ink);
    QCOMPARE(blend(Qt::black, Qt::white, 0), QColor(Qt::black));
    QCOMPARE(blend(Qt::black, Qt::white, 1), QColor(Qt::white));
}

void TestUiTheme::choiceIsAnnouncedOnce()
{
    QSignalSpy changed(m_theme.get(), &Theme::choiceChanged);
    m_theme->choose(ThemeChoice::Dark);
    m_theme->choose(ThemeChoice::Dark);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(QApplication::palette().color(QPalette::Window), darkTokens().window);
    m_theme->choose(ThemeChoice::System); // no portal answers here: light
    QCOMPARE(QApplication::palette().color(QPalette::Window), lightTokens().window);
    m_theme->choose(ThemeChoice::Light);
    QCOMPARE(changed.size(), 3);
}

void TestUiTheme::fontIsThere()
{
    if (!QFontInfo(textFont(14)).family().startsWith(QStringLiteral("Inter")))
        QSKIP("Inter is not installed (fonts-inter)");
    QVERIFY(QFontInfo(displayFont(34)).family().startsWith(QStringLiteral("Inter")));
    QCOMPARE(textFont(16).pixelSize(), 16);
}

void TestUiTheme::buttonsAndFieldsArePainted()
{
    const Tokens &tokens = lightTokens();
    QPushButton plain(QStringLiteral("Cancel"));
    QCOMPARE(grabbed(plain).pixelColor(10, plain.height() / 2), tokens.raised);
    QVERIFY(plain.height() >= 36);
    QPushButton primary(QStringLiteral("Join"));
    primary.setDefault(true);
    QCOMPARE(grabbed(primary).pixelColor(10, primary.height() / 2), tokens.flame);
    QLineEdit field;
    QCOMPARE(grabbed(field).pixelColor(6, field.height() / 2), tokens.page);
    QVERIFY(field.height() >= 36);
    QCheckBox box(QStringLiteral("Salt"));
    const QImage off = grabbed(box);
    box.setChecked(true);
    QVERIFY(grabbed(box) != off);
}

void TestUiTheme::everyCoverPaints()
{
    const QStringList covers = QDir(QStringLiteral(":/simmer/covers")).entryList();
    QVERIFY(covers.size() > 20);
    for (const QString &file : covers) {
        QImage image(44, 44, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintCover(painter, image.rect(), file.section(u'.', 0, 0), 8, false);
        painter.end();
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0); // rounded
        QCOMPARE(image.pixelColor(22, 22).alpha(), 255);
    }
}

void TestUiTheme::heroStaysInItsPlace()
{
    for (const char *cover : {"roast", "loaf"}) {
        QImage image(900, 200, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintHero(painter, QRectF(50, 25, 800, 150), QLatin1String(cover), false);
        painter.end();
        QCOMPARE(image.pixelColor(450, 20).alpha(), 0);
        QCOMPARE(image.pixelColor(40, 100).alpha(), 0);
        QVERIFY(image.pixelColor(52, 30).alpha() > 250);
        QVERIFY(image.pixelColor(848, 173).alpha() > 250);
    }
}

void TestUiTheme::soundsAreWhatQSoundEffectPlays_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("seconds");
    QTest::newRow("ring") << QStringLiteral(":/simmer/sounds/ring.wav") << 2.0;
    QTest::newRow("check") << QStringLiteral(":/simmer/sounds/check.wav") << 1.2;
}

void TestUiTheme::soundsAreWhatQSoundEffectPlays()
{
    QFETCH(QString, file);
    QFETCH(double, seconds);
    QFile wav(file);
    QVERIFY(wav.open(QIODevice::ReadOnly));
    const QByteArray bytes = wav.readAll();
    const auto at = [&](qsizetype place, auto number) {
        number = qFromLittleEndian<decltype(number)>(bytes.mid(place, sizeof number).constData());
        return int(number);
    };
    QCOMPARE(bytes.left(4), QByteArray("RIFF"));
    QCOMPARE(bytes.mid(8, 8), QByteArray("WAVEfmt "));
    QCOMPARE(at(20, quint16()), 1);  // PCM
    QCOMPARE(at(34, quint16()), 16); // bits
    const double length = double(at(40, quint32())) / at(28, quint32());
    QVERIFY(qAbs(length - seconds) < 0.01);
    int loudest = 0;
    for (qsizetype i = 44; i + 1 < bytes.size(); i += 2)
        loudest = std::max(loudest, std::abs(at(i, qint16())));
    QVERIFY(loudest > 8000 && loudest < 32767);              // heard, not clipped
    QVERIFY(std::abs(at(bytes.size() - 2, qint16())) < 200); // no click at the seam of the loop
}

void TestUiTheme::bellRingsUntilToldOtherwise()
{
    AlarmSound sound(machineSpeakers()); // whatever this machine has
    QVERIFY(!sound.isRinging());
    sound.ring();
    sound.ring();
    QVERIFY(sound.isRinging());
    sound.chime();
    sound.stop();
    QVERIFY(!sound.isRinging());
}

void TestUiTheme::englishPlurals()
{
    const EnglishPlurals plurals;
    QCOMPARE(plurals.translate("", "%n recipe(s)", nullptr, 1), QStringLiteral("%n recipe"));
    QCOMPARE(plurals.translate("", "%n recipe(s)", nullptr, 2), QStringLiteral("%n recipes"));
    QVERIFY(plurals.translate("", "Salt(s)", nullptr, -1).isNull()); // no number: not ours
    QCOMPARE(QCoreApplication::translate("x", "%n recipe(s)", nullptr, 3),
             QStringLiteral("3 recipes"));
}

QTEST_MAIN(TestUiTheme)
#include "tst_ui_theme.moc"
