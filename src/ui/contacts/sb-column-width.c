/* Columns of a width of their own grow with the texts of the desktop. */
#include "sb-column-width.h"

/* The size of texts, in pixels, for which widths are written down: 11 points at 96 to the inch. */
#define ORDINARY_SIZE (11 * 96 / 72.0)
#define LARGEST       2.0

/* What @pixels at the ordinary size of texts are at that of @table. */
int
sb_column_width (GtkWidget *table,
                 int        pixels)
{
  PangoContext               *context = gtk_widget_get_pango_context (table);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double                      size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;

  return (int) (pixels * CLAMP (size / ORDINARY_SIZE, 1.0, LARGEST));
}
