// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QColor>
#include <QLatin1String>

namespace simmer::ui {

/// A button of an icon, words or both, flat on what it stands on: toolbars, card actions, rows.
/// Its colours come from its role and the theme. GUI thread.
class FlatButton : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Role {
        Plain,    ///< ink on nothing, hover below the pointer
        Main,     ///< the obvious one: flame ink
        Urgent,   ///< the obvious one of what is late: red ink
        Starred,  ///< plain, its icon in amber: a favourite
        Outlined, ///< raised, with a hairline
        Danger,   ///< outlined, red ink: what cannot be taken back
        Filled,   ///< flame
        OnRing,   ///< white on deep red
        StopRing, ///< red on white
    };

    FlatButton(QLatin1String icon, const QString &text, QWidget *parent = nullptr);

    void setRole(Role role);
    /// Changes what it shows and, unless a name was given, what it is called.
    void set(QLatin1String icon, const QString &text);
    /// Whether it is painted to its edges with this radius (a cell of a card), or inset.
    void setRadius(qreal radius);
    /// How many times as large as on a desk it is; `height` is that of the button, px.
    void setZoom(qreal zoom, int height);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Colours {
        QColor fill;
        QColor line;
        QColor ink;
        QColor icon;
    };
    Colours colours() const;
    void paintContent(QPainter &painter, const Colours &look) const;
    QFont labelFont() const;

    QLatin1String m_icon;
    Role m_role = Role::Plain;
    qreal m_radius = 8;
    qreal m_zoom = 1;
    int m_height = 34;
};

} // namespace simmer::ui
