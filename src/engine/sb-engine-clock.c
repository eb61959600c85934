/* Each answer of the network says what time it is there: a clock that is wrong here is named before somebody looks for it. */
#include "sb-engine-private.h"

/* @network_ms: as the answer says, unix ms; 0 where it does not. Told once, and again after it was right. */
void
sb_engine_note_clock (SbEngine *self,
                      gint64    network_ms)
{
  g_autoptr (SbCheck) check = network_ms != 0 ? sb_check_clock (network_ms, g_get_real_time () / 1000) : NULL;
  gboolean            wrong = check != NULL && check->state != SB_CHECK_OK;

  if (wrong && !self->clock_wrong)
    sb_notices_about_line (self->notices, check->title, check->sentence);
  if (check != NULL)
    self->clock_wrong = wrong;
}
