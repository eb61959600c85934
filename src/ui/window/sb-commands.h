#pragma once

#include <adwaita.h>

#include "sb-engine.h"

G_BEGIN_DECLS

/* Where a key works. */
typedef enum
{
  SB_COMMAND_APP,      /* everywhere, before anything else */
  SB_COMMAND_DESK,     /* everywhere in a shop, after the text field that has the focus */
  SB_COMMAND_BOTH,     /* list and conversation, never in a text field */
  SB_COMMAND_LIST,     /* the list alone */
  SB_COMMAND_COMPOSER, /* where an answer is written */
  SB_COMMAND_TOLD,     /* another widget has it; here it is only told */
} SbCommandScope;

void                   sb_commands_set_accels (GtkApplication *application);
GtkShortcutController *sb_commands_new_controller (SbCommandScope scope);
AdwDialog             *sb_commands_new_dialog (SbEngine *engine);

G_END_DECLS
