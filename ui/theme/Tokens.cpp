// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Tokens.h"

#include <QWidget>

namespace simmer::ui {

const Tokens &lightTokens()
{
    static const Tokens tokens{
        .isDark = false,
        .window = QColor(0xF3F3F0),
        .page = QColor(0xFFFFFF),
        .raised = QColor(0xFFFFFF),
        .sunken = QColor(0xE9E9E5),
        .hover = QColor(0xECECE8),
        .select = QColor(0xE1E8F8),
        .line = QColor(0xE0DFDA),
        .line2 = QColor(0xC9C8C2),
        .ink = QColor(0x1B1C1F),
        .ink2 = QColor(0x4D5056),
        .ink3 = QColor(0x62656C),
        .flame = QColor(0x2A5BD0),
        .flameInk = QColor(0x1F49AE),
        .flameTint = QColor(0xE6EDFC),
        .flameLine = QColor(0xB5C8F3),
        .onFlame = QColor(0xFFFFFF),
        .amber = QColor(0xBD7A00),
        .amberInk = QColor(0x835100),
        .amberTint = QColor(0xFBEFD6),
        .amberLine = QColor(0xE9C98A),
        .ring = QColor(0xC2341A),
        .ringArc = QColor(0xC2341A),
        .box = QColor(0x85888F),
        .ringInk = QColor(0xA82A12),
        .ringTint = QColor(0xFCE8E2),
        .ringLine = QColor(0xEDB5A6),
        .onRing = QColor(0xFFFFFF),
        .ringDeep = QColor(0xA62A13),
        .done = QColor(0x2C7A4E),
        .doneInk = QColor(0x22663F),
        .doneTint = QColor(0xE2F1E7),
        .pause = QColor(0x74777E),
        .pauseInk = QColor(0x54575D),
        .pauseTint = QColor(0xE8E8E4),
        .track = QColor(0xDFDFDA),
        .scrim = QColor(20, 21, 24, 107),
        .key = QColor(0xFFFFFF),
    };
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens{
        .isDark = true,
        .window = QColor(0x17181A),
        .page = QColor(0x1D1E21),
        .raised = QColor(0x26282B),
        .sunken = QColor(0x101113),
        .hover = QColor(0x232528),
        .select = QColor(0x25304A),
        .line = QColor(0x303237),
        .line2 = QColor(0x484B52),
        .ink = QColor(0xEEEEEB),
        .ink2 = QColor(0xB9BABD),
        .ink3 = QColor(0x999BA1),
        .flame = QColor(0x7EA2FF),
        .flameInk = QColor(0xA6BFFF),
        .flameTint = QColor(0x222D49),
        .flameLine = QColor(0x374A76),
        .onFlame = QColor(0x0E1730),
        .amber = QColor(0xEDB34A),
        .amberInk = QColor(0xF2C46E),
        .amberTint = QColor(0x3A2D14),
        .amberLine = QColor(0x6B5324),
        .ring = QColor(0xC93B20),
        .ringArc = QColor(0xFF7F66),
        .box = QColor(0x7E8188),
        .ringInk = QColor(0xFF9C86),
        .ringTint = QColor(0x41201A),
        .ringLine = QColor(0x7A3A2C),
        .onRing = QColor(0xFFFFFF),
        .ringDeep = QColor(0xAE2F17),
        .done = QColor(0x6CC492),
        .doneInk = QColor(0x86D3A6),
        .doneTint = QColor(0x1C3327),
        .pause = QColor(0x8C8F96),
        .pauseInk = QColor(0xB4B6BB),
        .pauseTint = QColor(0x323438),
        .track = QColor(0x3A3D42),
        .scrim = QColor(0, 0, 0, 148),
        .key = QColor(0x2C2E32),
    };
    return tokens;
}

const Tokens &tokensOf(const QPalette &palette)
{
    const bool dark = palette.color(QPalette::Base).lightnessF() < 0.5F;
    return dark ? darkTokens() : lightTokens();
}

const Tokens &tokensOf(const QWidget &widget)
{
    return tokensOf(widget.palette());
}

QPalette paletteOf(const Tokens &tokens)
{
    QPalette palette;
    palette.setColor(QPalette::Window, tokens.window);
    palette.setColor(QPalette::WindowText, tokens.ink);
    palette.setColor(QPalette::Base, tokens.page);
    palette.setColor(QPalette::AlternateBase, tokens.sunken);
    palette.setColor(QPalette::Text, tokens.ink);
    palette.setColor(QPalette::PlaceholderText, tokens.ink3);
    palette.setColor(QPalette::Button, tokens.raised);
    palette.setColor(QPalette::ButtonText, tokens.ink);
    palette.setColor(QPalette::BrightText, tokens.onRing);
    palette.setColor(QPalette::Highlight, tokens.flame);
    palette.setColor(QPalette::HighlightedText, tokens.onFlame);
    palette.setColor(QPalette::Link, tokens.flameInk);
    palette.setColor(QPalette::LinkVisited, tokens.flameInk);
    palette.setColor(QPalette::ToolTipBase, tokens.raised);
    palette.setColor(QPalette::ToolTipText, tokens.ink);
    palette.setColor(QPalette::Light, tokens.raised);
    palette.setColor(QPalette::Midlight, tokens.line);
    palette.setColor(QPalette::Mid, tokens.line2);
    palette.setColor(QPalette::Dark, tokens.box);
    palette.setColor(QPalette::Shadow, tokens.line2);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, tokens.ink3);
    return palette;
}

QColor blend(const QColor &from, const QColor &to, double part)
{
    const auto mix = [part](float a, float b) { return a + float(part) * (b - a); };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()),
                            mix(from.blueF(), to.blueF()), mix(from.alphaF(), to.alphaF()));
}

} // namespace simmer::ui
