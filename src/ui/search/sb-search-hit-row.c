#include "sb-search-hit-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "sb-thread-row.h"

/* What the store puts around a match: the marks of an isolate. */
#define MATCH_BEGIN "\342\201\250"
#define MATCH_END   "\342\201\251"
#define AMBER       0xe5e5, 0xa5a5, 0x0a0a

static void
mark (PangoAttrList *attributes,
      guint          begin,
      guint          end)
{
  PangoAttribute *marks[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD), pango_attr_background_new (AMBER), pango_attr_background_alpha_new (G_MAXUINT16 / 4) };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      marks[i]->start_index = begin;
      marks[i]->end_index = end;
      pango_attr_list_insert (attributes, marks[i]);
    }
}

/* The snippet as one line, its matches bold on amber. */
static GtkWidget *
snippet_new (const char *snippet)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (GString)       text = g_string_new (NULL);
  GtkWidget                *label = gtk_label_new (NULL);
  guint                     begin = 0;

  for (const char *at = snippet; *at != '\0'; at = g_utf8_next_char (at))
    if (g_str_has_prefix (at, MATCH_BEGIN))
      begin = (guint) text->len;
    else if (g_str_has_prefix (at, MATCH_END))
      mark (attributes, begin, (guint) text->len);
    else
      g_string_append_unichar (text, g_utf8_get_char (at));
  g_strdelimit (text->str, "\n", ' ');
  gtk_label_set_text (GTK_LABEL (label), text->str);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sb-hit-words");

  return label;
}

static GtkWidget *
blocked_new (void)
{
  /* Translators: mark of a customer in the search */
  GtkWidget *mark = gtk_label_new (_("Blocked"));

  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (mark, "sb-hit-blocked");

  return mark;
}

static GtkWidget *
title_new (const SbHit *hit)
{
  gboolean ours = hit->message_id != 0 && hit->direction == SB_DIRECTION_OUT;
  /* Translators: heading of a message that was found: it went from the shop to this customer */
  g_autofree char *title = ours ? g_strdup_printf (_("You to %s"), hit->name) : g_strdup (hit->name);
  GtkWidget       *label = gtk_label_new (title);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "sb-hit-title");

  return label;
}

GtkWidget *
sb_search_hit_row_new (const SbHit *hit,
                       gint64       now_ms)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *avatar = adw_avatar_new (32, hit->name, g_unichar_isalpha (g_utf8_get_char (hit->name)));
  g_autofree char *time = sb_time_short (hit->at, now_ms);
  GtkWidget       *when = gtk_label_new (time);
  /* Translators: for the screen reader: name of a customer */
  g_autofree char *spoken = hit->blocked ? g_strdup_printf (_("%s, blocked"), hit->name) : g_strdup (hit->name);
  gint64           ids[] = { hit->thread_id, hit->message_id };

  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (when, GTK_ALIGN_START);
  gtk_widget_add_css_class (when, "sb-hit-time");
  gtk_box_append (GTK_BOX (lines), title_new (hit));
  if (hit->snippet != NULL && hit->snippet[0] != '\0')
    gtk_box_append (GTK_BOX (lines), snippet_new (hit->snippet));
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), lines);
  if (hit->blocked)
    gtk_box_append (GTK_BOX (box), blocked_new ());
  gtk_box_append (GTK_BOX (box), when);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hit->snippet != NULL ? hit->snippet : "", -1);
  g_object_set_data_full (G_OBJECT (row), "ids", g_memdup2 (ids, sizeof ids), g_free);

  return row;
}

gint64
sb_search_hit_row_get_thread (GtkWidget *row)
{
  return ((gint64 *) g_object_get_data (G_OBJECT (row), "ids"))[0];
}

/* 0 when the row is a customer. */
gint64
sb_search_hit_row_get_message (GtkWidget *row)
{
  return ((gint64 *) g_object_get_data (G_OBJECT (row), "ids"))[1];
}
