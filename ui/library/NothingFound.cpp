// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/NothingFound.h"

#include "models/LibraryModel.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/LibraryWords.h"

#include <QVBoxLayout>

namespace simmer::ui {

NothingFound::NothingFound(LibraryModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_text(new InkLabel(textFont(14), InkLabel::Ink::Secondary))
    , m_wayOut(new FlatButton({}, {}))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 12, 18, 12);
    column->setSpacing(12);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_text);
    m_wayOut->setRole(FlatButton::Role::Outlined);
    column->addWidget(m_wayOut, 0, Qt::AlignLeft);
    column->addStretch();
    connect(m_wayOut, &QAbstractButton::clicked, this, [this] { m_model.choose({}); });
    connect(&model, &LibraryModel::arranged, this, &NothingFound::refresh);
    refresh();
}

void NothingFound::refresh()
{
    const bool none = m_model.rowCount() == 0;
    // An empty book is empty only when it was read.
    setVisible(none && (m_model.countOfAll() > 0 || m_model.book().isLoaded()));
    if (!none)
        return;
    m_text->setText(
        LibraryWords::nothing(m_model.choice(), m_model.search(), m_model.countOfAll()));
    const QString wayOut =
        LibraryWords::wayOut(m_model.choice(), m_model.search(), m_model.countOfAll());
    m_wayOut->set({}, wayOut);
    m_wayOut->setVisible(!wayOut.isEmpty());
}

} // namespace simmer::ui
