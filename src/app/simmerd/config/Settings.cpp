// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/config/Settings.h"

#include <QList>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace simmer::app {

namespace {

using K = QLatin1String;

/// A typing error is this far at most, in letters.
constexpr int FarthestTypo = 3;

constexpr qsizetype FileWidth = 96; // letters a line of the example

/// A comment of lines that are not too long.
QString comment(const QString &text)
{
    QString lines;
    QString line = QStringLiteral("#");
    for (const QString &word : text.split(QLatin1Char(' '))) {
        if (line.size() + word.size() >= FileWidth) {
            lines += line + QLatin1Char('\n');
            line = QStringLiteral("#");
        }
        line += QLatin1Char(' ') + word;
    }
    return lines + line + QLatin1Char('\n');
}

/// How many letters to add, drop or change (Levenshtein).
int distance(QStringView a, QStringView b)
{
    QList<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        int diagonal = std::exchange(row[0], int(i));
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, changed}));
        }
    }
    return row.constLast();
}

} // namespace

const std::array<Setting, 17> &settings()
{
    static constexpr bool One = false;
    static constexpr bool List = true;
    static constexpr bool Open = false;
    static constexpr bool Secret = true;
    static const std::array<Setting, 17> all{{
        {Key::DataDir, K("data-dir"), K("DIR"), K(""), One, Open,
         K("Where the kitchen is kept; made if missing.")},
        {Key::Listen, K("listen"), K("ADDRESS:PORT"), K("127.0.0.1:7464"), List, Open,
         K("Where devices connect; port 0 takes a free one.")},
        {Key::BehindProxy, K("behind-proxy"), K(""), K("no"), One, Open,
         K("A proxy with TLS stands before it: allows other addresses than loopback. The proxy has "
           "to pass a Host of localhost or of the listen address.")},
        {Key::Plain, K("plain"), K(""), K("no"), One, Open,
         K("No TLS: for this machine alone, as for tests or a tunnel that ends here.")},
        {Key::Hosts, K("hosts"), K("NAME"), K(""), List, Open,
         K("Names by which devices may call the server, beside its addresses and localhost.")},
        {Key::Origins, K("origins"), K("URL"), K(""), List, Open,
         K("Web pages from elsewhere that may talk to the server, such as https://example.org.")},
        {Key::Cert, K("cert"), K("FILE"), K(""), One, Open,
         K("A certificate (PEM, with its chain) instead of the one that simmerd makes itself.")},
        {Key::CertKey, K("key"), K("FILE"), K(""), One, Open,
         K("The private key of that certificate (PEM).")},
        {Key::Log, K("log"), K("WHERE"), K("auto"), One, Open,
         K("journald, stderr, or a file; auto is journald where systemd reads, else stderr.")},
        {Key::LogLevel, K("log-level"), K("LEVEL"), K("info"), One, Open,
         K("How much is told: error, warning, info or debug.")},
        {Key::LogSize, K("log-size"), K("BYTES"), K("10M"), One, Open,
         K("How large a log file grows before the next begins; three old ones are kept.")},
        {Key::OpsPerSecond, K("ops-per-second"), K("NUMBER"), K("50"), One, Open,
         K("How many ops a device may push on end; four times as many at once.")},
        {Key::WebhookRing, K("webhook-ring"), K("URL"), K(""), One, Secret,
         K("Is called by POST when a timer rings.")},
        {Key::WebhookUnattended, K("webhook-unattended"), K("URL"), K(""), One, Secret,
         K("Is called by POST when a timer rings and nobody comes.")},
        {Key::Name, K("name"), K("TEXT"), K("Kitchen"), One, Open,
         K("What the first kitchen is called, when it is made.")},
        {Key::MetricsTokenFile, K("metrics-token-file"), K("FILE"), K(""), One, Open,
         K("Holds the token that opens /metrics to others than this machine.")},
        {Key::Announce, K("announce"), K("yes|no"), K("yes"), One, Open,
         K("Tells the house by Avahi where the server is, when it listens beyond this machine.")},
    }};
    return all;
}

const Setting &settingOf(Key key)
{
    return settings()[size_t(key)];
}

const Setting *settingNamed(QStringView name)
{
    const auto found =
        std::find_if(settings().begin(), settings().end(),
                     [name](const Setting &setting) { return setting.name == name; });
    return found == settings().end() ? nullptr : found;
}

QString nearestName(QStringView name)
{
    const auto far = [name](const Setting &setting) {
        return distance(name, QString(setting.name));
    };
    const auto nearest =
        std::min_element(settings().begin(), settings().end(),
                         [far](const Setting &a, const Setting &b) { return far(a) < far(b); });
    const bool isTypo = far(*nearest) <= std::min<qsizetype>(FarthestTypo, name.size() / 2);
    return isTypo ? QString(nearest->name) : QString();
}

QString environmentNameOf(const Setting &setting)
{
    return QStringLiteral("SIMMERD_") +
           QString(setting.name).toUpper().replace(QLatin1Char('-'), QLatin1Char('_'));
}

QString exampleFile()
{
    QString text =
        QStringLiteral("# What simmerd goes by. A flag (--listen) and the environment\n"
                       "# (SIMMERD_LISTEN) come before this file. `simmerd --check-config`\n"
                       "# tells what holds, and what is wrong.\n");
    for (const Setting &setting : settings()) {
        const QString several = QStringLiteral(" Several: with commas between, or a line each.");
        text += QLatin1Char('\n') + comment(setting.help + (setting.isList ? several : QString()));
        const K shown = setting.standard.isEmpty() ? setting.value : setting.standard;
        text += QStringLiteral("#%1 = %2\n").arg(setting.name, shown);
    }
    return text;
}

} // namespace simmer::app
