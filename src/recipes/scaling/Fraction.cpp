// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Fraction.h"

#include <array>
#include <cmath>
#include <numeric>

namespace simmer::recipes {

namespace {

struct Sign {
    int top;
    int bottom;
    char16_t sign;
    bool isCommon; ///< a cook has a measure for it
};

constexpr std::array Signs{
    Sign{1, 8, u'⅛', true},  Sign{1, 6, u'⅙', false}, Sign{1, 5, u'⅕', false},
    Sign{1, 4, u'¼', true},  Sign{1, 3, u'⅓', true},  Sign{3, 8, u'⅜', false},
    Sign{2, 5, u'⅖', false}, Sign{1, 2, u'½', true},  Sign{3, 5, u'⅗', false},
    Sign{5, 8, u'⅝', false}, Sign{2, 3, u'⅔', true},  Sign{3, 4, u'¾', true},
    Sign{4, 5, u'⅘', false}, Sign{5, 6, u'⅚', false}, Sign{7, 8, u'⅞', false},
};

// From here on nobody cuts thirds; from there on not even halves.
constexpr double HalvesFrom = 10;
constexpr double WholesFrom = 20;
constexpr double Tolerance = 0.02;

QString joined(qint64 whole, QChar sign)
{
    return whole > 0 ? QString::number(whole) + sign : QString(sign);
}

/// The nearest of the measures that a cook has, for the part below one.
QString nearest(qint64 whole, double part)
{
    double best = whole > 0 ? part : 1; // how far off nothing at all would be
    QString text = QString::number(whole);
    for (const Sign &sign : Signs) {
        const double off = std::abs(part - double(sign.top) / sign.bottom);
        if (sign.isCommon && off < best) {
            best = off;
            text = joined(whole, sign.sign);
        }
    }
    return 1 - part < best ? QString::number(whole + 1) : text;
}

} // namespace

Fraction Fraction::of(qint64 top, qint64 bottom)
{
    const qint64 both = std::max<qint64>(1, std::gcd(top, bottom));
    return {top / both, bottom / both};
}

Fraction operator*(const Fraction &a, const Fraction &b)
{
    const Fraction left = Fraction::of(a.top, b.bottom); // crosswise first, so that nothing grows
    const Fraction right = Fraction::of(b.top, a.bottom);
    return Fraction::of(left.top * right.top, left.bottom * right.bottom);
}

QString inFractions(const Fraction &amount)
{
    const double value = amount.value();
    if (amount.isWhole())
        return QString::number(amount.top);
    if (value >= WholesFrom || (value >= HalvesFrom && amount.bottom != 2))
        return QString::number(std::llround(value));
    const qint64 whole = amount.top / amount.bottom;
    const Fraction part = Fraction::of(amount.top % amount.bottom, amount.bottom);
    for (const Sign &sign : Signs)
        if (part.top == sign.top && part.bottom == sign.bottom)
            return joined(whole, sign.sign);
    if (value < 0.1)
        return QStringLiteral("1/%1").arg(std::llround(1 / value));
    return nearest(whole, part.value());
}

QString inDecimals(const Fraction &amount, QChar point, int places)
{
    constexpr std::array Steps{50.0, 25.0, 10.0, 5.0, 1.0, 0.5, 0.25, 0.1, 0.05, 0.01};
    const double value = amount.value();
    const double unit = std::pow(10, places);
    double rounded = std::round(value * unit) / unit;
    const bool isExact = std::abs(rounded - value) < 1e-9;
    for (const double step : Steps) {
        if (isExact)
            break;
        rounded = std::round(value / step) * step;
        if (std::abs(rounded - value) <= Tolerance * value)
            break;
    }
    QString text = QString::number(rounded, 'f', 2);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text.replace(u'.', point);
}

} // namespace simmer::recipes
