// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/CompareDialog.h"

#include "editor/DiffView.h"
#include "editor/EditorWords.h"
#include "recipes/editing/FieldMerge.h"
#include "theme/Type.h"
#include "widgets/Panel.h"
#include "widgets/Segments.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int LineHeight = 34;

} // namespace

CompareDialog::CompareDialog(const recipes::Recipe &mine, const recipes::Recipe &theirs,
                             const QStringList &fields, const QString &writer, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Compare"));
    resize(820, 560);
    const QString other = writer.isEmpty() ? tr("The other one") : tr("%1’s").arg(writer);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(24, 20, 24, 20);
    whole->setSpacing(12);
    whole->addWidget(
        new InkLabel(displayFont(20), InkLabel::Ink::Full, tr("Both of you changed this")));
    auto *note = new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                              tr("What you do not take stays in the recipe’s history."));
    note->setWordWrap(true);
    whole->addWidget(note);
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(10);
    for (const QString &field : fields) {
        const QString name = EditorWords::field(field);
        auto *row = new QHBoxLayout;
        row->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full,
                                    name.left(1).toUpper() + name.mid(1)));
        row->addStretch(1);
        auto *choice = new Segments;
        choice->add(0, tr("Keep yours"));
        choice->add(1, tr("Take %1").arg(other));
        choice->choose(0);
        choice->setAccessibleName(name);
        m_choices.insert(field, choice);
        row->addWidget(choice);
        column->addLayout(row);
        const QStringList yours = EditorWords::lines(field, recipes::fieldOf(mine, field));
        const QStringList others = EditorWords::lines(field, recipes::fieldOf(theirs, field));
        auto *view = new DiffView;
        view->show(tr("Yours"), yours, other, others);
        const auto lines = std::max(yours.size(), others.size()) + 1;
        view->setMinimumHeight(LineHeight * int(std::clamp<qsizetype>(lines, 3, 10)));
        column->addWidget(view);
    }
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(inside);
    whole->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Later"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    buttons->addButton(tr("Go on with these"), QDialogButtonBox::AcceptRole)->setDefault(true);
    whole->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QStringList CompareDialog::taken() const
{
    QStringList fields;
    for (auto it = m_choices.cbegin(); it != m_choices.cend(); ++it)
        if (it.value()->chosen() == 1)
            fields += it.key();
    return fields;
}

} // namespace simmer::ui
