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

  char          *text;
  char          *time; /* (nullable) */
  PangoAttrList *attributes;
  PangoAttrList *plain;  /* (nullable): the attributes without what is found; NULL until something was */
  PangoLayout   *layout; /* both made when they are first measured: before, the widget has no place and no style yet */
  PangoLayout   *meta;
  GArray        *links;
  GdkPaintable  *icon;
  gboolean       accent;

  /* How the lines were broken last. */
  guint    serial; /* of the layout then; 0: never */
  int      broken_for;
  int      text_width;
  int      text_height;
  int      last_width;
  gboolean any_rtl;

  int measured_for;
  int width;
  int height;
};

G_DEFINE_FINAL_TYPE (SbTextBlock, sb_text_block, GTK_TYPE_WIDGET)

#define WIDEST    480
#define GAP       8
#define ICON      15
#define META_SIZE 8.5

static void
make_layouts (SbTextBlock *self)
{
  g_autoptr (PangoAttrList) small = NULL;

  if (self->layout == NULL)
    {
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
      pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_auto_dir (self->layout, TRUE);
      pango_layout_set_attributes (self->layout, self->attributes);
    }
  if (self->meta != NULL || self->time == NULL)
    return;

  small = pango_attr_list_new ();
  pango_attr_list_insert (small, pango_attr_size_new (META_SIZE * PANGO_SCALE));
  pango_attr_list_insert (small, pango_attr_font_features_new ("tnum"));
  self->meta = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->time);
  pango_layout_set_attributes (self->meta, small);
}

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
  return self->height > self->text_height ? self->text_height + 1 : self->text_height - (last_line (self).height + meta_height (self)) / 2;
}

static void
break_lines (SbTextBlock *self,
             int          limit)
{
  pango_layout_set_width (self->layout, limit * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, &self->text_width, &self->text_height);
  self->last_width = last_line (self).width;
  self->any_rtl = FALSE;
  for (GSList *line = pango_layout_get_lines_readonly (self->layout); line != NULL; line = line->next)
    self->any_rtl = self->any_rtl || pango_layout_line_get_resolved_direction (line->data) == PANGO_DIRECTION_RTL;
  self->broken_for = limit;
  self->serial = pango_layout_get_serial (self->layout);
}

/* Lines that were broken for more room, and fit, break in the same places: shaping them again is what costs. */
static gboolean
is_broken_for (SbTextBlock *self,
               int          limit)
{
  return self->serial == pango_layout_get_serial (self->layout) && limit <= self->broken_for && limit >= self->text_width;
}

/* Width and height for at most @available pixels. */
static void
measure_for (SbTextBlock *self,
             int          available)
{
  int limit = CLAMP (available, 40, WIDEST);
  int width, height;

  make_layouts (self);
  if (self->measured_for == limit && self->serial == pango_layout_get_serial (self->layout))
    return;

  self->measured_for = limit;
  if (!is_broken_for (self, limit))
    break_lines (self, limit);
  width = self->text_width;
  height = self->text_height;
  if (self->meta != NULL && self->last_width + meta_width (self) > limit)
    height += meta_height (self) + 1;
  else if (self->meta != NULL)
    width = MAX (width, self->last_width + meta_width (self));
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

  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  measure_for (self, width);
  /* Pango turns an alignment over for lines that run against the window: so each line starts at its own side. */
  pango_layout_set_alignment (self->layout, rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  /* Only lines that start at the right have to know where that is. */
  if (rtl || self->any_rtl)
    break_lines (self, width);
  else
    self->serial = pango_layout_get_serial (self->layout);
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
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  g_clear_pointer (&self->plain, pango_attr_list_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->time, g_free);

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

  self->text = marks ? g_steal_pointer (&shown) : g_strdup (text);
  self->attributes = marks && attributes != NULL ? g_steal_pointer (&attributes) : pango_attr_list_new ();
  /* A number or an address that is broken over two lines has no sign in it that the customer did not write. */
  pango_attr_list_insert (self->attributes, pango_attr_insert_hyphens_new (FALSE));
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
  g_clear_object (&self->meta);
  g_clear_object (&self->icon);
  g_set_str (&self->time, time);
  self->accent = accent;
  if (icon_name != NULL)
    {
      GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

      self->icon = GDK_PAINTABLE (gtk_icon_theme_lookup_icon (theme, icon_name, NULL, ICON, gtk_widget_get_scale_factor (GTK_WIDGET (self)), GTK_TEXT_DIR_LTR, 0));
    }
  self->measured_for = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
take_attributes (SbTextBlock   *self,
                 PangoAttrList *attributes)
{
  g_clear_pointer (&self->attributes, pango_attr_list_unref);
  self->attributes = attributes;
  if (self->layout != NULL)
    pango_layout_set_attributes (self->layout, attributes);
}

/* For what the program says in place of a message. */
void
sb_text_block_set_italic (SbTextBlock *self)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  take_attributes (self, attributes);
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
  PangoAttrList *attributes;

  if (self->plain == NULL)
    self->plain = pango_attr_list_ref (self->attributes);
  attributes = pango_attr_list_copy (self->plain);
  for (; words != NULL && *words != NULL; words++)
    insert_marks (attributes, self->text, *words);
  take_attributes (self, attributes);
  /* What marks a word changes no size, but the layout is broken anew. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
