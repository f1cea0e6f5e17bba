// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/TagsEdit.h"

#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QAbstractButton>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int Pad = 6;
constexpr int Gap = 6;
constexpr int ChipHeight = 28;
constexpr int AddWidth = 96;

/// A tag; a press removes it.
class TagChip : public QAbstractButton
{
public:
    TagChip(const QString &tag, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(tag);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
    }

    QSize sizeHint() const override
    {
        return {int(QFontMetricsF(textFont(13, QFont::Medium)).horizontalAdvance(text())) + 38,
                ChipHeight};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = tokensOf(*this);
        painter.setPen(QPen(tokens.flameLine, 1));
        painter.setBrush(tokens.flameTint);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 2.5, -0.5, -2.5), 6, 6);
        painter.setFont(textFont(13, QFont::Medium));
        painter.setPen(tokens.flameInk);
        const QRectF words = QRectF(rect()).adjusted(10, 0, -26, 0);
        painter.drawText(
            words, Qt::AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(text(), Qt::ElideRight, words.width()));
        paintIcon(painter, QRectF(width() - 22, (height() - 12) / 2.0, 12, 12),
                  QLatin1String("close"), tokens.flameInk);
        if (hasFocus())
            paintFocus(painter, QRectF(rect()).adjusted(1, 3, -1, -3), 6, palette());
    }
};

} // namespace

TagsEdit::TagsEdit(Manuscript &manuscript, QWidget *parent)
    : QWidget(parent)
    , m_manuscript(manuscript)
    , m_add(new QLineEdit(this))
{
    m_add->setProperty("frameless", true);
    m_add->setPlaceholderText(tr("Add"));
    m_add->setAccessibleName(tr("Add a tag"));
    m_add->setFont(textFont(13));
    m_add->installEventFilter(this);
    connect(m_add, &QLineEdit::editingFinished, this, &TagsEdit::takeTyped);
    connect(m_add, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.contains(u','))
            takeTyped();
    });
    connect(&manuscript, &Manuscript::valuesChanged, this, &TagsEdit::refresh);
    refresh();
}

void TagsEdit::takeTyped()
{
    QStringList tags = m_manuscript.now().tags;
    const QStringList typed = m_add->text().split(u',');
    m_add->clear();
    for (const QString &tag : typed)
        if (!tag.trimmed().isEmpty() && !tags.contains(tag.trimmed()))
            tags += tag.trimmed();
    m_manuscript.setTags(tags);
}

void TagsEdit::refresh()
{
    if (m_manuscript.now().tags == m_shown)
        return;
    m_shown = m_manuscript.now().tags;
    for (QWidget *chip : std::as_const(m_chips)) {
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    QWidget *before = nullptr;
    for (const QString &tag : std::as_const(m_shown)) {
        auto *chip = new TagChip(tag, this);
        chip->setAccessibleName(tr("Remove the tag %1").arg(tag));
        chip->setToolTip(tr("Remove the tag %1").arg(tag));
        connect(chip, &QAbstractButton::clicked, this, [this, tag] {
            QStringList tags = m_manuscript.now().tags;
            tags.removeAll(tag);
            m_add->setFocus(Qt::OtherFocusReason);
            m_manuscript.setTags(tags);
        });
        if (before)
            setTabOrder(before, chip);
        before = chip;
        chip->show();
        m_chips += chip;
    }
    if (before)
        setTabOrder(before, m_add);
    fit();
    update();
}

int TagsEdit::flow(int width, bool place) const
{
    int x = Pad;
    int y = Pad;
    const auto put = [&](QWidget *part, int wide) {
        wide = std::min(wide, width - 2 * Pad);
        if (x > Pad && x + wide > width - Pad) {
            x = Pad;
            y += ChipHeight + 2;
        }
        if (place)
            part->setGeometry(x, y, wide, ChipHeight);
        x += wide + Gap;
    };
    for (QWidget *chip : m_chips)
        put(chip, chip->sizeHint().width());
    put(m_add, AddWidth);
    return y + ChipHeight + Pad;
}

/// As high as its chips need.
void TagsEdit::fit()
{
    setFixedHeight(flow(width(), true));
}

void TagsEdit::resizeEvent(QResizeEvent *)
{
    fit();
}

bool TagsEdit::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Backspace || !m_add->text().isEmpty() || m_shown.isEmpty())
        return false;
    m_manuscript.setTags(m_shown.mid(0, m_shown.size() - 1));
    return true;
}

void TagsEdit::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.setPen(QPen(m_add->hasFocus() ? tokens.flame : tokens.line2, 1));
    painter.setBrush(tokens.page);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace simmer::ui
