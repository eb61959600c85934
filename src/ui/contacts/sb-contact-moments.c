/* What happened with a person, in words: one timeline over all lines. */
#include "sb-contact-moments.h"

#include <glib/gi18n.h>

#include "sb-json.h"
#include "sb-people-cells.h"

#define MOST 500

typedef struct
{
  const char *icon;
  char       *title;
  char       *subtitle; /* (nullable) */
} Words;

static char *
staff_name (SbEngine *engine,
            gint64    staff_id)
{
  g_autoptr (GPtrArray) staff = sb_reader_list_staff (sb_engine_get_reader (engine));

  for (guint i = 0; i < staff->len; i++)
    if (((SbNamed *) staff->pdata[i])->id == staff_id)
      return g_strdup (((SbNamed *) staff->pdata[i])->name);

  return NULL;
}

static char *
line_name (SbEngine *engine,
           gint64    line_id)
{
  g_autoptr (SbLine) line = line_id != 0 ? sb_reader_get_line (sb_engine_get_reader (engine), line_id) : NULL;

  return line != NULL ? g_strdup (line->name) : NULL;
}

/* "3 from them, 2 from you" */
static void
messages_words (SbEngine       *engine,
                const SbMoment *moment,
                Words          *words)
{
  g_autofree char *line = line_name (engine, moment->line_id);
  g_autofree char *theirs = g_strdup_printf (ngettext ("%d from them", "%d from them", moment->n_in), moment->n_in);
  g_autofree char *ours = g_strdup_printf (ngettext ("%d from you", "%d from you", moment->n_out), moment->n_out);
  int              n = moment->n_in + moment->n_out;

  words->icon = "sb-inbox-symbolic";
  words->title = g_strdup_printf (ngettext ("%d message", "%d messages", n), n);
  if (moment->n_in > 0 && moment->n_out > 0)
    /* Translators: of the messages of a day: "3 from them", "2 from you", and the name of the line */
    words->subtitle = g_strdup_printf (_("%s, %s · %s"), theirs, ours, line != NULL ? line : "");
  else
    /* Translators: of the messages of a day: "3 from them" or "2 from you", and the name of the line */
    words->subtitle = g_strdup_printf (_("%s · %s"), moment->n_in > 0 ? theirs : ours, line != NULL ? line : "");
}

static char *
changed_words (JsonObject *data)
{
  const char *what = sb_json_string (data, "what");
  const char *field = sb_json_string (data, "field");

  if (sb_json_string (data, "import") != NULL)
    return g_strdup (_("Changed by a list"));
  if (field != NULL)
    /* Translators: name of a field */
    return g_strdup_printf (_("%s changed"), field);
  if (g_strcmp0 (what, "identity") == 0)
    return g_strdup (_("Numbers and names changed"));
  if (g_strcmp0 (what, "apart") == 0)
    return g_strdup (_("Told apart from another customer"));

  return g_strdup (_("Details changed"));
}

static char *
stage_words (JsonObject *data)
{
  const char *stage = sb_json_string (data, "stage");

  if (stage != NULL)
    /* Translators: name of a stage */
    return g_strdup_printf (_("Moved to %s"), stage);

  return g_strdup (sb_json_bool (data, "undone", FALSE) ? _("Stage put back") : _("Taken out of the stages"));
}

static void
event_words (const SbMoment *moment,
             JsonObject     *data,
             Words          *words)
{
  words->icon = "sb-contacts-symbolic";
  switch ((int) moment->kind)
    {
    case SB_EVENT_CONTACT_ADDED:
      words->title = g_strdup (moment->actor == SB_AUTHOR_STAFF ? _("Added by hand") : _("First contact"));
      return;
    case SB_EVENT_CONTACT_CHANGED:
      words->title = changed_words (data);
      return;
    case SB_EVENT_CONTACT_MERGED:
      words->title = g_strdup (sb_json_bool (data, "undone", FALSE) ? _("Taken apart again") : _("Merged with another customer"));
      return;
    case SB_EVENT_CONTACT_STAGE:
      words->icon = "sb-board-symbolic";
      words->title = stage_words (data);
      return;
    case SB_EVENT_CONTACT_REMOVED:
      words->title = g_strdup (sb_json_bool (data, "back", FALSE) || sb_json_bool (data, "undone", FALSE) ? _("Back in the shop") : _("Removed"));
      return;
    case SB_EVENT_THREAD_STATUS:
      words->title = g_strdup (_("Opened or closed"));
      return;
    case SB_EVENT_THREAD_ASSIGNED:
      words->title = g_strdup (_("Given to somebody"));
      return;
    case SB_EVENT_THREAD_TAGGED:
      words->icon = "sb-tag-symbolic";
      words->title = g_strdup (_("Tags changed"));
      return;
    case SB_EVENT_CONSENT:
      words->icon = "sb-consent-symbolic";
      words->title = g_strdup (_("Choice about offers"));
      return;
    case SB_EVENT_REFUSED:
    default:
      words->icon = "sb-cancelled-symbolic";
      words->title = g_strdup (_("A message was held back"));
      return;
    }
}

static void
words_of (SbEngine       *engine,
          const SbMoment *moment,
          Words          *words)
{
  g_autoptr (JsonNode) node = moment->text != NULL && moment->kind != SB_EVENT_NOTE ? sb_json_parse (moment->text, -1, NULL) : NULL;
  g_autofree char     *by = NULL;

  if (moment->kind == SB_EVENT_MESSAGE_IN)
    {
      messages_words (engine, moment, words);
      return;
    }
  if (moment->kind == SB_EVENT_NOTE)
    {
      words->icon = "sb-note-symbolic";
      /* Translators: who wrote the note */
      words->title = moment->by != NULL ? g_strdup_printf (_("Note by %s"), moment->by) : g_strdup (_("Note"));
      words->subtitle = g_strdup (moment->text);
      return;
    }

  event_words (moment, sb_json_root (node), words);
  by = moment->actor == SB_AUTHOR_STAFF ? staff_name (engine, moment->staff_id) : NULL;
  if (by != NULL)
    /* Translators: who of the shop did it */
    words->subtitle = g_strdup_printf (_("by %s"), by);
}

static GtkWidget *
label_new (const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 4);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static GtkWidget *
row_new (const Words *words,
         const char  *time)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *when = gtk_label_new (time);
  GtkWidget *image = gtk_image_new_from_icon_name (words->icon);

  gtk_label_set_wrap (GTK_LABEL (when), TRUE);
  gtk_label_set_xalign (GTK_LABEL (when), 1);
  gtk_label_set_justify (GTK_LABEL (when), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (when, "sb-moment-time");
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 3);
  gtk_widget_set_valign (when, GTK_ALIGN_START);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), label_new (words->title, NULL));
  if (words->subtitle != NULL && words->subtitle[0] != '\0')
    gtk_box_append (GTK_BOX (lines), label_new (words->subtitle, "sb-person-subtitle"));
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), when);
  gtk_widget_add_css_class (box, "sb-moment");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);

  return row;
}

gboolean
sb_contact_moments_fill (GtkListBox *list,
                         SbEngine   *engine,
                         gint64      contact_id,
                         guint       limit)
{
  g_autoptr (GPtrArray) moments = sb_reader_list_moments (sb_engine_get_reader (engine), contact_id, limit + 1);
  gint64                now = sb_clock_now (sb_engine_get_clock (engine));

  gtk_list_box_remove_all (list);
  for (guint i = 0; i < MIN (moments->len, limit); i++)
    {
      const SbMoment  *moment = moments->pdata[i];
      Words            words = { 0 };
      g_autofree char *time = sb_people_day_text (moment->at, now);

      words_of (engine, moment, &words);
      gtk_list_box_append (list, row_new (&words, time));
      g_free (words.title);
      g_free (words.subtitle);
    }

  return moments->len > limit;
}

/* All of it. */
void
sb_contact_moments_present (GtkWidget *parent,
                            SbEngine  *engine,
                            gint64     contact_id)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_widget_set_margin_top (list, 6);
  gtk_widget_set_margin_bottom (list, 18);
  sb_contact_moments_fill (GTK_LIST_BOX (list), engine, contact_id, MOST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (dialog, _("Timeline"));
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 600);
  adw_dialog_present (dialog, parent);
}
