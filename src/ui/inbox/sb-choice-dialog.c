#include "sb-choice-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-unsaved.h"

struct _SbChoiceDialog
{
  AdwDialog parent_instance;

  GtkWidget     *column;
  GtkWidget     *list;
  GtkWidget     *entry;
  GtkWidget     *entry_box;
  GtkEditable   *find;    /* among many: the entry, or a field of its own */
  GString       *letters; /* taken, one for each row in their order; '\0' for a row without one */
  SbChosen       chosen;
  SbTyped        typed;
  gpointer       user_data;
  GDestroyNotify destroy;
};

G_DEFINE_FINAL_TYPE (SbChoiceDialog, sb_choice_dialog, ADW_TYPE_DIALOG)

/* More are not told apart by a letter each: they are found by typing. */
#define MANY 20

/* The dialog goes first: what was chosen may open another, or give the focus to a row. */
static void
choose (SbChoiceDialog *self,
        GtkListBoxRow  *row)
{
  g_autoptr (SbChoiceDialog) keep = g_object_ref (self);
  gint64                     value = *(gint64 *) g_object_get_data (G_OBJECT (row), "value");

  adw_dialog_force_close (ADW_DIALOG (self));
  self->chosen (value, self->user_data);
}

static void
row_cb (GtkListBox    *box,
        GtkListBoxRow *row,
        gpointer       user_data)
{
  choose (user_data, row);
}

/* -- among many -- */

static char *
fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  GString         *letters = g_string_new (NULL);
  g_autofree char *kept = NULL;

  for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));
  kept = g_string_free (letters, FALSE);

  return g_utf8_casefold (g_strstrip (kept), -1);
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  SbChoiceDialog  *self = user_data;
  g_autofree char *words = self->find != NULL ? fold (gtk_editable_get_text (self->find)) : g_strdup ("");
  g_autofree char *title = fold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  return strstr (title, words) != NULL;
}

static GtkListBoxRow *
first_row (SbChoiceDialog *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;

  return NULL;
}

static void
find_cb (SbChoiceDialog *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_widget_set_visible (self->list, first_row (self) != NULL);
  /* Words that find something are no new name. */
  if (self->entry != NULL && first_row (self) != NULL)
    sb_unsaved_set (self->entry, FALSE);
}

static void
find_enter_cb (SbChoiceDialog *self)
{
  GtkListBoxRow *row = first_row (self);

  if (row != NULL)
    choose (self, row);
}

/* As the dialog comes: many choices get a field above them that finds, and adds where something can be added. */
static void
map_cb (SbChoiceDialog *self)
{
  if (self->find != NULL || self->letters->len <= MANY)
    return;
  if (self->entry != NULL)
    {
      self->find = GTK_EDITABLE (self->entry);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Find or Add"));
      gtk_box_reorder_child_after (GTK_BOX (self->column), self->entry_box, NULL);
    }
  else
    {
      GtkWidget *search = gtk_search_entry_new ();

      self->find = GTK_EDITABLE (search);
      gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (search), _("Find"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find"), -1);
      g_signal_connect_object (search, "activate", G_CALLBACK (find_enter_cb), self, G_CONNECT_SWAPPED);
      gtk_box_prepend (GTK_BOX (self->column), search);
    }
  for (int i = 0; i < (int) self->letters->len; i++)
    {
      GtkWidget *cap = g_object_get_data (G_OBJECT (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)), "cap");

      if (cap != NULL)
        gtk_widget_set_visible (cap, FALSE);
    }
  g_signal_connect_object (self->find, "changed", G_CALLBACK (find_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->find));
  gtk_widget_grab_focus (GTK_WIDGET (self->find));
}

/* -- letters -- */

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        gpointer               user_data)
{
  SbChoiceDialog *self = user_data;
  gunichar        typed = gdk_keyval_to_unicode (gdk_keyval_to_lower (keyval));
  GtkRoot        *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget      *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (keyval == GDK_KEY_Down && self->find != NULL && focus != NULL && GTK_IS_EDITABLE (focus))
    return first_row (self) != NULL && gtk_widget_grab_focus (GTK_WIDGET (first_row (self)));
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || (focus != NULL && GTK_IS_EDITABLE (focus)) || typed == 0 || self->find != NULL)
    return FALSE;
  for (guint i = 0; i < self->letters->len; i++)
    if (self->letters->str[i] != '\0' && (gunichar) self->letters->str[i] == typed)
      {
        choose (self, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i));
        return TRUE;
      }

  return FALSE;
}

/* @letter, when nobody has it, or the first of the title or of the digits that is free; '\0' when all are taken. */
static char
take_letter (SbChoiceDialog *self,
             const char     *title,
             char            letter)
{
  g_autofree char *folded = g_str_to_ascii (title, NULL);
  g_autofree char *tries = g_strdup_printf ("%c%s123456789", letter != '\0' ? letter : ' ', folded);

  for (const char *p = tries; *p != '\0'; p++)
    {
      char try = g_ascii_tolower (*p);

      if (g_ascii_isalnum (try) && memchr (self->letters->str, try, self->letters->len) == NULL)
        return try;
    }

  return '\0';
}

/* @letter: the wished one, or '\0' for the first that is free of @title */
void
sb_choice_dialog_add (SbChoiceDialog *self,
                      const char     *title,
                      const char     *subtitle,
                      char            letter,
                      gint64          value)
{
  GtkWidget *row;
  char       text[] = { 0, 0 };

  row = adw_action_row_new ();
  letter = take_letter (self, title, letter);
  g_string_append_c (self->letters, letter);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (letter != '\0')
    {
      GtkWidget *cap = gtk_label_new (NULL);

      text[0] = g_ascii_toupper (letter);
      gtk_label_set_text (GTK_LABEL (cap), text);
      gtk_widget_add_css_class (cap, "sb-key");
      gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), cap);
      g_object_set_data (G_OBJECT (row), "cap", cap);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "value", g_memdup2 (&value, sizeof value), g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  gtk_widget_set_visible (self->list, TRUE);
  if (self->letters->len == 1 && self->entry == NULL)
    adw_dialog_set_focus (ADW_DIALOG (self), row);
}

static void
apply_cb (AdwEntryRow *row,
          gpointer     user_data)
{
  SbChoiceDialog            *self = user_data;
  g_autoptr (SbChoiceDialog) keep = g_object_ref (self);
  g_autofree char           *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  if (text[0] == '\0')
    return;
  adw_dialog_force_close (ADW_DIALOG (self));
  self->typed (text, self->user_data);
}

/* A field above the choices; it has the focus only when there are none yet. */
void
sb_choice_dialog_add_entry (SbChoiceDialog *self,
                            const char     *title,
                            const char     *text,
                            SbTyped         typed)
{
  GtkWidget *box = gtk_list_box_new ();

  self->typed = typed;
  self->entry_box = box;
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  g_signal_connect (self->entry, "apply", G_CALLBACK (apply_cb), self);
  g_signal_connect (self->entry, "entry-activated", G_CALLBACK (apply_cb), self);
  sb_unsaved_watch (self->entry);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (box, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (self->column), box);
  if (self->letters->len == 0)
    adw_dialog_set_focus (ADW_DIALOG (self), self->entry);
}

void
sb_choice_dialog_add_widget (SbChoiceDialog *self,
                             GtkWidget      *widget)
{
  gtk_box_append (GTK_BOX (self->column), widget);
}

static void
sb_choice_dialog_finalize (GObject *object)
{
  SbChoiceDialog *self = SB_CHOICE_DIALOG (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_string_free (self->letters, TRUE);

  G_OBJECT_CLASS (sb_choice_dialog_parent_class)->finalize (object);
}

static void
sb_choice_dialog_class_init (SbChoiceDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_choice_dialog_finalize;
}

static void
sb_choice_dialog_init (SbChoiceDialog *self)
{
  GtkWidget          *view = adw_toolbar_view_new ();
  GtkWidget          *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->letters = g_string_new (NULL);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_cb), self);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_row, self, NULL);
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
  gtk_box_append (GTK_BOX (self->column), self->list);
  gtk_widget_set_margin_start (self->column, 12);
  gtk_widget_set_margin_end (self->column, 12);
  gtk_widget_set_margin_bottom (self->column, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->column);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 380);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* @destroy: of @user_data, when the dialog is gone */
SbChoiceDialog *
sb_choice_dialog_new (const char    *title,
                      SbChosen       chosen,
                      gpointer       user_data,
                      GDestroyNotify destroy)
{
  SbChoiceDialog *self = g_object_new (SB_TYPE_CHOICE_DIALOG, "title", title, NULL);

  self->chosen = chosen;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}
