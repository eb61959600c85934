#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

GtkWidget *sb_line_group_new (SbEngine     *engine,
                              const SbLine *line);

G_END_DECLS
