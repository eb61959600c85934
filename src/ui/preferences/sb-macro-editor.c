#include "sb-macro-editor.h"

#include <glib/gi18n.h>

#include "sb-macro-acts.h"
#include "sb-macro-step-row.h"
#include "sb-unsaved.h"

/**
 * SbMacroEditor:
 *
 * One macro: its name, its key, and what it does from top to bottom. Nothing is kept before Save.
 */
struct _SbMacroEditor
{
  AdwNavigationPage parent_instance;

  SbEngine  *engine;
  SbMacro   *macro; /* as it is kept; id 0 for a new one */
  GtkWidget *name;
  GtkWidget *key;
  GtkWidget *steps;
  GtkWidget *problem;
  GPtrArray *rows; /* of the steps, in order */
  GPtrArray *kept; /* the same, as they are saved */
  GPtrArray *keys; /* char *, as kept; the first choice is none */
};

G_DEFINE_FINAL_TYPE (SbMacroEditor, sb_macro_editor, ADW_TYPE_NAVIGATION_PAGE)

/* -- keys -- */

static gboolean
is_taken (GPtrArray  *macros,
          gint64      but,
          const char *key)
{
  for (guint i = 0; i < macros->len; i++)
    {
      const SbMacro *macro = macros->pdata[i];

      if (macro->id != but && g_strcmp0 (macro->key, key) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
offer_key (SbMacroEditor *self,
           GPtrArray     *macros,
           GtkStringList *names,
           char          *key)
{
  g_autofree char *label = NULL;

  if (is_taken (macros, self->macro->id, key))
    {
      g_free (key);
      return;
    }
  label = sb_macro_key_label (key);
  gtk_string_list_append (names, label);
  g_ptr_array_add (self->keys, key);
}

/* The digits work in the list and the conversation, Alt and a letter everywhere at the desk. */
static void
make_key (SbMacroEditor *self)
{
  g_autoptr (GPtrArray)     macros = sb_reader_list_macros (sb_engine_get_reader (self->engine));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("No Key"));
  for (char digit = '1'; digit <= '9'; digit++)
    offer_key (self, macros, names, g_strdup_printf ("%c", digit));
  for (char letter = 'a'; letter <= 'z'; letter++)
    offer_key (self, macros, names, g_strdup_printf ("<Alt>%c", letter));
  self->key = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), C_("macro", "Key"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->key), G_LIST_MODEL (names));
  for (guint i = 0; i < self->keys->len; i++)
    if (g_strcmp0 (self->keys->pdata[i], self->macro->key) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->key), i + 1);
}

/* -- steps -- */

/* Whether there are others now, or in another order. What they say is looked after by themselves. */
static void
compare_steps (SbMacroEditor *self)
{
  gboolean differs = self->rows->len != self->kept->len;

  for (guint i = 0; i < self->rows->len && !differs; i++)
    differs = self->rows->pdata[i] != self->kept->pdata[i];
  sb_unsaved_set (self->steps, differs);
}

static void
show_steps (SbMacroEditor *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_get_ancestor (self->rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP) != NULL)
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->steps), self->rows->pdata[i]);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->steps), self->rows->pdata[i]);
  compare_steps (self);
}

static void
up_cb (GtkWidget *button,
       gpointer   user_data)
{
  SbMacroEditor *self = user_data;
  GtkWidget     *row = g_object_get_data (G_OBJECT (button), "row");
  guint          at = 0;

  if (!g_ptr_array_find (self->rows, row, &at) || at == 0)
    return;
  self->rows->pdata[at] = self->rows->pdata[at - 1];
  self->rows->pdata[at - 1] = row;
  show_steps (self);
}

static void
remove_cb (GtkWidget *button,
           gpointer   user_data)
{
  SbMacroEditor *self = user_data;
  GtkWidget     *row = g_object_get_data (G_OBJECT (button), "row");

  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->steps), row);
  g_ptr_array_remove (self->rows, row);
  compare_steps (self);
}

static void
add_step (SbMacroEditor     *self,
          const SbMacroStep *step)
{
  GtkWidget *row = sb_macro_step_row_new (self->engine, step, G_CALLBACK (up_cb), G_CALLBACK (remove_cb), self);

  g_ptr_array_add (self->rows, g_object_ref_sink (row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->steps), row);
}

static void
add_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  SbMacroStep step = { .kind = g_variant_get_int32 (parameter) };

  step.value = step.kind == SB_STEP_STATUS ? SB_THREAD_CLOSED : step.kind == SB_STEP_SNOOZE ? 60
                                                                                            : 0;
  add_step (SB_MACRO_EDITOR (widget), &step);
  compare_steps (SB_MACRO_EDITOR (widget));
}

static GtkWidget *
make_add (void)
{
  const SbStepKind  kinds[] = { SB_STEP_STATUS, SB_STEP_ASSIGN_ME, SB_STEP_TAG, SB_STEP_UNTAG, SB_STEP_NOTE, SB_STEP_ANSWER, SB_STEP_SNOOZE };
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget        *button = gtk_menu_button_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (sb_macro_step_title (kinds[i]), NULL);

      g_menu_item_set_action_and_target (item, "macro.add", "i", (gint32) kinds[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Add a Step"));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");

  return button;
}

/* -- saving -- */

static void
complain (SbMacroEditor *self,
          const char    *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->problem), sentence);
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbMacroEditor) self = user_data;
  g_autoptr (GError)        error = NULL;
  GtkWidget                *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (sb_engine_act_finish (SB_ENGINE (object), result, &error) < 0)
    complain (self, error->message);
  else if (dialog != NULL)
    {
      sb_unsaved_forget (GTK_WIDGET (self));
      adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (dialog));
    }
}

static void
save_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  SbMacroEditor      *self = SB_MACRO_EDITOR (widget);
  g_autoptr (SbMacro) macro = sb_macro_new ();
  guint               key = adw_combo_row_get_selected (ADW_COMBO_ROW (self->key));
  const char         *missing = NULL;

  macro->id = self->macro->id;
  macro->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  macro->key = key > 0 ? g_strdup (self->keys->pdata[key - 1]) : NULL;
  for (guint i = 0; i < self->rows->len && missing == NULL; i++)
    missing = sb_macro_step_row_add (self->rows->pdata[i], macro);
  if (macro->name[0] == '\0')
    missing = _("It needs a name to be found by.");
  else if (self->rows->len == 0)
    missing = _("It needs something to do: add a step.");
  if (missing != NULL)
    complain (self, missing);
  else
    sb_engine_save_macro_async (self->engine, macro, saved_cb, g_object_ref (self));
}

/* -- the whole -- */

static void
sb_macro_editor_dispose (GObject *object)
{
  SbMacroEditor *self = SB_MACRO_EDITOR (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->macro, sb_macro_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_macro_editor_parent_class)->dispose (object);
}

static void
sb_macro_editor_class_init (SbMacroEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_macro_editor_dispose;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "macro.add", "i", add_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "macro.save", NULL, save_cb);
}

static void
sb_macro_editor_init (SbMacroEditor *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept = g_ptr_array_new ();
  self->keys = g_ptr_array_new_with_free_func (g_free);
}

static void
put_together (SbMacroEditor *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *save = gtk_button_new_with_label (_("Save"));
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *head = adw_preferences_group_new ();
  GtkWidget *foot = adw_preferences_group_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (head), _("A digit works in the list, Alt and a letter also while you write"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "macro.save");
  gtk_widget_add_css_class (save, "suggested-action");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), save);
  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _("Name of the Macro"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->macro->name != NULL ? self->macro->name : "");
  make_key (self);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (head), self->name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (head), self->key);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (head), self->problem);
  self->steps = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->steps), _("What It Does"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->steps), _("From top to bottom. {{first_name}}, {{shop}} and {{line}} are filled in. Nothing is sent by it."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (head));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (self->steps));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (foot), make_add ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (foot));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
  for (guint i = 0; i < self->macro->steps->len; i++)
    add_step (self, self->macro->steps->pdata[i]);
  g_ptr_array_extend (self->kept, self->rows, NULL, NULL);
  sb_unsaved_watch (self->name);
  sb_unsaved_watch (self->key);
  sb_unsaved_guard_page (ADW_NAVIGATION_PAGE (self), ADW_HEADER_BAR (header));
}

GtkWidget *
sb_macro_editor_new (SbEngine *engine,
                     gint64    macro_id)
{
  SbMacroEditor *self = g_object_new (SB_TYPE_MACRO_EDITOR, NULL);

  self->engine = g_object_ref (engine);
  self->macro = macro_id != 0 ? sb_reader_get_macro (sb_engine_get_reader (engine), macro_id) : NULL;
  if (self->macro == NULL)
    self->macro = sb_macro_new ();
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), self->macro->id != 0 ? _("Macro") : _("New Macro"));
  put_together (self);

  return GTK_WIDGET (self);
}
