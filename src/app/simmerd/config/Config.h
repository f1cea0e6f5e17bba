// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/ConfigFile.h"
#include "base/Log.h"

#include <QUrl>

namespace simmer::app {

/// An IP address and a port; 0 takes a free one.
struct ListenOn {
    QString address;
    quint16 port = 0;

    bool operator==(const ListenOn &) const = default;
};

/// Where the log goes; `file` with LogTo::File only.
enum class LogTo { Auto, Journald, Stderr, File };

/// What simmerd goes by, understood.
struct Config {
    QString dataDir; ///< absolute; empty when nobody said
    QList<ListenOn> listen;
    bool behindProxy = false;
    bool plain = false; ///< no TLS
    QStringList hosts;  ///< lower case
    QStringList origins;
    QString certFile;
    QString keyFile;
    LogTo logTo = LogTo::Auto;
    QString logFile;
    LogLevel logLevel = LogLevel::Info;
    qint64 logBytes = 0;
    int opsPerSecond = 0;
    QUrl webhookRing;
    QUrl webhookUnattended;
    QString name;
    QString metricsTokenFile;
    bool announce = true;

    bool operator==(const Config &) const = default;
};

/// The sources of settings, the weightier first.
struct Sources {
    GivenByKey flags;
    QHash<QString, QString> environment;
    std::optional<ReadSettings> file;
};

/// What holds, where each of it comes from, and all that is wrong.
struct Effective {
    Config config;
    GivenByKey given; ///< of every key; no values where nothing is set and there is no default
    QStringList problems;
    QStringList hints; ///< what is odd, but harms nothing

    bool isSetByHand(Key key) const { return given.value(key).from != QLatin1String("default"); }
};

/// For each key the weightiest source that gives it: flag, environment, file, default.
Effective understand(const Sources &sources);

/// The file that is read when none is named.
inline constexpr QLatin1String StandardConfigFile("/etc/simmer/simmerd.conf");

} // namespace simmer::app
