#include "sb-settings.h"

#include "sb-config.h"

/**
 * sb_settings_get:
 *
 * What the person chose for this program on this computer. What belongs to a shop stands in the shop's file instead.
 *
 * Returns: (transfer none): one for the whole program
 */
GSettings *
sb_settings_get (void)
{
  static GSettings *settings;

  if (settings == NULL)
    settings = g_settings_new (SB_BASE_ID);

  return settings;
}
