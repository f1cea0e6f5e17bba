// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>

namespace simmer::app {

/// What of simmerd can be set.
enum class Key {
    DataDir,
    Listen,
    BehindProxy,
    Plain,
    Hosts,
    Origins,
    Cert,
    CertKey,
    Log,
    LogLevel,
    LogSize,
    OpsPerSecond,
    WebhookRing,
    WebhookUnattended,
    Name,
    MetricsTokenFile,
    Announce,
};

/// One thing that can be set: --NAME, NAME in the file, SIMMERD_NAME in the environment. --help,
/// the example file, the manual page and --check-config are made of these.
struct Setting {
    Key key;
    QLatin1String name;
    QLatin1String value;    ///< what stands for it in texts; empty: yes or no
    QLatin1String standard; ///< when nobody sets it; empty: nothing
    bool isList;            ///< several, with commas or spaces between
    bool isSecret;          ///< is not printed
    QLatin1String help;
};

/// All of them, in the order of Key.
const std::array<Setting, 17> &settings();
const Setting &settingOf(Key key);
/// Null when there is none of that name.
const Setting *settingNamed(QStringView name);
/// The known name that is most like a wrong one; empty when none is.
QString nearestName(QStringView name);
/// "SIMMERD_DATA_DIR".
QString environmentNameOf(const Setting &setting);

/// The file /etc/simmer/simmerd.conf as it is shipped: every key with its default, commented out.
QString exampleFile();

} // namespace simmer::app
