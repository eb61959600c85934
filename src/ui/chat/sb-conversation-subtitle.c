#include "sb-conversation-subtitle.h"

#include <glib/gi18n.h>

#include "sb-thread-row.h"

/* What stands under the name: what is most pressing, else the number. In a narrow window @brief words. */
char *
sb_conversation_subtitle (SbEngine       *engine,
                          const SbThread *thread,
                          gboolean        brief)
{
  gint64 now = sb_clock_now (sb_engine_get_clock (engine));

  if (thread->n_unknown > 0)
    /* Translators: messages of which nobody knows whether they went out */
    return g_strdup_printf (ngettext ("%d message to check", "%d messages to check", thread->n_unknown), thread->n_unknown);
  if (thread->n_waiting > 0)
    /* Translators: messages that wait to go out */
    return g_strdup_printf (ngettext ("%d message waiting", "%d messages waiting", thread->n_waiting), thread->n_waiting);
  if (thread->window_until > 0 && thread->window_until < now)
    return g_strdup (_("Answer window closed"));
  if (thread->status == SB_THREAD_PENDING)
    return g_strdup (_("Pending"));
  if (thread->unanswered && thread->status != SB_THREAD_CLOSED)
    {
      g_autofree char *since = sb_duration_text (now - thread->unanswered_since);

      if (brief)
        /* Translators: how long the customer has been waiting, in few words */
        return g_strdup_printf (_("Waits %s"), since);
      /* Translators: how long the customer has been waiting */
      return g_strdup_printf (_("Waiting for your answer · %s"), since);
    }

  return sb_name_text (thread->handle);
}
