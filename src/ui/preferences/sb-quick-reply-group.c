#include "sb-quick-reply-group.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-quick-file-list.h"
#include "sb-tell.h"
#include "sb-unsaved.h"

/**
 * SbQuickReplyGroup:
 *
 * The shop's quick replies: each a name to find it by and the text it writes. What is deleted can be had back at once.
 */
struct _SbQuickReplyGroup
{
  AdwPreferencesGroup parent_instance;

  SbEngine  *engine;
  GtkWidget *add;
  GPtrArray *rows;
  gint64     saving_id; /* of the one that is being saved; 0: the new one */
};

G_DEFINE_FINAL_TYPE (SbQuickReplyGroup, sb_quick_reply_group, ADW_TYPE_PREFERENCES_GROUP)

/* One expander with its fields; id 0 is the one that is being added. */
typedef struct
{
  SbQuickReplyGroup *group; /* not owned: the row lives in it */
  gint64             id;
  int                position;
  GtkWidget         *row;
  GtkWidget         *name;
  GtkWidget         *text;
  GtkWidget         *files;
  GtkWidget         *problem;
} Entry;

#define NONE (-1)

static void show_replies (SbQuickReplyGroup *self,
                          gint64             saved_id);

static void
tell (SbQuickReplyGroup *self,
      const char        *words,
      gint64             undo_id);

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbQuickReplyGroup) self = user_data;
  g_autoptr (GError)            error = NULL;

  if (!sb_engine_undo_finish (SB_ENGINE (object), result, &error))
    tell (self, error->message, 0);
  else if (self->engine != NULL)
    show_replies (self, NONE);
}

static void
undo_cb (AdwToast *toast,
         gpointer  user_data)
{
  SbQuickReplyGroup *self = user_data;
  gint64            *undo_id = g_object_get_data (G_OBJECT (toast), "undo");

  sb_engine_undo_async (self->engine, *undo_id, undone_cb, g_object_ref (self));
}

static void
tell (SbQuickReplyGroup *self,
      const char        *words,
      gint64             undo_id)
{
  AdwToast *toast = sb_toast_new (words);

  if (undo_id > 0)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      g_object_set_data_full (G_OBJECT (toast), "undo", g_memdup2 (&undo_id, sizeof undo_id), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
    }
  sb_tell_toast (GTK_WIDGET (self), toast);
}

/* -- saving and deleting -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbQuickReplyGroup) self = user_data;
  g_autoptr (GError)            error = NULL;

  if (sb_engine_save_quick_reply_finish (SB_ENGINE (object), result, &error) == 0)
    tell (self, error->message, 0);
  else if (self->engine != NULL)
    show_replies (self, self->saving_id);
}

static char *
text_of (const Entry *entry)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry->text));
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
save_cb (GtkButton *button,
         gpointer   user_data)
{
  Entry              *entry = user_data;
  g_autoptr (SbNamed) reply = sb_named_new ();

  reply->id = entry->id;
  reply->position = entry->position;
  reply->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry->name))));
  reply->query = text_of (entry);
  if (reply->name[0] == '\0' || reply->query[0] == '\0')
    {
      gtk_label_set_text (GTK_LABEL (entry->problem), reply->name[0] == '\0' ? _("It needs a name to be found by.") : _("It needs a text."));
      gtk_widget_set_visible (entry->problem, TRUE);
      return;
    }
  entry->group->saving_id = entry->id;
  sb_engine_save_quick_reply_async (entry->group->engine, reply, sb_quick_file_list_get (SB_QUICK_FILE_LIST (entry->files)), saved_cb, g_object_ref (entry->group));
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbQuickReplyGroup) self = user_data;
  g_autoptr (GError)            error = NULL;
  gint64                        undo_id = sb_engine_act_finish (SB_ENGINE (object), result, &error);

  if (undo_id < 0)
    {
      tell (self, error->message, 0);
      return;
    }
  tell (self, _("Quick reply deleted"), undo_id);
  if (self->engine != NULL)
    show_replies (self, NONE);
}

static void
delete_cb (GtkButton *button,
           gpointer   user_data)
{
  Entry *entry = user_data;

  sb_engine_delete_quick_reply_async (entry->group->engine, entry->id, deleted_cb, g_object_ref (entry->group));
}

/* -- the rows -- */

static GtkWidget *
make_text (Entry      *entry,
           const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_("Text"));
  GtkWidget *hint = gtk_label_new (_("{{first_name}}, {{shop}} and {{line}} are filled in. Any other word in double braces is a gap that you fill before sending."));

  entry->text = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (entry->text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (entry->text), FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry->text)), text != NULL ? text : "", -1);
  gtk_widget_set_size_request (entry->text, -1, 66);
  gtk_widget_add_css_class (entry->text, "sb-quick-reply-text");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry->text), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Text of the Quick Reply"), -1);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_widget_add_css_class (title, "dimmed");
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (hint, "dimmed");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), entry->text);
  gtk_box_append (GTK_BOX (box), hint);

  return box;
}

static GtkWidget *
make_buttons (Entry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *save = gtk_button_new_with_label (entry->id != 0 ? _("Save") : _("Add"));

  entry->problem = gtk_label_new (NULL);
  gtk_widget_add_css_class (entry->problem, "error");
  gtk_label_set_wrap (GTK_LABEL (entry->problem), TRUE);
  gtk_widget_set_visible (entry->problem, FALSE);
  gtk_widget_set_hexpand (entry->problem, TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), entry->problem);
  g_signal_connect (save, "clicked", G_CALLBACK (save_cb), entry);
  if (entry->id != 0)
    {
      GtkWidget *delete = gtk_button_new_with_label (_("Delete"));

      gtk_widget_add_css_class (delete, "destructive-action");
      g_signal_connect (delete, "clicked", G_CALLBACK (delete_cb), entry);
      gtk_box_append (GTK_BOX (box), delete);
    }
  gtk_box_append (GTK_BOX (box), save);

  return box;
}

static GtkWidget *
row_new (SbQuickReplyGroup *self,
         const SbNamed     *reply)
{
  Entry           *entry = g_new0 (Entry, 1);
  GtkWidget       *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget       *holder = gtk_list_box_row_new ();
  g_autofree char *line = g_strdup (reply != NULL ? reply->query : NULL);

  entry->group = self;
  entry->id = reply != NULL ? reply->id : 0;
  entry->position = reply != NULL ? reply->position : (int) self->rows->len;
  entry->row = adw_expander_row_new ();
  g_object_set_data_full (G_OBJECT (entry->row), "entry", entry, g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry->row), reply != NULL ? reply->name : _("Add a Quick Reply"));
  if (line != NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (entry->row), g_strdelimit (line, "\n\r", ' '));
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (entry->row), 1);
  entry->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry->name), _("Name to Find It By"));
  gtk_editable_set_text (GTK_EDITABLE (entry->name), reply != NULL ? reply->name : "");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (entry->row), entry->name);
  gtk_box_append (GTK_BOX (inside), make_text (entry, reply != NULL ? reply->query : NULL));
  entry->files = sb_quick_file_list_new (self->engine, entry->id);
  sb_quick_file_list_take_from (SB_QUICK_FILE_LIST (entry->files), entry->text);
  gtk_box_append (GTK_BOX (inside), entry->files);
  gtk_box_append (GTK_BOX (inside), make_buttons (entry));
  gtk_widget_add_css_class (inside, "sb-quick-reply-edit");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (holder), inside);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (holder), FALSE);
  gtk_widget_set_focusable (holder, FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (entry->row), holder);
  sb_unsaved_watch (entry->name);
  sb_unsaved_watch (entry->text);

  return entry->row;
}

static void
add_row (SbQuickReplyGroup *self,
         const SbNamed     *reply)
{
  GtkWidget *row = row_new (self, reply);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* What was written in a row goes on in the one that took its place. */
static void
carry_over (SbQuickReplyGroup *self,
            const Entry       *from)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Entry           *to = g_object_get_data (self->rows->pdata[i], "entry");
      g_autofree char *text = text_of (from);

      if (to->id != from->id)
        continue;
      gtk_editable_set_text (GTK_EDITABLE (to->name), gtk_editable_get_text (GTK_EDITABLE (from->name)));
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (to->text)), text, -1);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (to->row), adw_expander_row_get_expanded (ADW_EXPANDER_ROW (from->row)));
    }
}

/* @saved_id: what is written in its row is saved; in the others it stays. */
static void
show_replies (SbQuickReplyGroup *self,
              gint64             saved_id)
{
  g_autoptr (GPtrArray) replies = sb_reader_list_quick_replies (sb_engine_get_reader (self->engine));
  g_autoptr (GPtrArray) unsaved = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Entry *entry = g_object_get_data (self->rows->pdata[i], "entry");

      if (entry->id != saved_id && sb_unsaved_has (entry->row))
        g_ptr_array_add (unsaved, g_object_ref (entry->row));
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), entry->row);
    }
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < replies->len; i++)
    add_row (self, replies->pdata[i]);
  add_row (self, NULL);
  for (guint i = 0; i < unsaved->len; i++)
    carry_over (self, g_object_get_data (unsaved->pdata[i], "entry"));
}

static void
sb_quick_reply_group_dispose (GObject *object)
{
  SbQuickReplyGroup *self = SB_QUICK_REPLY_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_quick_reply_group_parent_class)->dispose (object);
}

static void
sb_quick_reply_group_class_init (SbQuickReplyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_quick_reply_group_dispose;
}

static void
sb_quick_reply_group_init (SbQuickReplyGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Quick Replies"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("What you write often. In a message, type / at the start of a line."));
}

GtkWidget *
sb_quick_reply_group_new (SbEngine *engine)
{
  SbQuickReplyGroup *self = g_object_new (SB_TYPE_QUICK_REPLY_GROUP, NULL);

  self->engine = g_object_ref (engine);
  gtk_widget_set_sensitive (GTK_WIDGET (self), !sb_engine_is_read_only (engine));
  show_replies (self, NONE);

  return GTK_WIDGET (self);
}
