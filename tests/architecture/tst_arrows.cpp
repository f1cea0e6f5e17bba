// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

using Names = QSet<QString>;

Names names(const char *list)
{
    const QStringList words = QString::fromLatin1(list).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return Names(words.cbegin(), words.cend());
}

/// Who may include whom; src/README.md draws the same.
const QHash<QString, Names> Arrows{
    {QStringLiteral("base"), names("")},
    {QStringLiteral("recipes"), names("base")},
    {QStringLiteral("recipes/formats"), names("base recipes")},
    {QStringLiteral("timers"), names("base")},
    {QStringLiteral("identity"), names("base")},
    {QStringLiteral("supervision"), names("base")},
    {QStringLiteral("protocol"), names("base timers recipes")},
    {QStringLiteral("storage"), names("base timers recipes")},
    {QStringLiteral("timerserver"), names("base supervision timers storage")},
    {QStringLiteral("syncclient"), names("base identity supervision timers protocol storage")},
    {QStringLiteral("syncserver"),
     names("base identity timers recipes protocol storage supervision")},
    {QStringLiteral("ui"),
     names("base supervision timers recipes recipes/formats timerserver syncclient")},
    {QStringLiteral("app"),
     names(
         "base identity supervision timers recipes recipes/formats storage timerserver syncclient "
         "syncserver ui")},
};

/// Qt's graphical classes may be named only in ui/ and in the desktop program.
const QRegularExpression Graphical(QStringLiteral(
    "^Q(Application|GuiApplication|Widget|Painter|Icon|Pixmap|Image|Color|Font|Svg\\w*|Sound\\w*|"
    "Media\\w*|MainWindow|Dialog|Push\\w*|Label|Window|Style\\w*|Palette|Text(Document|Cursor)\\w*)"
    "$"));

/// The library of a path below the project: the longest that fits.
QString libraryOf(const QString &path)
{
    QString best;
    for (auto it = Arrows.cbegin(); it != Arrows.cend(); ++it)
        if (path.startsWith(it.key() + QLatin1Char('/')) && it.key().size() > best.size())
            best = it.key();
    return best;
}

struct Include {
    QString file;  ///< below src/, or ui/…
    QString named; ///< what stands between the quotes or angles
    bool ours = false;
};

QList<Include> includesOf(const QString &root, const QString &folder)
{
    static const QRegularExpression line(QStringLiteral("^#include ([\"<])([^\">]+)[\">]"),
                                         QRegularExpression::MultilineOption);
    QList<Include> all;
    QDirIterator files(root + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        QString below = file.fileName().mid(root.size());
        if (below.startsWith(QLatin1String("src/")))
            below.remove(0, 4);
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            all += {below, match.captured(2), match.captured(1) == QLatin1String("\"")};
        }
    }
    return all;
}

} // namespace

/// Compares every include with the allowed arrows.
class TestArrows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString root = QStringLiteral(SIMMER_SOURCE "/");
        m_includes =
            includesOf(root, QStringLiteral("src")) + includesOf(root, QStringLiteral("ui"));
        QVERIFY(m_includes.size() > 300);
    }
    void oursGoDownOnly();
    void graphicsStayInUi();
    void networkAndSqlStayInTheirRooms();

private:
    QList<Include> m_includes;
};

void TestArrows::oursGoDownOnly()
{
    QStringList wrong;
    for (const Include &include : std::as_const(m_includes)) {
        const QString from = libraryOf(include.file);
        const QString to = libraryOf(include.named);
        if (include.ours && !to.isEmpty() && from != to && !Arrows.value(from).contains(to))
            wrong += include.file + QStringLiteral(" → ") + include.named;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TestArrows::graphicsStayInUi()
{
    QStringList wrong;
    for (const Include &include : std::as_const(m_includes)) {
        const bool allowed = include.file.startsWith(QLatin1String("ui/")) ||
                             include.file.startsWith(QLatin1String("app/simmer/"));
        if (!allowed && !include.ours && Graphical.match(include.named).hasMatch())
            wrong += include.file + QStringLiteral(" → ") + include.named;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

void TestArrows::networkAndSqlStayInTheirRooms()
{
    QStringList wrong;
    for (const Include &include : std::as_const(m_includes)) {
        const QString from = libraryOf(include.file);
        const bool sql = include.named.startsWith(QLatin1String("QSql"));
        const bool socket = include.named == QLatin1String("QWebSocket") ||
                            include.named == QLatin1String("QTcpSocket") ||
                            include.named.startsWith(QLatin1String("boost/"));
        const bool openssl = include.named.startsWith(QLatin1String("openssl/"));
        if ((openssl && from != QLatin1String("identity") && from != QLatin1String("syncserver") &&
             include.file != QLatin1String("base/Sha256.cpp")) ||
            (sql && from != QLatin1String("storage")) ||
            (socket && from != QLatin1String("syncclient") && from != QLatin1String("syncserver")))
            wrong += include.file + QStringLiteral(" → ") + include.named;
        const bool bus = include.named.startsWith(QLatin1String("QDBus"));
        const bool web = include.named.startsWith(QLatin1String("QNetwork"));
        const bool sync =
            from == QLatin1String("syncclient") || from == QLatin1String("syncserver");
        const bool shown = include.file.endsWith(QLatin1String(".h")) &&
                           include.file != QLatin1String("syncserver/onlookers/HookCourier.h");
        if ((bus && !sync && from != QLatin1String("ui")) || ((bus || web) && sync && shown))
            wrong += include.file + QStringLiteral(" → ") + include.named;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TestArrows)
#include "tst_arrows.moc"
