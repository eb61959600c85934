#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CONNECT_FORM (sb_connect_form_get_type ())

G_DECLARE_FINAL_TYPE (SbConnectForm, sb_connect_form, SB, CONNECT_FORM, GObject)

/* "changed": something was typed. */
SbConnectForm *sb_connect_form_new (const SbLine *line);
GtkWidget     *sb_connect_form_get_first (SbConnectForm *self);
GtkWidget     *sb_connect_form_get_account (SbConnectForm *self);
GtkWidget     *sb_connect_form_get_receiving (SbConnectForm *self);
const char    *sb_connect_form_get_missing (SbConnectForm *self,
                                            guint          step);
SbLine        *sb_connect_form_get_line (SbConnectForm *self);
gboolean       sb_connect_form_keep_keys (SbConnectForm *self,
                                          SbSecrets     *secrets,
                                          gint64         line_id,
                                          GError       **error);

G_END_DECLS
