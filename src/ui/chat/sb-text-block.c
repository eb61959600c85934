#include "sb-text-block.h"

#include <adwaita.h>
#include <string.h>

#include "sb-text-marks.h"

/**
 * SbTextBlock:
 *
 * The words of one bubble, drawn from one layout, with time and tick in the room the last line leaves - at the end where the
 * text's own direction ends. Measured once for each width. Always plain text; marks become attributes, never markup.
 */
struct _SbTextBlock
{
  GtkWidget parent_instance;

  PangoLayout   *layout;
  PangoLayout   *meta;
  GArray        *links;
  PangoAttrList *plain; /* (nullable): the attributes without what is found; NULL until something was */
  GdkPaintable  *icon;
  gboolean       accent;
  int            measured_for;
  int            width;
  int            height;
};

G_DEFINE_FINAL_TYPE (SbTextBlock, sb_text_block, GTK_TYPE_WIDGET)

#define WIDEST    480
#define GAP       8
#define ICON      15
#define META_SIZE 8.5

static int
meta_width (SbTextBlock *self)
{
  int width = 0;

  if (self->meta == NULL)
    return 0;
  pango_layout_get_pixel_size (self->meta, &width, NULL);

  return width + (self->icon != NULL ? ICON + 4 : 0) + GAP;
}

static int
meta_height (SbTextBlock *self)
{
  int height = 0;

  if (self->meta != NULL)
    pango_layout_get_pixel_size (self->meta, NULL, &height);

  return MAX (height, self->icon != NULL ? ICON : 0);
}

static gboolean
last_line_is_rtl (SbTextBlock *self)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (self->layout, pango_layout_get_line_count (self->layout) - 1);

  return line != NULL && pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL;
}

static PangoRectangle
last_line (SbTextBlock *self)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (self->layout, pango_layout_get_line_count (self->layout) - 1);
  PangoRectangle   extents = { 0 };

  if (line != NULL)
    pango_layout_line_get_pixel_extents (line, NULL, &extents);

  return extents;
}

/* Where the time begins: in the middle of the last line of text, or on a line of its own below. */
static int
meta_top (SbTextBlock *self)
{
  int text_height;

  pango_layout_get_pixel_size (self->layout, NULL, &text_height);

  return self->height > text_height ? text_height + 1 : text_height - (last_line (self).height + meta_height (self)) / 2;
}

/* Width and height for at most @available pixels. */
static void
measure_for (SbTextBlock *self,
             int          available)
{
  int limit = CLAMP (available, 40, WIDEST);
  int width, height, last;

  if (self->measured_for == limit)
    return;

  self->measured_for = limit;
  pango_layout_set_width (self->layout, limit * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  last = last_line (self).width;
  if (self->meta != NULL && last + meta_width (self) > limit)
    height += meta_height (self) + 1;
  else if (self->meta != NULL)
    width = MAX (width, last + meta_width (self));
  self->width = MIN (MAX (width, self->meta != NULL ? meta_width (self) : 0), limit);
  self->height = height;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  SbTextBlock *self = SB_TEXT_BLOCK (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_for (self, WIDEST);
      *natural = self->width;
      *minimum = MIN (self->width, 60);
    }
  else
    {
      measure_for (self, for_size > 0 ? for_size : WIDEST);
      *minimum = *natural = self->height;
    }
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  SbTextBlock *self = SB_TEXT_BLOCK (widget);

  measure_for (self, width);
  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  /* Pango turns an alignment over for lines that run against the window: so each line starts at its own side. */
  pango_layout_set_alignment (self->layout, gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

static void
snapshot_meta (SbTextBlock *self,
               GtkSnapshot *snapshot,
               GdkRGBA     *colour,
               int          width)
{
  gboolean         rtl = last_line_is_rtl (self);
  int              top = meta_top (self);
  int              text_width, text_height;
  int              x;
  graphene_point_t at;
  GdkRGBA          dim = *colour;

  pango_layout_get_pixel_size (self->meta, &text_width, &text_height);
  dim.alpha *= 0.72;
  x = rtl ? 0 : width - text_width - (self->icon != NULL ? ICON + 4 : 0);
  at = GRAPHENE_POINT_INIT (x, top + (meta_height (self) - text_height) / 2);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &at);
  gtk_snapshot_append_layout (snapshot, self->meta, &dim);
  gtk_snapshot_restore (snapshot);
  if (self->icon == NULL)
    return;

  at = GRAPHENE_POINT_INIT (x + text_width + 4, top + (meta_height (self) - ICON) / 2);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &at);
  if (GTK_IS_SYMBOLIC_PAINTABLE (self->icon))
    {
      g_autoptr (GdkRGBA) found = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
      GdkRGBA             accent = *found;

      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icon), snapshot, ICON, ICON, self->accent ? &accent : &dim, 1);
    }
  else
    gdk_paintable_snapshot (self->icon, snapshot, ICON, ICON);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  SbTextBlock *self = SB_TEXT_BLOCK (widget);
  GdkRGBA      colour;

  gtk_widget_get_color (widget, &colour);
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  if (self->meta != NULL)
    snapshot_meta (self, snapshot, &colour, gtk_widget_get_width (widget));
}

/* -- links -- */

static const SbTextLink *
link_at (SbTextBlock *self,
         double       x,
         double       y)
{
  int index, trailing;

  if (!pango_layout_xy_to_index (self->layout, x * PANGO_SCALE, y * PANGO_SCALE, &index, &trailing))
    return NULL;
  for (guint i = 0; i < self->links->len; i++)
    {
      const SbTextLink *link = &g_array_index (self->links, SbTextLink, i);

      if (index >= (int) link->start && index < (int) link->end)
        return link;
    }

  return NULL;
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             gpointer         user_data)
{
  SbTextBlock      *self = user_data;
  const SbTextLink *link = link_at (self, x, y);

  if (link != NULL && n_press == 1)
    {
      g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (link->href);

      gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, NULL, NULL);
    }
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           gpointer                  user_data)
{
  SbTextBlock      *self = user_data;
  const SbTextLink *link = link_at (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), link != NULL ? "pointer" : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), link != NULL ? link->href : NULL);
}

static void
sb_text_block_dispose (GObject *object)
{
  SbTextBlock *self = SB_TEXT_BLOCK (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->meta);
  g_clear_object (&self->icon);
  g_clear_pointer (&self->links, g_array_unref);
  g_clear_pointer (&self->plain, pango_attr_list_unref);

  G_OBJECT_CLASS (sb_text_block_parent_class)->dispose (object);
}

static void
sb_text_block_class_init (SbTextBlockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sb_text_block_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sb_text_block_init (SbTextBlock *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/* @marks: read *bold* and its kin; else the text is shown as it is */
GtkWidget *
sb_text_block_new (const char *text,
                   gboolean    marks)
{
  SbTextBlock              *self = g_object_new (SB_TYPE_TEXT_BLOCK, NULL);
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char          *shown = sb_text_marks_layout (text, &attributes, &self->links);

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), marks ? shown : text);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir (self->layout, TRUE);
  if (marks)
    pango_layout_set_attributes (self->layout, attributes);
  self->measured_for = -1;

  return GTK_WIDGET (self);
}

/* @icon_name: (nullable): of the status */
void
sb_text_block_set_meta (SbTextBlock *self,
                        const char  *time,
                        const char  *icon_name,
                        gboolean     accent)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  g_set_object (&self->meta, NULL);
  g_clear_object (&self->icon);
  self->meta = gtk_widget_create_pango_layout (GTK_WIDGET (self), time);
  pango_attr_list_insert (attributes, pango_attr_size_new (META_SIZE * PANGO_SCALE));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (self->meta, attributes);
  self->accent = accent;
  if (icon_name != NULL)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

      self->icon = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (theme, icon_name, NULL, ICON, gtk_widget_get_scale_factor (GTK_WIDGET (self)), GTK_TEXT_DIR_LTR, 0));
    }
  self->measured_for = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* For what the program says in place of a message. */
void
sb_text_block_set_italic (SbTextBlock *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  pango_layout_set_attributes (self->layout, attributes);
  self->measured_for = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* -- what was found -- */

static gboolean
is_letter_at (const char *text,
              const char *at)
{
  return at >= text && *at != '\0' && g_unichar_isalnum (g_utf8_get_char (at));
}

/* Marked by a ground and, for who sees no colours, by a line; neither changes how wide a word is. */
static void
insert_mark (PangoAttrList *attributes,
             guint          start,
             guint          end)
{
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  PangoAttribute     *parts[] = {
    pango_attr_background_new ((guint16) (accent->red * 65535), (guint16) (accent->green * 65535), (guint16) (accent->blue * 65535)),
    pango_attr_background_alpha_new (0x6000),
    pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      parts[i]->start_index = start;
      parts[i]->end_index = end;
      pango_attr_list_insert (attributes, parts[i]);
    }
}

static void
insert_marks (PangoAttrList *attributes,
              const char    *text,
              const char    *word)
{
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); length > 0 && at != NULL; at = strstr (at + length, word))
    {
      const char *before = g_utf8_find_prev_char (text, at);

      if ((before == NULL || !is_letter_at (text, before)) && !is_letter_at (text, at + length))
        insert_mark (attributes, at - text, at + length - text);
    }
}

/* @words: (nullable): as they stand in the text */
void
sb_text_block_set_found (SbTextBlock       *self,
                         const char *const *words)
{
  PangoAttrList            *now = pango_layout_get_attributes (self->layout);
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->plain == NULL)
    self->plain = now != NULL ? pango_attr_list_ref (now) : pango_attr_list_new ();
  attributes = pango_attr_list_copy (self->plain);
  for (; words != NULL && *words != NULL; words++)
    insert_marks (attributes, pango_layout_get_text (self->layout), *words);
  pango_layout_set_attributes (self->layout, attributes);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
