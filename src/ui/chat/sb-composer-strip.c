#include "sb-composer-strip.h"

#include <glib/gi18n.h>

/**
 * SbComposerStrip:
 *
 * A line above the text that says what the text belongs to: the message it answers, or the waiting message it changes.
 */
struct _SbComposerStrip
{
  AdwBin parent_instance;

  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *close;
};

G_DEFINE_FINAL_TYPE (SbComposerStrip, sb_composer_strip, ADW_TYPE_BIN)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
sb_composer_strip_show (SbComposerStrip *self,
                        const char      *title,
                        const char      *text)
{
  g_autofree char *line = g_strdup (text != NULL ? text : "");

  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_label_set_text (GTK_LABEL (self->text), g_strdelimit (line, "\n\r", ' '));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
sb_composer_strip_hide (SbComposerStrip *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
close_cb (GtkButton *button,
          gpointer   user_data)
{
  g_signal_emit (user_data, signals[CLOSED], 0);
}

static void
sb_composer_strip_class_init (SbComposerStripClass *klass)
{
  signals[CLOSED] = g_signal_new ("closed", SB_TYPE_COMPOSER_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
label_new (const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class);

  return label;
}

static void
sb_composer_strip_init (SbComposerStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = label_new ("sb-strip-title");
  self->text = label_new ("sb-strip-text");
  self->close = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (self->close, "flat");
  gtk_widget_add_css_class (self->close, "circular");
  gtk_widget_set_valign (self->close, GTK_ALIGN_CENTER);
  g_signal_connect (self->close, "clicked", G_CALLBACK (close_cb), self);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), self->text);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), self->close);
  gtk_widget_add_css_class (row, "sb-strip");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  adw_bin_set_child (ADW_BIN (self), row);
}

/* @close_name: of the cross, for the tooltip and the screen reader */
GtkWidget *
sb_composer_strip_new (const char *close_name)
{
  SbComposerStrip *self = g_object_new (SB_TYPE_COMPOSER_STRIP, NULL);

  gtk_widget_set_tooltip_text (self->close, close_name);

  return GTK_WIDGET (self);
}
