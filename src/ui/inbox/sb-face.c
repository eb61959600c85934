#include "sb-face.h"

#include <math.h>
#include <string.h>

/**
 * SbFace:
 *
 * The customer's initials on a circle, for the rows of a long list: looks like an AdwAvatar, which lays its letters out anew
 * for every name to find their size, and that was most of what a row cost.
 */
struct _SbFace
{
  GtkWidget parent_instance;

  int          size;
  guint        color; /* 1 to N_COLORS; 0 none yet */
  char        *letters;
  PangoLayout *layout;
  GtkWidget   *icon; /* (nullable): of somebody without a name */
};

G_DEFINE_FINAL_TYPE (SbFace, sb_face, GTK_TYPE_WIDGET)

/* As the style of the toolkit numbers them. */
#define N_COLORS 14

static void
sb_face_measure (GtkWidget     *widget,
                 GtkOrientation orientation,
                 int            for_size,
                 int           *minimum,
                 int           *natural,
                 int           *minimum_baseline,
                 int           *natural_baseline)
{
  *minimum = *natural = SB_FACE (widget)->size;
}

static void
sb_face_size_allocate (GtkWidget *widget,
                       int        width,
                       int        height,
                       int        baseline)
{
  SbFace *self = SB_FACE (widget);
  int     side, x, y;

  if (self->icon == NULL || !gtk_widget_get_visible (self->icon))
    return;
  gtk_widget_measure (self->icon, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &side, NULL, NULL);
  x = (width - side) / 2;
  y = (height - side) / 2;
  gtk_widget_size_allocate (self->icon, &(GtkAllocation) { x, y, side, side }, -1);
}

/* Letters of one size, as each size is a font to be loaded; only wide ones are made smaller to stand in the circle. */
static PangoLayout *
get_layout (SbFace *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int                       room = self->size * 0.55, width;

  if (self->layout != NULL)
    return self->layout;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->letters);
  pango_attr_list_insert (attributes, pango_attr_size_new_absolute ((int) (self->size * 0.35 * PANGO_SCALE)));
  pango_layout_set_attributes (self->layout, attributes);
  pango_layout_get_pixel_size (self->layout, &width, NULL);
  if (width > room)
    {
      g_autoptr (PangoAttrList) smaller = pango_attr_list_new ();

      pango_attr_list_insert (smaller, pango_attr_size_new_absolute ((int) (self->size * 0.35 * room / width) * PANGO_SCALE));
      pango_layout_set_attributes (self->layout, smaller);
    }

  return self->layout;
}

static void
sb_face_snapshot (GtkWidget   *widget,
                  GtkSnapshot *snapshot)
{
  SbFace        *self = SB_FACE (widget);
  PangoRectangle box;
  GdkRGBA        color;

  GTK_WIDGET_CLASS (sb_face_parent_class)->snapshot (widget, snapshot);
  if (self->letters == NULL)
    return;
  pango_layout_get_pixel_extents (get_layout (self), NULL, &box);
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (floorf ((gtk_widget_get_width (widget) - box.width) / 2.0f) - box.x,
                                                          floorf ((gtk_widget_get_height (widget) - box.height) / 2.0f) - box.y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
sb_face_dispose (GObject *object)
{
  g_clear_pointer (&SB_FACE (object)->icon, gtk_widget_unparent);

  G_OBJECT_CLASS (sb_face_parent_class)->dispose (object);
}

static void
sb_face_finalize (GObject *object)
{
  SbFace *self = SB_FACE (object);

  g_clear_object (&self->layout);
  g_free (self->letters);

  G_OBJECT_CLASS (sb_face_parent_class)->finalize (object);
}

static void
sb_face_class_init (SbFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_face_dispose;
  G_OBJECT_CLASS (klass)->finalize = sb_face_finalize;
  widget_class->measure = sb_face_measure;
  widget_class->size_allocate = sb_face_size_allocate;
  widget_class->snapshot = sb_face_snapshot;
  gtk_widget_class_set_css_name (widget_class, "avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sb_face_init (SbFace *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/* Half of a flag or of a family says nothing: signs before the first letter are passed over. */
static const char *
first_letter (const char *word)
{
  for (const char *p = word; *p != '\0' && *p != ' '; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return p;

  return NULL;
}

/* The first letters of the first and of the last word. (transfer full) (nullable): a name without any */
static char *
letters_of (const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *text = g_utf8_normalize (upper, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString         *letters = g_string_new (NULL);
  const char      *last = NULL;

  for (const char *word = text; word != NULL; word = strchr (word, ' '))
    {
      const char *letter;

      word += strspn (word, " ");
      letter = first_letter (word);
      if (letter != NULL && letters->len == 0)
        g_string_append_unichar (letters, g_utf8_get_char (letter));
      else if (letter != NULL)
        last = letter;
    }
  if (last != NULL)
    g_string_append_unichar (letters, g_utf8_get_char (last));

  return g_string_free (letters, letters->len == 0);
}

static void
set_color (SbFace *self,
           guint   color)
{
  char css[16];

  if (self->color == color)
    return;
  g_snprintf (css, sizeof css, "color%u", self->color);
  gtk_widget_remove_css_class (GTK_WIDGET (self), css);
  g_snprintf (css, sizeof css, "color%u", color);
  gtk_widget_add_css_class (GTK_WIDGET (self), css);
  self->color = color;
}

static void
show_icon (SbFace  *self,
           gboolean shown)
{
  if (self->icon == NULL && shown)
    {
      self->icon = gtk_image_new_from_icon_name ("avatar-default-symbolic");
      gtk_image_set_pixel_size (GTK_IMAGE (self->icon), self->size / 2);
      gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
    }
  if (self->icon != NULL)
    gtk_widget_set_visible (self->icon, shown);
}

/**
 * sb_face_set_name:
 * @name: gives the colour, so that one person has the same everywhere
 * @initials: whether it is a name; a number has no first letters
 */
void
sb_face_set_name (SbFace     *self,
                  const char *name,
                  gboolean    initials)
{
  g_autofree char *letters = initials ? letters_of (name) : NULL;

  set_color (self, g_str_hash (name) % N_COLORS + 1);
  if (g_set_str (&self->letters, letters))
    {
      g_clear_object (&self->layout);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  show_icon (self, letters == NULL);
}

GtkWidget *
sb_face_new (int size)
{
  SbFace *self = g_object_new (SB_TYPE_FACE, NULL);

  self->size = size;

  return GTK_WIDGET (self);
}
