#include "sb-quick-reply-menu.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SbQuickReplyMenu:
 *
 * The texts the shop writes again and again, one word of search away. The cursor stays in the search; Up and Down walk
 * through the list, Enter takes the marked one, Escape gives the cursor back to the message.
 */
struct _SbQuickReplyMenu
{
  GtkPopover parent_instance;

  SbEngine  *engine;
  GtkWidget *search;
  GtkWidget *stack;
  GtkWidget *list;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (SbQuickReplyMenu, sb_quick_reply_menu, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
fits (const SbNamed *reply,
      const char    *words)
{
  return words[0] == '\0' || g_str_match_string (words, reply->name, TRUE) || (reply->query != NULL && g_str_match_string (words, reply->query, TRUE));
}

static GtkWidget *
row_new (const SbNamed *reply)
{
  GtkWidget       *row = gtk_list_box_row_new ();
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget       *name = gtk_label_new (reply->name);
  g_autofree char *line = g_strdup (reply->query != NULL ? reply->query : "");
  g_autofree char *spoken = g_strdup_printf ("%s: %s", reply->name, line);
  GtkWidget       *text = gtk_label_new (g_strdelimit (line, "\n\r", ' '));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  /* The menu has its width; long words do not widen it, since one that is wider than the window never comes up. */
  gtk_label_set_max_width_chars (GTK_LABEL (name), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 1);
  gtk_widget_add_css_class (name, "heading");
  gtk_widget_add_css_class (text, "dimmed");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (reply->query), g_free);
  g_object_set_data_full (G_OBJECT (row), "id", g_memdup2 (&reply->id, sizeof reply->id), g_free);

  return row;
}

static void
show_list (SbQuickReplyMenu *self)
{
  const char           *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) replies = sb_reader_list_quick_replies (sb_engine_get_reader (self->engine));
  guint                 n_shown = 0;

  gtk_list_box_remove_all (GTK_LIST_BOX (self->list));
  for (guint i = 0; i < replies->len; i++)
    if (fits (replies->pdata[i], words))
      {
        gtk_list_box_append (GTK_LIST_BOX (self->list), row_new (replies->pdata[i]));
        n_shown++;
      }
  gtk_label_set_text (GTK_LABEL (self->none), replies->len == 0 ? _("No quick replies yet. Add what you write often in the preferences.") : _("No quick reply has these words."));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n_shown > 0 ? "list" : "none");
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

static void
choose (SbQuickReplyMenu *self,
        GtkListBoxRow    *row)
{
  g_autofree char *text = row != NULL ? g_strdup (g_object_get_data (G_OBJECT (row), "text")) : NULL;
  gint64           id = row != NULL ? *(gint64 *) g_object_get_data (G_OBJECT (row), "id") : 0;

  if (text == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, text, id);
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  gpointer       user_data)
{
  choose (user_data, row);
}

static void
activate_cb (GtkSearchEntry *entry,
             gpointer        user_data)
{
  SbQuickReplyMenu *self = user_data;

  choose (self, gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbQuickReplyMenu *self = user_data;
  GtkListBoxRow    *selected = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int               step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1
                                                                             : 0;
  GtkListBoxRow    *next;

  if (step == 0 || selected == NULL)
    return FALSE;
  next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), MAX (gtk_list_box_row_get_index (selected) + step, 0));
  if (next != NULL)
    {
      graphene_rect_t bounds;

      gtk_list_box_select_row (GTK_LIST_BOX (self->list), next);
      if (gtk_widget_compute_bounds (GTK_WIDGET (next), self->list, &bounds))
        gtk_adjustment_clamp_page (gtk_list_box_get_adjustment (GTK_LIST_BOX (self->list)), bounds.origin.y, bounds.origin.y + bounds.size.height);
    }

  return TRUE;
}

static void
stop_cb (GtkSearchEntry *entry,
         gpointer        user_data)
{
  gtk_popover_popdown (user_data);
}

static void
edit_cb (GtkButton *button,
         gpointer   user_data)
{
  gtk_popover_popdown (user_data);
  gtk_widget_activate_action (user_data, "app.preferences", NULL);
}

static void
sb_quick_reply_menu_map (GtkWidget *widget)
{
  SbQuickReplyMenu *self = SB_QUICK_REPLY_MENU (widget);

  GTK_WIDGET_CLASS (sb_quick_reply_menu_parent_class)->map (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_list (self);
  gtk_widget_grab_focus (self->search);
}

static void
sb_quick_reply_menu_dispose (GObject *object)
{
  g_clear_object (&SB_QUICK_REPLY_MENU (object)->engine);

  G_OBJECT_CLASS (sb_quick_reply_menu_parent_class)->dispose (object);
}

static void
sb_quick_reply_menu_class_init (SbQuickReplyMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_quick_reply_menu_dispose;
  GTK_WIDGET_CLASS (klass)->map = sb_quick_reply_menu_map;

  signals[CHOSEN] = g_signal_new ("chosen", SB_TYPE_QUICK_REPLY_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
make_search (SbQuickReplyMenu *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), 0);
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (self->search), _("Search Quick Replies"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search Quick Replies"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->search, keys);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_list), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (stop_cb), self);
}

static void
sb_quick_reply_menu_init (SbQuickReplyMenu *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *edit = gtk_button_new_with_label (_("Edit Quick Replies…"));

  make_search (self);
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "sb-quick-replies");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Quick Replies"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 300);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->none = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->none), 1);
  gtk_widget_set_margin_top (self->none, 12);
  gtk_widget_set_margin_bottom (self->none, 12);
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->none, "none");
  gtk_label_set_max_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (edit))), 1);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (edit))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (edit))), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (edit, "flat");
  g_signal_connect (edit, "clicked", G_CALLBACK (edit_cb), self);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), edit);
  gtk_widget_set_size_request (box, 300, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
}

GtkWidget *
sb_quick_reply_menu_new (SbEngine *engine)
{
  SbQuickReplyMenu *self = g_object_new (SB_TYPE_QUICK_REPLY_MENU, NULL);

  self->engine = g_object_ref (engine);

  return GTK_WIDGET (self);
}
