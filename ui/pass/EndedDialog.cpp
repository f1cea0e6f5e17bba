// SPDX-License-Identifier: GPL-3.0-or-later
#include "pass/EndedDialog.h"

#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "widgets/RingPainter.h"
#include "widgets/TwoLineDelegate.h"

#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QListView>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int RowHeight = 80;
constexpr qreal RingSide = 40;
constexpr qreal TextLeft = 14 + RingSide + 14;

/// The ring, three lines beside it, and when it ended.
class EndedDelegate final : public TwoLineDelegate
{
public:
    using TwoLineDelegate::TwoLineDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {240, RowHeight};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = rowOf(option);
        const QColor ground = paintGround(*painter, option);
        paintRing(*painter, {row.left() + 12, row.center().y() - RingSide / 2, RingSide, RingSide},
                  {index.data(EndedTimers::FaceRole).value<TimerFace>(), 4, {}, {}, ground},
                  tokens);
        const QFont small = textFont(13);
        const QString when = index.data(EndedTimers::WhenRole).toString();
        const qreal wide = QFontMetricsF(small).horizontalAdvance(when);
        painter->setFont(small);
        painter->setPen(tokens.ink3);
        painter->drawText(QPointF(row.right() - 12 - wide, row.top() + 24), when);
        const auto line = [&](const QFont &font, const QColor &ink, qreal base, int role,
                              qreal right) {
            const qreal room = row.width() - TextLeft - 12 - right;
            painter->setFont(font);
            painter->setPen(ink);
            painter->drawText(
                QPointF(row.left() + TextLeft, row.top() + base),
                QFontMetricsF(font).elidedText(index.data(role).toString(), Qt::ElideRight, room));
        };
        line(textFont(14, QFont::DemiBold), tokens.ink, 24, Qt::DisplayRole, wide + 12);
        line(small, tokens.ink2, 45, EndedTimers::PlanRole, 0);
        line(small, tokens.ink2, 65, EndedTimers::EndRole, 0);
        paintKeys(*painter, option);
        painter->restore();
    }
};

} // namespace

EndedDialog::EndedDialog(LiveTimers &timers, const syncclient::LinkStatus &status, QWidget *parent)
    : QDialog(parent)
    , m_timers(timers)
    , m_model(timers, status)
    , m_list(new QListView)
    , m_nothing(new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                             tr("Nothing yet. Timers that ended stand here, to be started again.")))
    , m_again(new FlatButton(QLatin1String("repeat"), tr("Start again")))
{
    setWindowTitle(tr("Timers before"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new EndedDelegate(m_list));
    m_list->setAccessibleName(tr("Timers that ended, the newest first"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_nothing->setWordWrap(true);
    column->addWidget(m_nothing);
    column->addWidget(m_list, 1);
    auto *row = new QHBoxLayout;
    auto *close = new FlatButton({}, tr("Close"));
    for (FlatButton *button : {m_again, close})
        button->setMinimumHeight(44);
    m_again->setRole(FlatButton::Role::Filled);
    close->setRole(FlatButton::Role::Outlined);
    row->addStretch();
    row->addWidget(close);
    row->addWidget(m_again);
    column->addLayout(row);
    connect(close, &QAbstractButton::clicked, this, &QDialog::reject);
    connect(m_again, &QAbstractButton::clicked, this, &EndedDialog::startAgain);
    connect(m_list, &QAbstractItemView::activated, this, &EndedDialog::startAgain);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &EndedDialog::review);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EndedDialog::review);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &EndedDialog::review);
    m_list->setCurrentIndex(m_model.index(0));
    m_list->setFocus();
    resize(520, 560);
    review();
}

void EndedDialog::review()
{
    m_nothing->setVisible(m_model.rowCount() == 0);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(0));
    m_again->setEnabled(m_list->currentIndex().isValid());
}

void EndedDialog::startAgain()
{
    const QModelIndex at = m_list->currentIndex();
    if (!at.isValid())
        return;
    m_timers.startAgain(m_model.at(at.row()));
    accept();
}

} // namespace simmer::ui
