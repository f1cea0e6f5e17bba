// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/RecipeReader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer::recipes;

namespace {

const QString Data = QStringLiteral(SIMMER_SHARED_DATA);

constexpr double Wanted = 0.97; ///< of the fields that a plain extractor can reach

void insert(QJsonObject &line, const QString &key, const std::optional<int> &minutes)
{
    if (minutes)
        line.insert(key, *minutes);
}

QJsonObject prediction(const Recipe &recipe)
{
    QJsonObject line{{u"title"_s, recipe.title},
                     {u"ingredients"_s, QJsonArray::fromStringList(recipe.ingredients)},
                     {u"instructions_list"_s, QJsonArray::fromStringList(instructionLines(recipe))},
                     {u"yields"_s, recipe.yields}};
    insert(line, u"prep_time"_s, recipe.prepMinutes);
    insert(line, u"cook_time"_s, recipe.cookMinutes);
    insert(line, u"total_time"_s, recipe.totalMinutes);
    return line;
}

QByteArray predictions(QFile &index)
{
    QByteArray lines;
    while (!index.atEnd()) {
        const QJsonObject entry = QJsonDocument::fromJson(index.readLine()).object();
        const auto recipes = formats::readFile(Data + u'/' + entry.value("file"_L1).toString());
        QJsonObject line = recipes ? prediction(recipes->first()) : QJsonObject();
        line.insert(u"id"_s, entry.value("id"_L1));
        lines += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    }
    return lines;
}

} // namespace

/// Real saved pages, scored by the script that lies beside them.
class TestPagesScored : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesItsFields();
};

void TestPagesScored::reachesItsFields()
{
    QFile index(Data + u"/pages/index.jsonl"_s);
    const QString python = QStandardPaths::findExecutable(u"python3"_s);
    if (!index.open(QIODevice::ReadOnly) || python.isEmpty())
        QSKIP("the saved pages are not beside the checkout, or python3 is missing");
    QTemporaryDir folder;
    QFile file(folder.filePath(u"predictions.jsonl"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(predictions(index));
    file.close();

    QProcess scorer;
    scorer.start(python, {Data + u"/scorer.py"_s, u"pages"_s, Data + u"/pages"_s, u"--pred"_s,
                          file.fileName()});
    QVERIFY(scorer.waitForFinished(120000));
    const QString report = QString::fromUtf8(scorer.readAllStandardOutput());
    QVERIFY2(scorer.exitCode() == 0, scorer.readAllStandardError().constData());
    const QString last = report.trimmed().section(u'\n', -1);
    qInfo().noquote() << last;

    static const QRegularExpression field(uR"((\w+) (\d+)/(\d+)=)"_s);
    int fields = 0;
    for (auto matches = field.globalMatch(last); matches.hasNext(); ++fields) {
        const auto match = matches.next();
        const double share = match.captured(2).toDouble() / match.captured(3).toDouble();
        QVERIFY2(share >= Wanted, qPrintable(match.captured(0)));
    }
    QVERIFY2(fields >= 6, qPrintable(report));
}

QTEST_GUILESS_MAIN(TestPagesScored)
#include "tst_pages_scored.moc"
