#pragma once

#include "sb-card.h"
#include "sb-control.h"
#include "sb-engine.h"

G_BEGIN_DECLS

/* How shopbell-cli ends. In the man page; only ever appended to. */
typedef enum
{
  SB_CLI_OK = 0,
  SB_CLI_FAILED = 1,
  SB_CLI_USAGE = 2,
  SB_CLI_NOT_FOUND = 3,
  SB_CLI_REFUSED = 4, /* the gate said no */
  SB_CLI_BUSY = 5,    /* another program has the shop open and does not answer */
  SB_CLI_NEWER = 6,
  SB_CLI_DAMAGED = 7,
  SB_CLI_NETWORK = 8,
  SB_CLI_KEY = 9,
} SbCliExit;

/* What every subcommand is given. */
typedef struct
{
  char     *shop;
  char     *secrets;
  gboolean  json;
  SbEngine *engine; /* open while a command needs it, or NULL when another program has the shop */
} SbCli;

typedef SbCliExit (*SbCliFunc) (SbCli *cli,
                                int    argc,
                                char **argv);

SbCliExit   sb_cli_open_for_reading (SbCli *cli);
SbCliExit   sb_cli_open_for_writing (SbCli   *cli,
                                     gboolean create);
JsonObject *sb_cli_request (SbCli      *cli,
                            JsonObject *request,
                            SbCliExit  *exit_code);
JsonObject *sb_cli_ask (SbCli      *cli,
                        JsonObject *request,
                        SbCliExit  *exit_code);
SbCliExit   sb_cli_fail (SbCli        *cli,
                         const GError *error);
gboolean    sb_cli_parse (SbCli              *cli,
                          const GOptionEntry *entries,
                          const char         *usage,
                          int                *argc,
                          char             ***argv);
void        sb_cli_print (SbCli      *cli,
                          JsonObject *row,
                          const char *text,
                          ...) G_GNUC_PRINTF (3, 4);
JsonObject *sb_cli_set_id (JsonObject *row,
                           const char *member,
                           gint64      id);
void        sb_cli_await (GAsyncResult **result);
void        sb_cli_done_cb (GObject      *object,
                            GAsyncResult *result,
                            gpointer      user_data);
gint64      sb_cli_parse_id (const char *text);
JsonObject *sb_cli_card_row (const SbCard *card);

SbCliExit sb_cli_init (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_line (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_template (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_serve (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_send (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_act (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_undo (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_threads (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_messages (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_search (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_outbox (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_events (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_ocr (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_import (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_export (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_contact (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_segment (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_tag (SbCli *cli, int argc, char **argv);
SbCliExit sb_cli_check (SbCli *cli, int argc, char **argv);

G_END_DECLS
