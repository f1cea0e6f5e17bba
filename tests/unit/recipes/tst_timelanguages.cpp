// SPDX-License-Identifier: GPL-3.0-or-later
// Each language's table, and what happens when the hint is wrong.
#include "TimeCases.h"
#include "recipes/times/TimeFinder.h"
#include "recipes/times/TimeLanguages.h"

#include <QTest>

using namespace simmer::recipes;
using simmer::tests::shownTimes;

namespace {

struct Sentence {
    QStringView language;
    QStringView text;
    QStringView times;
};

const Sentence sentences[] = {
    // German
    {u"de", u"Ein bis zwei Stunden ruhen lassen.", u"Ein bis zwei Stunden = 1h..2h"},
    {u"de", u"Eineinhalb Stunden oder anderthalb Stunden schmoren.",
     u"Eineinhalb Stunden = 1h30m; anderthalb Stunden = 1h30m"},
    {u"de", u"Zweieinhalb Stunden backen.", u"Zweieinhalb Stunden = 2h30m"},
    {u"de", u"1,5 Stunden garen.", u"1,5 Stunden = 1h30m"},
    {u"de", u"Eine halbe Stunde quellen lassen.", u"Eine halbe Stunde = 30m"},
    {u"de", u"Eine gute Viertelstunde kochen, dann drei Viertelstunden ruhen.",
     u"Eine gute Viertelstunde = 15m; drei Viertelstunden = 45m"},
    {u"de", u"20 Min. backen, 10–15 Min. ruhen.", u"20 Min = 20m; 10–15 Min = 10m..15m"},
    {u"de", u"1 Std. 20 Min. schmoren.", u"1 Std. 20 Min = 1h20m"},
    {u"de", u"Zehn bis fünfzehn Minuten braten.", u"Zehn bis fünfzehn Minuten = 10m..15m"},
    {u"de", u"Eine Stunde und zweiunddreissig Minuten.",
     u"Eine Stunde und zweiunddreissig Minuten = 1h32m"},
    {u"de", u"Zwischen 5 und 7 Minuten kochen.", u"5 und 7 Minuten = 5m..7m"},
    {u"de", u"Fünfundzwanzig Minuten rühren.", u"Fünfundzwanzig Minuten = 25m"},
    {u"de", u"Noch 5 weitere Minuten, dann eine weitere Minute.",
     u"5 weitere Minuten = 5m; eine weitere Minute = 1m"},
    {u"de", u"10 min - 20 min kneten.", u"10 min - 20 min = 10m..20m"},
    {u"de", u"Die Soße 10 m reduzieren, 30 s erhitzen, 2 h ruhen.",
     u"10 m = 10m; 30 s = 30s; 2 h = 2h"},
    {u"de", u"1 1/2 Std. oder ½ Std. backen.", u"1 1/2 Std = 1h30m; ½ Std = 30m"},
    {u"de", u"Eine Stunde oder zwei ziehen lassen.", u"Eine Stunde oder zwei = 1h..2h"},
    {u"de", u"Nach 12-stündiger Ruhe 2 Tage kühlen.", u"12-stündiger = 12h; 2 Tage = 2d"},
    {u"de", u"1 Woche durchziehen lassen.", u"1 Woche = 7d"},
    {u"de", u"10' kochen.", u"10' = 10m"},
    {u"de", u"Ein paar Minuten oder einige Minuten, über Nacht, 2 Tage altes Brot.", u""},
    {u"de", u"200 g Mehl, 180 Grad, um 8.30 Uhr.", u""},
    // French
    {u"fr", u"Laisser cuire une vingtaine de minutes.", u"vingtaine de minutes = 20m"},
    {u"fr", u"Attendre une demi-heure, puis une bonne demi-heure.",
     u"une demi-heure = 30m; demi-heure = 30m"},
    {u"fr", u"Cuire 1 h 30 min à 180°C.", u"1 h 30 min = 1h30m"},
    {u"fr", u"Cuire 1h30, puis 2h au frais.", u"1h30 = 1h30m; 2h = 2h"},
    {u"fr", u"Cuire 1 h 30.", u"1 h 30 = 1h30m"},
    {u"fr", u"Une heure et demie, puis deux heures et quart.",
     u"Une heure et demie = 1h30m; deux heures et quart = 2h15m"},
    {u"fr", u"Trois quarts d’heure ou un quart d'heure.",
     u"Trois quarts d’heure = 45m; un quart d'heure = 15m"},
    {u"fr", u"Laisser lever entre 30 et 40 minutes.", u"30 et 40 minutes = 30m..40m"},
    {u"fr", u"Cuire 5 à 10 minutes, ou 5 ou 6 min.",
     u"5 à 10 minutes = 5m..10m; 5 ou 6 min = 5m..6m"},
    {u"fr", u"Mélanger une minute ou deux.", u"une minute ou deux = 1m..2m"},
    {u"fr", u"Vingt et une minutes, quarante-cinq minutes, soixante-quinze minutes.",
     u"Vingt et une minutes = 21m; quarante-cinq minutes = 45m; soixante-quinze minutes = 1h15m"},
    {u"fr", u"Pétrir 10 bonnes minutes.", u"10 bonnes minutes = 10m"},
    {u"fr", u"Cuire 10’ puis 24 heures.", u"10’ = 10m; 24 heures = 1d"},
    {u"fr", u"Pendant 3/4 d'heure ou 1/2 heure.", u"3/4 d'heure = 45m; 1/2 heure = 30m"},
    {u"fr", u"Une seconde fois, dans une seconde casserole, quelques minutes.", u""},
    {u"fr", u"30 secondes au micro-ondes.", u"30 secondes = 30s"},
    // Spanish
    {u"es", u"Hornear media hora.", u"media hora = 30m"},
    {u"es", u"Cocer una hora y media, o hora y media.",
     u"una hora y media = 1h30m; hora y media = 1h30m"},
    {u"es", u"Reposar un cuarto de hora o tres cuartos de hora.",
     u"un cuarto de hora = 15m; tres cuartos de hora = 45m"},
    {u"es", u"Entre 20 y 25 minutos.", u"20 y 25 minutos = 20m..25m"},
    {u"es", u"De 5 a 7 minutos.", u"5 a 7 minutos = 5m..7m"},
    {u"es", u"Cocinar 1 h y 30 min.", u"1 h y 30 min = 1h30m"},
    {u"es", u"Treinta y cinco minutos al horno.", u"Treinta y cinco minutos = 35m"},
    {u"es", u"Una hora o dos en la nevera.", u"Una hora o dos = 1h..2h"},
    {u"es", u"Triturar 20 seg/vel 6 y 3 min/vel 1.", u"20 seg = 20s; 3 min = 3m"},
    {u"es", u"Hornear 20 o 25 minutos más.", u"20 o 25 minutos = 20m..25m"},
    {u"es", u"Diez minutos y media taza de leche.", u"Diez minutos = 10m"},
    {u"es", u"Añadir un segundo huevo tras unos segundos.", u""},
    {u"es", u"Servir a las 8 horas.", u""},
    // Italian
    {u"it", u"Lasciare riposare mezz’ora o un'ora e mezza.",
     u"mezz’ora = 30m; un'ora e mezza = 1h30m"},
    {u"it", u"Cuocere un quarto d'ora o tre quarti d'ora.",
     u"un quarto d'ora = 15m; tre quarti d'ora = 45m"},
    {u"it", u"Cuocere una ventina di minuti.", u"ventina di minuti = 20m"},
    {u"it", u"Cuocere dai 10 ai 15 minuti.", u"10 ai 15 minuti = 10m..15m"},
    {u"it", u"Cuocere 2/3 minuti per lato.", u"2/3 minuti = 2m..3m"},
    {u"it", u"1 ora e 30 minuti in forno.", u"1 ora e 30 minuti = 1h30m"},
    {u"it", u"Due ore e mezzo.", u"Due ore e mezzo = 2h30m"},
    {u"it", u"Venticinque minuti, trentuno minuti.",
     u"Venticinque minuti = 25m; trentuno minuti = 31m"},
    {u"it", u"In frigo per 5-6 minuti.", u"5-6 minuti = 5m..6m"},
    {u"it", u"Per qualche minuto, ci vorranno pochi secondi.", u""},
    // Portuguese
    {u"pt", u"Deixe meia hora.", u"meia hora = 30m"},
    {u"pt", u"Asse uma hora e meia, ou 1h30.", u"uma hora e meia = 1h30m; 1h30 = 1h30m"},
    {u"pt", u"Asse 1 hora e 30 minutos.", u"1 hora e 30 minutos = 1h30m"},
    {u"pt", u"De 20 a 25 minutos.", u"20 a 25 minutos = 20m..25m"},
    {u"pt", u"Entre 5 e 10 minutos.", u"5 e 10 minutos = 5m..10m"},
    {u"pt", u"Trinta e cinco minutos.", u"Trinta e cinco minutos = 35m"},
    {u"pt", u"Espere mais 15 min.", u"15 min = 15m"},
    {u"pt", u"Aqueça 3 min/Varoma/vel ½", u"3 min = 3m"},
    {u"pt", u"Mexa por alguns minutos, depois um segundo ovo.", u""},
    // Dutch
    {u"nl", u"Laat anderhalf uur rusten.", u"anderhalf uur = 1h30m"},
    {u"nl", u"Stoof een half uur, daarna een kwartier, daarna drie kwartier.",
     u"een half uur = 30m; een kwartier = 15m; drie kwartier = 45m"},
    {u"nl", u"Bak twee en een half uur of tweeënhalf uur.",
     u"twee en een half uur = 2h30m; tweeënhalf uur = 2h30m"},
    {u"nl", u"Laat een minuutje of 10 rusten.", u"een minuutje of 10 = 10m"},
    {u"nl", u"Laat een uur of twee staan.", u"een uur of twee = 2h"},
    {u"nl", u"Kook 5 tot 10 min.", u"5 tot 10 min = 5m..10m"},
    {u"nl", u"Kook 1 uur en 15 minuten.", u"1 uur en 15 minuten = 1h15m"},
    {u"nl", u"Bak vijfentwintig minuten.", u"vijfentwintig minuten = 25m"},
    {u"nl", u"Bak 2 à 3 minuten mee.", u"2 à 3 minuten = 2m..3m"},
    {u"nl", u"Laat 1 u 30 staan.", u"1 u 30 = 1h30m"},
    {u"nl", u"Bak een paar minuten en eet om 8 uur.", u""},
    // Swedish
    {u"sv", u"Låt jäsa en halvtimme, sedan en halv timme.",
     u"en halvtimme = 30m; en halv timme = 30m"},
    {u"sv", u"Koka en och en halv timme.", u"en och en halv timme = 1h30m"},
    {u"sv", u"Stek tjugofem minuter.", u"tjugofem minuter = 25m"},
    {u"sv", u"Koka fem till tio minuter.", u"fem till tio minuter = 5m..10m"},
    {u"sv", u"Vila en kvart eller tre kvart.", u"en kvart = 15m; tre kvart = 45m"},
    {u"sv", u"Mellan 5 och 7 minuter.", u"5 och 7 minuter = 5m..7m"},
    {u"sv", u"Baka 1 tim 30 min.", u"1 tim 30 min = 1h30m"},
    {u"sv", u"Låt stå en timme eller två.", u"en timme eller två = 1h..2h"},
    {u"sv", u"Koka 1,5 timme, sjud ca 10 min.", u"1,5 timme = 1h30m; 10 min = 10m"},
    {u"sv", u"Koka ett par minuter.", u""},
    // Danish
    {u"da", u"Lad hæve en halv time.", u"en halv time = 30m"},
    {u"da", u"Bag halvanden time.", u"halvanden time = 1h30m"},
    {u"da", u"Kog femogtyve minutter.", u"femogtyve minutter = 25m"},
    {u"da", u"Kog to til tre timer.", u"to til tre timer = 2h..3h"},
    {u"da", u"Hvil et kvarter, så tre kvarter.", u"et kvarter = 15m; tre kvarter = 45m"},
    {u"da", u"Lad hæve 3/2 timer.", u"3/2 timer = 1h30m"},
    {u"da", u"Kog en time og et kvarter.", u"en time og et kvarter = 1h15m"},
    {u"da", u"Bag 1½ time ved 200 grader.", u"1½ time = 1h30m"},
    {u"da", u"Svits et par minutter.", u""},
    // Norwegian
    {u"nb", u"La heve en halv time.", u"en halv time = 30m"},
    {u"nb", u"Stek halvannen time.", u"halvannen time = 1h30m"},
    {u"nb", u"Kok tjuefem minutter.", u"tjuefem minutter = 25m"},
    {u"nb", u"Kok to-tre minutter.", u"to-tre minutter = 2m..3m"},
    {u"nb", u"La stå to og en halv time.", u"to og en halv time = 2h30m"},
    {u"nb", u"Stek i 4–5 minutter.", u"4–5 minutter = 4m..5m"},
    {u"nb", u"Kok et par minutter.", u""},
    // Czech
    {u"cs", u"Nechte půl hodiny v lednici.", u"půl hodiny = 30m"},
    {u"cs", u"Nechte hodinu až dvě odpočinout.", u"hodinu až dvě = 1h..2h"},
    {u"cs", u"Vařte hodinu a půl.", u"hodinu a půl = 1h30m"},
    {u"cs", u"Vařte 5 až 10 minut.", u"5 až 10 minut = 5m..10m"},
    {u"cs", u"Pečte dvacet pět minut.", u"dvacet pět minut = 25m"},
    {u"cs", u"Počkejte minutu.", u"minutu = 1m"},
    {u"cs", u"Nechte čtvrt hodiny kynout.", u"čtvrt hodiny = 15m"},
    {u"cs", u"Míchejte každou hodinu.", u""},
    // Polish
    {u"pl", u"Piec pół godziny.", u"pół godziny = 30m"},
    {u"pl", u"Gotować półtorej godziny.", u"półtorej godziny = 1h30m"},
    {u"pl", u"Odstawić na godzinę, potem na kwadrans.", u"godzinę = 1h; kwadrans = 15m"},
    {u"pl", u"Gotować minutę lub dwie.", u"minutę lub dwie = 1m..2m"},
    {u"pl", u"Piec dwadzieścia pięć minut.", u"dwadzieścia pięć minut = 25m"},
    {u"pl", u"Piec od 5 do 10 minut.", u"5 do 10 minut = 5m..10m"},
    {u"pl", u"Gotować dwie i pół godziny.", u"dwie i pół godziny = 2h30m"},
    {u"pl", u"Smażyć kilka minut.", u""},
    // Hungarian
    {u"hu", u"Főzzük fél órát, majd másfél óráig.", u"fél órát = 30m; másfél óráig = 1h30m"},
    {u"hu", u"Sütjük huszonöt percig.", u"huszonöt percig = 25m"},
    {u"hu", u"Főzzük öt-hat percig.", u"öt-hat percig = 5m..6m"},
    {u"hu", u"Pihentessük két és fél órát.", u"két és fél órát = 2h30m"},
    {u"hu", u"Sütjük 1 óra 30 percig.", u"1 óra 30 percig = 1h30m"},
    {u"hu", u"Hagyjuk állni negyed óráig.", u"negyed óráig = 15m"},
    {u"hu", u"Főzzük néhány percig.", u""},
    // Russian
    {u"ru", u"Варить полчаса, затем полтора часа.", u"полчаса = 30m; полтора часа = 1h30m"},
    {u"ru", u"Варить минут 10, потом минут пять.", u"минут 10 = 10m; минут пять = 5m"},
    {u"ru", u"Выпекать минут 10–15.", u"минут 10–15 = 10m..15m"},
    {u"ru", u"Оставить на час.", u"час = 1h"},
    {u"ru", u"Варить два с половиной часа.", u"два с половиной часа = 2h30m"},
    {u"ru", u"Жарить пять-шесть минут.", u"пять-шесть минут = 5m..6m"},
    {u"ru", u"Выпекать 1 час 30 минут.", u"1 час 30 минут = 1h30m"},
    {u"ru", u"Двадцать пять минут в духовке.", u"Двадцать пять минут = 25m"},
    {u"ru", u"Варить несколько минут.", u""},
    // Turkish
    {u"tr", u"Yarım saat dinlendirin.", u"Yarım saat = 30m"},
    {u"tr", u"Bir buçuk saat bekletin.", u"Bir buçuk saat = 1h30m"},
    {u"tr", u"1 saat 30 dakika pişirin.", u"1 saat 30 dakika = 1h30m"},
    {u"tr", u"Yirmi beş dakika pişirin.", u"Yirmi beş dakika = 25m"},
    {u"tr", u"5 ila 10 dakika kaynatın.", u"5 ila 10 dakika = 5m..10m"},
    {u"tr", u"10-15 dk bekletin.", u"10-15 dk = 10m..15m"},
    {u"tr", u"Birkaç dakika kavurun.", u""},
    // Japanese
    {u"ja", u"弱火で10分煮ます。", u"10分 = 10m"},
    {u"ja", u"1時間半ねかせる。", u"1時間半 = 1h30m"},
    {u"ja", u"オーブンで１０分焼く。", u"１０分 = 10m"},
    {u"ja", u"30分〜1時間おく。", u"30分〜1時間 = 30m..1h"},
    {u"ja", u"中火で2〜3分炒める。", u"2〜3分 = 2m..3m"},
    {u"ja", u"三十分ほど煮る。", u"三十分 = 30m"},
    {u"ja", u"10分から15分煮る。", u"10分から15分 = 10m..15m"},
    {u"ja", u"2人分を半分に切り、十分に混ぜる。", u""},
    // Finnish
    {u"fi", u"Paista 20 minuuttia.", u"20 minuuttia = 20m"},
    {u"fi", u"Anna kohota puoli tuntia, sitten puolitoista tuntia.",
     u"puoli tuntia = 30m; puolitoista tuntia = 1h30m"},
    {u"fi", u"Keitä 5–10 min.", u"5–10 min = 5m..10m"},
    // Romanian
    {u"ro", u"Fierbeți 45 de minute.", u"45 de minute = 45m"},
    {u"ro", u"Lăsați o jumătate de oră.", u"o jumătate de oră = 30m"},
    {u"ro", u"Coaceți o oră și jumătate.", u"o oră și jumătate = 1h30m"},
    // Ukrainian
    {u"uk", u"Варити 5-7 хвилин.", u"5-7 хвилин = 5m..7m"},
    {u"uk", u"Залишити на пів години.", u"пів години = 30m"},
    {u"uk", u"Випікати півтори години.", u"півтори години = 1h30m"},
    // Greek
    {u"el", u"Ψήνουμε 30 λεπτά.", u"30 λεπτά = 30m"},
    {u"el", u"Αφήνουμε μισή ώρα.", u"μισή ώρα = 30m"},
    {u"el", u"Βράζουμε 1 ώρα και 15 λεπτά.", u"1 ώρα και 15 λεπτά = 1h15m"},
    // Chinese
    {u"zh-Hant", u"小火煮30分钟。", u"30分钟 = 30m"},
    {u"zh-Hant", u"再煮一個半小時。", u"一個半小時 = 1h30m"},
    {u"zh-Hant", u"放置半小时。", u"半小时 = 30m"},
    {u"zh-Hant", u"煮五分半鐘。", u"五分半鐘 = 5m30s"},
    // Korean
    {u"ko", u"30분간 끓인다.", u"30분간 = 30m"},
    {u"ko", u"약 1시간 30분 정도 둔다.", u"1시간 30분 = 1h30m"},
    {u"ko", u"2~3분 볶는다.", u"2~3분 = 2m..3m"},
};

QString languageOf(const char16_t *text, const char16_t *hint)
{
    const QList<TimeToken> tokens = timeTokens(QStringView(text));
    return lexiconFor(tokens, QStringView(hint)).words().languages.toString().section(u',', 0, 0);
}

} // namespace

class TimeLanguagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTimes_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("times");
        for (const Sentence &sentence : sentences) {
            const QString text = sentence.text.toString();
            QTest::newRow(text.toUtf8().constData())
                << sentence.language.toString() << text << sentence.times.toString();
        }
    }
    void findsTimes()
    {
        QFETCH(const QString, language);
        QFETCH(const QString, text);
        QTEST(shownTimes(text, language), "times");
    }

    void takesTheHintInDoubt()
    {
        QCOMPARE(languageOf(u"10 min", u"fr"), QStringLiteral("fr"));
        QCOMPARE(languageOf(u"10 min", u"de-AT"), QStringLiteral("de"));
        QCOMPARE(languageOf(u"10 min", u"NB"), QStringLiteral("no"));
        QCOMPARE(languageOf(u"10 min", u"tlh"), QStringLiteral("en"));
        QCOMPARE(languageOf(u"10 min", u""), QStringLiteral("en"));
    }

    void overridesAWrongHint()
    {
        QCOMPARE(languageOf(u"Bake for 10 minutes until the top is golden.", u"de"),
                 QStringLiteral("en"));
        QCOMPARE(languageOf(u"20 bis 25 Min", u"en"), QStringLiteral("de"));
        QCOMPARE(languageOf(u"Cuire pendant une heure dans le four", u"en"), QStringLiteral("fr"));
        QCOMPARE(languageOf(u"Varme opp ovnen og stek i 15 minutter til det er ferdig", u"no"),
                 QStringLiteral("no"));
    }

    void findsUnitsOfAnyLanguage()
    {
        QCOMPARE(
            shownTimes(QStringLiteral("Add the mangoes, then boil 10 Minuten with the lid on."),
                       QStringLiteral("en")),
            QStringLiteral("10 Minuten = 10m"));
        QCOMPARE(shownTimes(QStringLiteral("中火で 5 minuteほど炒めます。"), QStringLiteral("ja")),
                 QStringLiteral("5 minute = 5m"));
    }

    void keepsHomographsAtHome()
    {
        // A Danish hour is an English time.
        QCOMPARE(shownTimes(QStringLiteral("Do this 1 time and set the timer."), {}), QString());
        QVERIFY(!unitsAbroad().contains(QStringLiteral("time")));
        QCOMPARE(unitsAbroad().value(QStringLiteral("minuter")), 60);
        QVERIFY(!unitsAbroad().contains(QStringLiteral("h")));
    }

    void forgivesMissingAccents()
    {
        QCOMPARE(shownTimes(QStringLiteral("Funf Minuten ruhren und dann backen."),
                            QStringLiteral("de")),
                 QStringLiteral("Funf Minuten = 5m"));
        // … but "piec" is to bake, not five.
        QCOMPARE(shownTimes(QStringLiteral("Piec minutę."), QStringLiteral("pl")),
                 QStringLiteral("minutę = 1m"));
    }
};

QTEST_GUILESS_MAIN(TimeLanguagesTest)
#include "tst_timelanguages.moc"
