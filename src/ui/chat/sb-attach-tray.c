#include "sb-attach-tray.h"

#include <glib/gi18n.h>

#include "sb-engine-tray.h"
#include "sb-picture-shrink.h"

/**
 * SbAttachTray:
 *
 * The files that wait to be sent, in the order they were added. They belong to the draft of one person in one conversation
 * and are kept with it in the shop: a file that was chosen for one customer never goes to another.
 */
struct _SbAttachTray
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *box;
  gint64     thread_id;
  gint64     staff_id; /* whose files these are */
  guint      n_saving; /* while something is on its way to the shop, what is shown is newer */
};

G_DEFINE_FINAL_TYPE (SbAttachTray, sb_attach_tray, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Type and size are asked of the gate before anything is sent; everything else is asked when it is sent. */
static void
check (SbAttachTray *self,
       SbAttachTile *tile)
{
  SbOutgoingMessage outgoing = { .thread_id = sb_attach_tile_get_thread (tile), .kind = sb_attach_tile_get_kind (tile), .path = sb_attach_tile_get_path (tile) };
  SbReason          reason = sb_engine_ask_gate (self->engine, &outgoing, NULL);
  gboolean          is_file = reason == SB_REASON_FILE_TOO_LARGE || reason == SB_REASON_FILE_TYPE || reason == SB_REASON_EMPTY;

  sb_attach_tile_set_reason (tile, is_file ? reason : SB_REASON_ALLOWED);
}

static void
update (SbAttachTray *self)
{
  gboolean any = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gboolean shown = sb_attach_tile_get_thread (SB_ATTACH_TILE (child)) == self->thread_id;

      gtk_widget_set_visible (child, shown);
      any |= shown;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Returns: (transfer container) (element-type SbAttachTile): those of the open conversation, first added first */
GPtrArray *
sb_attach_tray_list (SbAttachTray *self)
{
  GPtrArray *tiles = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (sb_attach_tile_get_thread (SB_ATTACH_TILE (child)) == self->thread_id)
      g_ptr_array_add (tiles, child);

  return tiles;
}

/* Whether one of the shown files could not be sent. */
gboolean
sb_attach_tray_is_wrong (SbAttachTray *self)
{
  g_autoptr (GPtrArray) tiles = sb_attach_tray_list (self);

  for (guint i = 0; i < tiles->len; i++)
    if (sb_attach_tile_is_wrong (tiles->pdata[i]))
      return TRUE;

  return FALSE;
}

/* Since they were chosen, files may have gone, grown, or come back. */
void
sb_attach_tray_check (SbAttachTray *self)
{
  g_autoptr (GPtrArray) tiles = sb_attach_tray_list (self);

  for (guint i = 0; i < tiles->len; i++)
    check (self, tiles->pdata[i]);
  if (tiles->len > 0)
    update (self);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbAttachTray) self = user_data;
  g_autoptr (GError)       error = NULL;

  self->n_saving--;
  if (!sb_engine_save_tray_finish (SB_ENGINE (object), result, &error))
    g_message ("The files that wait would not survive a restart: %s", error->message);
}

/* What waits in a conversation is written down with every change. */
static void
keep (SbAttachTray *self,
      gint64        thread_id)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_tray_file_free);

  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      SbAttachTile *tile = SB_ATTACH_TILE (child);

      if (sb_attach_tile_get_thread (tile) == thread_id)
        g_ptr_array_add (files, sb_tray_file_new (sb_attach_tile_get_path (tile), sb_attach_tile_get_key (tile), sb_attach_tile_is_voice (tile)));
    }
  if (sb_engine_is_read_only (self->engine))
    {
      g_ptr_array_unref (files);
      return;
    }
  self->n_saving++;
  sb_engine_save_tray_async (self->engine, thread_id, files, saved_cb, g_object_ref (self));
}

static void
tile_changed_cb (SbAttachTile *tile,
                 gpointer      user_data)
{
  check (user_data, tile);
  update (user_data);
  keep (user_data, sb_attach_tile_get_thread (tile));
}

static void
tile_remove_cb (SbAttachTile *tile,
                gpointer      user_data)
{
  sb_attach_tray_remove (user_data, tile);
}

static void
take (SbAttachTray *self,
      GtkWidget    *tile)
{
  check (self, SB_ATTACH_TILE (tile));
  g_signal_connect (tile, "changed", G_CALLBACK (tile_changed_cb), self);
  g_signal_connect (tile, "remove", G_CALLBACK (tile_remove_cb), self);
  gtk_box_append (GTK_BOX (self->box), tile);
}

/* Returns: (transfer none) */
SbAttachTile *
sb_attach_tray_add (SbAttachTray *self,
                    const char   *path,
                    gint64        thread_id,
                    gboolean      is_voice)
{
  GtkWidget *tile = sb_attach_tile_new (path, thread_id, is_voice);

  take (self, tile);
  update (self);
  keep (self, thread_id);

  return SB_ATTACH_TILE (tile);
}

/* It was sent, or taken off. */
void
sb_attach_tray_remove (SbAttachTray *self,
                       SbAttachTile *tile)
{
  gint64 thread_id = sb_attach_tile_get_thread (tile);

  if (gtk_widget_get_parent (GTK_WIDGET (tile)) != self->box)
    return;
  sb_outgoing_drop (sb_attach_tile_get_path (tile));
  gtk_box_remove (GTK_BOX (self->box), GTK_WIDGET (tile));
  update (self);
  keep (self, thread_id);
}

/* -- what the shop knows -- */

static const SbTrayFile *
find_file (GPtrArray  *files,
           const char *key)
{
  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (((SbTrayFile *) files->pdata[i])->key, key))
      return files->pdata[i];

  return NULL;
}

static gboolean
has_tile (SbAttachTray *self,
          const char   *key)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (sb_attach_tile_get_key (SB_ATTACH_TILE (child)), key))
      return TRUE;

  return FALSE;
}

/* Another window, or the last run, may have added some; what was sent from there does not wait here. */
static void
load (SbAttachTray *self)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) tiles = sb_attach_tray_list (self);

  if (self->thread_id == 0 || self->n_saving > 0)
    return;
  files = sb_reader_list_tray (sb_engine_get_reader (self->engine), self->thread_id, self->staff_id);
  for (guint i = 0; i < tiles->len; i++)
    if (find_file (files, sb_attach_tile_get_key (tiles->pdata[i])) == NULL)
      {
        sb_outgoing_drop (sb_attach_tile_get_path (tiles->pdata[i]));
        gtk_box_remove (GTK_BOX (self->box), tiles->pdata[i]);
      }
  for (guint i = 0; i < files->len; i++)
    {
      const SbTrayFile *file = files->pdata[i];
      GtkWidget        *tile;

      if (has_tile (self, file->key))
        continue;
      tile = sb_attach_tile_new (file->path, self->thread_id, file->is_voice);
      sb_attach_tile_set_key (SB_ATTACH_TILE (tile), file->key);
      take (self, tile);
    }
}

static void
forget (SbAttachTray *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

void
sb_attach_tray_open (SbAttachTray *self,
                     gint64        thread_id)
{
  gint64 staff_id = sb_engine_get_staff (self->engine);

  if (self->staff_id != staff_id)
    forget (self);
  self->staff_id = staff_id;
  self->thread_id = thread_id;
  load (self);
  sb_attach_tray_check (self);
  update (self);
}

static void
event_cb (SbAttachTray *self,
          SbEvent      *event)
{
  if (event->kind != SB_EVENT_THREAD_DRAFT || event->thread_id != self->thread_id || self->staff_id != sb_engine_get_staff (self->engine))
    return;
  load (self);
  update (self);
}

static void
sb_attach_tray_dispose (GObject *object)
{
  g_clear_object (&SB_ATTACH_TRAY (object)->engine);

  G_OBJECT_CLASS (sb_attach_tray_parent_class)->dispose (object);
}

static void
sb_attach_tray_class_init (SbAttachTrayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_attach_tray_dispose;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_ATTACH_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_attach_tray_init (SbAttachTray *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 220);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
sb_attach_tray_new (SbEngine *engine)
{
  SbAttachTray *self = g_object_new (SB_TYPE_ATTACH_TRAY, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
