// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simmer::ui {

class CodeText;
class FlatButton;
class InkLabel;
class LeftRing;

/// A one-time code, large, with how long it is good; without one, a sentence why. GUI thread.
class CodeCard : public QWidget
{
    Q_OBJECT

public:
    explicit CodeCard(QWidget *parent = nullptr);

    /// Four groups of four, and of how many ms it had at first how many are left.
    void setCode(const QString &code, qint64 leftMs, qint64 allMs);
    /// No code is good now; `why` is said in its place.
    void setNone(const QString &why);
    QString code() const;
    QString left() const;

Q_SIGNALS:
    void newWished();
    void copyWished();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    InkLabel *m_caption;
    CodeText *m_code;
    InkLabel *m_why;
    LeftRing *m_ring;
    FlatButton *m_new;
    FlatButton *m_copy;
};

/// Four groups of four, two on each of two lines, each letter in a cell of its own.
class CodeText : public QWidget
{
    Q_OBJECT

public:
    explicit CodeText(QWidget *parent = nullptr);

    void set(const QString &code);
    const QString &code() const { return m_code; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_code;
};

/// What is left of a time, as a ring and as minutes and seconds.
class LeftRing : public QWidget
{
    Q_OBJECT

public:
    explicit LeftRing(QWidget *parent = nullptr);

    void set(qint64 leftMs, qint64 allMs);
    QString text() const { return m_text; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    qreal m_part = 0;
};

} // namespace simmer::ui
