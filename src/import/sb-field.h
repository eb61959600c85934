#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a column means. */
typedef enum
{
  SB_FIELD_NONE,  /* left out */
  SB_FIELD_OTHER, /* the owner's own: kept under its title, when that is asked for */
  SB_FIELD_NAME,
  SB_FIELD_FIRST_NAME,
  SB_FIELD_MIDDLE_NAME,
  SB_FIELD_LAST_NAME,
  SB_FIELD_PHONE,
  SB_FIELD_DIAL_CODE, /* the country code of the numbers, in a column of its own */
  SB_FIELD_COUNTRY,
  SB_FIELD_LANGUAGE,
  SB_FIELD_EMAIL,
  SB_FIELD_COMPANY,
  SB_FIELD_ADDRESS,
  SB_FIELD_BIRTHDAY,
  SB_FIELD_NOTE,
  SB_FIELD_LINE,    /* name and number in one */
  SB_FIELD_CONSENT, /* never taken over: consent is what a customer said to the shop, not what a file says */
  SB_N_FIELDS
} SbField;

const char *sb_field_to_name (SbField field);
gboolean    sb_field_from_name (const char *name,
                                SbField    *field);
char       *sb_field_fold (const char *title) G_GNUC_WARN_UNUSED_RESULT;
SbField     sb_field_of_title (const char *title);
gboolean    sb_field_is_no_number (const char *title);
gboolean    sb_field_is_mobile (const char *title);
gboolean    sb_field_is_fax (const char *title);
gboolean    sb_field_is_kind (const char *title);

G_END_DECLS
