// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Headings.h"

#include <QRegularExpression>

namespace simmer::recipes::formats {

namespace {

// Longer text is a sentence that happens to begin with such a word.
constexpr qsizetype MaxLength = 48;

QRegularExpression heading(const char16_t *words)
{
    const QString pattern = QStringLiteral(R"(^[\W\d]*(?:%1)(?:\W.*)?$)").arg(QStringView(words));
    return QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption |
                                           QRegularExpression::UseUnicodePropertiesOption);
}

const QRegularExpression &ingredients()
{
    static const QRegularExpression words = heading(
        u"ingredients?|what you(?:'|’)?(?:ll)? need|you(?:'|’)ll need|zutaten|das brauchst du|"
        u"ingr[ée]dients?|ingrediënten|benodigdheden|ingredienser|ingredienti|ingredientes|"
        u"składniki|suroviny|ingredience|hozzávalók|ингредиенты|malzemeler|材料|ainekset");
    return words;
}

const QRegularExpression &steps()
{
    static const QRegularExpression words = heading(
        u"instructions?|directions?|method|preparation|steps|the steps|how to make(?: it)?|"
        u"zubereitung|anleitung|so geht(?:'|’)?s|so wird(?:'|’)?s gemacht|préparation|étapes|"
        u"la recette|réalisation|bereiding|bereidingswijze|werkwijze|zo maak je het|aan de slag|"
        u"fremgangsmåde|sådan gør du|gør sådan|så här gör du|gör så här|instruktioner|tillagning|"
        u"framgangsmåte|slik gjør du|preparazione|procedimento|preparación|elaboración|"
        u"instrucciones|modo de prepar(?:o|ação)|preparação|przygotowanie|sposób przygotowania|"
        u"sposób wykonania|postup|příprava|príprava|elkészítés(?:e)?|приготовление|"
        u"способ приготовления|hazırlanışı|yapılışı|作り方|手順|valmistus(?:ohje)?");
    return words;
}

const QRegularExpression &other()
{
    static const QRegularExpression words = heading(
        u"notes?|tips?|recipe notes|nutrition(?:al)?(?: information| facts)?|comments?|reviews?|"
        u"equipment|related|you may also like|more recipes|share|print|video|tags|nährwerte|"
        u"kommentare|tipps?|commentaires|conseils?|voedingswaarden|reacties|commenti|comentarios|"
        u"comentários|dicas|komentáře|komentarze|hozzászólások|комментарии|yorumlar|kommentarer");
    return words;
}

} // namespace

std::optional<Heading> headingOf(const QString &text)
{
    if (text.size() > MaxLength)
        return std::nullopt;
    if (ingredients().match(text).hasMatch())
        return Heading::Ingredients;
    if (steps().match(text).hasMatch())
        return Heading::Steps;
    if (other().match(text).hasMatch())
        return Heading::Other;
    return std::nullopt;
}

} // namespace simmer::recipes::formats
