// SPDX-License-Identifier: GPL-3.0-or-later
#include "welcome/WelcomePage.h"

#include "models/LiveTimers.h"
#include "models/QuickTimer.h"
#include "theme/Covers.h"
#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FieldEdit.h"
#include "widgets/FlatButton.h"
#include "widgets/IconLabel.h"
#include "words/Words.h"

#include <QGridLayout>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollArea>

namespace simmer::ui {

namespace {

constexpr int ColumnWidth = 724;
constexpr int TwoCardsFrom = 640; // narrower, they stand one below the other
constexpr int ButtonHeight = 44;
constexpr qsizetype ShownSamples = 3;
constexpr int PresetMinutes[] = {3, 5, 7, 10, 20};

/// A card with an outline: dashed where something can be dropped.
class Card : public QWidget
{
public:
    explicit Card(Qt::PenStyle outline)
        : m_outline(outline)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = tokensOf(*this);
        const bool isDashed = m_outline == Qt::DashLine;
        painter.setPen(QPen(isDashed ? tokens.box : tokens.line, 1, m_outline));
        painter.setBrush(isDashed ? tokens.window : tokens.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12);
    }

private:
    Qt::PenStyle m_outline;
};

class CoverView : public QWidget
{
public:
    explicit CoverView(const QString &cover)
        : m_cover(cover)
    {
        setFixedSize(56, 56);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintCover(painter, rect(), m_cover, 8, tokensOf(*this).isDark);
    }

private:
    QString m_cover;
};

class AppPicture : public QWidget
{
public:
    AppPicture() { setFixedSize(108, 108); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        static const QPixmap picture(QStringLiteral(":/simmer/app/icon-256.png"));
        painter.drawPixmap(rect(), picture);
    }
};

InkLabel *wrapped(const QFont &font, InkLabel::Ink ink, const QString &text)
{
    auto *label = new InkLabel(font, ink, text);
    label->setWordWrap(true);
    return label;
}

InkLabel *centred(const QFont &font, InkLabel::Ink ink, const QString &text)
{
    InkLabel *label = wrapped(font, ink, text);
    label->setAlignment(Qt::AlignCenter);
    return label;
}

FlatButton *tall(FlatButton::Role role, QLatin1String icon, const QString &text)
{
    auto *button = new FlatButton(icon, text);
    button->setRole(role);
    button->setMinimumHeight(ButtonHeight);
    return button;
}

int timesIn(const recipes::Recipe &recipe)
{
    qsizetype times = 0;
    for (const recipes::Step &step : recipe.steps)
        times += step.slots.size();
    return int(times);
}

} // namespace

WelcomePage::WelcomePage(const QList<recipes::Recipe> &samples, LiveTimers &timers, QWidget *parent)
    : Panel(Ground::Page, {}, parent)
    , m_timers(timers)
    , m_drop(makeDropPlace())
    , m_samples(makeSamples(samples))
{
    auto *middle = new QWidget;
    middle->setMaximumWidth(ColumnWidth + 96);
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(48, 48, 48, 48);
    column->setSpacing(28);
    column->addWidget(makeHead());
    m_cards = new QGridLayout;
    m_cards->setSpacing(20);
    column->addLayout(m_cards);
    column->addWidget(makeQuickTimer());
    column->addWidget(makeNeighbours());
    column->addStretch();
    auto *ground = new QWidget;
    auto *row = new QHBoxLayout(ground);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch();
    row->addWidget(middle, 100);
    row->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(ground);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    ground->setAutoFillBackground(false);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(scroll);
}

QWidget *WelcomePage::makeHead()
{
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(24);
    row->addWidget(new AppPicture);
    auto *words = new QVBoxLayout;
    words->setSpacing(6);
    words->addStretch();
    words->addWidget(wrapped(displayFont(34), InkLabel::Ink::Full, tr("Welcome to your kitchen")));
    words->addWidget(wrapped(textFont(17), InkLabel::Ink::Secondary,
                             tr("Simmer finds the times in your recipes, counts them down, and "
                                "shows them on every screen at home.")));
    words->addStretch();
    row->addLayout(words, 1);
    return head;
}

QWidget *WelcomePage::makeDropPlace()
{
    auto *card = new Card(Qt::DashLine);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(20, 28, 20, 28);
    column->setSpacing(10);
    column->addStretch();
    auto *icon = new IconLabel(QLatin1String("import"), 34);
    column->addWidget(icon, 0, Qt::AlignHCenter);
    column->addWidget(centred(displayFont(19), InkLabel::Ink::Full, tr("Drop recipe files here")));
    column->addWidget(centred(textFont(14), InkLabel::Ink::Secondary,
                              tr("Saved web pages, JSON-LD, or Cooklang (.cook)")));
    column->addSpacing(8);
    FlatButton *choose = tall(FlatButton::Role::Filled, {}, tr("Choose files…"));
    connect(choose, &QAbstractButton::clicked, this, &WelcomePage::importWished);
    column->addWidget(choose, 0, Qt::AlignHCenter);
    column->addStretch();
    return card;
}

QWidget *WelcomePage::makeSamples(const QList<recipes::Recipe> &samples)
{
    auto *card = new Card(Qt::SolidLine);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(20, 20, 20, 20);
    column->setSpacing(14);
    column->addWidget(wrapped(displayFont(17), InkLabel::Ink::Full, tr("Try with samples")));
    for (const recipes::Recipe &recipe : samples.mid(0, ShownSamples)) {
        auto *row = new QHBoxLayout;
        row->setSpacing(14);
        row->addWidget(new CoverView(coverFor(recipe.title)));
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        words->addStretch();
        auto *title = new InkLabel(textFont(15, QFont::Medium), InkLabel::Ink::Full, recipe.title);
        title->setElided(true);
        words->addWidget(title);
        if (recipe.totalMinutes)
            words->addWidget(new InkLabel(textFont(13), InkLabel::Ink::Secondary,
                                          Words::minutes(*recipe.totalMinutes)));
        words->addStretch();
        row->addLayout(words, 1);
        row->addWidget(new InkLabel(textFont(13), InkLabel::Ink::Secondary,
                                    tr("%n time(s)", nullptr, timesIn(recipe))));
        column->addLayout(row);
    }
    column->addStretch();
    FlatButton *add = tall(FlatButton::Role::Outlined, {},
                           tr("Add the %n sample(s)", nullptr, int(samples.size())));
    connect(add, &QAbstractButton::clicked, this, &WelcomePage::samplesWished);
    column->addWidget(add);
    return card;
}

QWidget *WelcomePage::makeQuickTimer()
{
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto *title = new QHBoxLayout;
    title->setSpacing(10);
    title->addWidget(new InkLabel(displayFont(17), InkLabel::Ink::Full, tr("Just time something")));
    title->addWidget(new InkLabel(textFont(14), InkLabel::Ink::Secondary, tr("No recipe needed.")),
                     1);
    column->addLayout(title);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_quick = new FieldEdit(QLatin1String("clock"), FieldEdit::Ground::Raised, ButtonHeight);
    m_quick->setPlaceholderText(tr("pasta 9 min"));
    m_quick->setAccessibleName(tr("A name and a time"));
    connect(m_quick, &QLineEdit::returnPressed, this, [this] { start(m_quick->text()); });
    row->addWidget(m_quick, 1);
    for (const int minutes : PresetMinutes) {
        FlatButton *preset = tall(FlatButton::Role::Outlined, {}, tr("%1 min").arg(minutes));
        preset->setAccessibleName(tr("Start a timer of %1 min").arg(minutes));
        connect(preset, &QAbstractButton::clicked, this,
                [this, minutes] { start(m_quick->text() + tr(" %1 min").arg(minutes)); });
        row->addWidget(preset);
    }
    FlatButton *go = tall(FlatButton::Role::Filled, QLatin1String("play"), tr("Start"));
    connect(go, &QAbstractButton::clicked, this, [this] { start(m_quick->text()); });
    row->addWidget(go);
    column->addLayout(row);
    m_trouble = wrapped(textFont(13), InkLabel::Ink::Trouble, {});
    m_trouble->hide();
    connect(m_quick, &QLineEdit::textEdited, m_trouble, &QWidget::hide);
    column->addWidget(m_trouble);
    return part;
}

QWidget *WelcomePage::makeNeighbours()
{
    auto *part = new QWidget;
    auto *row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(new IconLabel(QLatin1String("qr"), 20));
    row->addWidget(wrapped(textFont(14), InkLabel::Ink::Full,
                           tr("Is Simmer already running on another device at home?")),
                   1);
    FlatButton *join = tall(FlatButton::Role::Outlined, {}, tr("Join that kitchen"));
    connect(join, &QAbstractButton::clicked, this, &WelcomePage::joinWished);
    row->addWidget(join);
    return part;
}

void WelcomePage::start(const QString &words)
{
    const auto press = quickTimer(words, tr("Timer"));
    m_trouble->setVisible(!press);
    if (!press) {
        m_trouble->setText(tr("Say one time, as in “pasta 9 min”."));
        m_quick->setFocus();
        return;
    }
    m_timers.start(*press);
    m_quick->clear();
}

void WelcomePage::focusFirst()
{
    m_quick->setFocus(Qt::TabFocusReason);
}

void WelcomePage::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    const bool isWide = event->size().width() >= TwoCardsFrom;
    m_cards->addWidget(m_drop, 0, 0);
    m_cards->addWidget(m_samples, isWide ? 0 : 1, isWide ? 1 : 0);
    m_cards->setColumnStretch(0, 1);
    m_cards->setColumnStretch(1, isWide ? 1 : 0);
}

} // namespace simmer::ui
