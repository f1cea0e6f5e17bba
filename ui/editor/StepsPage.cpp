// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/StepsPage.h"

#include "recipes/times/TypedLength.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/IconLabel.h"
#include "widgets/Panel.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int Side = 20;
constexpr int SoonMs = 50;

} // namespace

StepsPage::StepsPage(Manuscript &manuscript, QWidget *parent)
    : QWidget(parent)
    , m_manuscript(manuscript)
    , m_scroll(new QScrollArea)
    , m_column(new StepColumn(manuscript))
    , m_found(new InkLabel(textFont(14), InkLabel::Ink::Secondary))
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    auto *inside = new QWidget;
    auto *rows = new QVBoxLayout(inside);
    rows->setContentsMargins(Side, 4, Side, 12);
    rows->setSpacing(0);
    rows->addWidget(m_column);
    auto *adders = new QHBoxLayout;
    adders->setContentsMargins(24, 4, 0, 8);
    auto *step = new FlatButton(QLatin1String("plus"), tr("Add a step"));
    step->setToolTip(tr("Ctrl+Enter"));
    auto *heading = new FlatButton(QLatin1String("plus"), tr("Add a heading"));
    adders->addWidget(step);
    adders->addWidget(heading);
    adders->addStretch(1);
    rows->addLayout(adders);
    rows->addStretch(1);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(inside);
    inside->setAutoFillBackground(false);
    whole->addWidget(m_scroll, 1);
    auto *foot = new Panel(Panel::Ground::Page, Qt::TopEdge);
    auto *footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(24, 12, 24, 12);
    footRow->setSpacing(10);
    footRow->addWidget(new IconLabel(QLatin1String("info"), 16), 0, Qt::AlignTop);
    m_found->setWordWrap(true);
    footRow->addWidget(m_found, 1);
    whole->addWidget(foot);
    connect(step, &QAbstractButton::clicked, m_column,
            [this] { m_column->addLine(recipes::EditedLine::Kind::Step); });
    connect(heading, &QAbstractButton::clicked, m_column,
            [this] { m_column->addLine(recipes::EditedLine::Kind::Heading); });
    connect(m_column, &StepColumn::sightWished, this, [this](const QRect &place) {
        const QPoint top = m_column->mapTo(m_scroll->widget(), place.topLeft());
        const int end = top.y() + std::min(place.height(), m_scroll->viewport()->height());
        m_scroll->ensureVisible(0, end, 0, 8);
        m_scroll->ensureVisible(0, top.y(), 0, 8);
    });
    connect(m_column, &StepColumn::timerWished, this, &StepsPage::makeTimer);
    m_soon.setSingleShot(true);
    m_soon.setInterval(SoonMs);
    connect(&m_soon, &QTimer::timeout, this, &StepsPage::showFound);
    connect(&manuscript, &Manuscript::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    showFound();
}

void StepsPage::showFound()
{
    int timers = 0;
    int ranges = 0;
    for (const recipes::EditedLine &line : m_manuscript.now().lines) {
        const QList<recipes::Slot> times = m_manuscript.times(line.key);
        for (const recipes::Slot &time : times)
            ++(time.shortestSeconds == time.longestSeconds ? timers : ranges);
    }
    const QString how = tr("Select any words and press Ctrl+T to make a timer.");
    if (timers + ranges == 0)
        return m_found->setText(tr("No times found yet.") + QLatin1Char(' ') + how);
    QStringList kinds;
    if (timers > 0)
        kinds += tr("%n timer(s)", nullptr, timers);
    if (ranges > 0)
        kinds += tr("%n range(s)", nullptr, ranges);
    m_found->setText(tr("%n time(s) found:", nullptr, timers + ranges) + QLatin1Char(' ') +
                     kinds.join(QStringLiteral(", ")) + QStringLiteral(". ") + how);
}

void StepsPage::makeTimer(quint64 key, int start, int end)
{
    const QString text = m_manuscript.line(key).text;
    while (start < end && text.at(start).isSpace())
        ++start;
    while (end > start && text.at(end - 1).isSpace())
        --end;
    if (start == end) {
        m_found->setText(tr("Select the words that say how long, then press Ctrl+T."));
        return;
    }
    recipes::Correction correction{start, end, text.mid(start, end - start), false, 0, 0, {}};
    const auto seconds = recipes::typedLength(correction.words, m_manuscript.now().language);
    if (!seconds)
        return askLength(key, correction);
    correction.shortestSeconds = correction.longestSeconds = *seconds;
    m_manuscript.correct(key, correction);
}

void StepsPage::askLength(quint64 key, const recipes::Correction &correction)
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Timer"));
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    auto *question = new InkLabel(textFont(14), InkLabel::Ink::Full,
                                  tr("How long is “%1”?").arg(correction.words));
    question->setWordWrap(true);
    column->addWidget(question);
    auto *field = new QLineEdit;
    field->setPlaceholderText(tr("1:30:00, 12:30, 45 or “1½ hours”"));
    field->setAccessibleName(question->text());
    column->addWidget(field);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton *make = buttons->addButton(tr("Make a timer"), QDialogButtonBox::AcceptRole);
    make->setDefault(true);
    make->setEnabled(false);
    column->addWidget(buttons);
    connect(field, &QLineEdit::textChanged, make, [make](const QString &typed) {
        make->setEnabled(recipes::typedLength(typed).has_value());
    });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(dialog, &QDialog::accepted, this, [this, key, correction, field] {
        const auto seconds = recipes::typedLength(field->text());
        if (!seconds || m_manuscript.indexOf(key) < 0)
            return;
        recipes::Correction made = correction;
        made.shortestSeconds = made.longestSeconds = *seconds;
        m_manuscript.correct(key, made);
    });
    dialog->open();
    field->setFocus();
}

} // namespace simmer::ui
