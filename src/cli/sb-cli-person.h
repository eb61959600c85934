#pragma once

#include "sb-cli-context.h"

G_BEGIN_DECLS

gint64    sb_cli_find_person (SbCli      *cli,
                              const char *text);
SbCliExit sb_cli_no_person (SbCli *cli);
SbCliExit sb_cli_find_people (SbCli  *cli,
                              char  **who,
                              gint64 *ids);
void      sb_cli_close (SbCli *cli);
SbCliExit sb_cli_person (SbCli *cli,
                         int    argc,
                         char **argv);
SbCliExit sb_cli_consent (SbCli *cli,
                          int    argc,
                          char **argv);

G_END_DECLS
