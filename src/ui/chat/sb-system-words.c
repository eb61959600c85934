/* What the desk did by itself, in words: who was given what, why something was not sent, what the customer said. */
#include "sb-system-words.h"

#include <glib/gi18n.h>

#include "sb-json.h"
#include "sb-reason.h"

static char *
rating_words (JsonObject *data)
{
  int         score = sb_json_int (data, "score", 0), scale = sb_json_int (data, "scale", 0);
  const char *staff = sb_json_string (data, "staff");
  const char *faces[] = { C_("rating", "🙁 Not good"), C_("rating", "😐 All right"), C_("rating", "🙂 Good") };

  if (scale == 3 && score >= 1 && score <= 3)
    /* Translators: what the customer chose, who had closed the conversation */
    return staff != NULL ? g_strdup_printf (_("The customer said: %s · closed by %s"), faces[score - 1], staff)
                         /* Translators: what the customer chose */
                         : g_strdup_printf (_("The customer said: %s"), faces[score - 1]);

  /* Translators: a mark, the best mark, who had closed the conversation */
  return staff != NULL ? g_strdup_printf (_("The customer gave %d of %d · closed by %s"), score, scale, staff)
                       /* Translators: a mark, the best mark */
                       : g_strdup_printf (_("The customer gave %d of %d"), score, scale);
}

static const char *
reason_of (JsonObject *data)
{
  return g_strcmp0 (sb_json_string (data, "reason"), "late") == 0 ? _("Shopbell was not running at the time.") : sb_reason_to_sentence (sb_json_int (data, "code", 0));
}

char *
sb_system_words (const SbMessage *message)
{
  const char *what = sb_json_string (message->data, "what");

  if (g_strcmp0 (what, "rated") == 0)
    return rating_words (message->data);
  if (g_strcmp0 (what, "came-back") == 0)
    /* Translators: name of a colleague */
    return g_strdup_printf (_("Given to %s, who had it last"), sb_json_string (message->data, "staff"));
  if (g_strcmp0 (what, "away-held") == 0)
    /* Translators: a sentence that says why */
    return g_strdup_printf (_("That the shop is closed was not sent. %s"), reason_of (message->data));
  if (g_strcmp0 (what, "question-held") == 0)
    /* Translators: a sentence that says why */
    return g_strdup_printf (_("How it was, was not asked. %s"), reason_of (message->data));

  return NULL;
}

char *
sb_desk_head (const SbMessage *message)
{
  if (g_strcmp0 (message->author_name, "closed") == 0)
    return g_strdup (_("Sent because the shop was closed"));
  if (g_strcmp0 (message->author_name, "how-it-was") == 0)
    return g_strdup (_("Asked after Done"));

  return NULL;
}
