#pragma once

#include "sb-mailbox-db.h"

G_BEGIN_DECLS

/* What the operator typed, all of it optional at this point. */
typedef struct
{
  char    *data;
  char    *listen;
  char    *app_secret_file;
  char    *seal_key;
  char    *label;
  char    *url;
  int      max_mb;
  int      days;
  gboolean blind;
  gboolean json;
  gboolean qr;
  gboolean exit_with_stdin;
} SbMailboxOptions;

gboolean sb_mailbox_command_exists (const char *command);
gboolean sb_mailbox_command_run (const char             *command,
                                 const char             *name,
                                 const SbMailboxOptions *options,
                                 GError                **error);

G_END_DECLS
