// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingStrip.h"

#include "theme/Type.h"
#include "widgets/Panel.h"

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {
constexpr int Gap = 12;
constexpr int MoreWidth = 64;
constexpr int LeastHeight = 72;
constexpr qint64 MinuteMs = 60'000;
} // namespace

CookingStrip::CookingStrip(const recipes::RecipeBook &book, LiveTimers &timers, QWidget *parent)
    : QWidget(parent)
    , m_book(book)
    , m_timers(timers)
    , m_more(new InkLabel(textFont(20, QFont::DemiBold), InkLabel::Ink::Secondary, {}, this))
{
    setAccessibleName(tr("Other timers"));
    m_more->setAlignment(Qt::AlignCenter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize CookingStrip::sizeHint() const
{
    return {600, std::max(LeastHeight, int(std::lround(104 * m_unit)))};
}

void CookingStrip::setUnit(qreal unit)
{
    m_unit = unit;
    for (CookingTile *tile : std::as_const(m_tiles))
        tile->setUnit(unit);
    updateGeometry();
    place();
}

CookingTile *CookingStrip::tileOf(const TimerId &timer) const
{
    const auto found = std::find_if(m_tiles.cbegin(), m_tiles.cend(), [&](const CookingTile *tile) {
        return tile->timer() == timer;
    });
    return found == m_tiles.cend() ? nullptr : *found;
}

CookingTile *CookingStrip::makeTile(const TimerId &timer)
{
    auto *tile = new CookingTile(timer, this);
    tile->setUnit(m_unit);
    connect(tile, &PassItem::toggleWished, this, [this, timer] { m_timers.toggle(timer); });
    connect(tile, &PassItem::minutesWished, this,
            [this, timer](int minutes) { m_timers.add(timer, minutes * MinuteMs); });
    connect(tile, &PassItem::stopWished, this, [this, timer] { m_timers.stop(timer); });
    connect(tile, &PassItem::stepWished, this, [this, timer] {
        const auto known = m_timers.find(timer);
        if (known && known->place)
            Q_EMIT stepWished(known->place->recipe, known->place->step);
    });
    return tile;
}

void CookingStrip::sync(const TimerId &left, const syncclient::LinkStatus &status)
{
    QList<CookingTile *> ordered;
    const QList<timers::Timer> all = m_timers.onPass();
    for (const timers::Timer &timer : all) {
        if (timer.id == left)
            continue;
        CookingTile *tile = tileOf(timer.id);
        if (!tile)
            tile = makeTile(timer.id);
        const auto recipe =
            m_book.recipes().constFind(timer.place.value_or(timers::Place()).recipe);
        CardWords words = cardWords(timer, m_timers.faceOf(timer), m_timers.momentOf(timer),
                                    recipe == m_book.recipes().cend() ? nullptr : &*recipe, status);
        words.isPending = m_timers.isPending(timer.id);
        tile->draw(words);
        ordered += tile;
    }
    for (CookingTile *tile : std::as_const(m_tiles))
        if (!ordered.contains(tile)) {
            tile->hide();
            tile->deleteLater();
        }
    if (std::exchange(m_tiles, ordered) != ordered)
        place();
    setVisible(!m_tiles.isEmpty());
}

void CookingStrip::resizeEvent(QResizeEvent *)
{
    place();
}

void CookingStrip::place()
{
    if (m_tiles.isEmpty())
        return m_more->hide();
    const int least = m_tiles.constFirst()->leastWidth();
    int fits = std::max(1, (width() + Gap) / (least + Gap));
    const int all = int(m_tiles.size());
    if (fits < all)
        fits = std::max(1, (width() - MoreWidth) / (least + Gap));
    const int shown = std::min(fits, all);
    const int room = width() - (shown < all ? MoreWidth + Gap : 0);
    // Few do not become as wide as the screen.
    const int wide = std::min((room - Gap * (shown - 1)) / shown, least * 3 / 2);
    for (int i = 0; i < all; ++i) {
        m_tiles.at(i)->setVisible(i < shown);
        m_tiles.at(i)->setGeometry(i * (wide + Gap), 0, wide, height());
    }
    m_more->setVisible(shown < all);
    m_more->setText(QStringLiteral("+%1").arg(all - shown));
    m_more->setGeometry(shown * (wide + Gap), 0, MoreWidth, height());
}

} // namespace simmer::ui
