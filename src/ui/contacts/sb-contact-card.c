#include "sb-contact-card.h"

#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-contact-dialog.h"
#include "sb-contact-facts.h"
#include "sb-contact-menu.h"
#include "sb-contact-moments.h"
#include "sb-merge-dialog.h"
#include "sb-people-acts.h"
#include "sb-tag-colour.h"
#include "sb-tell.h"

/**
 * SbContactCard:
 *
 * One person: who they are and by what they are known, what the shop noted, and what happened, over all lines.
 */
struct _SbContactCard
{
  AdwBin parent_instance;

  SbEngine           *engine;
  gint64              contact_id;
  GtkWidget          *avatar;
  GtkWidget          *name;
  GtkWidget          *identities;
  GtkWidget          *blocked;
  GtkWidget          *tags;
  GtkWidget          *facts;
  GtkWidget          *twin;
  GtkWidget          *slot;
  GtkWidget          *moments;
  GtkWidget          *scroller;
  GtkWidget          *close;
  SbTwins             twins;
  GSimpleActionGroup *actions;
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (SbContactCard, sb_contact_card, ADW_TYPE_BIN)

enum
{
  CLOSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define N_MOMENTS    6
#define N_IDENTITIES 5

/* -- acts -- */

static void
act (SbContactCard   *self,
     SbContactActKind kind,
     const char      *text)
{
  SbContactAct order = { .kind = kind, .contact_ids = &self->contact_id, .n_contacts = 1, .text = text };

  sb_people_act (GTK_WIDGET (self), self->engine, &order, NULL);
}

static GArray *
only_this (SbContactCard *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, self->contact_id);

  return ids;
}

/* -- the conversation -- */

typedef struct
{
  GtkWidget *widget;
  SbEngine  *engine;
  gint64     contact_id;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->widget);
  g_object_unref (opening->engine);
  g_free (opening);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError)    error = NULL;
  gint64                thread_id = sb_engine_open_conversation_finish (SB_ENGINE (object), result, &error);

  if (thread_id == 0)
    sb_tell (widget, error->message);
  else
    gtk_widget_activate_action (widget, "app.open-thread", "x", thread_id);
}

static void
line_chosen (gint64   line_id,
             gpointer user_data)
{
  Opening *opening = user_data;

  sb_engine_open_conversation_async (opening->engine, opening->contact_id, line_id, opened_cb, g_object_ref (opening->widget));
}

void
sb_contact_card_message (GtkWidget *widget,
                         SbEngine  *engine,
                         gint64     contact_id)
{
  SbReader             *reader = sb_engine_get_reader (engine);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (reader);
  SbChoiceDialog       *dialog;
  Opening              *opening;

  if (sb_reader_get_contact_thread (reader, contact_id) != 0 || lines->len < 2)
    {
      sb_engine_open_conversation_async (engine, contact_id, 0, opened_cb, g_object_ref (widget));
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->widget = g_object_ref (widget);
  opening->engine = g_object_ref (engine);
  opening->contact_id = contact_id;
  dialog = sb_choice_dialog_new (_("Write from Which Line?"), line_chosen, opening, opening_free);
  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine *line = lines->pdata[i];

      if (line->state != SB_LINE_REMOVED)
        sb_choice_dialog_add (dialog, line->name, line->display_number, '\0', line->id);
    }
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
message_cb (SbContactCard *self)
{
  sb_contact_card_message (GTK_WIDGET (self), self->engine, self->contact_id);
}

static void
edit_cb (SbContactCard *self)
{
  sb_contact_dialog_present_edit (GTK_WIDGET (self), self->engine, self->contact_id);
}

static void
close_cb (SbContactCard *self)
{
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
all_moments_cb (SbContactCard *self)
{
  sb_contact_moments_present (GTK_WIDGET (self), self->engine, self->contact_id);
}

/* -- tags -- */

static void
untag_cb (GtkButton *button,
          gpointer   user_data)
{
  act (user_data, SB_CONTACT_UNTAG, g_object_get_data (G_OBJECT (button), "tag"));
}

static void
add_tag_cb (SbContactCard *self)
{
  g_autoptr (GArray) ids = only_this (self);

  sb_people_tag (GTK_WIDGET (self), self->engine, ids);
}

static GtkWidget *
small_button (const char *icon,
              const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "sb-small");
  gtk_widget_set_tooltip_text (button, tooltip);

  return button;
}

static GtkWidget *
tag_new (SbContactCard *self,
         const SbNamed *tag)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  /* Translators: name of a tag */
  g_autofree char *remove = g_strdup_printf (_("Remove the Tag %s"), tag->name);
  GtkWidget       *button = small_button ("window-close-symbolic", remove);

  gtk_box_append (GTK_BOX (box), gtk_label_new (tag->name));
  gtk_box_append (GTK_BOX (box), button);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag->name), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (untag_cb), self);
  gtk_widget_add_css_class (box, "sb-tag");
  sb_tag_colour_set (box, tag->colour);

  return box;
}

static void
show_tags (SbContactCard *self)
{
  g_autoptr (GPtrArray) tags = sb_reader_list_contact_tags (sb_engine_get_reader (self->engine), self->contact_id);
  GtkWidget            *add = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget            *child;

  while ((child = gtk_widget_get_first_child (self->tags)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->tags), child);
  for (guint i = 0; i < tags->len; i++)
    adw_wrap_box_append (ADW_WRAP_BOX (self->tags), tag_new (self, tags->pdata[i]));
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_add_css_class (add, "circular");
  gtk_widget_set_tooltip_text (add, _("Add a Tag"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_tag_cb), self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->tags), add);
}

/* -- who -- */

static void
show_identities (SbContactCard *self)
{
  g_autoptr (GPtrArray)  identities = sb_reader_list_identities (sb_engine_get_reader (self->engine), self->contact_id);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString)    text = g_string_new (NULL);

  for (guint i = 0; i < identities->len && g_hash_table_size (seen) < N_IDENTITIES; i++)
    {
      const SbIdentity *identity = identities->pdata[i];

      /* The network's own ids say nothing to people, and one number may be known in two ways. */
      if (identity->kind == SB_IDENTITY_BSUID || identity->kind == SB_IDENTITY_PARENT_BSUID || !g_hash_table_add (seen, identity->shown))
        continue;
      g_string_append_printf (text, "%s\342\201\246%s\342\201\251", text->len > 0 ? "\n" : "", identity->shown);
    }
  gtk_label_set_text (GTK_LABEL (self->identities), text->len > 0 ? text->str : _("No number yet"));
}

static void
twins_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbContactCard) self = user_data;
  g_autoptr (GArray)        twins = sb_engine_list_twins_finish (SB_ENGINE (object), result, NULL);
  g_autoptr (SbPerson)      other = NULL;
  g_autofree char          *title = NULL;

  if (twins == NULL || twins->len == 0 || self->engine == NULL)
    return;
  self->twins = g_array_index (twins, SbTwins, 0);
  other = sb_reader_get_person (sb_engine_get_reader (self->engine), self->twins.one_id == self->contact_id ? self->twins.other_id : self->twins.one_id);
  if (other == NULL)
    return;
  /* Translators: name of a customer who may be the same as the one that is shown */
  title = g_strdup_printf (_("The same as %s?"), other->name);
  adw_banner_set_title (ADW_BANNER (self->twin), title);
  adw_banner_set_revealed (ADW_BANNER (self->twin), TRUE);
}

static void
compare_cb (SbContactCard *self)
{
  sb_merge_dialog_present (GTK_WIDGET (self), self->engine, self->contact_id, self->twins.one_id == self->contact_id ? self->twins.other_id : self->twins.one_id);
}

static void
update_actions (SbContactCard  *self,
                const SbPerson *person)
{
  int how = !person->blocked ? 0 : person->hidden ? 2
                                                  : 1;

  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), "block")), g_variant_new_int32 (how));
}

static void
refresh (SbContactCard *self)
{
  SbReader            *reader = sb_engine_get_reader (self->engine);
  g_autoptr (SbPerson) person = self->contact_id != 0 ? sb_reader_get_person (reader, self->contact_id) : NULL;

  if (person == NULL)
    {
      if (self->contact_id != 0)
        close_cb (self);
      return;
    }
  adw_avatar_set_text (ADW_AVATAR (self->avatar), person->name);
  adw_avatar_set_show_initials (ADW_AVATAR (self->avatar), person->name[0] != '+');
  gtk_label_set_text (GTK_LABEL (self->name), person->name);
  gtk_label_set_text (GTK_LABEL (self->blocked), person->hidden ? _("Blocked, what they write is hidden") : _("Blocked"));
  gtk_widget_set_visible (self->blocked, person->blocked);
  show_identities (self);
  show_tags (self);
  update_actions (self, person);
  sb_contact_facts_show (SB_CONTACT_FACTS (self->facts), person);
  sb_contact_moments_fill (GTK_LIST_BOX (self->moments), self->engine, self->contact_id, N_MOMENTS);
}

void
sb_contact_card_open (SbContactCard *self,
                      gint64         contact_id)
{
  gboolean other = contact_id != self->contact_id;

  self->contact_id = contact_id;
  refresh (self);
  if (!other)
    return;
  adw_banner_set_revealed (ADW_BANNER (self->twin), FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sb_engine_list_twins_async (self->engine, contact_id, self->cancellable, twins_cb, g_object_ref (self));
  if (adw_bin_get_child (ADW_BIN (self->slot)) != NULL)
    g_signal_emit_by_name (adw_bin_get_child (ADW_BIN (self->slot)), "open", contact_id);
}

gint64
sb_contact_card_get_contact (SbContactCard *self)
{
  return self->contact_id;
}

void
sb_contact_card_set_slot (SbContactCard *self,
                          GtkWidget     *slot)
{
  adw_bin_set_child (ADW_BIN (self->slot), slot);
}

static void
event_cb (SbContactCard *self,
          SbEvent       *event)
{
  gint64 thread_id = self->contact_id != 0 && event->thread_id != 0 ? sb_reader_get_contact_thread (sb_engine_get_reader (self->engine), self->contact_id) : 0;

  if (self->contact_id == 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (event->contact_id == self->contact_id || (thread_id != 0 && event->thread_id == thread_id) || event->kind == SB_EVENT_PEOPLE_SETUP || event->kind == SB_EVENT_UNDONE ||
      event->kind == SB_EVENT_CONTACT_MERGED || event->kind == SB_EVENT_TAG_CHANGED)
    refresh (self);
}

/* -- the whole -- */

static void
sb_contact_card_dispose (GObject *object)
{
  SbContactCard *self = SB_CONTACT_CARD (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->actions);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_contact_card_parent_class)->dispose (object);
}

static void
sb_contact_card_class_init (SbContactCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_contact_card_dispose;
  signals[CLOSE] = g_signal_new ("close", SB_TYPE_CONTACT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_contact_card_init (SbContactCard *self)
{
}

static GtkWidget *
centred (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, class);

  return label;
}

static GtkWidget *
make_buttons (SbContactCard *self)
{
  GtkWidget             *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget             *message = gtk_button_new ();
  GtkWidget             *content = adw_button_content_new ();
  GtkWidget             *edit = gtk_button_new_from_icon_name ("document-edit-symbolic");
  GtkWidget             *more = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = sb_contact_menu_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "sb-inbox-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("Message"));
  gtk_button_set_child (GTK_BUTTON (message), content);
  gtk_widget_add_css_class (message, "suggested-action");
  g_signal_connect_swapped (message, "clicked", G_CALLBACK (message_cb), self);
  gtk_widget_add_css_class (edit, "circular");
  gtk_widget_set_tooltip_text (edit, _("Edit"));
  g_signal_connect_swapped (edit, "clicked", G_CALLBACK (edit_cb), self);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), menu);
  gtk_widget_add_css_class (more, "circular");
  gtk_widget_set_tooltip_text (more, _("More"));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), message);
  gtk_box_append (GTK_BOX (box), edit);
  gtk_box_append (GTK_BOX (box), more);

  return box;
}

static GtkWidget *
make_heading (SbContactCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_("Timeline"));
  GtkWidget *all = gtk_button_new_with_label (_("Show All"));

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (all, "flat");
  g_signal_connect_swapped (all, "clicked", G_CALLBACK (all_moments_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), all);
  gtk_widget_set_margin_top (box, 9);

  return box;
}

static GtkWidget *
make_column (SbContactCard *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->avatar = adw_avatar_new (72, NULL, TRUE);
  self->name = centred ("title-3");
  self->identities = centred ("dimmed");
  gtk_label_set_selectable (GTK_LABEL (self->identities), TRUE);
  self->blocked = centred ("error");
  self->tags = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->tags), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->tags), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (self->tags), 0.5f);
  self->facts = sb_contact_facts_new (self->engine);
  self->slot = adw_bin_new ();
  self->moments = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->moments), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->moments, "boxed-list");
  gtk_box_append (GTK_BOX (column), self->avatar);
  gtk_box_append (GTK_BOX (column), self->name);
  gtk_box_append (GTK_BOX (column), self->identities);
  gtk_box_append (GTK_BOX (column), self->blocked);
  gtk_box_append (GTK_BOX (column), make_buttons (self));
  gtk_box_append (GTK_BOX (column), self->tags);
  gtk_box_append (GTK_BOX (column), self->facts);
  gtk_box_append (GTK_BOX (column), self->slot);
  gtk_box_append (GTK_BOX (column), make_heading (self));
  gtk_box_append (GTK_BOX (column), self->moments);
  gtk_widget_add_css_class (column, "sb-contact-card");

  return column;
}

static void
put_together (SbContactCard *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->close = close;
  gtk_widget_set_tooltip_text (close, _("Close the Card"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (close_cb), self);
  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_back_button (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), close);
  self->twin = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->twin), FALSE);
  adw_banner_set_button_label (ADW_BANNER (self->twin), _("Compare…"));
  g_signal_connect_swapped (self->twin, "button-clicked", G_CALLBACK (compare_cb), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), make_column (self));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), self->twin);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), self->scroller);
  adw_bin_set_child (ADW_BIN (self), view);
}

/* It covers the whole window then, and one goes back from it. */
void
sb_contact_card_set_narrow (SbContactCard *self,
                            AdwBreakpoint *narrow)
{
  GValue icon = G_VALUE_INIT, back = G_VALUE_INIT;

  g_value_init (&icon, G_TYPE_STRING);
  g_value_set_static_string (&icon, "go-previous-symbolic");
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->close), "icon-name", &icon);
  g_value_init (&back, G_TYPE_STRING);
  g_value_set_string (&back, _("Back"));
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->close), "tooltip-text", &back);
  g_value_unset (&back);
}

GtkWidget *
sb_contact_card_new (SbEngine *engine)
{
  SbContactCard *self = g_object_new (SB_TYPE_CONTACT_CARD, NULL);

  self->engine = g_object_ref (engine);
  self->actions = sb_contact_menu_install (self, engine);
  put_together (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Card"), -1);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (refresh), NULL);

  return GTK_WIDGET (self);
}
