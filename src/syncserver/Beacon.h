// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace simmer::syncserver {

/// Tells the house where the kitchen server is, by Avahi over D-Bus: its port, the protocol's
/// version and the beginning of its key's fingerprint, under the name "Simmer 1" or the next that
/// is free. Where there is no Avahi it is silent, and begins when one comes. Lives in a thread
/// with an event loop; waits for the bus, never for Avahi.
class Beacon : public QObject
{
    Q_OBJECT

public:
    /// The last number that is tried.
    static constexpr int MostNames = 99;

    struct Sign {
        quint16 port = 0;
        QByteArray fingerprint; ///< of the server's key, hexadecimal
    };

    /// `bus` is the address of the D-Bus; empty: the system's.
    explicit Beacon(const Sign &sign, const QString &bus = {}, QObject *parent = nullptr);
    /// Takes the sign down.
    ~Beacon() override;

    /// Empty while nobody can see it.
    QString name() const { return m_name; }

Q_SIGNALS:
    /// It can be seen under this name.
    void announced(const QString &name);
    /// It cannot be seen any more, or yet.
    void silent(const QString &why);

private:
    class Avahi;

    std::unique_ptr<Avahi> m_avahi;
    QString m_name;
};

} // namespace simmer::syncserver
