/* What the shop does by itself: answer while it is closed, ask how it was, give customers back to who had them. */
#include <glib/gi18n.h>

#include "sb-hours-group.h"

typedef struct
{
  SbEngine  *engine; /* not owned: the page lives shorter */
  GtkWidget *away;
  GtkWidget *text;
  GtkWidget *problem;
  GtkWidget *preview;
  GtkWidget *asks;
  GtkWidget *scale;
  GtkWidget *question;
  GtkWidget *wait;
  GtkWidget *same;
  guint      typing_id; /* words are kept after a pause, not with each letter */
} Desk;

#define PAUSE_MS 400

static char *
text_of (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* -- what would be sent now -- */

static void
show_preview (Desk *self)
{
  g_autoptr (SbDesk) desk = sb_reader_get_desk (sb_engine_get_reader (self->engine));
  gint64             opens = 0, now = sb_clock_now (sb_engine_get_clock (self->engine));
  g_autofree char   *text = sb_engine_preview_away (self->engine, desk, _("Amina Haddad"), &opens);
  gint64             closes = sb_hours_next_closing (desk->hours, now);
  g_autofree char   *until = closes != 0 ? sb_desk_when (desk, now, closes) : NULL;
  g_autofree char   *words = NULL;

  if (closes != 0)
    /* Translators: when it closes, such as "today at 18:00", and a text */
    words = g_strdup_printf (_("The shop is open now and closes %s: nothing would be sent. When it is closed, Amina Haddad would read:\n\n%s"), until, text);
  else if (!desk->away)
    /* Translators: a text */
    words = g_strdup_printf (_("The shop is closed now. Nothing is sent, because this is off. Amina Haddad would read:\n\n%s"), text);
  else
    /* Translators: a text */
    words = g_strdup_printf (_("The shop is closed now. If Amina Haddad wrote, she would read:\n\n%s"), text);
  gtk_label_set_text (GTK_LABEL (self->preview), words);
}

/* -- keeping -- */

static void
change (SbDesk  *desk,
        gpointer user_data)
{
  Desk            *self = user_data;
  g_autofree char *text = text_of (self->text);
  const char      *question = gtk_editable_get_text (GTK_EDITABLE (self->question));
  g_autofree char *gap = sb_desk_find_gap (text);

  desk->away = adw_switch_row_get_active (ADW_SWITCH_ROW (self->away));
  if (gap == NULL)
    g_set_str (&desk->away_text, text[0] != '\0' ? text : NULL);
  desk->asks = adw_switch_row_get_active (ADW_SWITCH_ROW (self->asks));
  desk->scale = adw_combo_row_get_selected (ADW_COMBO_ROW (self->scale)) == 1 ? 5 : 3;
  g_set_str (&desk->question, question[0] != '\0' ? question : NULL);
  desk->wait_s = (int) adw_spin_row_get_value (ADW_SPIN_ROW (self->wait)) * 60;
  desk->same_person = adw_switch_row_get_active (ADW_SWITCH_ROW (self->same));
}

static void
changed (Desk *self)
{
  g_autofree char *text = text_of (self->text);
  g_autofree char *gap = sb_desk_find_gap (text);
  g_autofree char *words = NULL;

  if (gap != NULL)
    {
      /* Translators: a gap in a text, with its braces */
      words = g_strdup_printf (_("Nobody is there to fill in %s, so this text is not kept."), gap);
      gtk_label_set_text (GTK_LABEL (self->problem), words);
    }
  gtk_widget_set_visible (self->problem, gap != NULL);
  sb_desk_change (self->engine, change, self);
  show_preview (self);
}

static gboolean
typed_cb (gpointer user_data)
{
  Desk *self = user_data;

  self->typing_id = 0;
  changed (self);

  return G_SOURCE_REMOVE;
}

static void
typing (Desk *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add (PAUSE_MS, typed_cb, self);
}

/* The page goes: what was typed last is kept now. */
static void
leave (Desk *self)
{
  if (self->typing_id != 0)
    {
      g_clear_handle_id (&self->typing_id, g_source_remove);
      changed (self);
    }
}

static void
desk_free (gpointer data)
{
  Desk *self = data;

  g_clear_handle_id (&self->typing_id, g_source_remove);
  g_free (self);
}

static void
event_cb (GtkWidget *group,
          SbEvent   *event)
{
  if (event->kind == SB_EVENT_DESK_CHANGED)
    show_preview (g_object_get_data (G_OBJECT (group), "desk"));
}

/* -- rows -- */

static GtkWidget *
group_new (AdwPreferencesPage *page,
           SbEngine           *engine,
           const char         *title,
           const char         *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_widget_set_sensitive (group, !sb_engine_is_read_only (engine));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));

  return group;
}

static GtkWidget *
switch_new (GtkWidget  *group,
            const char *title,
            const char *subtitle,
            gboolean    active)
{
  GtkWidget *row = adw_switch_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), active);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static GtkWidget *
label_new (const char *text,
           const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css);

  return label;
}

GtkWidget *
sb_desk_text_new (const char *name,
                  const char *text,
                  GtkWidget **view)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  *view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (*view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (*view), FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (*view)), text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (*view, "sb-quick-reply-text");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 76);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), *view);

  return scroller;
}

static GtkWidget *
make_text (Desk       *self,
           const char *text)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *field = sb_desk_text_new (_("Text While the Shop Is Closed"), text, &self->text);

  self->problem = label_new (NULL, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  self->preview = label_new (NULL, "sb-preview-text");
  gtk_widget_add_css_class (box, "sb-quick-reply-edit");
  gtk_box_append (GTK_BOX (box), label_new (_("Text While the Shop Is Closed"), "caption"));
  gtk_box_append (GTK_BOX (box), field);
  gtk_box_append (GTK_BOX (box), self->problem);
  gtk_box_append (GTK_BOX (box), label_new (_("{{first_name}}, {{shop}}, {{line}} and {{opens}} are filled in."), "caption"));
  gtk_box_append (GTK_BOX (box), label_new (_("What Would Be Sent Now"), "heading"));
  gtk_box_append (GTK_BOX (box), self->preview);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  return row;
}

static void
add_question (Desk         *self,
              GtkWidget    *group,
              const SbDesk *desk)
{
  const char               *scales[] = { _("Three Faces"), _("Marks From 1 to 5"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (scales);

  self->asks = switch_new (group, _("Ask How It Was"), NULL, desk->asks);
  self->question = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->question), _("Question"));
  gtk_editable_set_text (GTK_EDITABLE (self->question), desk->question != NULL ? desk->question : sb_desk_default_question ());
  self->scale = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->scale), _("Answers to Choose From"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->scale), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->scale), desk->scale == 5 ? 1 : 0);
  self->wait = adw_spin_row_new_with_range (1, 60, 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->wait), _("Minutes After Done"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->wait), _("Undo within this time takes the question back"));
  adw_spin_row_set_value (ADW_SPIN_ROW (self->wait), MAX (1, desk->wait_s / 60));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->question);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->scale);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->wait);
}

void
sb_desk_add_groups (AdwPreferencesPage *page,
                    SbEngine           *engine)
{
  g_autoptr (SbDesk) desk = sb_reader_get_desk (sb_engine_get_reader (engine));
  Desk              *self = g_new0 (Desk, 1);
  GtkWidget         *closed = group_new (page, engine, _("When the Shop Is Closed"), _("Once for each customer until you open again. Not to whom you wrote in the last 30 minutes, and not to messages that are old when they arrive."));
  GtkWidget         *asking, *back;

  self->engine = engine;
  g_object_set_data_full (G_OBJECT (closed), "desk", self, desk_free);
  self->away = switch_new (closed, _("Answer by Itself"), NULL, desk->away);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (closed), make_text (self, desk->away_text != NULL ? desk->away_text : sb_desk_default_away ()));
  asking = group_new (page, engine, _("After Done"), _("The customer is asked once, as long as the answer window is open. The answer stands in the conversation."));
  add_question (self, asking, desk);
  back = group_new (page, engine, _("Customers Who Come Back"), NULL);
  self->same = switch_new (back, _("Same Person as Last Time"), _("A closed conversation that is nobody’s goes to whoever had it last, as long as they work here"), desk->same_person);
  show_preview (self);
  g_signal_connect_swapped (self->away, "notify::active", G_CALLBACK (changed), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "changed", G_CALLBACK (typing), self);
  g_signal_connect_swapped (self->asks, "notify::active", G_CALLBACK (changed), self);
  g_signal_connect_swapped (self->question, "changed", G_CALLBACK (typing), self);
  g_signal_connect_swapped (closed, "unmap", G_CALLBACK (leave), self);
  g_signal_connect_swapped (self->scale, "notify::selected", G_CALLBACK (changed), self);
  g_signal_connect_swapped (self->wait, "notify::value", G_CALLBACK (changed), self);
  g_signal_connect_swapped (self->same, "notify::active", G_CALLBACK (changed), self);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), closed, G_CONNECT_SWAPPED);
}
