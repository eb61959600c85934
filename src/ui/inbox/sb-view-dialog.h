#pragma once

#include <adwaita.h>

#include "sb-view.h"

G_BEGIN_DECLS

/* Asks for the name of a view: a new one keeps what @view shows, a saved one is renamed. */
void sb_view_dialog_save (GtkWidget    *widget,
                          SbEngine     *engine,
                          const SbView *view);
void sb_view_dialog_rename (GtkWidget    *widget,
                            SbEngine     *engine,
                            const SbView *view);
void sb_view_delete (GtkWidget    *widget,
                     SbEngine     *engine,
                     const SbView *view);

G_END_DECLS
