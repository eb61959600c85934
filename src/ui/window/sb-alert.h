#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwDialog *sb_alert_new (const char *heading,
                         const char *body);

G_END_DECLS
