#pragma once

#include <gio/gio.h>

#include "sb-json.h"

G_BEGIN_DECLS

/* The practice network in a process of its own, and the bare loop that posts to it. */
typedef struct
{
  GSubprocess *process;
  JsonNode    *ready;
  char        *folder;
} Wire;

Wire        wire_start (void);
void        wire_stop (Wire *wire);
const char *wire_key (Wire       *wire,
                      const char *member);
void        wire_control (Wire       *wire,
                          const char *path,
                          const char *body);
void        wire_customers (Wire *wire,
                            guint n);
char       *wire_number (guint index);
/* Posts @n messages over eight connections and forgets them. Messages a second. */
double      wire_bare_rate (Wire *wire,
                            guint first,
                            guint n);

G_END_DECLS
