/* Reviewing paper with the keys alone. */
#include <glib/gi18n.h>

#include "sb-ocr-review-private.h"

#define ZOOM_STEP 1.25

static void
zoom (SbOcrReview *self,
      double       by)
{
  g_autofree char *text = NULL;

  sb_ocr_photo_set_zoom (SB_OCR_PHOTO (self->photo), by > 0 ? sb_ocr_photo_get_zoom (SB_OCR_PHOTO (self->photo)) * by : 1);
  text = g_strdup_printf ("%d %%", (int) (sb_ocr_photo_get_zoom (SB_OCR_PHOTO (self->photo)) * 100 + 0.5));
  gtk_label_set_text (GTK_LABEL (self->zoom), text);
}

static gboolean
is_typing (SbOcrReview *self)
{
  return gtk_widget_get_visible (self->entry);
}

static void
stop_typing (SbOcrReview *self)
{
  sb_ocr_review_take_focus (self);
  sb_ocr_review_show (self);
}

static gboolean
with_control (SbOcrReview *self,
              guint        key)
{
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter)
    return FALSE;
  if (gtk_widget_get_sensitive (self->finish))
    sb_ocr_review_finish (self);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));

  return TRUE;
}

/* The steps that are acts of their own: each returns TRUE when the key was its. */
static gboolean
decide (SbOcrReview    *self,
        guint           key,
        GdkModifierType state)
{
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  switch (key)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      sb_ocr_review_accept (self, !shift);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
    case GDK_KEY_KP_Tab:
      /* Without a doubt left, Tab walks through the window as everywhere. */
      return sb_ocr_review_step_doubt (self, shift || key == GDK_KEY_ISO_Left_Tab ? -1 : 1);
    case GDK_KEY_F2:
      sb_ocr_review_retype (self);
      return TRUE;
    case GDK_KEY_s:
      sb_ocr_review_skip (self);
      return TRUE;
    case GDK_KEY_z:
      sb_ocr_review_back (self);
      return TRUE;
    case GDK_KEY_1:
    case GDK_KEY_2:
    case GDK_KEY_3:
    case GDK_KEY_4:
      sb_ocr_review_choose (self, key - GDK_KEY_1);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
look (SbOcrReview    *self,
      guint           key,
      GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_r:
      sb_ocr_review_turn (self, 90);
      return TRUE;
    case GDK_KEY_R:
      sb_ocr_review_turn (self, 270);
      return TRUE;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom (self, ZOOM_STEP);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom (self, 1 / ZOOM_STEP);
      return TRUE;
    case GDK_KEY_space:
      /* Held: the whole photo, without outlines. */
      sb_ocr_photo_set_zoom (SB_OCR_PHOTO (self->photo), 0.5);
      sb_ocr_photo_set_boxes (SB_OCR_PHOTO (self->photo), (SbOcrBox) { 0 }, (SbOcrBox) { 0 });
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
pressed_cb (GtkEventControllerKey *controller,
            guint                  key,
            guint                  code,
            GdkModifierType        state,
            SbOcrReview           *self)
{
  if (self->rows->len == 0)
    return FALSE;
  if (is_typing (self))
    {
      if (key != GDK_KEY_Escape)
        return FALSE;
      stop_typing (self);
      return TRUE;
    }
  if ((state & GDK_CONTROL_MASK) != 0)
    return with_control (self, key);
  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;

  return decide (self, key, state) || look (self, key, state);
}

static void
released_cb (GtkEventControllerKey *controller,
             guint                  key,
             guint                  code,
             GdkModifierType        state,
             SbOcrReview           *self)
{
  if (key == GDK_KEY_space && !is_typing (self) && self->rows->len > 0)
    {
      zoom (self, 0);
      sb_ocr_review_show (self);
    }
}

static void
larger_cb (SbOcrReview *self)
{
  zoom (self, ZOOM_STEP);
}

static void
smaller_cb (SbOcrReview *self)
{
  zoom (self, 1 / ZOOM_STEP);
}

static void
left_cb (SbOcrReview *self)
{
  sb_ocr_review_turn (self, 270);
}

static void
right_cb (SbOcrReview *self)
{
  sb_ocr_review_turn (self, 90);
}

static GtkWidget *
tool (SbOcrReview *self,
      const char  *icon,
      const char  *tip,
      GCallback    clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);

  return button;
}

/* (transfer floating): turn and zoom, over the foot of the photo. */
GtkWidget *
sb_ocr_review_make_tools (SbOcrReview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->zoom = gtk_label_new ("100 %");
  gtk_widget_add_css_class (self->zoom, "numeric");
  gtk_widget_add_css_class (box, "sb-paper-tools");
  gtk_box_append (GTK_BOX (box), tool (self, "object-rotate-left-symbolic", _("Turn to the Left (Shift+R)"), G_CALLBACK (left_cb)));
  gtk_box_append (GTK_BOX (box), tool (self, "object-rotate-right-symbolic", _("Turn to the Right (R)"), G_CALLBACK (right_cb)));
  gtk_box_append (GTK_BOX (box), tool (self, "zoom-out-symbolic", _("Smaller (−)"), G_CALLBACK (smaller_cb)));
  gtk_box_append (GTK_BOX (box), self->zoom);
  gtk_box_append (GTK_BOX (box), tool (self, "zoom-in-symbolic", _("Larger (+)"), G_CALLBACK (larger_cb)));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (box, 15);

  return box;
}

void
sb_ocr_review_add_keys (SbOcrReview *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (pressed_cb), self, 0);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (released_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
