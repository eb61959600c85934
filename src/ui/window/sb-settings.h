#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *sb_settings_get (void);

G_END_DECLS
