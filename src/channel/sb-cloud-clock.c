/* Whether this computer's clock is right, by the date that the network put on its answers. */
#include "sb-cloud-private.h"

#include <glib/gi18n-lib.h>

#include "sb-clock.h"

#define CLOCK_LIMIT_MS (5 * SB_MINUTE_MS)

static char *
how_far_behind (gint64 off_ms)
{
  int days = off_ms / SB_DAY_MS;
  int hours = off_ms / SB_HOUR_MS;
  int minutes = off_ms / SB_MINUTE_MS;

  if (days >= 2)
    return g_strdup_printf (ngettext ("It is %d day behind.", "It is %d days behind.", days), days);
  if (hours >= 2)
    return g_strdup_printf (ngettext ("It is %d hour behind.", "It is %d hours behind.", hours), hours);

  return g_strdup_printf (ngettext ("It is %d minute behind.", "It is %d minutes behind.", minutes), minutes);
}

static char *
how_far_ahead (gint64 off_ms)
{
  int days = off_ms / SB_DAY_MS;
  int hours = off_ms / SB_HOUR_MS;
  int minutes = off_ms / SB_MINUTE_MS;

  if (days >= 2)
    return g_strdup_printf (ngettext ("It is %d day ahead.", "It is %d days ahead.", days), days);
  if (hours >= 2)
    return g_strdup_printf (ngettext ("It is %d hour ahead.", "It is %d hours ahead.", hours), hours);

  return g_strdup_printf (ngettext ("It is %d minute ahead.", "It is %d minutes ahead.", minutes), minutes);
}

/* @network_ms, unix ms: what the network says it is, in whole seconds */
SbCheck *
sb_check_clock (gint64 network_ms,
                gint64 here_ms)
{
  gint64           behind_ms = network_ms - here_ms;
  g_autofree char *how_far = NULL;
  g_autofree char *sentence = NULL;

  if (ABS (behind_ms) < CLOCK_LIMIT_MS)
    return sb_check_new ("clock", SB_CHECK_OK, _("This computer’s clock is right"), NULL);

  how_far = behind_ms > 0 ? how_far_behind (behind_ms) : how_far_ahead (-behind_ms);
  /* Translators: the first is a sentence of its own: “It is 12 minutes behind.” */
  sentence = g_strdup_printf (_("%s Set it right: the 24 hours to answer are counted by it, and safe connections need it."), how_far);

  return sb_check_new ("clock", SB_CHECK_FAILED, _("This computer’s clock is wrong"), sentence);
}
