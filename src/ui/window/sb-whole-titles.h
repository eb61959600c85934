#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sb_whole_titles_begin (void);

G_END_DECLS
