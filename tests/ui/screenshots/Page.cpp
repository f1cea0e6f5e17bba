// SPDX-License-Identifier: GPL-3.0-or-later
// The recipe page with photo, scaled amounts and notes; and the recipe on paper.
#include "forms/MainWindow.h"
#include "recipe/RecipePaper.h"
#include "screenshots/Dinner.h"
#include "screenshots/Paint.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QRadialGradient>
#include <QTest>

namespace simmer::screenshots {

namespace {

/// A picture that can be told from a cover: nobody's photo may lie in the tree.
QByteArray photoOfSoup()
{
    QImage picture(1600, 1000, QImage::Format_RGB32);
    QPainter painter(&picture);
    QLinearGradient table({0, 0}, {1600, 1000});
    table.setColorAt(0, QColor(0x5b, 0x41, 0x2c));
    table.setColorAt(1, QColor(0x8c, 0x6a, 0x48));
    painter.fillRect(picture.rect(), table);
    QRadialGradient soup({800, 500}, 380, {740, 430});
    soup.setColorAt(0, QColor(0xf2, 0xb0, 0x4a));
    soup.setColorAt(1, QColor(0xb8, 0x56, 0x1c));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0xee, 0xe9, 0xe0), 40));
    painter.setBrush(soup);
    painter.drawEllipse(QPointF(800, 500), 400, 400);
    painter.end();
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    picture.save(&bytes, "jpeg", 90);
    return bytes.data();
}

void paintPaper(const recipes::Recipe &recipe, const QString &folder, const QString &name)
{
    QFile pdf(QDir(folder).filePath(name + QStringLiteral(".pdf")));
    if (!pdf.open(QIODevice::WriteOnly) ||
        pdf.write(ui::recipePdf(recipe, recipes::Fraction::of(3, 2))) <= 0)
        qFatal("cannot write %s", qPrintable(pdf.fileName()));
    const QSize a4(595, 842);
    QImage sheet(a4 * 2, QImage::Format_RGB32);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    painter.scale(2, 2);
    painter.translate(48, 48);
    ui::RecipePaper(recipe, recipes::Fraction::of(3, 2), a4 - QSize(96, 96)).paint(painter, 0);
    painter.end();
    sheet.save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

} // namespace

void paintPage(ui::Theme &theme, const QString &folder)
{
    Samples samples = fakes::sampleRecipes();
    recipes::Recipe &roast = samples[QStringLiteral("roast-chicken")];
    recipes::Recipe &soup = samples[QStringLiteral("kartoffelsuppe")];
    const QByteArray photo = photoOfSoup();
    soup.photos = {BlobHash::of(photo)};
    soup.notes = QStringLiteral("Mit geräucherter Paprika besser.\nOma nimmt mehlige Kartoffeln.");
    roast.isFavourite = true;
    roast.notes = QStringLiteral("Less salt. 10 min longer for the big tin.");
    fakes::UiKitchen kitchen;
    for (const recipes::Recipe &recipe : std::as_const(samples))
        kitchen.addRecipe(recipe);
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    kitchen.bringPhotos(window.photos());
    kitchen.open();
    kitchen.keepPhoto(photo);
    kitchen.cooking().setScale(roast.id, {3, 2});
    kitchen.cooking().setScale(soup.id, {2, 3});
    if (!QTest::qWaitFor([&] { return kitchen.cooking().current(soup.id).has_value(); },
                         PatienceMs))
        qFatal("the scale was not kept");
    for (const auto &[recipe, name] :
         {std::pair(roast.id, "page-scaled"), {soup.id, "page-photo"}}) {
        window.openRecipe(recipe);
        if (!QTest::qWaitFor(
                [&] {
                    return recipe != soup.id ||
                           !window.photos()
                                .atHand(soup.photos.constFirst(), ui::PhotoSize::Large)
                                .isNull();
                },
                PatienceMs))
            qFatal("no photo came");
        saveAll(theme, window, {1440, 1100}, folder, QLatin1String(name));
        saveAll(theme, window, {700, 1100}, folder, QLatin1String(name) + QStringLiteral("-700"));
    }
    paintPaper(roast, folder, QStringLiteral("paper-roast"));
    paintPaper(soup, folder, QStringLiteral("paper-suppe"));
}

} // namespace simmer::screenshots
