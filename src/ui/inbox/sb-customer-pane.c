#include "sb-customer-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-consent-group.h"
#include "sb-menu-later.h"
#include "sb-person-acts.h"
#include "sb-rating-list.h"
#include "sb-tag-colour.h"
#include "sb-thread-row.h"
#include "sb-triage.h"

/**
 * SbCustomerPane:
 *
 * Who the customer is: name (which the shop may give), number, tags, who of the team cares, whether they are blocked, and what
 * happened lately.
 */
struct _SbCustomerPane
{
  AdwBin parent_instance;

  SbEngine  *engine;
  gint64     thread_id;
  gint64     next_id; /* the conversation that is about to be shown */
  guint      frame_id;
  guint      idle_id;
  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *handle;
  GtkWidget *since;
  GtkWidget *tags;
  GtkWidget *add_tag; /* the last of them */
  GtkWidget *name_row;
  gint64     named_id; /* the contact whose name stands there */
  GtkWidget *staff_row;
  GtkWidget *block_row;
  GtkWidget *events_heading;
  GtkWidget *column;
  GtkWidget *agreed; /* SbConsentGroup */
  GtkWidget *ratings;
  GtkWidget *events;
  GPtrArray *staff; /* SbNamed, the rows of staff_row after "Nobody" */
  gboolean   filling;
};

G_DEFINE_FINAL_TYPE (SbCustomerPane, sb_customer_pane, ADW_TYPE_BIN)

#define N_EVENTS 12

/* @said: the words of the toast with Undo */
static void
act (SbCustomerPane *self,
     SbActKind       kind,
     gint64          value,
     const char     *text,
     const char     *said)
{
  SbAct order = { .kind = kind, .thread_ids = &self->thread_id, .n_threads = 1, .value = value, .text = text };

  if (self->thread_id != 0 && !self->filling)
    sb_triage_act (GTK_WIDGET (self), self->engine, &order, said);
}

/* -- what happened -- */

/* (transfer full) (nullable): one event in words; NULL for those that the conversation shows anyway. */
static char *
event_words (const SbEvent *event)
{
  switch ((int) event->kind)
    {
    case SB_EVENT_CONTACT_ADDED:
      return g_strdup (_("First message"));
    case SB_EVENT_CONTACT_CHANGED:
      return g_strdup (_("Details changed"));
    case SB_EVENT_CONTACT_MERGED:
      return g_strdup (_("Joined with another contact"));
    case SB_EVENT_NOTE:
      return g_strdup (_("Note added"));
    case SB_EVENT_THREAD_STATUS:
      return g_strdup (_("Opened or closed"));
    case SB_EVENT_THREAD_ASSIGNED:
      return g_strdup (_("Given to somebody"));
    case SB_EVENT_THREAD_TAGGED:
      return g_strdup (_("Tags changed"));
    case SB_EVENT_THREAD_SNOOZED:
      return g_strdup (_("Snoozed"));
    case SB_EVENT_CONSENT:
      return g_strdup (_("Consent recorded"));
    case SB_EVENT_REFUSED:
      return g_strdup (_("A message was held back"));
    case SB_EVENT_AWAY:
      return g_strdup (_("Answered while closed"));
    case SB_EVENT_CLOSING:
      return g_strdup (_("Asked how it was"));
    case SB_EVENT_UNDONE:
      return g_strdup (_("Undone"));
    default:
      return NULL;
    }
}

static void
show_events (SbCustomerPane *self)
{
  g_autoptr (GPtrArray) events = sb_reader_list_newest_events (sb_engine_get_reader (self->engine), self->thread_id, 300);
  gint64                now = sb_clock_now (sb_engine_get_clock (self->engine));
  guint                 shown = 0;

  gtk_list_box_remove_all (GTK_LIST_BOX (self->events));
  for (guint i = 0; i < events->len && shown < N_EVENTS; i++)
    {
      const SbEvent   *event = events->pdata[i];
      g_autofree char *words = event_words (event);
      g_autofree char *time = words != NULL ? sb_time_short (event->at, now) : NULL;
      GtkWidget       *row;

      if (words == NULL)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
      gtk_list_box_append (GTK_LIST_BOX (self->events), row);
      shown++;
    }
  gtk_widget_set_visible (self->events, shown > 0);
  gtk_widget_set_visible (self->events_heading, shown > 0);
}

/* -- tags -- */

static void
untag_cb (GtkButton *button,
          gpointer   user_data)
{
  g_autofree char *said = g_strdup_printf (ngettext ("Tag removed from %u conversation", "Tag removed from %u conversations", 1), 1u);

  act (user_data, SB_ACT_UNTAG, 0, g_object_get_data (G_OBJECT (button), "tag"), said);
}

static GtkWidget *
make_tag (SbCustomerPane *self,
          const SbNamed  *tag)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: name of a tag */
  g_autofree char *remove = g_strdup_printf (_("Remove the Tag %s"), tag->name);

  gtk_box_append (GTK_BOX (box), gtk_label_new (tag->name));
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "sb-small");
  gtk_widget_set_tooltip_text (button, remove);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag->name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (untag_cb), self);
  gtk_widget_add_css_class (box, "sb-tag");
  sb_tag_colour_set (box, tag->colour);

  return box;
}

static void
tag_entry_cb (GtkEntry *entry,
              gpointer  user_data)
{
  const char      *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  GtkWidget       *popover = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER);
  g_autofree char *said = g_strdup_printf (ngettext ("Tag added to %u conversation", "Tag added to %u conversations", 1), 1u);

  if (text[strspn (text, " ")] != '\0')
    act (user_data, SB_ACT_TAG, 0, text, said);
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
make_add_tag (SbCustomerPane *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("New Tag"));
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 20);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("New Tag"), -1);
  g_signal_connect (entry, "activate", G_CALLBACK (tag_entry_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Add a Tag"));

  return button;
}

static void
show_tags (SbCustomerPane *self)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_thread_tags (sb_engine_get_reader (self->engine), self->thread_id);
  GtkWidget            *child;

  /* The last one stays: somebody may be writing the name of a tag in it. */
  if (self->add_tag == NULL)
    {
      self->add_tag = make_add_tag (self);
      adw_wrap_box_append (ADW_WRAP_BOX (self->tags), self->add_tag);
    }
  while ((child = gtk_widget_get_first_child (self->tags)) != self->add_tag)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->tags), child);
  for (guint i = tags->len; i > 0; i--)
    adw_wrap_box_prepend (ADW_WRAP_BOX (self->tags), make_tag (self, tags->pdata[i - 1]));
}

/* -- who cares -- */

static void
staff_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  SbCustomerPane  *self = user_data;
  guint            index = adw_combo_row_get_selected (ADW_COMBO_ROW (object));
  const SbNamed   *person;
  g_autofree char *said = NULL;

  if (self->filling || self->staff == NULL || index > self->staff->len)
    return;
  person = index > 0 ? self->staff->pdata[index - 1] : NULL;
  /* Translators: name of a colleague */
  said = person != NULL ? g_strdup_printf (_("Assigned to %s"), person->name)
                        : g_strdup_printf (ngettext ("%u conversation assigned to nobody", "%u conversations assigned to nobody", 1), 1u);
  act (self, SB_ACT_ASSIGN, person != NULL ? person->id : 0, NULL, said);
}

static void
show_staff (SbCustomerPane *self,
            gint64          assignee_id)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint                     chosen = 0;

  g_clear_pointer (&self->staff, g_ptr_array_unref);
  self->staff = sb_reader_list_staff (sb_engine_get_reader (self->engine));
  /* Whoever left is only there where something is still theirs. */
  for (guint i = self->staff->len; i > 0; i--)
    if (!((SbNamed *) self->staff->pdata[i - 1])->active && ((SbNamed *) self->staff->pdata[i - 1])->id != assignee_id)
      g_ptr_array_remove_index (self->staff, i - 1);
  gtk_string_list_append (names, C_("assigned to", "Nobody"));
  for (guint i = 0; i < self->staff->len; i++)
    {
      const SbNamed *person = self->staff->pdata[i];

      /* Translators: name of somebody who no longer works here */
      g_autofree char *left = person->active ? NULL : g_strdup_printf (_("%s (removed)"), person->name);

      gtk_string_list_append (names, left != NULL ? left : person->name);
      if (person->id == assignee_id)
        chosen = i + 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->staff_row), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->staff_row), chosen);
}

/* -- all that is known of them -- */

static void
card_cb (SbCustomerPane *self)
{
  g_autoptr (SbThread) thread = self->thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id) : NULL;

  if (thread != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "place.contact", "x", thread->contact_id);
}

static GtkWidget *
make_menu (void)
{
  GtkWidget             *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = sb_person_menu_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  sb_menu_later (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _("More About This Customer"));
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);

  return button;
}

/* What is done with the customer, side by side as on their card. */
static GtkWidget *
make_buttons (SbCustomerPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *card = gtk_button_new_with_label (_("Open Card"));

  g_signal_connect_swapped (card, "clicked", G_CALLBACK (card_cb), self);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), card);
  gtk_box_append (GTK_BOX (box), make_menu ());

  return box;
}

/* -- showing -- */

static void
refresh (SbCustomerPane *self)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbThread)  thread = self->thread_id != 0 ? sb_reader_get_thread (reader, self->thread_id) : NULL;
  g_autoptr (SbContact) contact = thread != NULL ? sb_reader_get_contact (reader, thread->contact_id) : NULL;
  g_autoptr (GDateTime) at = contact != NULL ? g_date_time_new_from_unix_local (contact->created_at / 1000) : NULL;
  g_autofree char      *month = at != NULL ? g_date_time_format (at, "%B %Y") : NULL;
  g_autofree char      *since = NULL;
  g_autofree char      *name = NULL;
  g_autofree char      *handle = NULL;

  /* Of nobody there is nothing to say, and nothing to change. */
  gtk_widget_set_visible (self->column, contact != NULL);
  if (contact == NULL)
    return;

  self->filling = TRUE;
  adw_avatar_set_text (ADW_AVATAR (self->avatar), thread->name);
  name = sb_name_text (thread->name);
  handle = sb_name_text (thread->handle);
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->handle), handle);
  /* Translators: month and year */
  since = g_strdup_printf (_("Customer since %s"), month);
  gtk_label_set_text (GTK_LABEL (self->since), since);
  /* What is being written into the field of this customer stays. */
  if (self->named_id != contact->id || (gtk_widget_get_state_flags (self->name_row) & GTK_STATE_FLAG_FOCUS_WITHIN) == 0)
    gtk_editable_set_text (GTK_EDITABLE (self->name_row), contact->name != NULL ? contact->name : "");
  self->named_id = contact->id;
  adw_switch_row_set_active (ADW_SWITCH_ROW (self->block_row), contact->blocked);
  show_tags (self);
  show_staff (self, thread->assignee_id);
  sb_rating_list_show (self->ratings, self->engine, thread->id);
  show_events (self);
  sb_consent_group_show (SB_CONSENT_GROUP (self->agreed), thread->contact_id);
  self->filling = FALSE;
}

static void
event_cb (SbCustomerPane *self,
          SbEvent        *event)
{
  if (self->thread_id == 0 || (event->thread_id != self->thread_id && event->kind != SB_EVENT_STAFF_CHANGED && event->kind != SB_EVENT_TAG_CHANGED))
    return;
  if (event->kind == SB_EVENT_THREAD_DRAFT || event->kind == SB_EVENT_THREAD_READ || event->kind == SB_EVENT_MESSAGE_STATUS)
    return;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static gboolean
idle_cb (gpointer user_data)
{
  SbCustomerPane *self = user_data;

  self->idle_id = 0;
  self->thread_id = self->next_id;
  refresh (self);

  return G_SOURCE_REMOVE;
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  SbCustomerPane *self = SB_CUSTOMER_PANE (widget);

  self->frame_id = 0;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add (idle_cb, self);

  return G_SOURCE_REMOVE;
}

/* After the frame that shows the conversation, which is what was asked for. Who does not see it sees it when it comes. */
void
sb_customer_pane_open (SbCustomerPane *self,
                       gint64          thread_id)
{
  self->next_id = thread_id;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->thread_id = thread_id;
  else if (self->frame_id == 0)
    self->frame_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static void
rename_cb (AdwEntryRow *row,
           gpointer     user_data)
{
  act (user_data, SB_ACT_RENAME, 0, gtk_editable_get_text (GTK_EDITABLE (row)), _("Renamed"));
}

static void
block_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  gboolean blocked = adw_switch_row_get_active (ADW_SWITCH_ROW (object));

  act (user_data, SB_ACT_BLOCK, blocked, NULL, blocked ? _("Blocked") : _("No longer blocked"));
}

static gint64
contact_of (GtkWidget *widget)
{
  SbCustomerPane      *self = SB_CUSTOMER_PANE (widget);
  g_autoptr (SbThread) thread = self->thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), self->thread_id) : NULL;

  return thread != NULL ? thread->contact_id : 0;
}

/* -- the whole -- */

static void
sb_customer_pane_dispose (GObject *object)
{
  SbCustomerPane *self = SB_CUSTOMER_PANE (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_customer_pane_parent_class)->dispose (object);
}

static void
sb_customer_pane_class_init (SbCustomerPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_customer_pane_dispose;
}

static GtkWidget *
heading_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 9);

  return label;
}

static GtkWidget *
make_rows (SbCustomerPane *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->name_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_row), _("Your Name for Them"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->name_row), TRUE);
  g_signal_connect (self->name_row, "apply", G_CALLBACK (rename_cb), self);
  self->staff_row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->staff_row), _("Cared For By"));
  g_signal_connect (self->staff_row, "notify::selected", G_CALLBACK (staff_cb), self);
  self->block_row = adw_switch_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->block_row), _("Blocked"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->block_row), _("Nothing is sent to them"));
  g_signal_connect (self->block_row, "notify::active", G_CALLBACK (block_cb), self);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->name_row);
  gtk_list_box_append (GTK_LIST_BOX (list), self->staff_row);
  gtk_list_box_append (GTK_LIST_BOX (list), self->block_row);

  return list;
}

static GtkWidget *
centred (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (label, class);

  return label;
}

static void
sb_customer_pane_init (SbCustomerPane *self)
{
}

static void
add_column (SbCustomerPane *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->column = column;
  self->avatar = adw_avatar_new (64, NULL, TRUE);
  self->name = centred ("title-3");
  self->handle = centred ("dimmed");
  self->since = centred ("caption");
  self->tags = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->tags), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->tags), 6);
  self->events = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->events), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->events, "boxed-list");
  gtk_widget_set_margin_start (column, 12);
  gtk_widget_set_margin_end (column, 12);
  gtk_widget_set_margin_bottom (column, 18);
  gtk_box_append (GTK_BOX (column), self->avatar);
  gtk_box_append (GTK_BOX (column), self->name);
  gtk_box_append (GTK_BOX (column), self->handle);
  gtk_box_append (GTK_BOX (column), self->since);
  gtk_box_append (GTK_BOX (column), make_buttons (self));
  gtk_box_append (GTK_BOX (column), heading_new (_("Tags")));
  gtk_box_append (GTK_BOX (column), self->tags);
  gtk_box_append (GTK_BOX (column), heading_new (_("Details")));
  gtk_box_append (GTK_BOX (column), make_rows (self));
  self->ratings = sb_rating_list_new ();
  gtk_box_append (GTK_BOX (column), self->ratings);
  self->events_heading = heading_new (_("Timeline"));
  gtk_box_append (GTK_BOX (column), self->events_heading);
  gtk_box_append (GTK_BOX (column), self->events);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/* What needs the shop: the ledger of this customer, between their details and what happened lately. */
static void
add_agreed (SbCustomerPane *self)
{
  GtkWidget *before = gtk_widget_get_prev_sibling (gtk_widget_get_prev_sibling (self->events));

  self->agreed = sb_consent_group_new (self->engine, 0);
  gtk_widget_set_margin_top (self->agreed, 9);
  gtk_box_insert_child_after (GTK_BOX (self->column), self->agreed, before);
}

/* Nothing is made for a side that nobody has looked at. */
static void
mapped_cb (SbCustomerPane *self)
{
  if (self->column == NULL)
    {
      add_column (self);
      add_agreed (self);
    }
  refresh (self);
}

GtkWidget *
sb_customer_pane_new (SbEngine *engine)
{
  SbCustomerPane *self = g_object_new (SB_TYPE_CUSTOMER_PANE, NULL);

  self->engine = g_object_ref (engine);
  sb_person_acts_install (GTK_WIDGET (self), engine, contact_of);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);

  return GTK_WIDGET (self);
}
