// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace simmer::ui {

/// English for one and for many: the sources say "%n recipe(s)". Asked last, so that every real
/// translation comes before it. Owned by Theme; GUI thread.
class EnglishPlurals : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;
};

} // namespace simmer::ui
