// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/AboutPane.h"

#include "editor/MinutesEdit.h"
#include "editor/PhotosEdit.h"
#include "editor/TagsEdit.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"

#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace simmer::ui {

namespace {

constexpr int Side = 16;
constexpr int SummaryHeight = 92;

using Field = TextPlace::Field;

/// What a text of several lines stands in: the look of a field.
class FieldFrame : public QWidget
{
public:
    explicit FieldFrame(ManuscriptEdit *edit)
    {
        auto *room = new QVBoxLayout(this);
        room->setContentsMargins(5, 3, 3, 3);
        room->addWidget(edit);
        edit->viewport()->setAutoFillBackground(false);
        setFocusProxy(edit);
        connect(edit, &ManuscriptEdit::focusChanged, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = tokensOf(*this);
        painter.setPen(QPen(focusProxy()->hasFocus() ? tokens.flame : tokens.line2, 1));
        painter.setBrush(tokens.page);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }
};

QLayout *labelled(const QString &label, QWidget *field)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(5);
    auto *caption = new InkLabel(textFont(14), InkLabel::Ink::Secondary, label);
    caption->setBuddy(field);
    field->setAccessibleName(label);
    column->addWidget(caption);
    column->addWidget(field);
    return column;
}

QLayout *pair(QLayout *left, QLayout *right)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    return row;
}

} // namespace

AboutPane::AboutPane(Manuscript &manuscript, PhotoSource *photos, QWidget *parent)
    : Panel(Ground::Window, Qt::RightEdge, parent)
    , m_manuscript(manuscript)
    , m_photos(new PhotosEdit(manuscript, photos))
    , m_title(new ManuscriptLine(manuscript, {Field::Title}))
    , m_summary(new ManuscriptEdit(manuscript, {Field::Summary}, textFont(14), 20))
    , m_yields(new ManuscriptLine(manuscript, {Field::Yields}))
    , m_source(new ManuscriptLine(manuscript, {Field::Source}))
    , m_language(new ManuscriptLine(manuscript, {Field::Language}))
    , m_tags(new TagsEdit(manuscript))
    , m_favourite(new FlatButton(QLatin1String("star"), tr("Favourite")))
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 1, 0);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(Side, Side, Side, Side);
    column->setSpacing(14);
    makeFields(*column);
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false);
    whole->addWidget(scroll);
}

void AboutPane::makeFields(QVBoxLayout &column)
{
    using recipes::EditedRecipe;
    const auto minutes = [this](std::optional<int> EditedRecipe::*field) {
        return new MinutesEdit(m_manuscript, field);
    };
    m_title->setPlaceholderText(tr("What is it called?"));
    auto *summary = new FieldFrame(m_summary);
    summary->setFixedHeight(SummaryHeight);
    m_summary->setAccessibleName(tr("In short"));
    m_yields->setPlaceholderText(tr("4 servings"));
    m_source->setPlaceholderText(tr("Address, book or person"));
    m_language->setPlaceholderText(tr("en, de, fr …"));
    m_language->setToolTip(tr("The language that its times are read in"));
    column.addWidget(m_photos);
    column.addLayout(labelled(tr("Title"), m_title));
    column.addLayout(pair(labelled(tr("Makes"), m_yields),
                          labelled(tr("Hands-on"), minutes(&EditedRecipe::prepMinutes))));
    column.addLayout(pair(labelled(tr("Cooking"), minutes(&EditedRecipe::cookMinutes)),
                          labelled(tr("Total time"), minutes(&EditedRecipe::totalMinutes))));
    column.addLayout(labelled(tr("Tags"), m_tags));
    column.addLayout(labelled(tr("In short"), summary));
    column.addLayout(labelled(tr("From"), m_source));
    column.addLayout(labelled(tr("Language"), m_language));
    m_favourite->setCheckable(true);
    m_favourite->setRole(FlatButton::Role::Outlined);
    column.addWidget(m_favourite, 0, Qt::AlignLeft);
    column.addStretch(1);
    connect(m_favourite, &QAbstractButton::clicked, this,
            [this](bool on) { m_manuscript.setFavourite(on); });
    connect(&m_manuscript, &Manuscript::valuesChanged, this, &AboutPane::showFavourite);
    connect(m_summary, &ManuscriptEdit::imagePasted, this, &AboutPane::imagePasted);
    showFavourite();
}

void AboutPane::showFavourite()
{
    const bool isFavourite = m_manuscript.now().isFavourite;
    m_favourite->setChecked(isFavourite);
    m_favourite->set(isFavourite ? QLatin1String("star-filled") : QLatin1String("star"),
                     tr("Favourite"));
}

bool AboutPane::reveal(const TextPlace &place)
{
    const auto show = [](QWidget *field) {
        field->setFocus(Qt::OtherFocusReason);
        return true;
    };
    switch (place.field) {
    case Field::Title:
        return show(m_title);
    case Field::Summary:
        return show(m_summary);
    case Field::Yields:
        return show(m_yields);
    case Field::Source:
        return show(m_source);
    case Field::Language:
        return show(m_language);
    case Field::Notes:
    case Field::Ingredients:
    case Field::Line:
        return false;
    }
    Q_UNREACHABLE();
}

void AboutPane::takeTyped()
{
    m_tags->takeTyped();
    const QList<MinutesEdit *> minutes = findChildren<MinutesEdit *>();
    for (MinutesEdit *field : minutes)
        field->takeTyped();
}

} // namespace simmer::ui
