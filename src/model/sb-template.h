#pragma once

#include <json-glib/json-glib.h>

#include "sb-reason.h"

G_BEGIN_DECLS

/* An approved form letter, as the network keeps it. */
typedef struct
{
  gint64     id;
  gint64     line_id;
  char      *remote_id;
  char      *name;
  char      *language;
  char      *category; /* MARKETING, UTILITY, AUTHENTICATION */
  char      *status;   /* APPROVED, PENDING, ... */
  char      *reason;
  char      *quality;
  gboolean   named; /* parameters have names instead of numbers */
  JsonArray *components;
  gint64     synced_at;
} SbTemplate;

SbTemplate *sb_template_new (void);
SbTemplate *sb_template_copy (const SbTemplate *self);
void        sb_template_free (SbTemplate *self);

/* One gap that must be filled before sending. */
typedef enum
{
  SB_PLACE_HEADER_TEXT,
  SB_PLACE_HEADER_MEDIA, /* value: path of a file or media id */
  SB_PLACE_BODY,
  SB_PLACE_BUTTON_URL,
  SB_PLACE_BUTTON_CODE,
} SbPlaceKind;

typedef struct
{
  SbPlaceKind kind;
  char       *key;     /* "header.1", "body.first_name", "button.0": what the values are keyed by */
  char       *name;    /* "1" or "first_name" */
  char       *example; /* or NULL */
  char       *format;  /* IMAGE, VIDEO, DOCUMENT of a media header; or NULL */
  int         button;  /* index among the buttons, -1 for none */
} SbPlace;

GPtrArray  *sb_template_places (const SbTemplate *self);
char       *sb_template_part (const SbTemplate *self,
                              const char       *type) G_GNUC_WARN_UNUSED_RESULT;
char       *sb_template_fill (const SbTemplate *self,
                              const char       *type,
                              GHashTable       *values) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray  *sb_template_buttons (const SbTemplate *self);
SbReason    sb_template_check (const SbTemplate *self,
                               GHashTable       *values,
                               char            **missing_key);
JsonObject *sb_template_to_wire (const SbTemplate *self,
                                 GHashTable       *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbTemplate, sb_template_free)

G_END_DECLS
