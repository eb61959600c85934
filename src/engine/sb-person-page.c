#include "sb-person-page.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "sb-consent.h"
#include "sb-types.h"

#define STYLE                                                                                                                        \
  "body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"                           \
  "h1{margin-bottom:0}.dim{color:#666;font-size:.85em}table{border-collapse:collapse}td{padding:.2em 1em .2em 0;vertical-align:top}" \
  ".m{margin:.5em 0;padding:.5em .8em;border-radius:.8em;background:#eee;max-width:32em;white-space:pre-wrap}"                       \
  ".o{background:#dbe9ff;margin-inline-start:auto}.n{background:#fff3cf}img{max-width:100%;border-radius:.5em}"

static void
put (GString    *page,
     const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (page, escaped);
}

static char *
time_text (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static JsonArray *
rows (JsonObject *tables,
      const char *name)
{
  return sb_json_array (tables, name);
}

static void
put_row (GString    *page,
         const char *name,
         const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  g_string_append (page, "<tr><td class=dim>");
  put (page, name);
  g_string_append (page, "</td><td dir=auto>");
  put (page, value);
  g_string_append (page, "</td></tr>\n");
}

static void
put_person (GString    *page,
            JsonObject *tables)
{
  JsonObject *contact = sb_json_at (rows (tables, "contact"), 0);
  JsonArray  *identities = rows (tables, "identity");
  JsonArray  *fields = rows (tables, "contact_field");

  g_string_append (page, "<table>\n");
  put_row (page, _("Name"), sb_json_string (contact, "name"));
  put_row (page, _("Own name"), sb_json_string (contact, "profile_name"));
  put_row (page, _("Language"), sb_json_string (contact, "language"));
  put_row (page, _("Country"), sb_json_string (contact, "country"));
  for (guint i = 0; i < sb_json_length (identities); i++)
    put_row (page, _("Number or user name"), sb_json_string (sb_json_at (identities, i), "value"));
  for (guint i = 0; i < sb_json_length (fields); i++)
    put_row (page, sb_json_string (sb_json_at (fields, i), "name"), sb_json_string (sb_json_at (fields, i), "value"));
  g_string_append (page, "</table>\n");
}

static void
put_consent (GString    *page,
             JsonObject *tables)
{
  JsonArray *entries = rows (tables, "consent");
  JsonArray *declared = rows (tables, "said_by_shop");

  g_string_append (page, "<h2>");
  put (page, _("What Was Agreed"));
  g_string_append (page, "</h2>\n<table>\n");
  for (guint i = 0; i < sb_json_length (entries); i++)
    {
      JsonObject      *entry = sb_json_at (entries, i);
      g_autofree char *time = time_text (sb_json_int (entry, "at", 0));
      g_autofree char *what = g_strdup_printf ("%s · %s", sb_consent_entry_title (sb_json_int (entry, "purpose", 0), sb_json_int (entry, "answer", 0)),
                                               sb_method_get_label (sb_json_int (entry, "method", 0)));

      put_row (page, time, what);
    }
  for (guint i = 0; i < sb_json_length (declared); i++)
    {
      JsonObject      *one = sb_json_at (declared, i);
      g_autofree char *time = time_text (sb_json_int (one, "at", 0));

      put_row (page, time, sb_json_string (one, "text"));
      put_row (page, time, sb_json_string (one, "wording"));
    }
  g_string_append (page, "</table>\n");
}

static void
put_files (GString    *page,
           JsonObject *tables,
           const char *message_id,
           GHashTable *files)
{
  JsonArray *attachments = rows (tables, "attachment");

  for (guint i = 0; i < sb_json_length (attachments); i++)
    {
      JsonObject *attachment = sb_json_at (attachments, i);
      const char *hash = sb_json_string (attachment, "hash");
      const char *mime = sb_json_string (attachment, "mime");
      const char *file = hash != NULL ? g_hash_table_lookup (files, hash) : NULL;

      if (g_strcmp0 (sb_json_string (attachment, "message_id"), message_id) != 0 || file == NULL)
        continue;
      if (mime != NULL && g_str_has_prefix (mime, "image/"))
        g_string_append_printf (page, "<img src=\"media/%s\" alt=\"\">", file);
      else
        {
          g_string_append_printf (page, "<a href=\"media/%s\">", file);
          put (page, sb_json_string (attachment, "filename") != NULL ? sb_json_string (attachment, "filename") : file);
          g_string_append (page, "</a>");
        }
    }
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  gint64 one = sb_json_int (*(JsonObject *const *) a, "sent_at", 0);
  gint64 other = sb_json_int (*(JsonObject *const *) b, "sent_at", 0);

  return (one > other) - (one < other);
}

static void
put_messages (GString    *page,
              JsonObject *tables,
              GHashTable *files)
{
  JsonArray            *messages = rows (tables, "message");
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < sb_json_length (messages); i++)
    g_ptr_array_add (sorted, sb_json_at (messages, i));
  g_ptr_array_sort (sorted, by_time);
  g_string_append (page, "<h2>");
  put (page, _("Conversation"));
  g_string_append (page, "</h2>\n");
  for (guint i = 0; i < sorted->len; i++)
    {
      JsonObject      *message = sorted->pdata[i];
      gint64           direction = sb_json_int (message, "direction", 0);
      g_autofree char *time = time_text (sb_json_int (message, "sent_at", 0));

      if (direction == SB_DIRECTION_SYSTEM)
        continue;
      g_string_append_printf (page, "<div class=\"m%s\" dir=auto><span class=dim>%s</span>\n", direction == SB_DIRECTION_OUT ? " o" : direction == SB_DIRECTION_NOTE ? " n"
                                                                                                                                                                     : "",
                              time);
      put (page, sb_json_string (message, "text"));
      put_files (page, tables, sb_json_string (message, "id"), files);
      g_string_append (page, "</div>\n");
    }
}

char *
sb_person_page (JsonObject *tables,
                const char *shop,
                GHashTable *files)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'\"><title>");

  put (page, shop);
  g_string_append (page, "</title><style>" STYLE "</style></head><body>\n<h1 dir=auto>");
  /* Translators: heading of the page that is given to a customer who asks what a shop has of them; the shop's name */
  {
    g_autofree char *title = g_strdup_printf (_("What %s has of you"), shop);

    put (page, title);
  }
  g_string_append (page, "</h1>\n<p class=dim>");
  put (page, _("The file data.json beside this page holds the same and more for a machine."));
  g_string_append (page, "</p>\n");
  put_person (page, tables);
  put_consent (page, tables);
  put_messages (page, tables, files);
  g_string_append (page, "</body></html>\n");

  return g_string_free (page, FALSE);
}
