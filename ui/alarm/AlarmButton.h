// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLatin1String>

namespace simmer::ui {

/// A large button on the alarm's red, with the key that does the same. Never takes the focus: the
/// alarm's keys are its own. GUI thread.
class AlarmButton : public QAbstractButton
{
    Q_OBJECT

public:
    enum class Role { Main, Deep, Outlined };

    AlarmButton(Role role, QLatin1String icon, const QString &text, const QString &key,
                QWidget *parent = nullptr);

    void setKey(const QString &key);
    /// 1 is the size of the mock-up, in a window of 1440 px.
    void setScale(qreal scale);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    qreal words() const;

    Role m_role;
    QLatin1String m_icon;
    QString m_key;
    qreal m_scale = 1;
};

} // namespace simmer::ui
