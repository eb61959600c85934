#pragma once

#include "sb-card.h"
#include "sb-error.h"

G_BEGIN_DECLS

typedef enum
{
  SB_CONTACTS_CSV,
  SB_CONTACTS_VCARD,
  SB_CONTACTS_XLSX,
} SbContactsFormat;

/* How wide the table must be. */
typedef struct
{
  guint  n_numbers; /* most of one contact */
  char **fields;    /* all names there are */
} SbCardShape;

/* (transfer full) (nullable): the next contact, NULL at the end. */
typedef SbCard *(*SbCardFunc) (gpointer data);

gboolean sb_contacts_write (SbContactsFormat   format,
                            const char        *path,
                            const SbCardShape *shape,
                            SbCardFunc         next,
                            gpointer           data,
                            GError           **error);
gboolean sb_rows_write_csv (const char *path,
                            const char *title,
                            GPtrArray  *titles,
                            GPtrArray  *rows,
                            GPtrArray  *notes,
                            GError    **error);

G_END_DECLS
