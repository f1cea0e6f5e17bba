// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/KeysDialog.h"

#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/Panel.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>

namespace simmer::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(simmer::ui::KeysDialog)
};

QString nativeName(const QString &key)
{
    const QString native = QKeySequence(key).toString(QKeySequence::NativeText);
    return native.isEmpty() ? key : native;
}

/// Keys as caps on a keyboard, side by side.
class KeyCaps : public QWidget
{
public:
    explicit KeyCaps(const QString &keys)
    {
        const QStringList all = keys.split(QStringLiteral("  "));
        for (const QString &key : all)
            m_caps += nativeName(key);
        setAccessibleName(m_caps.join(QStringLiteral(", ")));
        setFixedHeight(26);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        qreal width = 0;
        for (const QString &cap : m_caps)
            width += capWidth(cap) + Gap;
        return {int(std::ceil(width)), 26};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = tokensOf(*this);
        painter.setFont(textFont(13, QFont::Medium));
        qreal x = 0.5;
        for (const QString &cap : m_caps) {
            const QRectF box(x, 1.5, capWidth(cap), 23);
            painter.setPen(QPen(tokens.line2, 1));
            painter.setBrush(tokens.raised);
            painter.drawRoundedRect(box, 5, 5);
            painter.setPen(tokens.ink);
            painter.drawText(box, Qt::AlignCenter, cap);
            x += box.width() + Gap;
        }
    }

private:
    static constexpr qreal Gap = 6;

    static qreal capWidth(const QString &cap)
    {
        const qreal words = QFontMetricsF(textFont(13, QFont::Medium)).horizontalAdvance(cap);
        return std::max(24.0, std::ceil(words) + 14);
    }

    QStringList m_caps;
};

} // namespace

QList<KeyGroup> allKeys()
{
    const auto tr = [](const char *text) { return Words::tr(text); };
    const auto text = [](const char *keys) { return QString::fromLatin1(keys); };
    return {
        {tr("Anywhere"),
         {{tr("Search"), text("Ctrl+F")},
          {tr("New recipe"), text("Ctrl+N")},
          {tr("Import recipes"), text("Ctrl+O")},
          {tr("Quick timer"), text("Ctrl+T")},
          {tr("Stop the alarm"), text("Ctrl+Shift+S")},
          {tr("Cook the open recipe"), text("F5")},
          {tr("Timers window"), text("Ctrl+M")},
          {tr("Share this kitchen"), text("Ctrl+Shift+K")},
          {tr("Join a kitchen"), text("Ctrl+Shift+J")},
          {tr("Next pane"), text("F6")},
          {tr("Sidebar"), text("F9")},
          {tr("Recipes as a grid"), text("Ctrl+G")},
          {tr("Menu"), text("F10")},
          {tr("Full screen"), text("F11")},
          {tr("Settings"), text("Ctrl+,")},
          {tr("This list"), text("F1")},
          {tr("Quit"), text("Ctrl+Q")}}},
        {tr("Library"),
         {{tr("Move"), text("Up  Down")},
          {tr("Open"), text("Return")},
          {tr("Cook"), text("Ctrl+Return")},
          {tr("Favourite"), text("Ctrl+D")}}},
        {tr("Recipe"),
         {{tr("From time to time"), text("Tab  Shift+Tab")},
          {tr("Start or pause a time"), text("Return  Space")},
          {tr("More or fewer servings"), text("Ctrl+Up  Ctrl+Down")},
          {tr("Favourite"), text("Ctrl+D")},
          {tr("Copy as text"), text("Ctrl+C")},
          {tr("Edit"), text("Ctrl+E")},
          {tr("Print"), text("Ctrl+P")}}},
        {tr("The Pass"),
         {{tr("Move"), text("Up  Down")},
          {tr("Pause or go on"), text("Space")},
          {tr("One minute more or less"), text("+  -")},
          {tr("Stop"), text("S")},
          {tr("Open its step"), text("Return")},
          {tr("Rename, calls on the way, what comes next"), text("Menu")}}},
        {tr("Cooking"),
         {{tr("Start or pause the step’s timer"), text("Space")},
          {tr("Next step"), text("Right  PgDown")},
          {tr("Back"), text("Left  PgUp")},
          {tr("One minute more"), text("+")},
          {tr("Stop the alarm"), text("Space  Return  Right  PgDown  Esc  S")},
          {tr("Other timers"), text("Tab")},
          {tr("Ingredients"), text("I")},
          {tr("Which of its times"), text("1  9")},
          {tr("Where another device is"), text("G")},
          {tr("Next dish"), text("Ctrl+Tab")},
          {tr("Leave"), text("Esc")}}},
        {tr("Alarm"),
         {{tr("Stop"), text("Space  S")},
          {tr("One minute more"), text("+")},
          {tr("Open the recipe"), text("Return")},
          {tr("The next that rings"), text("Tab")}}},
        {tr("Editor"),
         {{tr("New step"), text("Ctrl+Return")},
          {tr("Move a line or step"), text("Alt+Up  Alt+Down")},
          {tr("Timer from what is selected"), text("Ctrl+T")},
          {tr("Undo"), text("Ctrl+Z")},
          {tr("Redo"), text("Ctrl+Shift+Z")},
          {tr("Save"), text("Ctrl+S")}}},
    };
}

KeysDialog::KeysDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto *page = new Panel(Panel::Ground::Page, {});
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(28, 20, 28, 24);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const KeyGroup &group : allKeys()) {
        if (row > 0)
            grid->setRowMinimumHeight(row++, 10);
        grid->addWidget(new InkLabel(displayFont(17), InkLabel::Ink::Full, group.place), row++, 0,
                        1, 2);
        for (const KeyGroup::Line &line : group.lines) {
            auto *what = new InkLabel(textFont(14), InkLabel::Ink::Full, line.what);
            what->setWordWrap(true);
            grid->addWidget(what, row, 0);
            grid->addWidget(new KeyCaps(line.keys), row++, 1);
        }
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Keys"));
    column->addWidget(scroll);
    auto *buttons = new QDialogButtonBox;
    buttons->setContentsMargins(24, 0, 24, 16);
    buttons->addButton(tr("Done"), QDialogButtonBox::AcceptRole)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    column->addWidget(buttons);
    resize(520, 720);
}

} // namespace simmer::ui
