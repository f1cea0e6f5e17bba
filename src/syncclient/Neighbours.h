// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QObject>
#include <QUrl>

#include <memory>

namespace simmer::syncclient {

/// A kitchen server that was seen in the house. What it says of itself proves nothing: pairing
/// does.
struct Neighbour {
    QString name;           ///< "Simmer 1"
    QUrl address;           ///< wss://host:port, as socketAddress() takes it
    int version = 0;        ///< of the protocol
    QByteArray fingerprint; ///< the first 8 hexadecimal digits of its key's

    bool operator==(const Neighbour &) const = default;
};

/// Looks for kitchen servers in the house, by Avahi over D-Bus; where there is no Avahi it finds
/// none until one comes. Lives in a thread with an event loop; waits for the bus, never for
/// Avahi.
class Neighbours : public QObject
{
    Q_OBJECT

public:
    /// Of more only the first are told.
    static constexpr qsizetype Most = 64;

    /// `bus` is the address of the D-Bus; empty: the system's.
    explicit Neighbours(const QString &bus = {}, QObject *parent = nullptr);
    ~Neighbours() override;

    QList<Neighbour> all() const;

Q_SIGNALS:
    /// A server, or the new address of one.
    void found(const simmer::syncclient::Neighbour &neighbour);
    void lost(const QString &name);

private:
    class Avahi;

    std::unique_ptr<Avahi> m_avahi;
};

} // namespace simmer::syncclient

Q_DECLARE_METATYPE(simmer::syncclient::Neighbour)
