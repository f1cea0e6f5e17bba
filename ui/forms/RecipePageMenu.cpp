// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of the recipe page, and what leaves it on paper.
#include "forms/RecipePage.h"
#include "recipe/RecipeBar.h"
#include "recipe/RecipePaper.h"
#include "recipe/RecipeWords.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QPrintDialog>
#include <QPrinter>
#include <QSaveFile>
#include <QShortcut>
#include <QStandardPaths>

#include <memory>

namespace simmer::ui {

void RecipePage::makeMenu()
{
    const auto add = [this](const QString &text, const QKeySequence &key, auto action) {
        QAction *entry = m_bar->menu()->addAction(text, this, action);
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(entry); // so that its key works while the menu is closed
    };
    const auto keys = [](Qt::KeyboardModifiers modifiers, Qt::Key key) {
        return QKeySequence(QKeyCombination(modifiers, key));
    };
    add(tr("&Favourite"), keys(Qt::ControlModifier, Qt::Key_D), &RecipePage::toggleFavourite);
    add(tr("&Copy as text"), keys(Qt::ControlModifier, Qt::Key_C), &RecipePage::copyAsText);
    m_bar->menu()->addSeparator();
    add(tr("&Print…"), keys(Qt::ControlModifier, Qt::Key_P), &RecipePage::print);
    add(tr("&Save as PDF…"), {}, &RecipePage::askForPdf);
    const auto quick = [&](Qt::Key key, auto action) {
        auto *shortcut = new QShortcut(keys(Qt::ControlModifier, key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
    };
    quick(Qt::Key_Up, [this] { stepServings(true); });
    quick(Qt::Key_Down, [this] { stepServings(false); });
    for (const Qt::Key enter : {Qt::Key_Return, Qt::Key_Enter})
        quick(enter, [this] {
            if (isOpen())
                Q_EMIT cookWished(m_recipe);
        });
}

void RecipePage::offerSounds()
{
    m_bar->menu()->addSeparator();
    m_bar->menu()->addAction(tr("&Sound of its rings…"), this, [this] {
        if (isOpen())
            Q_EMIT soundWished(m_recipe);
    });
}

void RecipePage::askForPdf()
{
    if (!isOpen())
        return;
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    auto *dialog = new QFileDialog(this, tr("Save as PDF"), folder.path(), tr("PDF (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(RecipeWords::fileName(m_sheet->recipe()) + QStringLiteral(".pdf"));
    connect(dialog, &QFileDialog::fileSelected, this, &RecipePage::savePdf);
    dialog->open();
}

/// In a thread: a recipe of a thousand lines takes its time.
void RecipePage::savePdf(const QString &file)
{
    if (!isOpen())
        return;
    m_writer.start([this, file, recipe = m_sheet->recipe(), by = factor()] {
        const QByteArray pdf = recipePdf(recipe, by);
        QSaveFile onDisk(file);
        const bool isSaved = !pdf.isEmpty() && onDisk.open(QIODevice::WriteOnly) &&
                             onDisk.write(pdf) == pdf.size() && onDisk.commit();
        const QString sentence = isSaved ? tr("Saved as %1.").arg(file)
                                         : tr("%1 was not saved: %2. Choose another folder.")
                                               .arg(file, onDisk.errorString());
        QMetaObject::invokeMethod(this, [this, sentence] { Q_EMIT told(sentence); });
    });
}

void RecipePage::print()
{
    if (!isOpen())
        return;
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setDocName(m_sheet->recipe().title);
    auto *dialog = new QPrintDialog(printer.get(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QAbstractPrintDialog::PrintToFile, true);
    connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this,
            [this, printer, recipe = m_sheet->recipe(), by = factor()] {
                if (!printRecipe(recipe, by, *printer))
                    Q_EMIT told(tr("%1 was not printed. Is the printer on?").arg(recipe.title));
            });
    dialog->open();
}

} // namespace simmer::ui
