/*
 * Long words in a narrow window, as they are painted. Prints how many signs stand there that nobody wrote: in an ordinary
 * label, in a label of ours and in a bubble.
 */
#include <adwaita.h>
#include <stdlib.h>

#include "sb-bubble-cards.h"
#include "sb-text-block.h"

/* Letters that are never drawn as one sign together. */
#define WORDS "https://orders.marigoldcakes.example/nevanorasandorvanesaunamuresanoverasunomavanerosumanevora"
#define WIDTH 160

static guint
count_glyphs (GskRenderNode *node)
{
  guint sum = 0;

  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_TEXT_NODE:
      return gsk_text_node_get_num_glyphs (node);
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        sum += count_glyphs (gsk_container_node_get_child (node, i));
      return sum;
    case GSK_TRANSFORM_NODE:
      return count_glyphs (gsk_transform_node_get_child (node));
    case GSK_CLIP_NODE:
      return count_glyphs (gsk_clip_node_get_child (node));
    case GSK_ROUNDED_CLIP_NODE:
      return count_glyphs (gsk_rounded_clip_node_get_child (node));
    case GSK_OPACITY_NODE:
      return count_glyphs (gsk_opacity_node_get_child (node));
    case GSK_DEBUG_NODE:
      return count_glyphs (gsk_debug_node_get_child (node));
    default:
      return 0;
    }
}

static int
n_added (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot             *snapshot = gtk_snapshot_new ();
  GskRenderNode           *node;
  guint                    n;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable), gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  n = node != NULL ? count_glyphs (node) : 0;
  g_clear_pointer (&node, gsk_render_node_unref);

  return n > 0 ? (int) n - (int) strlen (WORDS) : -1;
}

static gboolean
ended_cb (gpointer ended)
{
  *(gboolean *) ended = TRUE;

  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  GtkWidget *window, *box, *shown[3];
  gboolean   ended = FALSE;

  adw_init ();
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  shown[0] = gtk_label_new (WORDS);
  gtk_label_set_wrap (GTK_LABEL (shown[0]), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (shown[0]), PANGO_WRAP_WORD_CHAR);
  shown[1] = sb_plain_label_new (WORDS, NULL);
  shown[2] = sb_text_block_new (WORDS, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    gtk_box_append (GTK_BOX (box), shown[i]);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, -1);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (600, ended_cb, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%d %d %d\n", n_added (shown[0]), n_added (shown[1]), n_added (shown[2]));
  gtk_window_destroy (GTK_WINDOW (window));

  return EXIT_SUCCESS;
}
