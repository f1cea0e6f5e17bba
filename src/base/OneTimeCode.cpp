// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/OneTimeCode.h"

#include <QCryptographicHash>

namespace simmer {

namespace {

QString normalised(const QString &code)
{
    QString plain;
    for (const QChar c : code.toUpper()) {
        if (c == QLatin1Char('O'))
            plain += QLatin1Char('0');
        else if (c == QLatin1Char('I') || c == QLatin1Char('L'))
            plain += QLatin1Char('1');
        else if (!c.isSpace() && c != QLatin1Char('-'))
            plain += c;
    }
    return plain;
}

} // namespace

QByteArray hashOfCode(const QString &code)
{
    return QCryptographicHash::hash(normalised(code).toUtf8(), QCryptographicHash::Sha256);
}

} // namespace simmer
