#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

#define SB_TYPE_CUSTOMER_PANE (sb_customer_pane_get_type ())

G_DECLARE_FINAL_TYPE (SbCustomerPane, sb_customer_pane, SB, CUSTOMER_PANE, AdwBin)

GtkWidget *sb_customer_pane_new (SbEngine *engine);
void       sb_customer_pane_open (SbCustomerPane *self,
                                  gint64          thread_id);

G_END_DECLS
