/* The photo beside what was read, or, where there is little room, the crop above one row at a time. */
#include "sb-ocr-review-layout.h"

#include <glib/gi18n.h>

/* Pixels: what is read of a row, where the paper is above it. */
#define NARROW_LOOK 236

static GtkWidget *
make_photo (SbOcrReview *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->photo = sb_ocr_photo_new ();
  g_signal_connect_object (self->photo, "chosen", G_CALLBACK (sb_ocr_review_point), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->photo), GTK_ACCESSIBLE_PROPERTY_LABEL, _("The paper"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->photo);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scroller);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), sb_ocr_review_make_tools (self));
  gtk_widget_add_css_class (overlay, "sb-paper-table");
  gtk_widget_set_size_request (overlay, 320, 96);

  return overlay;
}

static GtkWidget *
make_heading (SbOcrReview *self)
{
  GtkWidget *line = adw_wrap_box_new ();

  self->heading = gtk_label_new (NULL);
  self->counter = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->heading), 0);
  gtk_label_set_wrap (GTK_LABEL (self->heading), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->heading), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->heading, "heading");
  gtk_widget_add_css_class (self->counter, "dimmed");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (line), 12);
  gtk_label_set_xalign (GTK_LABEL (self->counter), 1);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (line), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (line), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (line), self->heading);
  adw_wrap_box_append (ADW_WRAP_BOX (line), self->counter);

  return line;
}

static void
typed_cb (SbOcrReview *self)
{
  sb_ocr_review_typed (self);
}

/* The crop, what was read of it, and what it could be. */
static GtkWidget *
make_look (SbOcrReview *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *wrap = adw_wrap_box_new ();

  self->crop = sb_ocr_crop_new ();
  self->value = gtk_label_new (NULL);
  self->entry = gtk_entry_new ();
  self->choices = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->choices), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->choices), 6);
  self->whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->hint = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->value, "title-2");
  gtk_widget_add_css_class (self->value, "numeric");
  gtk_label_set_xalign (GTK_LABEL (self->value), 0);
  gtk_label_set_wrap (GTK_LABEL (self->value), TRUE);
  gtk_widget_set_size_request (self->value, 200, 34);
  gtk_widget_set_visible (self->whole, FALSE);
  gtk_widget_set_visible (self->entry, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What It Says"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_add_css_class (self->hint, "dimmed");
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (wrap), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (wrap), 6);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), self->value);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), self->entry);
  adw_wrap_box_append (ADW_WRAP_BOX (wrap), self->choices);
  gtk_box_append (GTK_BOX (box), make_heading (self));
  gtk_box_append (GTK_BOX (box), self->crop);
  gtk_box_append (GTK_BOX (box), wrap);
  gtk_box_append (GTK_BOX (box), self->hint);
  gtk_box_append (GTK_BOX (box), self->whole);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  /* Large texts in a low window are scrolled, and push nothing out of it. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);

  return scroller;
}

static void
set_shown (AdwBreakpoint *narrow,
           GtkWidget     *widget,
           gboolean       shown)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, shown);
  adw_breakpoint_add_setter (narrow, G_OBJECT (widget), "visible", &value);
  g_value_unset (&value);
}

/* -- the keys at the foot, which are buttons, too -- */

static void
accept_cb (SbOcrReview *self)
{
  sb_ocr_review_accept (self, TRUE);
}

static GtkWidget *
key_button (SbOcrReview   *self,
            AdwBreakpoint *narrow,
            const char    *key,
            const char    *title,
            GCallback      clicked)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cap = gtk_label_new (key);

  gtk_widget_add_css_class (cap, "sb-key");
  gtk_box_append (GTK_BOX (box), cap);
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  /* On a phone there are fingers, not keys. */
  set_shown (narrow, cap, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
make_key_bar (SbOcrReview   *self,
              AdwBreakpoint *narrow)
{
  GtkWidget *bar = adw_wrap_box_new ();

  /* Translators: the names of keys */
  self->accept = key_button (self, narrow, _("Enter"), _("Accept"), G_CALLBACK (accept_cb));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), self->accept);
  adw_wrap_box_append (ADW_WRAP_BOX (bar), key_button (self, narrow, _("Tab"), _("Next"), G_CALLBACK (sb_ocr_review_next)));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), key_button (self, narrow, "F2", _("Retype"), G_CALLBACK (sb_ocr_review_retype)));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), key_button (self, narrow, "S", _("Skip"), G_CALLBACK (sb_ocr_review_skip)));
  adw_wrap_box_append (ADW_WRAP_BOX (bar), key_button (self, narrow, "Z", _("Back"), G_CALLBACK (sb_ocr_review_back)));
  gtk_widget_set_margin_start (bar, 6);
  gtk_widget_set_margin_end (bar, 6);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 6);
  gtk_widget_add_css_class (bar, "sb-key-bar");

  return bar;
}

static GtkWidget *
make_rows (SbOcrReview *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), sb_ocr_review_make_table (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);

  return scroller;
}

void
sb_ocr_review_take_focus (SbOcrReview *self)
{
  gtk_widget_grab_focus (gtk_widget_get_visible (gtk_widget_get_ancestor (self->table, GTK_TYPE_SCROLLED_WINDOW)) ? self->table : self->accept);
}

static void
narrow_cb (SbOcrReview *self)
{
  self->is_narrow = TRUE;
  sb_ocr_review_show (self);
  sb_ocr_review_take_focus (self);
}

static void
wide_cb (SbOcrReview *self)
{
  self->is_narrow = FALSE;
  sb_ocr_review_show (self);
  sb_ocr_review_take_focus (self);
}

/* The paper above what was read of it: that has its room, the paper what is left. */
static void
put_below_each_other (AdwBreakpoint *narrow,
                      GtkWidget     *halves,
                      GtkWidget     *look)
{
  GValue below = G_VALUE_INIT, yes = G_VALUE_INIT, no = G_VALUE_INIT, height = G_VALUE_INIT;

  g_value_init (&below, GTK_TYPE_ORIENTATION);
  g_value_set_enum (&below, GTK_ORIENTATION_VERTICAL);
  g_value_init (&yes, G_TYPE_BOOLEAN);
  g_value_set_boolean (&yes, TRUE);
  g_value_init (&no, G_TYPE_BOOLEAN);
  g_value_init (&height, G_TYPE_INT);
  g_value_set_int (&height, NARROW_LOOK);
  adw_breakpoint_add_setter (narrow, G_OBJECT (halves), "orientation", &below);
  adw_breakpoint_add_setter (narrow, G_OBJECT (halves), "position-set", &no);
  adw_breakpoint_add_setter (narrow, G_OBJECT (halves), "resize-start-child", &yes);
  adw_breakpoint_add_setter (narrow, G_OBJECT (halves), "resize-end-child", &no);
  adw_breakpoint_add_setter (narrow, G_OBJECT (look), "min-content-height", &height);
}

GtkWidget *
sb_ocr_review_lay_out (SbOcrReview *self)
{
  GtkWidget     *bin = adw_breakpoint_bin_new ();
  GtkWidget     *halves = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget     *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget     *photo = make_photo (self);
  AdwBreakpoint *narrow = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 819sp"));
  GtkWidget     *look = make_look (self);
  GtkWidget     *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget     *table = make_rows (self);

  /* Keeps its room where the table is not shown, so that the keys stay at the foot. */
  gtk_widget_set_vexpand (rows, TRUE);
  gtk_box_append (GTK_BOX (rows), table);

  gtk_box_append (GTK_BOX (side), look);
  gtk_box_append (GTK_BOX (side), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (side), rows);
  gtk_box_append (GTK_BOX (side), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (side), make_key_bar (self, narrow));
  gtk_widget_add_css_class (side, "view");
  gtk_paned_set_start_child (GTK_PANED (halves), photo);
  gtk_paned_set_end_child (GTK_PANED (halves), side);
  gtk_paned_set_position (GTK_PANED (halves), 468);
  gtk_paned_set_shrink_start_child (GTK_PANED (halves), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (halves), FALSE);
  gtk_paned_set_resize_start_child (GTK_PANED (halves), FALSE);
  gtk_widget_set_size_request (bin, 340, 200);
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), halves);
  set_shown (narrow, table, FALSE);
  set_shown (narrow, self->whole, TRUE);
  put_below_each_other (narrow, halves, look);
  g_signal_connect_object (narrow, "apply", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (narrow, "unapply", G_CALLBACK (wide_cb), self, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), narrow);

  return bin;
}
