// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>

#include <tuple>

namespace simmer::fakes {

/// What a signal of an object in another thread said, brought into this thread: QSignalSpy would
/// be written to by the other one, and would wait in vain for what came before it waited.
template<class... Arguments>
class Heard : public QObject
{
public:
    template<class Sender>
    Heard(Sender *sender, void (Sender::*signal)(Arguments...))
    {
        connect(
            sender, signal, this,
            [this](const std::decay_t<Arguments> &...said) { m_all += std::tuple(said...); },
            Qt::QueuedConnection);
    }

    qsizetype size() const { return m_all.size(); }
    /// What the first signal said as its argument number N.
    template<size_t N = 0>
    const auto &first() const
    {
        return std::get<N>(m_all.constFirst());
    }
    template<size_t N = 0>
    const auto &last() const
    {
        return std::get<N>(m_all.constLast());
    }

private:
    QList<std::tuple<std::decay_t<Arguments>...>> m_all;
};

} // namespace simmer::fakes
