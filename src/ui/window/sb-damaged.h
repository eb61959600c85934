#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sb_damaged_present (GtkWidget  *parent,
                         const char *path);

G_END_DECLS
