// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/jobs/wholefile.h"

#include <QSaveFile>

namespace handover {

std::expected<void, QString> writeWhole(const QString &path, QByteArrayView bytes,
                                              std::optional<QFileDevice::Permissions> permissions)
{
    QSaveFile file(path);
    // A write that comes to the end of the disk is short, and no error by itself.
    if (file.open(QIODevice::WriteOnly) && (!permissions || file.setPermissions(*permissions)) &&
        file.write(bytes.data(), bytes.size()) == bytes.size() && file.commit())
        return {};
    return std::unexpected(file.errorString());
}

} // namespace handover
