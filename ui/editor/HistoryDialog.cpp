// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/HistoryDialog.h"

#include "editor/DiffView.h"
#include "editor/EditorWords.h"
#include "recipes/RecipeCodec.h"
#include "recipes/editing/FieldMerge.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "widgets/TwoLineDelegate.h"
#include "words/Words.h"

#include <QHBoxLayout>
#include <QListWidget>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int ListWidth = 300;

QString sentence(const QString &words)
{
    return words.left(1).toUpper() + words.mid(1);
}

QString titleOf(const recipes::RecipeBook &book, const RecipeId &id)
{
    if (const auto here = book.recipes().constFind(id); here != book.recipes().cend())
        return here->title;
    const auto known = lastKnown(id, book.history(id));
    return known ? known->title : QString();
}

void inTwoLines(QListWidget &list)
{
    list.setItemDelegate(new TwoLineDelegate(&list));
    list.setFrameShape(QFrame::NoFrame);
    list.setMouseTracking(true);
    list.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
}

QListWidgetItem *addRow(QListWidget &list, const QString &what, const QString &rest)
{
    auto *item = new QListWidgetItem(what, &list);
    item->setData(TwoLineDelegate::SecondRole, rest);
    item->setData(Qt::AccessibleTextRole, QString(what + QStringLiteral(", ") + rest));
    return item;
}

} // namespace

Expected<recipes::Recipe> lastKnown(const RecipeId &id, const QList<recipes::Edit> &history)
{
    QJsonObject fields;
    for (const recipes::Edit &edit : history) {
        if (edit.field.isEmpty())
            continue;
        if (edit.value.isNull())
            fields.remove(edit.field);
        else
            fields.insert(edit.field, edit.value);
    }
    return recipes::recipeFromJson(id, fields);
}

HistoryDialog::HistoryDialog(recipes::RecipeBook &book, const RecipeId &recipe, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_recipe(recipe)
    , m_list(new QListWidget)
    , m_headline(new InkLabel(displayFont(17), InkLabel::Ink::Full))
    , m_fate(new InkLabel(textFont(14), InkLabel::Ink::Secondary))
    , m_diff(new DiffView)
    , m_back(new FlatButton(QLatin1String("undo"), tr("Bring back")))
{
    setWindowTitle(tr("History of “%1”").arg(titleOf(book, recipe)));
    resize(980, 620);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_list->setFixedWidth(ListWidth);
    inTwoLines(*m_list);
    m_list->setAccessibleName(tr("Edits, the newest first"));
    auto *edits = new QVBoxLayout;
    edits->setContentsMargins(8, 12, 8, 12);
    edits->addWidget(m_list);
    row->addLayout(edits);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(8);
    m_headline->setWordWrap(true);
    column->addWidget(m_headline);
    m_fate->setWordWrap(true);
    column->addWidget(m_fate);
    column->addWidget(m_diff, 1);
    auto *buttons = new QHBoxLayout;
    auto *close = new FlatButton({}, tr("Close"));
    close->setRole(FlatButton::Role::Outlined);
    m_back->setRole(FlatButton::Role::Filled);
    m_back->setToolTip(tr("Writes this value into the recipe again, as a new edit"));
    buttons->addStretch(1);
    buttons->addWidget(close);
    buttons->addWidget(m_back);
    column->addLayout(buttons);
    row->addLayout(column, 1);
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(m_back, &QAbstractButton::clicked, this, &HistoryDialog::bringBack);
    connect(m_list, &QListWidget::currentRowChanged, this, &HistoryDialog::showEdit);
    const auto again = [this, recipe](const RecipeId &changed) {
        if (changed == recipe)
            fill();
    };
    connect(&book, &recipes::RecipeBook::recipeChanged, this,
            [again](const recipes::Recipe &changed) { again(changed.id); });
    connect(&book, &recipes::RecipeBook::recipeRemoved, this, again);
    connect(&book, &recipes::RecipeBook::notSaved, this,
            [this, recipe](const RecipeId &failed, const Error &error) {
                if (failed == recipe)
                    m_fate->setText(Words::trouble(error));
            });
    fill();
}

void HistoryDialog::fill()
{
    const int row = std::max(0, m_list->currentRow());
    m_edits = m_book.history(m_recipe);
    std::reverse(m_edits.begin(), m_edits.end());
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const recipes::Edit &edit : std::as_const(m_edits)) {
        const QString what =
            edit.field.isEmpty() ? tr("Removed") : sentence(EditorWords::field(edit.field));
        QString second = tr("%1, %2").arg(edit.cook, EditorWords::moment(edit.kt));
        if (edit.fate == recipes::Edit::Fate::Lost)
            second += QStringLiteral(" · ") + tr("lost");
        addRow(*m_list, what, second);
    }
    const int kept = std::min(row, m_list->count() - 1);
    m_list->setCurrentRow(kept);
    showEdit(kept);
}

QJsonValue HistoryDialog::before(qsizetype at) const
{
    for (qsizetype i = at + 1; i < m_edits.size(); ++i)
        if (m_edits.at(i).field == m_edits.at(at).field)
            return m_edits.at(i).value;
    return {};
}

QString HistoryDialog::standing(const QString &field) const
{
    for (const recipes::Edit &edit : m_edits)
        if (edit.field == field && edit.fate == recipes::Edit::Fate::Stands)
            return edit.cook;
    return {};
}

void HistoryDialog::showEdit(int row)
{
    m_back->setEnabled(false);
    if (row < 0 || row >= m_edits.size()) {
        m_headline->setText(tr("Nothing was written yet."));
        return;
    }
    const recipes::Edit &edit = m_edits.at(row);
    const QString when = EditorWords::moment(edit.kt);
    if (edit.field.isEmpty()) {
        m_headline->setText(tr("%1 removed the recipe, %2").arg(edit.cook, when));
        m_fate->setText(sentence(EditorWords::fate(edit, {})) + QLatin1Char('.'));
        m_diff->show(tr("Before"), {}, tr("After"), {});
        return;
    }
    m_headline->setText(tr("%1 wrote %2, %3").arg(edit.cook, EditorWords::field(edit.field), when));
    m_fate->setText(sentence(EditorWords::fate(edit, standing(edit.field))) + QLatin1Char('.'));
    m_diff->show(tr("Before"), EditorWords::lines(edit.field, before(row)), tr("After"),
                 EditorWords::lines(edit.field, edit.value));
    const auto here = m_book.recipes().constFind(m_recipe);
    m_back->setEnabled(here == m_book.recipes().cend() ||
                       recipes::fieldOf(*here, edit.field) != edit.value);
}

/// As an edit of its own, so that this too can be brought back.
void HistoryDialog::bringBack()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    const recipes::Edit edit = m_edits.at(row);
    const auto here = m_book.recipes().constFind(m_recipe);
    const bool isRemoved = here == m_book.recipes().cend();
    const auto base = isRemoved ? lastKnown(m_recipe, m_book.history(m_recipe))
                                : Expected<recipes::Recipe>(*here);
    const auto now = base ? recipes::withValue(*base, edit.field, edit.value) : base;
    if (!now) {
        m_fate->setText(EditorWords::notSaved(now.error()));
        return;
    }
    m_list->setCurrentRow(0);
    if (isRemoved)
        m_book.save(*now);
    else
        m_book.edit(*base, *now);
}

RemovedDialog::RemovedDialog(recipes::RecipeBook &book, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_list(new QListWidget)
    , m_nothing(new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                             tr("No recipe was removed from this kitchen.")))
    , m_back(new FlatButton(QLatin1String("undo"), tr("Bring back")))
    , m_history(new FlatButton(QLatin1String("recent"), tr("History…")))
{
    setWindowTitle(tr("Removed recipes"));
    resize(560, 460);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(new InkLabel(displayFont(20), InkLabel::Ink::Full, tr("Removed recipes")));
    m_nothing->setWordWrap(true);
    column->addWidget(m_nothing);
    inTwoLines(*m_list);
    m_list->setAccessibleName(tr("Removed recipes"));
    column->addWidget(m_list, 1);
    auto *buttons = new QHBoxLayout;
    auto *close = new FlatButton({}, tr("Close"));
    close->setRole(FlatButton::Role::Outlined);
    m_history->setRole(FlatButton::Role::Outlined);
    m_back->setRole(FlatButton::Role::Filled);
    buttons->addWidget(m_history);
    buttons->addStretch(1);
    buttons->addWidget(close);
    buttons->addWidget(m_back);
    column->addLayout(buttons);
    const auto chosen = [this] {
        return m_list->currentItem()->data(Qt::UserRole).value<RecipeId>();
    };
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
    connect(m_history, &QAbstractButton::clicked, this, [this, chosen] {
        auto *dialog = new HistoryDialog(m_book, chosen(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(m_back, &QAbstractButton::clicked, this, [this, chosen] {
        const auto recipe = lastKnown(chosen(), m_book.history(chosen()));
        if (recipe)
            m_book.save(*recipe);
    });
    connect(&book, &recipes::RecipeBook::recipeRemoved, this, &RemovedDialog::fill);
    connect(&book, &recipes::RecipeBook::recipeChanged, this,
            [this](const recipes::Recipe &recipe) {
                for (int i = 0; i < m_list->count(); ++i)
                    if (m_list->item(i)->data(Qt::UserRole).value<RecipeId>() == recipe.id) {
                        fill();
                        return Q_EMIT broughtBack(recipe.id);
                    }
            });
    fill();
}

void RemovedDialog::fill()
{
    m_list->clear();
    QList<std::pair<recipes::Edit, RecipeId>> gone;
    const QList<RecipeId> removed = m_book.removed();
    for (const RecipeId &id : removed) {
        const QList<recipes::Edit> history = m_book.history(id);
        const auto last =
            std::find_if(history.crbegin(), history.crend(),
                         [](const recipes::Edit &edit) { return edit.field.isEmpty(); });
        if (last != history.crend() && lastKnown(id, history))
            gone.append({*last, id});
    }
    std::sort(gone.begin(), gone.end(),
              [](const auto &a, const auto &b) { return a.first.kt > b.first.kt; });
    for (const auto &[edit, id] : std::as_const(gone)) {
        auto *item = addRow(*m_list, EditorWords::untitled(titleOf(m_book, id)),
                            tr("removed by %1, %2").arg(edit.cook, EditorWords::moment(edit.kt)));
        item->setData(Qt::UserRole, QVariant::fromValue(id));
    }
    m_list->setCurrentRow(gone.isEmpty() ? -1 : 0);
    m_nothing->setVisible(gone.isEmpty());
    m_list->setVisible(!gone.isEmpty());
    m_back->setEnabled(!gone.isEmpty());
    m_history->setEnabled(!gone.isEmpty());
}

} // namespace simmer::ui
