#include "sb-quick-file-list.h"

#include <glib/gi18n.h>

#include "sb-file-drop.h"

/**
 * SbQuickFileList:
 *
 * The files that a quick reply brings, while it is written: chosen, dropped, or pasted into its text.
 */
struct _SbQuickFileList
{
  AdwBin parent_instance;

  GPtrArray *files; /* SbQuickFile */
  GtkWidget *box;
  GtkWidget *problem;
};

G_DEFINE_FINAL_TYPE (SbQuickFileList, sb_quick_file_list, ADW_TYPE_BIN)

static void show_files (SbQuickFileList *self);

static void
remove_cb (GtkButton *button,
           gpointer   user_data)
{
  SbQuickFileList *self = user_data;

  g_ptr_array_remove (self->files, g_object_get_data (G_OBJECT (button), "file"));
  show_files (self);
}

static GtkWidget *
row_new (SbQuickFileList *self,
         SbQuickFile     *file)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (file->name);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_tooltip_text (remove, _("Remove the File"));
  g_object_set_data (G_OBJECT (remove), "file", file);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("sb-file-symbolic"));
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), remove);

  return row;
}

static void
show_files (SbQuickFileList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < self->files->len; i++)
    gtk_box_append (GTK_BOX (self->box), row_new (self, self->files->pdata[i]));
}

/* @sentence: (nullable): what is wrong with some of them */
static void
took_cb (GStrv       paths,
         const char *sentence,
         gpointer    user_data)
{
  SbQuickFileList *self = user_data;

  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *name = g_filename_display_basename (*path);

      g_ptr_array_add (self->files, sb_quick_file_new (name, *path));
    }
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
  show_files (self);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SbQuickFileList) self = user_data;
  g_autoptr (GListModel)      files = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (object), result, NULL);
  g_autoptr (GStrvBuilder)    paths = g_strv_builder_new ();
  g_auto (GStrv)              list = NULL;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (g_file_peek_path (file) != NULL)
        g_strv_builder_add (paths, g_file_peek_path (file));
    }
  list = g_strv_builder_end (paths);
  took_cb (list, NULL, self);
}

static void
choose_cb (GtkButton *button,
           gpointer   user_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot                  *root = gtk_widget_get_root (user_data);

  gtk_file_dialog_set_title (dialog, _("Attach Files"));
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb, g_object_ref (user_data));
}

/* (transfer none): SbQuickFile, in order */
GPtrArray *
sb_quick_file_list_get (SbQuickFileList *self)
{
  return self->files;
}

/* Files that are pasted into @text, or dropped on it, are taken here. */
void
sb_quick_file_list_take_from (SbQuickFileList *self,
                              GtkWidget       *text)
{
  sb_file_drop_add (text, took_cb, NULL, self);
  sb_file_paste_add (GTK_TEXT_VIEW (text), took_cb, self);
}

static void
sb_quick_file_list_finalize (GObject *object)
{
  g_ptr_array_unref (SB_QUICK_FILE_LIST (object)->files);

  G_OBJECT_CLASS (sb_quick_file_list_parent_class)->finalize (object);
}

static void
sb_quick_file_list_class_init (SbQuickFileListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_quick_file_list_finalize;
}

static void
sb_quick_file_list_init (SbQuickFileList *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_("Attach Files…"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect (add, "clicked", G_CALLBACK (choose_cb), self);
  gtk_box_append (GTK_BOX (column), self->box);
  gtk_box_append (GTK_BOX (column), self->problem);
  gtk_box_append (GTK_BOX (column), add);
  adw_bin_set_child (ADW_BIN (self), column);
}

/* @quick_reply_id: 0 for one that is being added */
GtkWidget *
sb_quick_file_list_new (SbEngine *engine,
                        gint64    quick_reply_id)
{
  SbQuickFileList *self = g_object_new (SB_TYPE_QUICK_FILE_LIST, NULL);

  self->files = quick_reply_id != 0 ? sb_engine_list_quick_files (engine, quick_reply_id) : g_ptr_array_new_with_free_func ((GDestroyNotify) sb_quick_file_free);
  show_files (self);

  return GTK_WIDGET (self);
}
