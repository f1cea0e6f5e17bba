// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/ImportDialog.h"

#include "theme/Type.h"
#include "widgets/Panel.h"
#include "words/Words.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace simmer::ui {

ImportDialog::ImportDialog(const QStringList &files, recipes::RecipeBook &book, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_job(files)
    , m_headline(new InkLabel(displayFont(20), InkLabel::Ink::Full,
                              tr("Importing %n file(s)", nullptr, int(files.size()))))
    , m_current(new InkLabel(textFont(14), InkLabel::Ink::Secondary))
    , m_progress(new QProgressBar)
    , m_troubles(new QListWidget)
{
    setWindowTitle(tr("Import recipes"));
    setMinimumWidth(520);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(m_headline);
    m_current->setElided(true);
    column->addWidget(m_current);
    m_progress->setRange(0, int(files.size()));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_progress->setAccessibleName(tr("Files read"));
    column->addWidget(m_progress);
    m_troubles->setAccessibleName(tr("Files that could not be imported"));
    m_troubles->setWordWrap(true);
    m_troubles->setMinimumHeight(140);
    m_troubles->setFrameShape(QFrame::NoFrame);
    m_troubles->setSpacing(4);
    m_troubles->setSelectionMode(QAbstractItemView::NoSelection);
    m_troubles->hide();
    column->addWidget(m_troubles, 1);
    column->addStretch(0);
    auto *buttons = new QDialogButtonBox;
    m_button = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, [this] {
        m_job.cancel();
        if (m_concluded)
            accept();
    });
    connect(this, &QDialog::rejected, &m_job, &ImportJob::cancel);
    connect(&m_job, &ImportJob::reading, this, &ImportDialog::showProgress);
    connect(&m_job, &ImportJob::fileRead, this,
            [this](const QString &, const QList<recipes::Recipe> &recipes) { take(recipes); });
    connect(&m_job, &ImportJob::fileFailed, this, [this](const QString &file, const Error &error) {
        list(QFileInfo(file).fileName(), Words::trouble(error));
    });
    connect(&m_job, &ImportJob::finished, this, [this] {
        m_allRead = true;
        concludeIfDone();
    });
    connect(&book, &recipes::RecipeBook::recipeChanged, this,
            [this](const recipes::Recipe &recipe) {
                if (!m_saving.contains(recipe.id))
                    return;
                if (m_saved++ == 0)
                    m_first = recipe.id;
                settled(recipe.id);
            });
    connect(&book, &recipes::RecipeBook::notSaved, this,
            [this](const RecipeId &recipe, const Error &error) {
                if (m_saving.contains(recipe))
                    list(tr("A recipe"), Words::trouble(error));
                settled(recipe);
            });
    m_job.start();
}

void ImportDialog::showProgress(int number, const QString &file)
{
    m_progress->setValue(number - 1);
    m_current->setText(QFileInfo(file).fileName());
}

void ImportDialog::take(const QList<recipes::Recipe> &recipes)
{
    for (const recipes::Recipe &recipe : recipes) {
        m_saving.insert(recipe.id);
        m_book.saveImported(recipe);
    }
}

void ImportDialog::list(const QString &name, const QString &trouble)
{
    ++m_failed;
    m_troubles->addItem(name + QStringLiteral(": ") + trouble);
    m_troubles->show();
}

void ImportDialog::settled(const RecipeId &recipe)
{
    m_saving.remove(recipe);
    concludeIfDone();
}

void ImportDialog::concludeIfDone()
{
    if (!m_allRead || !m_saving.isEmpty() || m_concluded)
        return;
    m_concluded = true;
    m_progress->setValue(m_progress->maximum());
    m_current->clear();
    Q_EMIT imported(m_first, m_saved);
    if (m_failed == 0)
        return accept();
    m_headline->setText(tr("%n recipe(s) imported", nullptr, m_saved) + QStringLiteral(", ") +
                        tr("%n file(s) could not be read", nullptr, m_failed));
    m_button->setText(tr("Close"));
}

} // namespace simmer::ui
