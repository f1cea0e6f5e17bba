// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simmer::ui {

/// A text as a QR code (ISO/IEC 18004): dark on white in both themes, with the margin of four
/// modules that readers need, each module the same whole number of pixels. Without a text only the
/// place of one. GUI thread.
class QrView : public QWidget
{
    Q_OBJECT

public:
    explicit QrView(QWidget *parent = nullptr);

    /// At most 1,000 bytes of UTF-8; more is no picture that a camera reads.
    void setText(const QString &text);
    /// How many modules stand side by side, margins included; 0 without a text.
    int modules() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_size = 0;       ///< modules a side, without margins
    QList<bool> m_isDark; ///< row by row
};

} // namespace simmer::ui
