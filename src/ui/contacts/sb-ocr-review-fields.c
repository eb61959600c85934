/* All fields of the row under review, where there is no room for the table: each is looked at by pressing it. */
#include <glib/gi18n.h>

#include "sb-ocr-review-private.h"

const char *
sb_ocr_review_field_title (SbOcrField field)
{
  static const char *const titles[] = { N_("name"), N_("number"), N_("also there"), N_("company"), N_("e-mail"), N_("website"), N_("address"), N_("second number") };

  return _(titles[field]);
}

static void
field_cb (GtkButton   *button,
          SbOcrReview *self)
{
  SbOcrField field = (SbOcrField) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "field"));

  sb_ocr_review_go (self, (SbOcrPlace) { self->at.row, field, -1 });
}

static GtkWidget *
field_button (SbOcrReview    *self,
              const SbOcrRow *row,
              SbOcrField      field)
{
  GtkWidget       *button = gtk_button_new ();
  GtkWidget       *words = adw_wrap_box_new ();
  GtkWidget       *title = gtk_label_new (sb_ocr_review_field_title (field));
  GtkWidget       *value = gtk_label_new (NULL);
  g_autofree char *markup = sb_ocr_review_cell_markup (row, field);

  gtk_label_set_markup (GTK_LABEL (value), markup);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_widget_add_css_class (value, "numeric");
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dimmed");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (words), 9);
  adw_wrap_box_append (ADW_WRAP_BOX (words), title);
  adw_wrap_box_append (ADW_WRAP_BOX (words), value);
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_widget_add_css_class (button, "sb-paper-field");
  if (field != self->at.field)
    gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "field", GUINT_TO_POINTER (field));
  g_signal_connect_object (button, "clicked", G_CALLBACK (field_cb), self, 0);

  return button;
}

void
sb_ocr_review_show_fields (SbOcrReview    *self,
                           const SbOcrRow *row)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->whole)) != NULL)
    gtk_box_remove (GTK_BOX (self->whole), child);
  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    if (row->cells[field] != NULL)
      gtk_box_append (GTK_BOX (self->whole), field_button (self, row, field));
}
