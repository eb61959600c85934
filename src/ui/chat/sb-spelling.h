#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void sb_spelling_add (GtkTextView *view);
void sb_spelling_set_writing_to (GtkTextView *view,
                                 gint64       thread_id,
                                 const char  *language);

G_END_DECLS
