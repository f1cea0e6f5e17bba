// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "identity/Bytes32.h"

#include <QUrl>

#include <optional>

namespace simmer::syncclient {

/// An invitation as one text, for a picture or the clipboard: where the kitchen's server is, the
/// one-time code, and its key to compare. Whoever has it may join while the code is good.
struct PairLink {
    QString host;
    quint16 port = 0;
    QString code; ///< as it is read; 16 characters without signs between
    std::optional<identity::Fingerprint> key = {}; ///< of the server's; none where it speaks plain

    /// As SyncClient::pair() takes it.
    QUrl server() const;
    bool operator==(const PairLink &) const = default;
};

/// "simmer://pair?host=…&port=…&code=…&key=…", all of it ASCII.
QString toText(const PairLink &link);
/// The reverse, blanks around it forgiven; nothing for anything that is not exactly such a link.
std::optional<PairLink> pairLinkIn(const QString &text);

} // namespace simmer::syncclient
