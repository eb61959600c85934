#include "sb-board-card.h"

#include <glib/gi18n.h>

#include "sb-people-cells.h"

struct _SbBoardCard
{
  GtkBox parent_instance;

  SbClock      *clock;
  SbPersonItem *item;
  gulong        changed_id;
  GtkWidget    *avatar;
  GtkWidget    *name;
  GtkWidget    *said;
  GtkWidget    *tags;
  GtkWidget    *day;
};

G_DEFINE_FINAL_TYPE (SbBoardCard, sb_board_card, GTK_TYPE_BOX)

static void
show (SbBoardCard *self)
{
  const SbPerson  *person = sb_person_item_get (self->item);
  g_autofree char *said = sb_people_said_text (person);
  g_autofree char *day = person->preview != NULL ? sb_people_day_text (person->last_at, sb_clock_now (self->clock)) : NULL;
  g_autofree char *name = sb_people_marked_text (person->name);
  g_autofree char *shown = sb_people_marked_text (said);

  adw_avatar_set_text (ADW_AVATAR (self->avatar), person->name);
  adw_avatar_set_show_initials (ADW_AVATAR (self->avatar), person->name[0] != '+');
  gtk_inscription_set_text (GTK_INSCRIPTION (self->name), name);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->said), shown);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->tags), person->tags != NULL ? person->tags : "");
  gtk_label_set_text (GTK_LABEL (self->day), day != NULL ? day : "");
  gtk_widget_set_visible (self->day, day != NULL);
}

/* @item: (nullable): none any more */
void
sb_board_card_bind (SbBoardCard  *self,
                    SbPersonItem *item)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_id, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_id = g_signal_connect_swapped (item, "changed", G_CALLBACK (show), self);
  show (self);
}

/* -- dragging -- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       user_data)
{
  SbBoardCard             *self = user_data;
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  if (self->item == NULL)
    return NULL;
  gtk_drag_source_set_icon (source, picture, (int) x, (int) y);

  return gdk_content_provider_new_typed (G_TYPE_INT64, sb_person_item_get_id (self->item));
}

static void
begin_cb (GtkDragSource *source,
          GdkDrag       *drag,
          gpointer       user_data)
{
  gtk_widget_add_css_class (user_data, "dragged");
}

static void
end_cb (GtkDragSource *source,
        GdkDrag       *drag,
        gboolean       deleted,
        gpointer       user_data)
{
  gtk_widget_remove_css_class (user_data, "dragged");
}

static void
sb_board_card_dispose (GObject *object)
{
  SbBoardCard *self = SB_BOARD_CARD (object);

  sb_board_card_bind (self, NULL);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (sb_board_card_parent_class)->dispose (object);
}

static void
sb_board_card_class_init (SbBoardCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_board_card_dispose;
}

static GtkWidget *
line_new (const char *class)
{
  GtkWidget *line = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (line), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (line), 0);
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_add_css_class (line, class);

  return line;
}

static void
sb_board_card_init (SbBoardCard *self)
{
  GtkWidget     *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget     *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sb-board-card");
  self->avatar = adw_avatar_new (28, NULL, TRUE);
  self->name = line_new ("sb-person-title");
  self->said = line_new ("sb-board-said");
  self->tags = line_new ("sb-board-tags");
  self->day = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->day, "sb-board-day");
  gtk_box_append (GTK_BOX (head), self->avatar);
  gtk_box_append (GTK_BOX (head), self->name);
  gtk_box_append (GTK_BOX (foot), self->tags);
  gtk_box_append (GTK_BOX (foot), self->day);
  gtk_box_append (GTK_BOX (self), head);
  gtk_box_append (GTK_BOX (self), self->said);
  gtk_box_append (GTK_BOX (self), foot);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

GtkWidget *
sb_board_card_new (SbClock *clock)
{
  SbBoardCard *self = g_object_new (SB_TYPE_BOARD_CARD, NULL);

  self->clock = g_object_ref (clock);

  return GTK_WIDGET (self);
}
