// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

class QWidget;

namespace simmer::ui {

/// The colours of one theme, by their role (GUIDE.md, "Colour", and tokens.json have the source and
/// the contrasts). A value; the two that exist are constants.
struct Tokens {
    bool isDark = false;
    QColor window;
    QColor page;
    QColor raised;
    QColor sunken;
    QColor hover;
    QColor select;
    QColor line;
    QColor line2;
    QColor ink;
    QColor ink2;
    QColor ink3;
    QColor flame;
    QColor flameInk;
    QColor flameTint;
    QColor flameLine;
    QColor onFlame;
    QColor amber;
    QColor amberInk;
    QColor amberTint;
    QColor amberLine;
    QColor ring;
    QColor ringArc;
    QColor box;
    QColor ringInk;
    QColor ringTint;
    QColor ringLine;
    QColor onRing;
    QColor ringDeep;
    QColor done;
    QColor doneInk;
    QColor doneTint;
    QColor pause;
    QColor pauseInk;
    QColor pauseTint;
    QColor track;
    QColor scrim;
    QColor key;
};

const Tokens &lightTokens();
const Tokens &darkTokens();

/// The tokens that a palette made by paletteOf() stands for: widgets ask their own palette, so that
/// a change of theme reaches them the way that Qt tells it.
const Tokens &tokensOf(const QPalette &palette);
const Tokens &tokensOf(const QWidget &widget);

/// Qt's roles filled from the tokens.
QPalette paletteOf(const Tokens &tokens);

/// `from` at 0, `to` at 1.
QColor blend(const QColor &from, const QColor &to, double part);

} // namespace simmer::ui
