// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace simmer::ui {

/// The keys of cooking mode at its foot, those that fit. Read to nobody: buttons say their names.
class KeyLine : public QWidget
{
    Q_OBJECT

public:
    struct Key {
        QStringList caps; ///< any of these
        QString words;

        bool operator==(const Key &) const = default;
    };

    explicit KeyLine(QWidget *parent = nullptr);

    /// How large all is, 1 at 1440 px of width; never smaller than a caption.
    void setUnit(qreal unit);
    /// While something rings, keys mean that.
    void setRings(bool rings);
    const QList<Key> &keys() const { return m_keys; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<Key> m_keys; ///< the more telling first
    qreal m_unit = 1;
};

} // namespace simmer::ui
