#include "sb-import-words.h"

#include <glib/gi18n.h>

const char *
sb_import_words_fate (SbFate fate)
{
  switch (fate)
    {
    case SB_FATE_NEW:
      return C_("fate of a row", "New");
    case SB_FATE_CHANGED:
      return C_("fate of a row", "Changed");
    case SB_FATE_SAME:
      return C_("fate of a row", "Same");
    case SB_FATE_MERGED:
      return C_("fate of a row", "Put Together");
    case SB_FATE_REJECTED:
    case SB_N_FATES:
    default:
      return C_("fate of a row", "Cannot Use");
    }
}

const char *
sb_import_words_fate_icon (SbFate fate)
{
  static const char *const icons[SB_N_FATES] = { "", "list-add-symbolic", "document-edit-symbolic", "sb-tick-1-symbolic", "sb-contacts-symbolic", "dialog-warning-symbolic" };

  return icons[fate];
}

const char *
sb_import_words_fate_class (SbFate fate)
{
  static const char *const classes[SB_N_FATES] = { "", "success", "accent", "dimmed", "dimmed", "error" };

  return classes[fate];
}

const char *
sb_import_words_field (SbField field)
{
  static const char *const words[SB_N_FIELDS] = {
    [SB_FIELD_NONE] = N_("Do Not Use"),
    [SB_FIELD_OTHER] = N_("Keep Under Its Title"),
    [SB_FIELD_NAME] = N_("Name"),
    [SB_FIELD_FIRST_NAME] = N_("First Name"),
    [SB_FIELD_MIDDLE_NAME] = N_("Middle Name"),
    [SB_FIELD_LAST_NAME] = N_("Last Name"),
    [SB_FIELD_PHONE] = N_("Number"),
    [SB_FIELD_DIAL_CODE] = N_("Country Code"),
    [SB_FIELD_COUNTRY] = N_("Country"),
    [SB_FIELD_LANGUAGE] = N_("Language"),
    [SB_FIELD_EMAIL] = N_("E-mail"),
    [SB_FIELD_COMPANY] = N_("Company"),
    [SB_FIELD_ADDRESS] = N_("Address"),
    [SB_FIELD_BIRTHDAY] = N_("Birthday"),
    [SB_FIELD_NOTE] = N_("Note"),
    [SB_FIELD_LINE] = N_("Name and Number"),
    [SB_FIELD_CONSENT] = N_("Consent (Not Taken Over)"),
  };

  return _(words[field]);
}

/* Of a change: one of ours, or a title of the owner's own. */
char *
sb_import_words_field_name (const char *name)
{
  SbField field;

  if (g_str_equal (name, "number") || g_str_equal (name, "numbers"))
    return g_strdup (_("Number"));
  if (g_str_equal (name, "tags"))
    return g_strdup (_("Tags"));
  if (g_str_equal (name, "stage"))
    return g_strdup (_("Stage"));

  return g_strdup (sb_field_from_name (name, &field) ? sb_import_words_field (field) : name);
}

/* "E-mail: – → amina@example.org", a line for each. */
char *
sb_import_words_changes (const SbPlanRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; row->changes != NULL && i < row->changes->len; i++)
    {
      const SbChange  *change = row->changes->pdata[i];
      g_autofree char *field = sb_import_words_field_name (change->field);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: what a row of a list changes: the field, what it was, what it becomes ("E-mail: – → amina@example.org") */
      g_string_append_printf (text, _("%s: %s → %s"), field, change->before != NULL ? change->before : "–", change->after);
    }

  return g_string_free (text, FALSE);
}

/* (nullable): the second line under a fate. */
char *
sb_import_words_about (const SbPlanRow *row)
{
  if (row->reason != NULL)
    return g_strdup (row->reason);
  if (row->remark != NULL)
    return g_strdup (row->remark);
  if (row->changes != NULL && row->changes->len > 0)
    {
      const SbChange  *change = row->changes->pdata[0];
      g_autofree char *field = sb_import_words_field_name (change->field);
      guint            more = row->changes->len - 1;

      if (more == 0)
        return g_strdup_printf (_("%s: %s"), field, change->after);

      /* Translators: what a row of a list brings, such as "E-mail: amina@example.org, and 2 more" */
      return g_strdup_printf (ngettext ("%s: %s, and %u more", "%s: %s, and %u more", more), field, change->after, more);
    }

  return NULL;
}

/* With the separators of the person's language. */
char *
sb_import_words_count (guint n)
{
  return g_strdup_printf ("%'u", n);
}

/* "Today 14:20", "12 Nov", "12 Nov 2025" */
char *
sb_import_words_day (gint64 at)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (then) != g_date_time_get_year (now))
    return g_date_time_format (then, _("%-d %b %Y"));
  if (g_date_time_get_day_of_year (then) != g_date_time_get_day_of_year (now))
    return g_date_time_format (then, _("%-d %b"));

  return g_date_time_format (then, _("Today %H:%M"));
}

char *
sb_import_words_file (const char *file_name)
{
  return g_strdup (file_name != NULL ? file_name : _("Pasted Text"));
}

/* Why somebody stays as they are when the import is taken back. */
char *
sb_import_words_stays (const SbStayingRow *row)
{
  g_autofree char *day = sb_import_words_day (row->at);
  g_autofree char *field = row->field != NULL ? sb_import_words_field_name (row->field) : NULL;

  if (row->stays == SB_STAYS_MESSAGES && row->at == 0)
    return g_strdup (_("There is a conversation"));
  if (row->stays == SB_STAYS_MESSAGES)
    /* Translators: what happened, and when: "Today 14:20", "12 Nov" */
    return g_strdup_printf (row->theirs ? _("They wrote to you · %s") : _("You wrote to them · %s"), day);
  if (g_strcmp0 (row->field, "name") == 0)
    return g_strdup_printf (_("The name was changed · %s"), day);
  if (field != NULL)
    /* Translators: "E-mail: changed since the import" */
    return g_strdup_printf (_("%s: changed since the import"), field);

  return g_strdup (_("Changed since the import"));
}

char *
sb_import_words_kept (const char *why)
{
  return g_strdup (g_strcmp0 (why, "messages") == 0 ? _("Stayed: there is a conversation") : _("Stayed: somebody changed it since"));
}
