/* All rows of the paper: what was read, and what somebody said about it. */
#include <glib/gi18n.h>

#include "sb-column-width.h"
#include "sb-ocr-review-private.h"

typedef enum
{
  COLUMN_INDEX,
  COLUMN_NAME,
  COLUMN_NUMBER,
  COLUMN_MORE,
  COLUMN_READING,
} Column;

static const SbOcrRow *
row_of (SbOcrReview *self,
        GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);

  return position < self->rows->len ? self->rows->pdata[position] : NULL;
}

/* In a number a letter in doubt is not shown as if it had been read; a name stays a word. */
char *
sb_ocr_review_cell_markup (const SbOcrRow *row,
                           SbOcrField      field)
{
  GString         *markup = g_string_new (NULL);
  const SbOcrCell *cell = row->cells[field];
  gboolean         number = cell != NULL && sb_ocr_field_is_number (field);

  /* A number reads from the left in every language. */
  if (number)
    g_string_append (markup, "\u2066");
  for (guint i = 0; cell != NULL && i < cell->signs->len; i++)
    {
      const SbOcrSign *sign = cell->signs->pdata[i];
      g_autofree char *letter = g_markup_escape_text (sign->doubt && sb_ocr_field_is_number (field) ? "?" : sign->letter->text, -1);

      if (sign->doubt)
        g_string_append_printf (markup, "<span background=\"#f2d28b\" foreground=\"#1d1d20\" weight=\"bold\" underline=\"double\">%s</span>", letter);
      else
        g_string_append (markup, letter);
    }
  if (number)
    g_string_append (markup, "\u2069");

  return g_string_free_and_steal (markup);
}

/* -- cells -- */

static void
setup_text_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "chars")));
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
setup_reading_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_index_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  const SbOcrRow  *row = row_of (user_data, item);
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *text = row != NULL ? g_strdup_printf ("%u", row->number) : NULL;

  gtk_widget_add_css_class (label, "dimmed");
  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
bind_field (SbOcrReview *self,
            GtkListItem *item,
            SbOcrField   field,
            const char  *missing)
{
  const SbOcrRow  *row = row_of (self, item);
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *markup = row != NULL ? sb_ocr_review_cell_markup (row, field) : NULL;

  if (markup != NULL && markup[0] == '\0' && missing != NULL)
    {
      gtk_label_set_text (GTK_LABEL (label), missing);
      gtk_widget_add_css_class (label, "dimmed");
      return;
    }
  gtk_widget_remove_css_class (label, "dimmed");
  gtk_label_set_markup (GTK_LABEL (label), markup);
}

static void
bind_name_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  bind_field (user_data, item, SB_OCR_NAME, NULL);
}

static void
bind_number_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  bind_field (user_data, item, SB_OCR_NUMBER, _("no number"));
}

/* On a list what stands beside the number, on a card the company. */
static void
bind_more_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              gpointer                  user_data)
{
  const SbOcrRow *row = row_of (user_data, item);

  bind_field (user_data, item, row != NULL && row->cells[SB_OCR_ORDER] == NULL ? SB_OCR_COMPANY : SB_OCR_ORDER, NULL);
}

static void
bind_reading_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  const SbOcrRow  *row = row_of (user_data, item);
  GtkWidget       *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget       *label = gtk_widget_get_next_sibling (icon);
  guint            n_doubts = row != NULL ? sb_ocr_row_count_doubts (row) : 0;
  const char      *name = "view-reveal-symbolic";
  g_autofree char *text = NULL;

  gtk_widget_remove_css_class (icon, "warning");
  gtk_widget_remove_css_class (icon, "success");
  if (row == NULL)
    return;
  if (row->state == SB_OCR_ACCEPTED)
    {
      name = "object-select-symbolic";
      gtk_widget_add_css_class (icon, "success");
      text = g_strdup (_("Accepted"));
    }
  else if (row->state == SB_OCR_SKIPPED || !sb_ocr_row_has_number (row))
    {
      name = "sb-cancelled-symbolic";
      text = g_strdup (row->state == SB_OCR_SKIPPED ? _("Skipped") : _("Skip?"));
    }
  else if (n_doubts > 0)
    {
      name = "sb-unknown-symbolic";
      gtk_widget_add_css_class (icon, "warning");
      text = g_strdup_printf (ngettext ("%u doubt", "%u doubts", n_doubts), n_doubts);
    }
  else
    /* Translators: how sure the machine is of a row it read, in per cent */
    text = g_strdup_printf (_("%d %%"), (int) sb_ocr_row_get_confidence (row));
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), name);
  gtk_label_set_text (GTK_LABEL (label), text);
}

/* -- the table -- */

/* @chars: of a text so many are seen at least, however large they are, or -1: a name is not squeezed away, a number is compared figure by figure */
static void
add_column (SbOcrReview *self,
            const char  *title,
            GCallback    setup,
            GCallback    bind,
            int          width,
            int          chars,
            gboolean     expands)
{
  GtkListItemFactory  *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  g_object_set_data (G_OBJECT (factory), "chars", GINT_TO_POINTER (chars));
  g_signal_connect (factory, "setup", setup, self);
  g_signal_connect (factory, "bind", bind, self);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, sb_column_width (self->table, width));
  gtk_column_view_column_set_expand (column, expands);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->table), column);
  g_object_unref (column);
}

static void
selected_cb (SbOcrReview *self)
{
  guint row = gtk_single_selection_get_selected (self->selection);

  if (!self->filling && row < self->rows->len && row != self->at.row)
    sb_ocr_review_go (self, (SbOcrPlace) { row, SB_OCR_NUMBER, -1 });
}

GtkWidget *
sb_ocr_review_make_table (SbOcrReview *self)
{
  self->items = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  self->table = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)));
  gtk_column_view_set_tab_behavior (GTK_COLUMN_VIEW (self->table), GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (self->table, "sb-paper-rows");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rows on the Paper"), -1);
  add_column (self, "", G_CALLBACK (setup_text_cb), G_CALLBACK (bind_index_cb), 44, -1, FALSE);
  add_column (self, _("Name"), G_CALLBACK (setup_text_cb), G_CALLBACK (bind_name_cb), 0, 14, TRUE);
  add_column (self, _("Number"), G_CALLBACK (setup_text_cb), G_CALLBACK (bind_number_cb), 0, 12, FALSE);
  /* Translators: column of what stands beside the name and the number on a paper list */
  add_column (self, _("Also There"), G_CALLBACK (setup_text_cb), G_CALLBACK (bind_more_cb), 0, 8, TRUE);
  /* Translators: column that says how well a row was read */
  add_column (self, _("Reading"), G_CALLBACK (setup_reading_cb), G_CALLBACK (bind_reading_cb), 0, -1, FALSE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  return self->table;
}

void
sb_ocr_review_fill_table (SbOcrReview *self)
{
  self->filling = TRUE;
  g_list_store_remove_all (self->items);
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GtkStringObject) item = gtk_string_object_new ("");

      g_list_store_append (self->items, item);
    }
  self->filling = FALSE;
}

void
sb_ocr_review_row_changed (SbOcrReview *self,
                           guint        row)
{
  g_autoptr (GtkStringObject) item = gtk_string_object_new ("");

  self->filling = TRUE;
  g_list_store_splice (self->items, row, 1, (gpointer *) &item, 1);
  gtk_single_selection_set_selected (self->selection, row);
  self->filling = FALSE;
}
