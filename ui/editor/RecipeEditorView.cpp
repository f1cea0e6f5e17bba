// SPDX-License-Identifier: GPL-3.0-or-later
// What the editor shows where, and what keys and drops do to it.
#include "editor/AboutPane.h"
#include "editor/EditorTab.h"
#include "editor/LinesEdit.h"
#include "editor/PhotoIntake.h"
#include "editor/RecipeEditor.h"
#include "editor/StepsPage.h"
#include "editor/TimesPane.h"
#include "widgets/FlatButton.h"

#include <QDropEvent>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int AboutWidth = 286;
constexpr int TimesWidth = 328;
constexpr int TimesHeight = 260;
// Below that the times stand under the steps; below the other, what a recipe is has a tab.
constexpr int TimesBelow = 1080;
constexpr int AboutTabBelow = 800;

using Field = TextPlace::Field;

bool isSave(const QKeyEvent &event)
{
    return event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_S;
}

} // namespace

void RecipeEditor::focusFirst()
{
    if (m_manuscript->isNew()) {
        reveal({Field::Title});
        m_about->title()->setFocus(Qt::OtherFocusReason);
        return;
    }
    showPage(Steps);
    if (!m_manuscript->now().lines.isEmpty())
        m_steps->column()->focusLine(m_manuscript->now().lines.constFirst().key);
}

void RecipeEditor::showPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_tabs.value(page)->setChecked(true);
    fit();
}

void RecipeEditor::showCounts()
{
    const recipes::EditedRecipe &now = m_manuscript->now();
    const auto steps = std::count_if(now.lines.cbegin(), now.lines.cend(),
                                     [](const auto &line) { return line.isStep(); });
    const QList<QStringView> lines = QStringView(now.ingredients).split(u'\n');
    const auto ingredients = std::count_if(
        lines.cbegin(), lines.cend(), [](QStringView line) { return !line.trimmed().isEmpty(); });
    m_tabs.value(Steps)->setCount(int(steps));
    m_tabs.value(Ingredients)->setCount(int(ingredients));
}

/// Undo and redo show what they did; typing is in sight anyway.
void RecipeEditor::reveal(const TextPlace &place)
{
    const QWidget *focus = focusWidget();
    const auto *edit = qobject_cast<const ManuscriptEdit *>(focus);
    if (edit && edit->hasFocus() && edit->place() == place)
        return;
    switch (place.field) {
    case Field::Notes:
        showPage(Notes);
        return m_notes->setFocus(Qt::OtherFocusReason);
    case Field::Ingredients:
        showPage(Ingredients);
        return m_ingredients->setFocus(Qt::OtherFocusReason);
    case Field::Line:
        showPage(Steps);
        return;
    case Field::Title:
    case Field::Summary:
    case Field::Yields:
    case Field::Source:
    case Field::Language:
        if (width() < AboutTabBelow)
            showPage(About);
    }
}

/// Three columns; the times below; all in tabs.
void RecipeEditor::fit()
{
    const bool hasAboutTab = width() < AboutTabBelow;
    QWidget *holder = m_pages->widget(About);
    if (hasAboutTab && m_about->parentWidget() != holder) {
        holder->layout()->addWidget(m_about);
        m_about->setMinimumWidth(0);
        m_about->setMaximumWidth(QWIDGETSIZE_MAX);
        m_about->show();
    } else if (!hasAboutTab && m_about->parentWidget() != this) {
        m_columns->insertWidget(0, m_about);
        m_about->show();
        if (m_pages->currentIndex() == About)
            showPage(Steps);
    }
    if (!hasAboutTab)
        m_about->setFixedWidth(AboutWidth);
    m_tabs.value(About)->setVisible(hasAboutTab);
    const bool isBelow = width() < TimesBelow;
    auto *column = static_cast<QVBoxLayout *>(m_middle->layout());
    if (isBelow && m_times->parentWidget() != m_middle) {
        column->addWidget(m_times);
        m_times->setMinimumWidth(0);
        m_times->setMaximumWidth(QWIDGETSIZE_MAX);
        m_times->setFixedHeight(TimesHeight);
    } else if (!isBelow && m_times->parentWidget() != this) {
        m_columns->addWidget(m_times);
        m_times->setMinimumHeight(0);
        m_times->setMaximumHeight(QWIDGETSIZE_MAX);
    }
    if (!isBelow)
        m_times->setFixedWidth(TimesWidth);
    m_times->setVisible(m_pages->currentIndex() == Steps);
}

/// The window may have other meanings for these keys.
bool RecipeEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        if (isSave(key) || key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo)) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void RecipeEditor::keyPressEvent(QKeyEvent *event)
{
    if (isSave(*event))
        return save();
    if (!undoByKey(*m_manuscript, *event))
        QWidget::keyPressEvent(event);
}

void RecipeEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void RecipeEditor::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_intake && PhotoIntake::isTaken(*event->mimeData()))
        event->acceptProposedAction();
}

void RecipeEditor::dropEvent(QDropEvent *event)
{
    if (m_intake && m_intake->take(*event->mimeData()))
        event->acceptProposedAction();
}

} // namespace simmer::ui
