#include "sb-turned-label.h"

struct _SbTurnedLabel
{
  GtkWidget parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (SbTurnedLabel, sb_turned_label, GTK_TYPE_WIDGET)

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  GtkOrientation turned = orientation == GTK_ORIENTATION_HORIZONTAL ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_widget_measure (SB_TURNED_LABEL (widget)->label, turned, -1, minimum, natural, NULL, NULL);
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  GskTransform *turn = gsk_transform_rotate (gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) width, 0)), 90);

  gtk_widget_allocate (SB_TURNED_LABEL (widget)->label, height, width, -1, turn);
}

static void
sb_turned_label_dispose (GObject *object)
{
  g_clear_pointer (&SB_TURNED_LABEL (object)->label, gtk_widget_unparent);

  G_OBJECT_CLASS (sb_turned_label_parent_class)->dispose (object);
}

static void
sb_turned_label_class_init (SbTurnedLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_turned_label_dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
}

static void
sb_turned_label_init (SbTurnedLabel *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
sb_turned_label_new (const char *text)
{
  SbTurnedLabel *self = g_object_new (SB_TYPE_TURNED_LABEL, NULL);

  sb_turned_label_set_text (self, text);

  return GTK_WIDGET (self);
}

void
sb_turned_label_set_text (SbTurnedLabel *self,
                          const char    *text)
{
  gtk_label_set_text (GTK_LABEL (self->label), text);
}
