#include "sb-text-line.h"

#include <pango/pangocairo.h>

/**
 * SbTextLine:
 *
 * One line of text in a row of a long list. A label can do more and pays for it: it lays its text out several times to find
 * its size, and asks the font each time. This one lays its text out once, when it is drawn; a long one does not even have to
 * be measured again when its text changes.
 */
struct _SbTextLine
{
  GtkWidget parent_instance;

  SbTextLineKind kind;
  char          *text;
  PangoLayout   *layout;
  int            laid_width; /* of the layout, in pixels; -1 as wide as its text */
};

G_DEFINE_FINAL_TYPE (SbTextLine, sb_text_line, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (SbTextLine *self)
{
  if (self->layout != NULL)
    return self->layout;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  self->laid_width = -1;
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  if (self->kind == SB_TEXT_LINE_LONG)
    pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  if (self->kind == SB_TEXT_LINE_TIME)
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
      pango_layout_set_attributes (self->layout, attributes);
    }

  return self->layout;
}

/* -- the height of a line, which is the same for every text in a font -- */

static GHashTable *heights; /* PangoFontDescription -> pixels */
static double      heights_resolution;
static guint       heights_serial;

static int
ask_height (PangoContext *context)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  int                     height;

  /* Asking the font for its metrics would lay out a sentence. */
  pango_layout_set_text (layout, "x", 1);
  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static int
line_height (GtkWidget *widget)
{
  PangoContext         *context = gtk_widget_get_pango_context (widget);
  PangoFontDescription *font = pango_context_get_font_description (context);
  double                resolution = pango_cairo_context_get_resolution (context);
  guint                 serial = pango_font_map_get_serial (pango_context_get_font_map (context));
  int                   height;

  if (heights == NULL)
    heights = g_hash_table_new_full ((GHashFunc) pango_font_description_hash, (GEqualFunc) pango_font_description_equal, (GDestroyNotify) pango_font_description_free, NULL);
  if (serial != heights_serial || resolution < heights_resolution || resolution > heights_resolution)
    g_hash_table_remove_all (heights);
  heights_serial = serial;
  heights_resolution = resolution;
  height = GPOINTER_TO_INT (g_hash_table_lookup (heights, font));
  if (height == 0)
    {
      height = ask_height (context);
      g_hash_table_insert (heights, pango_font_description_copy (font), GINT_TO_POINTER (height));
    }

  return height;
}

/* -- the widget -- */

static void
sb_text_line_measure (GtkWidget     *widget,
                      GtkOrientation orientation,
                      int            for_size,
                      int           *minimum,
                      int           *natural,
                      int           *minimum_baseline,
                      int           *natural_baseline)
{
  SbTextLine *self = SB_TEXT_LINE (widget);
  int         size = 0;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    size = line_height (widget);
  else if (self->kind != SB_TEXT_LINE_LONG)
    pango_layout_get_pixel_size (get_layout (self), &size, NULL);
  *minimum = *natural = size;
}

static void
sb_text_line_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  SbTextLine    *self = SB_TEXT_LINE (widget);
  PangoLayout   *layout = get_layout (self);
  int            width = gtk_widget_get_width (widget);
  PangoRectangle box;
  GdkRGBA        color;
  int            x = 0;

  if (self->text[0] == '\0')
    return;
  if (self->kind == SB_TEXT_LINE_LONG && self->laid_width != width)
    {
      self->laid_width = width;
      pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
    }
  pango_layout_get_pixel_extents (layout, NULL, &box);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = width - box.width;
  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x - box.x, (gtk_widget_get_height (widget) - box.height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
sb_text_line_direction_changed (GtkWidget       *widget,
                                GtkTextDirection before)
{
  g_clear_object (&SB_TEXT_LINE (widget)->layout);

  GTK_WIDGET_CLASS (sb_text_line_parent_class)->direction_changed (widget, before);
}

static void
sb_text_line_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  g_value_set_string (value, SB_TEXT_LINE (object)->text);
}

static void
sb_text_line_finalize (GObject *object)
{
  g_clear_object (&SB_TEXT_LINE (object)->layout);
  g_free (SB_TEXT_LINE (object)->text);

  G_OBJECT_CLASS (sb_text_line_parent_class)->finalize (object);
}

static void
sb_text_line_class_init (SbTextLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = sb_text_line_get_property;
  G_OBJECT_CLASS (klass)->finalize = sb_text_line_finalize;
  widget_class->measure = sb_text_line_measure;
  widget_class->snapshot = sb_text_line_snapshot;
  widget_class->direction_changed = sb_text_line_direction_changed;
  /* Named as a label names it, for whoever looks the window through. */
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, g_param_spec_string ("label", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
sb_text_line_init (SbTextLine *self)
{
  self->text = g_strdup ("");
}

/* @text: (nullable): empty hides the line of a short one */
void
sb_text_line_set (SbTextLine *self,
                  const char *text)
{
  text = text != NULL ? text : "";
  if (g_str_equal (self->text, text))
    return;

  g_set_str (&self->text, text);
  if (self->layout != NULL)
    pango_layout_set_text (self->layout, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (self->kind == SB_TEXT_LINE_LONG)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

GtkWidget *
sb_text_line_new (SbTextLineKind kind,
                  const char    *css)
{
  SbTextLine *self = g_object_new (SB_TYPE_TEXT_LINE, NULL);

  self->kind = kind;
  gtk_widget_add_css_class (GTK_WIDGET (self), css);
  gtk_widget_set_hexpand (GTK_WIDGET (self), kind == SB_TEXT_LINE_LONG);

  return GTK_WIDGET (self);
}
