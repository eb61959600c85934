#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @paths: the files; @sentence: (nullable): what was refused, in words */
typedef void (*SbFilesTaken) (GStrv       paths,
                              const char *sentence,
                              gpointer    user_data);
typedef void (*SbWordsTaken) (const char *words,
                              gpointer    user_data);

void sb_file_drop_add (GtkWidget   *widget,
                       SbFilesTaken files_taken,
                       SbWordsTaken words_taken,
                       gpointer     user_data);
void sb_file_drop_take (GSList      *files,
                        SbFilesTaken files_taken,
                        gpointer     user_data);
void sb_file_paste_add (GtkTextView *view,
                        SbFilesTaken files_taken,
                        gpointer     user_data);

G_END_DECLS
