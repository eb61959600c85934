/* What a row of People says, in words. */
#include <glib/gi18n.h>

#include "sb-people-cells.h"

/* Numbers run from left to right; other words run by their own script. */
char *
sb_people_marked_text (const char *text)
{
  return text[0] == '+' ? g_strconcat ("\342\201\246", text, "\342\201\251", NULL) : g_strdup (text);
}

/* "Today, 13:52", "Yesterday", "Thursday", "12 Nov", "12 Nov 2025". (transfer full) */
char *
sb_people_day_text (gint64 at_ms,
                    gint64 now_ms)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_ms / 1000);
  GDate                 day, today;
  int                   days;

  if (at == NULL || now == NULL)
    return g_strdup ("");
  g_date_set_dmy (&day, (GDateDay) g_date_time_get_day_of_month (at), (GDateMonth) g_date_time_get_month (at), (GDateYear) g_date_time_get_year (at));
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  days = g_date_days_between (&day, &today);
  if (days == 0)
    /* Translators: a time of today; see g_date_time_format () */
    return g_date_time_format (at, C_("people", "Today, %H:%M"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days > 1 && days < 7)
    return g_date_time_format (at, "%A");
  if (g_date_time_get_year (at) == g_date_time_get_year (now))
    /* Translators: short date, day and month; see g_date_time_format () */
    return g_date_time_format (at, C_("thread date", "%e %b"));

  /* Translators: short date of another year; see g_date_time_format () */
  return g_date_time_format (at, C_("people", "%e %b %Y"));
}

/* The last words of the conversation. (transfer full) */
char *
sb_people_said_text (const SbPerson *person)
{
  if (person->preview == NULL)
    return g_strdup (_("No message yet"));
  if (person->last_direction == SB_DIRECTION_OUT)
    /* Translators: what the shop wrote last to this customer */
    return g_strdup_printf (_("You: %s"), person->preview);
  if (person->last_kind == SB_MESSAGE_TEXT)
    /* Translators: what the customer wrote last, in quotation marks of your language */
    return g_strdup_printf (_("“%s”"), person->preview);

  return g_strdup (person->preview);
}

/* How a customer came to the shop. (transfer full) */
char *
sb_people_source_text (const char *source)
{
  static const struct
  {
    const char *name;
    const char *words;
  } known[] = {
    { "inbound", N_("Wrote to us") },
    { "hand", N_("Added by hand") },
    { "import", N_("From a list") },
    { "link", N_("Link or code") },
    { "campaign", N_("Campaign") },
  };

  for (gsize i = 0; source != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, source))
      return g_strdup (_(known[i].words));

  return g_strdup (source != NULL ? source : "");
}

char *
sb_people_language_text (const char *code)
{
  static const struct
  {
    const char *code;
    const char *name;
  } known[] = {
    { "ar", N_("Arabic") }, { "bn", N_("Bengali") }, { "de", N_("German") }, { "en", N_("English") }, { "es", N_("Spanish") }, { "fr", N_("French") }, { "hi", N_("Hindi") }, { "id", N_("Indonesian") }, { "it", N_("Italian") }, { "nl", N_("Dutch") }, { "pl", N_("Polish") }, { "pt", N_("Portuguese") }, { "ru", N_("Russian") }, { "sw", N_("Swahili") }, { "tr", N_("Turkish") }, { "ur", N_("Urdu") }, { "zh", N_("Chinese") }
  };

  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (code, known[i].code) && (code[2] == '\0' || code[2] == '_' || code[2] == '-'))
      return g_strdup (_(known[i].name));

  return g_strdup (code != NULL ? code : "");
}

/* A row as it is read out. (transfer full) */
char *
sb_people_spoken_text (const SbPerson *person)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char         *said = sb_people_said_text (person);
  g_auto (GStrv)           all = NULL;
  char                    *spoken = NULL;

  g_strv_builder_add (parts, person->name);
  if (person->handle[0] != '\0' && !g_str_equal (person->handle, person->name))
    g_strv_builder_add (parts, person->handle);
  if (person->stage != NULL)
    g_strv_builder_add (parts, person->stage);
  g_strv_builder_add (parts, sb_consent_get_label (person->consent));
  if (person->blocked)
    g_strv_builder_add (parts, _("Blocked"));
  g_strv_builder_add (parts, said);
  all = g_strv_builder_end (parts);

  for (char **part = all; *part != NULL; part++)
    {
      g_autofree char *before = g_steal_pointer (&spoken);

      /* Translators: two parts of a row that is read out; the first may already be several */
      spoken = before != NULL ? g_strdup_printf (C_("spoken list", "%s, %s"), before, *part) : g_strdup (*part);
    }

  return spoken;
}
