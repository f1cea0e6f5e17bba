// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Cooklang.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace simmer::recipes::formats::cooklang;

namespace {

constexpr int CanonicalTests = 60; ///< of version 7

QJsonValue json(const Quantity &quantity)
{
    const double *number = std::get_if<double>(&quantity);
    return number ? QJsonValue(*number) : QJsonValue(std::get<QString>(quantity));
}

QString typeName(ItemKind kind)
{
    switch (kind) {
    case ItemKind::Text:
        return u"text"_s;
    case ItemKind::Ingredient:
        return u"ingredient"_s;
    case ItemKind::Cookware:
        return u"cookware"_s;
    case ItemKind::Timer:
        return u"timer"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject json(const Item &item)
{
    if (item.kind == ItemKind::Text)
        return {{u"type"_s, typeName(item.kind)}, {u"value"_s, item.name}};
    return {{u"type"_s, typeName(item.kind)},
            {u"name"_s, item.name},
            {u"quantity"_s, json(item.quantity)},
            {u"units"_s, item.units}};
}

/// The canonical form of a document, as the tests' results are written.
QJsonObject json(const Document &document)
{
    QJsonArray steps;
    for (const Step &step : document.steps) {
        QJsonArray items;
        for (const Item &item : step.items)
            items.append(json(item));
        steps.append(items);
    }
    QJsonObject metadata;
    for (const Entry &entry : document.metadata)
        metadata.insert(entry.key, entry.values.join(u", "_s));
    return {{u"steps"_s, steps}, {u"metadata"_s, metadata}};
}

/// Some results leave out the empty units that others of the same kind name.
QJsonObject withUnits(const QJsonObject &result)
{
    QJsonArray steps;
    const QJsonArray before = result.value("steps"_L1).toArray();
    for (const QJsonValue &step : before) {
        QJsonArray items;
        const QJsonArray given = step.toArray();
        for (const QJsonValue &value : given) {
            QJsonObject item = value.toObject();
            if (item.value("type"_L1) != "text"_L1 && !item.contains("units"_L1))
                item.insert("units"_L1, QString());
            items.append(item);
        }
        steps.append(items);
    }
    return {{u"steps"_s, steps}, {u"metadata"_s, result.value("metadata"_L1)}};
}

} // namespace

class TestCooklangCanonical : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passesAll();
};

void TestCooklangCanonical::passesAll()
{
    QFile file(QStringLiteral(SIMMER_SHARED_DATA "/cooklang_canonical/canonical.json"));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("the canonical Cooklang tests are not beside the checkout");
    const QJsonObject tests =
        QJsonDocument::fromJson(file.readAll()).object().value("tests"_L1).toObject();
    int passed = 0;
    for (auto test = tests.begin(); test != tests.end(); ++test) {
        const QJsonObject given = test->toObject();
        const QJsonObject result = json(parse(given.value("source"_L1).toString()));
        if (result == withUnits(given.value("result"_L1).toObject()))
            ++passed;
        else
            qInfo().noquote() << test.key() << QJsonDocument(result).toJson();
    }
    qInfo().noquote() << u"canonical Cooklang tests: %1/%2"_s.arg(passed).arg(tests.size());
    QCOMPARE(int(tests.size()), CanonicalTests);
    QCOMPARE(passed, CanonicalTests);
}

QTEST_GUILESS_MAIN(TestCooklangCanonical)
#include "tst_cooklang_canonical.moc"
