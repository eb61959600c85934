#pragma once

#include <adwaita.h>

#include "sb-message.h"

G_BEGIN_DECLS

/* The button a customer pressed: its id where it is known, else its words. */
typedef struct
{
  const char *id;    /* (nullable) */
  const char *title; /* (nullable) */
} SbPressed;

GtkWidget *sb_bubble_interactive_header_new (const SbMessage *message);
GtkWidget *sb_bubble_interactive_footer_new (const SbMessage *message);
void       sb_bubble_interactive_add (GtkWidget       *frame,
                                      const SbMessage *message,
                                      const SbPressed *answer);

G_END_DECLS
