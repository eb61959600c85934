#include "sb-proof-pane.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-proof.h"

/**
 * SbProofPane:
 *
 * The page to print, always in sight, with Save and Print under it.
 */
struct _SbProofPane
{
  AdwBin parent_instance;

  SbEngine  *engine;
  gint64     contact_id;
  SbProof   *proof;
  GtkWidget *paper;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (SbProofPane, sb_proof_pane, ADW_TYPE_BIN)

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  SbProofPane  *self = user_data;
  PangoContext *context = pango_cairo_create_context (cr);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width / SB_PROOF_WIDTH, width / SB_PROOF_WIDTH);
  pango_cairo_update_context (cr, context);
  pango_context_set_base_dir (context, gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  if (self->proof != NULL)
    sb_proof_draw (self->proof, cr, context);
  g_object_unref (context);
}

void
sb_proof_pane_show (SbProofPane *self,
                    gint64       contact_id)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->proof, sb_proof_free);
  self->contact_id = contact_id;
  if (contact_id != 0)
    self->proof = sb_proof_new (self->engine, contact_id);
  text = self->proof != NULL ? sb_proof_dup_text (self->proof) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->paper), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Consent record"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_widget_set_visible (self->paper, self->proof != NULL);
  gtk_widget_set_visible (self->buttons, self->proof != NULL);
  gtk_widget_queue_draw (self->paper);
}

/* -- saving -- */

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GFile)     file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  g_autofree char      *path = file != NULL ? g_file_get_path (file) : NULL;
  SbProof              *proof = g_object_get_data (object, "proof");

  if (path != NULL && !sb_proof_save (proof, path, &error))
    {
      AdwDialog *dialog = sb_alert_new (_("Not Saved"), error->message);

      adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
      adw_dialog_present (dialog, parent);
    }
}

void
sb_proof_save_as (SbEngine  *engine,
                  gint64     contact_id,
                  GtkWidget *parent)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  SbProof                  *proof = sb_proof_new (engine, contact_id);
  g_autofree char          *name = sb_proof_dup_file_name (proof);

  gtk_file_dialog_set_title (dialog, _("Save Proof"));
  gtk_file_dialog_set_initial_name (dialog, name);
  g_object_set_data_full (G_OBJECT (dialog), "proof", proof, (GDestroyNotify) sb_proof_free);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (parent)), NULL, chosen_cb, g_object_ref (parent));
}

void
sb_proof_pane_save (SbProofPane *self)
{
  if (self->contact_id != 0)
    sb_proof_save_as (self->engine, self->contact_id, GTK_WIDGET (self));
}

/* -- printing -- */

static void
page_cb (GtkPrintOperation *operation,
         GtkPrintContext   *context,
         int                page,
         SbProof           *proof)
{
  cairo_t      *cr = gtk_print_context_get_cairo_context (context);
  PangoContext *pango = gtk_print_context_create_pango_context (context);
  double        scale = MIN (gtk_print_context_get_width (context) / SB_PROOF_WIDTH, gtk_print_context_get_height (context) / SB_PROOF_HEIGHT);

  cairo_scale (cr, scale, scale);
  pango_cairo_update_context (cr, pango);
  sb_proof_draw (proof, cr, pango);
  g_object_unref (pango);
}

void
sb_proof_pane_print (SbProofPane *self)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError)            error = NULL;
  SbProof                      *proof;

  if (self->contact_id == 0)
    return;
  proof = sb_proof_new (self->engine, self->contact_id);
  g_object_set_data_full (G_OBJECT (operation), "proof", proof, (GDestroyNotify) sb_proof_free);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _("Consent record"));
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (page_cb), proof);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &error);
  if (error != NULL)
    g_message ("printing: %s", error->message);
}

/* -- the object -- */

static void
sb_proof_pane_dispose (GObject *object)
{
  SbProofPane *self = SB_PROOF_PANE (object);

  g_clear_pointer (&self->proof, sb_proof_free);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_proof_pane_parent_class)->dispose (object);
}

static void
sb_proof_pane_class_init (SbProofPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_proof_pane_dispose;
}

static GtkWidget *
button (SbProofPane *self,
        const char  *label,
        GCallback    callback)
{
  GtkWidget *widget = gtk_button_new_with_mnemonic (label);

  g_signal_connect_swapped (widget, "clicked", callback, self);
  adw_wrap_box_append (ADW_WRAP_BOX (self->buttons), widget);

  return widget;
}

static void
sb_proof_pane_init (SbProofPane *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 15);
  GtkWidget *frame = gtk_aspect_frame_new (0.5, 0, SB_PROOF_WIDTH / SB_PROOF_HEIGHT, FALSE);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->paper = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->paper), 336);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->paper), 475);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->paper), draw_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->paper), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Consent record"), -1);
  gtk_widget_add_css_class (self->paper, "sb-paper");
  gtk_aspect_frame_set_child (GTK_ASPECT_FRAME (frame), self->paper);
  self->buttons = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->buttons), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->buttons), 9);
  adw_wrap_box_set_align (ADW_WRAP_BOX (self->buttons), 0.5);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_CENTER);
  button (self, _("_Save as PDF…"), G_CALLBACK (sb_proof_pane_save));
  button (self, _("_Print…"), G_CALLBACK (sb_proof_pane_print));
  gtk_widget_set_margin_start (column, 18);
  gtk_widget_set_margin_end (column, 18);
  gtk_widget_set_margin_top (column, 12);
  gtk_widget_set_margin_bottom (column, 18);
  gtk_box_append (GTK_BOX (column), frame);
  gtk_box_append (GTK_BOX (column), self->buttons);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
sb_proof_pane_new (SbEngine *engine)
{
  SbProofPane *self = g_object_new (SB_TYPE_PROOF_PANE, NULL);

  self->engine = g_object_ref (engine);
  sb_proof_pane_show (self, 0);

  return GTK_WIDGET (self);
}

/* Room for the paper where the whole window is as wide as a phone. */
void
sb_proof_pane_set_narrow (SbProofPane   *self,
                          AdwBreakpoint *narrow)
{
  GValue width = G_VALUE_INIT, height = G_VALUE_INIT;

  g_value_init (&width, G_TYPE_INT);
  g_value_set_int (&width, 296);
  g_value_init (&height, G_TYPE_INT);
  g_value_set_int (&height, 419);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->paper), "content-width", &width);
  adw_breakpoint_add_setter (narrow, G_OBJECT (self->paper), "content-height", &height);
}
