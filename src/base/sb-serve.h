#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sb_serve_until_asked (gboolean ends_with_stdin);

G_END_DECLS
