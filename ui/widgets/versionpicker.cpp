// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/versionpicker.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/versionrows.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace handover::ui {
namespace {

constexpr int PickerPadding = 12;
constexpr int Gap = 8;
constexpr int ArrowRoom = 16;
constexpr int VisibleRows = 12;

} // namespace

VersionPicker::VersionPicker(const QString &caption, QWidget *parent)
    : QAbstractButton(parent)
    , m_caption(caption)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &VersionPicker::openList);
    describe();
}

void VersionPicker::setModel(QAbstractItemModel *model, const Roles &roles,
                             std::function<void(const QString &words)> filter)
{
    m_roles = roles;
    m_shown = model;
    m_filter = std::move(filter);
    if (m_filter)
        return;
    auto *proxy = new QSortFilterProxyModel(this);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy->setFilterRole(roles.name);
    proxy->setSourceModel(model);
    m_shown = proxy;
    m_filter = [proxy](const QString &words) { proxy->setFilterFixedString(words); };
}

void VersionPicker::setVersion(const QString &version)
{
    m_version = version;
    describe();
    updateGeometry();
    update();
}

void VersionPicker::setChip(const QString &text, Tone tone)
{
    m_chip = text;
    m_tone = tone;
    describe();
    updateGeometry();
    update();
}

void VersionPicker::describe()
{
    setAccessibleName(
        tr("%1: %2", "caption, version").arg(m_caption, m_version.isEmpty() ? tr("choose…") : m_version));
    setAccessibleDescription(m_chip);
}

QSize VersionPicker::sizeHint() const
{
    const QFontMetrics strong(bold(font()));
    const QString words = m_version.isEmpty() ? tr("choose…") : m_version;
    int width = 2 * PickerPadding + QFontMetrics(smallFont()).horizontalAdvance(m_caption) + Gap +
                strong.horizontalAdvance(words) + ArrowRoom + Gap;
    if (!m_chip.isEmpty())
        width += Gap + chipSize(m_chip).width();
    return {qMax(width, strong.averageCharWidth() * 20), strong.height() + 17};
}

QSize VersionPicker::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), fontMetrics().averageCharWidth() * 16), sizeHint().height()};
}

void VersionPicker::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool open = m_popup && m_popup->isVisible();
    const bool over = underMouse() && isEnabled();
    paintBox(&painter, rect(), color(over && !open ? Role::NeutralSoft : Role::Surface),
             color(open ? Role::Accent : Role::Border));
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paintFocusRing(&painter, rect());

    const auto placed = [this](const QRect &box) {
        return QStyle::visualRect(layoutDirection(), rect(), box);
    };
    const int side = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    QRect left = rect().adjusted(PickerPadding, 0, -PickerPadding - ArrowRoom, 0);
    paintIcon(&painter, placed(QRect(rect().right() - PickerPadding - ArrowRoom + 4, 0, ArrowRoom, height())),
              u"chevron-down", color(Role::SecondaryText));

    const QFontMetrics small(smallFont());
    painter.setFont(smallFont());
    painter.setPen(color(Role::SecondaryText));
    painter.drawText(placed(left), side | Qt::AlignVCenter | Qt::TextSingleLine, m_caption);
    left.setLeft(left.left() + small.horizontalAdvance(m_caption) + Gap);

    const QFont strong = m_version.isEmpty() ? font() : bold(font());
    const QString words = m_version.isEmpty() ? tr("choose…") : m_version;
    painter.setFont(strong);
    painter.setPen(color(m_version.isEmpty() ? Role::SecondaryText : Role::Text));
    const QFontMetrics metrics(strong);
    // The version matters more than its state: the chip gives way first.
    const QString shown = metrics.elidedText(words, Qt::ElideRight, left.width());
    painter.drawText(placed(left), side | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    left.setLeft(left.left() + metrics.horizontalAdvance(shown) + Gap);
    if (left.width() > small.averageCharWidth() * 4)
        paintChip(&painter, placed(left), m_chip, m_tone, isEnabled());
}

void VersionPicker::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        openList();
    else
        QAbstractButton::keyPressEvent(event);
}

void VersionPicker::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QAbstractButton::changeEvent(event);
}

void VersionPicker::buildList()
{
    auto *popup = new PopupFrame(this);
    popup->setAccessibleName(m_caption);
    popup->installEventFilter(this);
    m_search = new SearchField(tr("Filter versions…"), popup);
    m_list = new QListView(popup);
    m_list->setAccessibleName(tr("Versions"));
    m_list->setModel(m_shown);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new VersionRowDelegate(m_roles.name, m_roles.detail, m_roles.badges, m_list));
    auto *column = new QVBoxLayout(popup);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(m_search);
    column->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter(text);
        m_list->setCurrentIndex(m_shown->index(0, 0));
    });
    connect(m_search, &SearchField::movedOut, this, &VersionPicker::moveInList);
    connect(m_list, &QListView::clicked, this, &VersionPicker::choose);
    m_popup = popup;
}

void VersionPicker::openList()
{
    if (!m_shown)
        return;
    if (!m_popup)
        buildList();
    m_search->clear();
    m_filter({});
    const QModelIndexList here =
        m_shown->match(m_shown->index(0, 0), m_roles.name, m_version, 1, Qt::MatchExactly);
    m_list->setCurrentIndex(here.isEmpty() ? m_shown->index(0, 0) : here.first());
    const int rows = qBound(3, m_shown->rowCount(), VisibleRows);
    const int row = m_shown->rowCount() > 0 ? m_list->sizeHintForRow(0) : fontMetrics().height() + 12;
    m_list->setFixedHeight(rows * row + 2);
    m_popup->setFixedWidth(qMax(width(), fontMetrics().averageCharWidth() * 46));
    m_popup->adjustSize();
    QPoint corner = mapToGlobal(
        QPoint(layoutDirection() == Qt::RightToLeft ? width() - m_popup->width() : 0, height() + 4));
    if (const QScreen *there = screen()) {
        const QRect area = there->availableGeometry();
        corner.setX(qBound(area.left(), corner.x(), qMax(area.left(), area.right() - m_popup->width())));
        if (corner.y() + m_popup->height() > area.bottom())
            corner.setY(qMax(area.top(), mapToGlobal(QPoint(0, -4)).y() - m_popup->height()));
    }
    m_popup->move(corner);
    m_popup->show();
    m_list->scrollTo(m_list->currentIndex(), QAbstractItemView::PositionAtCenter);
    m_search->setFocus(Qt::PopupFocusReason);
    update();
}

void VersionPicker::closeList()
{
    if (m_popup)
        m_popup->hide();
}

void VersionPicker::moveInList(int key)
{
    if (key == Qt::Key_Enter)
        return choose(m_list->currentIndex());
    const int rows = m_shown->rowCount();
    const int row =
        qBound(0, m_list->currentIndex().row() + (key == Qt::Key_Down ? 1 : -1), qMax(0, rows - 1));
    m_list->setCurrentIndex(m_shown->index(row, 0));
}

void VersionPicker::choose(const QModelIndex &proxyIndex)
{
    if (!proxyIndex.isValid())
        return;
    const auto *proxy = qobject_cast<const QSortFilterProxyModel *>(m_shown);
    const QPersistentModelIndex index = proxy ? proxy->mapToSource(proxyIndex) : proxyIndex;
    closeList();
    emit chosen(index);
}

bool VersionPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_popup && event->type() == QEvent::Hide)
        update();
    return QAbstractButton::eventFilter(watched, event);
}

} // namespace handover::ui
