#include "sb-template-preview.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SbTemplatePreview:
 *
 * A template as the customer will see it: what was filled in stands out, a gap that is still open carries its own name.
 */
struct _SbTemplatePreview
{
  AdwBin parent_instance;

  GtkWidget *bubble;
};

G_DEFINE_FINAL_TYPE (SbTemplatePreview, sb_template_preview, ADW_TYPE_BIN)

/* What a gap is called on screen. (transfer full) */
char *
sb_place_title (const SbPlace *place)
{
  g_autofree char *words = NULL;

  if (place->kind == SB_PLACE_HEADER_MEDIA)
    return g_strdup (g_strcmp0 (place->format, "IMAGE") == 0 ? _("Picture") : g_strcmp0 (place->format, "VIDEO") == 0 ? _("Video")
                                                                                                                   : _("Document"));
  if (place->kind == SB_PLACE_BUTTON_CODE)
    return g_strdup (_("Code to Copy"));
  if (place->kind == SB_PLACE_BUTTON_URL)
    /* Translators: the end of a web address behind a button; %s is what the button says */
    return g_strdup_printf (_("End of the Link of “%s”"), place->name != NULL ? place->name : "");
  if (place->name == NULL || g_ascii_isdigit (place->name[0]))
    /* Translators: a gap of a template by its number */
    return g_strdup_printf (_("Gap %s"), place->name != NULL ? place->name : "");

  words = g_strdelimit (g_strdup (place->name), "_", ' ');
  words[0] = g_ascii_toupper (words[0]);

  return g_steal_pointer (&words);
}

static void
colour (PangoAttrList *attributes,
        const char    *name,
        gboolean       background,
        guint          from,
        guint          to)
{
  PangoAttribute *attribute;
  PangoColor      value;

  if (!pango_color_parse (&value, name))
    return;
  attribute = background ? pango_attr_background_new (value.red, value.green, value.blue) : pango_attr_foreground_new (value.red, value.green, value.blue);
  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (attributes, attribute);
}

static void
bold (PangoAttrList *attributes,
      guint          from,
      guint          to)
{
  PangoAttribute *attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert (attributes, attribute);
}

static const SbPlace *
place_of (GPtrArray  *places,
          const char *key)
{
  for (guint i = 0; i < places->len; i++)
    if (g_str_equal (((SbPlace *) places->pdata[i])->key, key))
      return places->pdata[i];

  return NULL;
}

/* Appends one gap: its value, or its name on a marker's colour. */
static void
append_gap (GString       *text,
            PangoAttrList *attributes,
            const SbPlace *place,
            const char    *value)
{
  guint    from = text->len;
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (value != NULL && value[0] != '\0')
    {
      g_string_append (text, value);
      colour (attributes, dark ? "#99c1f1" : "#1c71d8", FALSE, from, text->len);
    }
  else
    {
      g_autofree char *title = place != NULL ? sb_place_title (place) : g_strdup ("…");

      g_string_append_printf (text, "\302\240%s\302\240", title);
      colour (attributes, dark ? "#705008" : "#f9e0a5", TRUE, from, text->len);
    }
  bold (attributes, from, text->len);
}

static GtkWidget *
make_part (const SbTemplate *template,
           const char *type,
           GPtrArray  *places,
           GHashTable *values)
{
  g_autofree char          *part = sb_template_part (template, type);
  g_autofree char          *prefix = g_ascii_strdown (type, -1);
  g_autoptr (GString)       text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const char               *at = part, *open;
  GtkWidget                *label;

  if (part == NULL)
    return NULL;
  while ((open = strstr (at, "{{")) != NULL)
    {
      const char      *close = strstr (open, "}}");
      g_autofree char *name = close != NULL ? g_strstrip (g_strndup (open + 2, close - open - 2)) : NULL;
      g_autofree char *key = name != NULL ? g_strdup_printf ("%s.%s", prefix, name) : NULL;

      if (close == NULL)
        break;
      g_string_append_len (text, at, open - at);
      append_gap (text, attributes, place_of (places, key), g_hash_table_lookup (values, key));
      at = close + 2;
    }
  g_string_append (text, at);

  label = gtk_label_new (text->str);
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);

  return label;
}

/* The picture, or a frame with its sign while there is none. */
static GtkWidget *
make_media (const SbPlace *place,
            const char    *path)
{
  gboolean   is_image = g_strcmp0 (place->format, "IMAGE") == 0;
  GtkWidget *widget;

  if (path != NULL && path[0] != '\0' && is_image)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      widget = gtk_picture_new_for_file (file);
      gtk_picture_set_content_fit (GTK_PICTURE (widget), GTK_CONTENT_FIT_COVER);
      gtk_widget_set_size_request (widget, -1, 110);
    }
  else
    {
      g_autofree char *name = path != NULL && path[0] != '\0' ? g_path_get_basename (path) : NULL;

      widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
      gtk_box_append (GTK_BOX (widget), gtk_image_new_from_icon_name (is_image ? "sb-photo-symbolic" : "sb-file-symbolic"));
      gtk_box_append (GTK_BOX (widget), gtk_label_new (name != NULL ? name : _("Still empty")));
      gtk_widget_add_css_class (widget, "sb-media-gap");
    }
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  return widget;
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/* @template: (nullable): NULL shows nothing */
void
sb_template_preview_show (SbTemplatePreview *self,
                          const SbTemplate *template,
                          GHashTable *values)
{
  const char           *parts[] = { "HEADER", "BODY", "FOOTER" };
  g_autoptr (GPtrArray) places = NULL;
  g_autoptr (GPtrArray) buttons = NULL;
  const SbPlace        *media;

  clear (self->bubble);
  gtk_widget_set_visible (self->bubble, template != NULL);
  if (template == NULL)
    return;

  places = sb_template_places (template);
  buttons = sb_template_buttons (template);
  media = place_of (places, "header.media");
  if (media != NULL)
    gtk_box_append (GTK_BOX (self->bubble), make_media (media, g_hash_table_lookup (values, "header.media")));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      GtkWidget *label = make_part (template, parts[i], places, values);

      if (label == NULL)
        continue;
      if (i != 1)
        gtk_widget_add_css_class (label, i == 0 ? "heading" : "sb-meta");
      gtk_widget_set_margin_top (label, gtk_widget_get_first_child (self->bubble) == NULL ? 9 : 0);
      gtk_box_append (GTK_BOX (self->bubble), label);
    }
  if (gtk_widget_get_last_child (self->bubble) != NULL)
    gtk_widget_set_margin_bottom (gtk_widget_get_last_child (self->bubble), 9);
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkWidget *button = gtk_label_new (buttons->pdata[i]);

      gtk_widget_add_css_class (button, "sb-answer");
      gtk_box_append (GTK_BOX (self->bubble), button);
    }
}

static void
sb_template_preview_class_init (SbTemplatePreviewClass *klass)
{
}

static void
sb_template_preview_init (SbTemplatePreview *self)
{
  self->bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->bubble, "sb-bubble");
  gtk_widget_add_css_class (self->bubble, "out");
  gtk_widget_set_overflow (self->bubble, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_valign (self->bubble, GTK_ALIGN_START);
  adw_bin_set_child (ADW_BIN (self), self->bubble);
}

GtkWidget *
sb_template_preview_new (void)
{
  return g_object_new (SB_TYPE_TEMPLATE_PREVIEW, NULL);
}
