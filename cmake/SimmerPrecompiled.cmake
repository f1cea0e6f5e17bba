# SPDX-License-Identifier: GPL-3.0-or-later
# What most of src/ and tests/ include of Qt Core and the standard library, and ui/ of Qt Widgets. Nothing
# of ours, and no file of ours, whose path would keep ccache from knowing it in another clone.
set(SIMMER_CORE_HEADERS
    <QByteArray> <QCoreApplication> <QDateTime> <QDir> <QElapsedTimer> <QFile> <QHash>
    <QJsonArray> <QJsonDocument> <QJsonObject> <QList> <QMetaType> <QObject>
    <QRegularExpression> <QSet> <QString> <QStringList> <QTemporaryDir> <QThread> <QTimer>
    <QUrl> <QUuid> <algorithm> <array> <atomic> <chrono> <cmath> <compare> <deque> <functional>
    <limits> <map> <memory> <mutex> <optional> <random> <string> <thread> <utility> <variant>
    <vector>)
set(SIMMER_WIDGETS_HEADERS
    ${SIMMER_CORE_HEADERS} <QAbstractButton> <QAbstractTextDocumentLayout> <QApplication>
    <QBuffer> <QClipboard> <QColor> <QComboBox> <QDialog> <QDialogButtonBox> <QEvent>
    <QFileDialog> <QFontMetricsF> <QHBoxLayout> <QImage> <QKeyEvent> <QLatin1String> <QLineEdit>
    <QListView> <QListWidget> <QLocale> <QMenu> <QMessageBox> <QMimeData> <QMouseEvent>
    <QPainter> <QPainterPath> <QPixmap> <QPlainTextEdit> <QPointer> <QPushButton> <QScrollArea>
    <QScrollBar> <QShortcut> <QStackedWidget> <QStyle> <QTextBlock> <QThreadPool> <QVBoxLayout>
    <QWidget>)
