#include "sb-tell.h"

#include <glib/gi18n.h>

#define NARROW       500
#define NARROW_CHARS 18

typedef struct
{
  GWeakRef  widget;
  SbEngine *engine;
  gint64    undo_id;
} Way;

static void
way_free (gpointer  data,
          GClosure *closure)
{
  Way *way = data;

  g_weak_ref_clear (&way->widget);
  g_object_unref (way->engine);
  g_free (way);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError)    error = NULL;

  if (!sb_engine_undo_finish (SB_ENGINE (object), result, &error))
    sb_tell (widget, error->message);
}

static void
undo_cb (AdwToast *toast,
         Way      *way)
{
  GtkWidget *widget = g_weak_ref_get (&way->widget);

  sb_engine_undo_async (way->engine, way->undo_id, widget != NULL ? undone_cb : NULL, widget);
}

/* Where one line has no room for it: the toast asks how high it is before it knows how wide it may be. */
static void
break_lines (AdwToast *toast)
{
  GtkWidget *words = gtk_label_new (adw_toast_get_title (toast));

  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (words), NARROW_CHARS);
  gtk_label_set_lines (GTK_LABEL (words), 3);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (words, "heading");
  adw_toast_set_custom_title (toast, words);
}

void
sb_tell_toast (GtkWidget *widget,
               AdwToast  *toast)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_DIALOG);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), toast);
  else if (overlay != NULL)
    {
      /* The last word counts: an old one in the way would hide the way back of the new one. */
      adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (overlay));
      if (gtk_widget_get_width (overlay) < NARROW && adw_toast_get_title (toast) != NULL)
        break_lines (toast);
      adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
    }
  else
    g_object_unref (g_object_ref_sink (toast));
}

AdwToast *
sb_toast_new (const char *text)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);

  return toast;
}

void
sb_tell (GtkWidget  *widget,
         const char *text)
{
  sb_tell_toast (widget, sb_toast_new (text));
}

void
sb_tell_undo (GtkWidget  *widget,
              const char *text,
              SbEngine   *engine,
              gint64      undo_id)
{
  AdwToast *toast = sb_toast_new (text);

  if (undo_id > 0)
    {
      Way *way = g_new0 (Way, 1);

      g_weak_ref_init (&way->widget, widget);
      way->engine = g_object_ref (engine);
      way->undo_id = undo_id;
      adw_toast_set_button_label (toast, _("Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), way, way_free, 0);
    }
  sb_tell_toast (widget, toast);
}
