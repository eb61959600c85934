/* All that is known about one message: its times, why it was refused, and behind "Details" what only a supporter needs. */
#include "sb-message-info.h"

#include <glib/gi18n.h>

#include "sb-json.h"
#include "sb-thread-row.h"
#include "sb-wa-error.h"

static GtkWidget *
line_new (const char *title,
          const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");

  return row;
}

static void
add_time (GtkWidget  *group,
          const char *title,
          gint64      at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);
  /* Translators: date and time of a message; see g_date_time_format () */
  g_autofree char *text = g_date_time_format (time, C_("message info", "%e %B %Y, %H:%M:%S"));

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line_new (title, g_strstrip (text)));
}

static GtkWidget *
times_group (const SbMessage *message)
{
  GtkWidget *group = adw_preferences_group_new ();
  gboolean   inbound = message->direction == SB_DIRECTION_IN;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Times"));
  add_time (group, inbound ? _("Written by the customer") : _("Written"), message->sent_at);
  for (guint i = 0; message->facts != NULL && i < message->facts->len; i++)
    {
      const SbStatusFact *fact = &g_array_index (message->facts, SbStatusFact, i);

      add_time (group, sb_status_words (fact->status), fact->at);
    }
  if (message->facts == NULL && message->status != SB_STATUS_NONE)
    add_time (group, sb_status_words (message->status), message->status_at > 0 ? message->status_at : message->sent_at);

  return group;
}

static GtkWidget *
trouble_group (const SbMessage *message)
{
  GtkWidget  *group = adw_preferences_group_new ();
  const char *remedy = sb_wa_error_remedy (message->error_code);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Why It Was Not Sent"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line_new (_("What happened"), sb_wa_error_sentence (message->error_code)));
  if (remedy != NULL && remedy[0] != '\0')
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line_new (_("What to do"), remedy));

  return group;
}

static GtkWidget *
raw_new (const char *raw)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), raw, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("As it came from WhatsApp"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 180);

  return scroller;
}

static GtkWidget *
details_group (SbEngine        *engine,
               const SbMessage *message,
               gboolean         open)
{
  g_autofree char *raw = sb_reader_get_raw (sb_engine_get_reader (engine), message->id);
  GtkWidget       *group = adw_preferences_group_new ();
  GtkWidget       *details = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (details), _("Details"));
  if (message->error_code != 0)
    {
      g_autofree char *code = g_strdup_printf ("%d", message->error_code);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (details), line_new (_("Error code of WhatsApp"), code));
    }
  if (message->error_text != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (details), line_new (_("In WhatsApp’s words"), message->error_text));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (details), line_new (_("Number of the message at WhatsApp"), message->wamid != NULL ? message->wamid : _("None yet")));
  if (raw != NULL && g_utf8_validate (raw, -1, NULL))
    adw_expander_row_add_row (ADW_EXPANDER_ROW (details), raw_new (raw));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (details), open);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), details);

  return group;
}

/* A message that is not shown yet has its raw text in sight at once. */
void
sb_message_info_present (SbEngine        *engine,
                         const SbMessage *message,
                         GtkWidget       *parent)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (times_group (message)));
  if (message->error_code != 0 && message->status == SB_STATUS_FAILED)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (trouble_group (message)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (details_group (engine, message, message->kind == SB_MESSAGE_UNSUPPORTED)));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Message Info"));
  adw_dialog_set_content_width (dialog, 460);
  adw_dialog_set_content_height (dialog, 520);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, parent);
}
