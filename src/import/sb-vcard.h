#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A card as a row. */
enum
{
  SB_VCARD_NAME,
  SB_VCARD_PHONE, /* all numbers, one a line */
  SB_VCARD_EMAIL,
  SB_VCARD_COMPANY,
  SB_VCARD_NOTE,
  SB_VCARD_BIRTHDAY,
  SB_VCARD_LANGUAGE,
  SB_VCARD_ADDRESS,
  SB_VCARD_N_COLUMNS
};

extern const char *const sb_vcard_columns[SB_VCARD_N_COLUMNS];

G_END_DECLS
