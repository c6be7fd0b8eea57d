// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace handover::ui {
namespace {

/// The text of an icon's file; empty if there is none. Files are read once.
const QByteArray &sourceOf(const QString &id)
{
    static QHash<QString, QByteArray> sources;
    auto found = sources.constFind(id);
    if (found == sources.constEnd()) {
        QFile file(u":/icons/"_s + id + u".svg"_s);
        found = sources.insert(id, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    return *found;
}

QPixmap rendered(const QString &id, QSize pixels, const QColor &color)
{
    const QString key = u"handover/%1/%2x%3/%4"_s.arg(id)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(color.isValid() ? color.name(QColor::HexArgb) : QString());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray source = sourceOf(id);
    if (color.isValid())
        source.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(source);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    painter.setOpacity(color.isValid() ? color.alphaF() : 1);
    renderer.render(&painter, QRectF(QPointF(), pixels));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class Engine final : public QIconEngine
{
public:
    Engine(QString id, std::optional<Role> role)
        : m_id(std::move(id))
        , m_role(role)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal scale = painter->device() ? painter->device()->devicePixelRatio() : 1;
        painter->drawPixmap(rect, pixmapOf(rect.size() * scale, mode, scale));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return pixmapOf(size, mode, 1);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // Up to Qt 6.7 QIcon asks for device pixels, from 6.8 on for device-independent ones.
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        return pixmapOf(size * scale, mode, scale);
#else
        return pixmapOf(size, mode, scale);
#endif
    }

    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override { return size; }
    QIconEngine *clone() const override { return new Engine(*this); }
    QString key() const override { return u"handover"_s; }
    QString iconName() override { return m_id; }
    bool isNull() override { return sourceOf(m_id).isEmpty(); }

private:
    [[nodiscard]] QPixmap pixmapOf(const QSize &pixels, QIcon::Mode mode, qreal scale) const
    {
        QColor ink = m_role ? color(*m_role) : QColor();
        if (m_role && mode == QIcon::Disabled)
            ink = QApplication::palette().color(QPalette::Disabled, QPalette::Text);
        QPixmap pixmap = rendered(m_id, pixels, ink);
        pixmap.setDevicePixelRatio(scale);
        return pixmap;
    }

    QString m_id;
    std::optional<Role> m_role; ///< none: keeps the colours of the file
};

} // namespace

QIcon icon(QStringView id, Role role)
{
    const QString name = id.toString();
    return sourceOf(name).isEmpty() ? QIcon() : QIcon(new Engine(name, role));
}

QIcon applicationIcon() { return QIcon(new Engine(u"handover"_s, std::nullopt)); }

void paintIcon(QPainter *painter, const QRectF &rect, QStringView id, const QColor &color)
{
    const QString name = id.toString();
    if (sourceOf(name).isEmpty())
        return;
    const qreal scale = painter->device()->devicePixelRatio();
    const qreal side = qMin(rect.width(), rect.height());
    QPixmap pixmap = rendered(name, (QSizeF(side, side) * scale).toSize(), color);
    pixmap.setDevicePixelRatio(scale);
    // On whole device pixels, else the lines blur.
    const QPointF corner(qRound((rect.center().x() - side / 2) * scale) / scale,
                         qRound((rect.center().y() - side / 2) * scale) / scale);
    painter->drawPixmap(corner, pixmap);
}

} // namespace handover::ui
