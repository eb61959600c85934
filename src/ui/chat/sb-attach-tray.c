#include "sb-attach-tray.h"

#include <glib/gi18n.h>

#include "sb-attach-keep.h"
#include "sb-picture-shrink.h"

/**
 * SbAttachTray:
 *
 * The files that wait to be sent, in the order they were added. It keeps those of every conversation and shows those of the
 * open one: a file that was chosen for one customer never goes to another.
 */
struct _SbAttachTray
{
  AdwBin parent_instance;

  SbEngine  *engine;
  GtkWidget *box;
  gint64     thread_id;
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

void
sb_attach_tray_open (SbAttachTray *self,
                     gint64        thread_id)
{
  self->thread_id = thread_id;
  update (self);
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

/* What waits is written down with every change. */
static void
keep (SbAttachTray *self)
{
  g_autoptr (GPtrArray) tiles = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL; child = gtk_widget_get_next_sibling (child))
    g_ptr_array_add (tiles, child);
  sb_attach_keep_write (self->engine, tiles);
}

static void
tile_changed_cb (SbAttachTile *tile,
                 gpointer      user_data)
{
  check (user_data, tile);
  update (user_data);
  keep (user_data);
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
  keep (self);

  return SB_ATTACH_TILE (tile);
}

/* It was sent, or taken off. */
void
sb_attach_tray_remove (SbAttachTray *self,
                       SbAttachTile *tile)
{
  if (gtk_widget_get_parent (GTK_WIDGET (tile)) != self->box)
    return;
  sb_outgoing_drop (sb_attach_tile_get_path (tile));
  gtk_box_remove (GTK_BOX (self->box), GTK_WIDGET (tile));
  update (self);
  keep (self);
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

  g_autoptr (GPtrArray) kept = NULL;

  self->engine = g_object_ref (engine);
  kept = sb_attach_keep_read (engine);
  for (guint i = 0; i < kept->len; i++)
    take (self, kept->pdata[i]);
  update (self);

  return GTK_WIDGET (self);
}
