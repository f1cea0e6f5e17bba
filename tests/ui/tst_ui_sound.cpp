// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmSound.h"
#include "alarm/RingSounds.h"
#include "alarm/WaveFile.h"
#include "fakes/FakeSpeakers.h"

#include <QBuffer>
#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace simmer;
using namespace simmer::ui;

namespace {

const QString Bell = QStringLiteral("bell");

void put(QByteArray &bytes, quint32 number, int size)
{
    for (int i = 0; i < size; ++i)
        bytes += char(number >> (8 * i));
}

struct Wave {
    quint16 format = 1;
    quint16 channels = 1;
    quint32 rate = 44'100;
    quint16 bits = 16;
    int samples = 44'100;
    int peak = 20'000;
    qint64 claimed = -1; ///< bytes of data; -1: as many as there are
};

QByteArray bytesOf(const Wave &wave)
{
    const int block = wave.channels * wave.bits / 8;
    QByteArray data;
    for (int i = 0; i < wave.samples * wave.channels; ++i)
        put(data, quint16(i % 2 == 0 ? wave.peak : -wave.peak), wave.bits / 8);
    QByteArray bytes("RIFF");
    put(bytes, quint32(36 + data.size()), 4);
    bytes += "WAVELIST";
    put(bytes, 3, 4);
    bytes += QByteArray("abc\0", 4); // an odd chunk is padded
    bytes += "fmt ";
    put(bytes, 16, 4);
    put(bytes, wave.format, 2);
    put(bytes, wave.channels, 2);
    put(bytes, wave.rate, 4);
    put(bytes, wave.rate * quint32(block), 4);
    put(bytes, quint32(block), 2);
    put(bytes, wave.bits, 2);
    bytes += "data";
    put(bytes, quint32(wave.claimed < 0 ? data.size() : wave.claimed), 4);
    return bytes + data;
}

Expected<WaveFile> checked(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return checkedWave(buffer);
}

} // namespace

Q_DECLARE_METATYPE(Wave)

/// What is heard of an alarm, and which files may be its sound.
class TestUiSound : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ringsUntilToldOtherwise();
    void growsToTheChosenVolume();
    void noRampIsAtOnceAsLoudAsChosen();
    void unansweredIsAsLoudAsCanBe();
    void noDeviceIsSaidAndHeardWhenOneComes();
    void movesToTheDeviceThatIsLeft();
    void chosenDeviceIsUsed();
    void brokenSoundFallsBackToTheBell();
    void aDishHasItsOwnSound();
    void testPlaysOnce();
    void chimeIsSoftAndNotOverARing();
    void soundsThatShipAreGood();
    void goodWave();
    void badWaves_data();
    void badWaves();
    void tooLargeOrAbsent();
    void noBytesCrashIt();

private:
    fakes::FakeSpeakers *m_speakers = nullptr;
    std::unique_ptr<AlarmSound> m_sound;
};

void TestUiSound::init()
{
    auto speakers = std::make_unique<fakes::FakeSpeakers>();
    m_speakers = speakers.get();
    m_sound = std::make_unique<AlarmSound>(std::move(speakers), AlarmSound::Pace{150, 10});
}

void TestUiSound::ringsUntilToldOtherwise()
{
    QVERIFY(m_sound->hasDevice());
    m_sound->ring();
    m_sound->ring(); // each second anew: the same ringing
    QCOMPARE(m_speakers->m_everPlayed, QList<QUrl>{RingSounds::bell()});
    QCOMPARE(m_speakers->m_on.size(), 1);
    QVERIFY(m_speakers->m_on[0]->endlessly);
    m_sound->stop();
    QVERIFY(m_speakers->m_on.isEmpty());
    QVERIFY(!m_sound->isRinging());
}

void TestUiSound::growsToTheChosenVolume()
{
    m_sound->setVolume(50);
    m_sound->ring();
    const double first = m_speakers->m_on[0]->loudness;
    QVERIFY(first > 0.1 && first < 0.3);
    QTRY_COMPARE(m_speakers->m_on[0]->loudness, 0.5);
    m_sound->setVolume(70); // while it rings
    QCOMPARE(m_speakers->m_on[0]->loudness, 0.7);
}

void TestUiSound::noRampIsAtOnceAsLoudAsChosen()
{
    m_sound->setRamp(false);
    m_sound->setVolume(60);
    m_sound->ring();
    QCOMPARE(m_speakers->m_on[0]->loudness, 0.6);
}

void TestUiSound::unansweredIsAsLoudAsCanBe()
{
    m_sound->setEscalated(true); // nothing rings: nothing to be loud about
    QVERIFY(!m_sound->isEscalated());
    m_sound->setVolume(10);
    m_sound->ring();
    m_sound->setEscalated(true);
    QCOMPARE(m_speakers->m_on[0]->loudness, 1.0);
    m_sound->stop();
    m_sound->ring();
    QVERIFY(m_speakers->m_on[0]->loudness <= 0.1); // the next one begins softly again
}

void TestUiSound::noDeviceIsSaidAndHeardWhenOneComes()
{
    QSignalSpy changed(m_sound.get(), &AlarmSound::deviceChanged);
    m_speakers->unplug("speaker");
    QVERIFY(!m_sound->hasDevice());
    m_sound->ring();
    QVERIFY(m_sound->isRinging());
    QCOMPARE(m_sound->loudness(), 0.0);
    QVERIFY(m_speakers->m_on.isEmpty());
    m_speakers->plug("headset");
    QCOMPARE(m_speakers->m_on.size(), 1);
    QCOMPARE(changed.size(), 2);
    QVERIFY(changed[1][0].toBool());
}

void TestUiSound::movesToTheDeviceThatIsLeft()
{
    m_speakers->plug("headset");
    m_sound->ring();
    m_speakers->unplug("headset");
    QCOMPARE(m_speakers->m_on.size(), 1);
    m_speakers->unplug("speaker");
    QVERIFY(m_speakers->m_on.isEmpty());
}

void TestUiSound::chosenDeviceIsUsed()
{
    m_speakers->plug("headset");
    m_sound->setDeviceId("headset");
    m_sound->ring();
    QCOMPARE(m_speakers->m_on[0]->device, QByteArray("headset"));
    m_sound->setDeviceId("speaker"); // at once
    QCOMPARE(m_speakers->m_on[0]->device, QByteArray("speaker"));
    QCOMPARE(m_sound->devices().size(), 2);
}

void TestUiSound::brokenSoundFallsBackToTheBell()
{
    const QString own = QStringLiteral("/home/ana/gone.wav");
    m_speakers->m_broken += QUrl::fromLocalFile(own);
    m_sound->setSound(own);
    m_sound->ring();
    QTRY_COMPARE(m_speakers->m_on.size(), 1);
    QCOMPARE(m_speakers->m_on[0]->sound, RingSounds::bell());
    m_sound->ring(); // the next second
    QCOMPARE(m_speakers->m_everPlayed.size(), 1);
}

void TestUiSound::aDishHasItsOwnSound()
{
    m_sound->setSound(QStringLiteral("wood"));
    m_sound->ring();
    QCOMPARE(m_speakers->m_on[0]->sound, RingSounds::sourceOf(QStringLiteral("wood")));
    m_sound->ring(QStringLiteral("clang"));
    QCOMPARE(m_speakers->m_on.size(), 1);
    QCOMPARE(m_speakers->m_on[0]->sound, RingSounds::sourceOf(QStringLiteral("clang")));
}

void TestUiSound::testPlaysOnce()
{
    m_sound->setVolume(40);
    m_sound->test();
    m_sound->test();
    QCOMPARE(m_speakers->m_on.size(), 1);
    QVERIFY(!m_speakers->m_on[0]->endlessly);
    QCOMPARE(m_speakers->m_on[0]->loudness, 0.4);
}

void TestUiSound::chimeIsSoftAndNotOverARing()
{
    m_sound->chime();
    QCOMPARE(m_speakers->m_on[0]->sound, RingSounds::chime());
    QVERIFY(m_speakers->m_on[0]->loudness < 0.8);
    m_sound->ring();
    m_sound->chime();
    QCOMPARE(m_speakers->m_everPlayed.last(), RingSounds::bell());
}

void TestUiSound::soundsThatShipAreGood()
{
    QSet<QUrl> sources;
    for (const RingSound &sound : RingSounds::all()) {
        const QUrl source = RingSounds::sourceOf(sound.id);
        sources += source;
        const auto wave = checkedWave(QLatin1Char(':') + source.path());
        QVERIFY2(wave, qPrintable(sound.id));
        QVERIFY(wave->lengthMs >= 1000 && wave->rate == 44'100);
        QCOMPARE(RingSounds::nameOf(sound.id), sound.name);
    }
    QCOMPARE(sources.size(), 5);
    QVERIFY(checkedWave(QLatin1Char(':') + RingSounds::chime().path()));
    QCOMPARE(RingSounds::sourceOf(QStringLiteral("of a later Simmer")), RingSounds::bell());
    QCOMPARE(RingSounds::sourceOf(QStringLiteral("/a/b.wav")),
             QUrl(QStringLiteral("file:///a/b.wav")));
    QCOMPARE(RingSounds::nameOf(QStringLiteral("/a/b.wav")), QStringLiteral("b.wav"));
}

void TestUiSound::goodWave()
{
    const auto mono = checked(bytesOf({}));
    QVERIFY(mono);
    QCOMPARE(*mono, (WaveFile{1, 44'100, 1000}));
    const auto stereo = checked(bytesOf({1, 2, 48'000, 16, 24'000}));
    QVERIFY(stereo);
    QCOMPARE(*stereo, (WaveFile{2, 48'000, 500}));
}

void TestUiSound::badWaves_data()
{
    QTest::addColumn<Wave>("wave");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const Wave &wave, const char *why) {
        QTest::newRow(name) << wave << QString::fromLatin1(why);
    };
    row("floats", {3, 1, 44'100, 16}, "16-bit PCM");
    row("8 bit", {1, 1, 44'100, 8}, "16-bit PCM");
    row("24 bit", {1, 1, 44'100, 24}, "16-bit PCM");
    row("5.1", {1, 6, 44'100, 16, 1000}, "channel");
    row("no channel", {1, 0, 44'100, 16, 0}, "channel");
    row("slow", {1, 1, 4000, 16}, "kHz");
    row("fast", {1, 1, 4'000'000, 16}, "kHz");
    row("click", {1, 1, 44'100, 16, 100}, "short");
    row("empty", {1, 1, 44'100, 16, 0}, "short");
    row("silence", {1, 1, 44'100, 16, 44'100, 0}, "quiet");
    row("whisper", {1, 1, 44'100, 16, 44'100, 300}, "quiet");
    row("cut off", {1, 1, 44'100, 16, 44'100, 20'000, 4'000'000'000}, "cut off");
}

void TestUiSound::badWaves()
{
    QFETCH(const Wave, wave);
    QFETCH(const QString, why);
    const auto result = checked(bytesOf(wave));
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::BadSyntax);
    QVERIFY2(result.error().context.contains(why), qPrintable(result.error().context));
}

void TestUiSound::tooLargeOrAbsent()
{
    QVERIFY(!checked("RIFF"));
    QVERIFY(!checked("ID3 an mp3 that was renamed, as people do"));
    const auto large = checked(bytesOf({1, 2, 44'100, 16, 2'600'000}));
    QVERIFY(!large);
    QCOMPARE(large.error().code, ErrorCode::TooLarge);
    QTemporaryDir folder;
    const auto gone = checkedWave(folder.filePath(QStringLiteral("gone.wav")));
    QVERIFY(!gone);
    QCOMPARE(gone.error().code, ErrorCode::FileUnreadable);
}

/// Every cut and many a wrong byte: an answer, whatever it is.
void TestUiSound::noBytesCrashIt()
{
    const QByteArray good = bytesOf({1, 1, 8000, 16, 1000});
    for (qsizetype cut = 0; cut < good.size(); ++cut)
        QVERIFY(!checked(good.first(cut)));
    QRandomGenerator chance(7);
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes = good;
        for (int i = 0; i < 4; ++i)
            bytes[chance.bounded(64)] = char(chance.bounded(256));
        refused += checked(bytes) ? 0 : 1;
    }
    QVERIFY(refused > 3000);
}

QTEST_GUILESS_MAIN(TestUiSound)
#include "tst_ui_sound.moc"
