/* Nothing that was written in a dialog is lost without a question; and nobody is asked who wrote nothing. */
#include "sb-unsaved.h"

#include <glib/gi18n.h>

#include "sb-alert.h"

/* What is changed and not saved: of each dialog, the widgets that say so. */
#define UNSAVED "sb-unsaved"
#define KEPT    "sb-kept" /* of a field: its words when they were last saved */
#define BACK    "sb-back" /* of a page that is guarded: the button that leaves it while it has unsaved changes */

static void ask (GtkWidget *dialog,
                 GtkWidget *page);

static void
forget_widget (gpointer data,
               GObject *gone)
{
  GPtrArray *unsaved = data;

  g_ptr_array_remove_fast (unsaved, gone);
}

static void
unsaved_free (gpointer data)
{
  GPtrArray *unsaved = data;

  for (guint i = 0; i < unsaved->len; i++)
    g_object_weak_unref (unsaved->pdata[i], forget_widget, unsaved);
  g_ptr_array_unref (unsaved);
}

/* What was taken out of the dialog meanwhile does not count. */
static gboolean
has_within (GtkWidget *dialog,
            GtkWidget *within)
{
  GPtrArray *unsaved = g_object_get_data (G_OBJECT (dialog), UNSAVED);

  for (guint i = 0; unsaved != NULL && i < unsaved->len; i++)
    if (unsaved->pdata[i] == within || gtk_widget_is_ancestor (unsaved->pdata[i], within))
      return TRUE;

  return FALSE;
}

static void
update (GtkWidget *dialog,
        GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_PAGE);
  GtkWidget *back = page != NULL ? g_object_get_data (G_OBJECT (page), BACK) : NULL;

  adw_dialog_set_can_close (ADW_DIALOG (dialog), !has_within (dialog, dialog));
  if (back == NULL)
    return;
  gtk_widget_set_visible (back, has_within (dialog, page));
  adw_navigation_page_set_can_pop (ADW_NAVIGATION_PAGE (page), !has_within (dialog, page));
}

static void
close_attempt_cb (GtkWidget *dialog)
{
  if (has_within (dialog, dialog))
    ask (dialog, NULL);
  else
    adw_dialog_force_close (ADW_DIALOG (dialog));
}

static GPtrArray *
unsaved_of (GtkWidget *dialog)
{
  GPtrArray *unsaved = g_object_get_data (G_OBJECT (dialog), UNSAVED);

  if (unsaved != NULL)
    return unsaved;
  unsaved = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (dialog), UNSAVED, unsaved, unsaved_free);
  g_signal_connect (dialog, "close-attempt", G_CALLBACK (close_attempt_cb), NULL);

  return unsaved;
}

/* @widget says of itself, or of a part that has no fields of words, whether something of it is changed and not saved. */
void
sb_unsaved_set (GtkWidget *widget,
                gboolean   is_unsaved)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG);
  GPtrArray *unsaved;
  gboolean   was;

  if (dialog == NULL)
    return;
  unsaved = unsaved_of (dialog);
  was = g_ptr_array_find (unsaved, widget, NULL);
  if (is_unsaved && !was)
    {
      g_ptr_array_add (unsaved, widget);
      g_object_weak_ref (G_OBJECT (widget), forget_widget, unsaved);
    }
  else if (!is_unsaved && was)
    {
      g_ptr_array_remove_fast (unsaved, widget);
      g_object_weak_unref (G_OBJECT (widget), forget_widget, unsaved);
    }
  update (dialog, widget);
}

/* -- fields -- */

static char *
dup_words (GtkWidget *field)
{
  GtkTextBuffer *buffer;
  GtkTextIter    start, end;

  if (ADW_IS_COMBO_ROW (field))
    return g_strdup_printf ("%u", adw_combo_row_get_selected (ADW_COMBO_ROW (field)));
  if (GTK_IS_EDITABLE (field))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (field)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (field));
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
changed_cb (GtkWidget *field)
{
  g_autofree char *words = g_strstrip (dup_words (field));
  g_autofree char *kept = g_strstrip (g_strdup (g_object_get_data (G_OBJECT (field), KEPT)));

  sb_unsaved_set (field, !g_str_equal (words, kept));
}

/**
 * sb_unsaved_watch:
 * @field: a #GtkEditable, a #GtkTextView or an #AdwComboRow, with what it begins with
 *
 * From now on what differs from this is unsaved. Called again, what stands there now is the saved one.
 */
void
sb_unsaved_watch (GtkWidget *field)
{
  gboolean is_new = g_object_get_data (G_OBJECT (field), KEPT) == NULL;

  g_object_set_data_full (G_OBJECT (field), KEPT, dup_words (field), g_free);
  if (!is_new)
    sb_unsaved_set (field, FALSE);
  else if (ADW_IS_COMBO_ROW (field))
    g_signal_connect (field, "notify::selected", G_CALLBACK (changed_cb), NULL);
  else if (GTK_IS_EDITABLE (field))
    g_signal_connect (field, "changed", G_CALLBACK (changed_cb), NULL);
  else
    g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field)), "changed", G_CALLBACK (changed_cb), field, G_CONNECT_SWAPPED);
}

gboolean
sb_unsaved_has (GtkWidget *widget)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG);

  return dialog != NULL && has_within (dialog, widget);
}

void
sb_unsaved_forget (GtkWidget *widget)
{
  GtkWidget            *dialog = gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG);
  GPtrArray            *unsaved = dialog != NULL ? g_object_get_data (G_OBJECT (dialog), UNSAVED) : NULL;
  g_autoptr (GPtrArray) all = unsaved != NULL ? g_ptr_array_copy (unsaved, NULL, NULL) : NULL;

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (all->pdata[i] == widget || gtk_widget_is_ancestor (all->pdata[i], widget))
      {
        if (g_object_get_data (all->pdata[i], KEPT) != NULL)
          g_object_set_data_full (all->pdata[i], KEPT, dup_words (all->pdata[i]), g_free);
        sb_unsaved_set (all->pdata[i], FALSE);
      }
}

/* -- pages -- */

static void
leave (GtkWidget *page)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (page, ADW_TYPE_DIALOG);

  if (dialog != NULL && has_within (dialog, page))
    ask (dialog, page);
}

static gboolean
escape_cb (GtkWidget *page,
           GVariant  *arguments,
           gpointer   user_data)
{
  if (!sb_unsaved_has (page))
    return FALSE;
  leave (page);

  return TRUE;
}

/**
 * sb_unsaved_guard_page:
 * @page: of the pages of a dialog; what is watched in it belongs to it
 * @header: its own
 *
 * Going back asks first while something of @page is unsaved. The button that goes back by itself is not there then.
 */
void
sb_unsaved_guard_page (AdwNavigationPage *page,
                       AdwHeaderBar      *header)
{
  GtkWidget          *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_set_tooltip_text (back, _("Back"));
  gtk_widget_set_visible (back, FALSE);
  g_signal_connect_object (back, "clicked", G_CALLBACK (leave), page, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (header, back);
  g_object_set_data (G_OBJECT (page), BACK, back);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (page), keys);
}

/* -- the question -- */

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *page; /* (nullable): this page alone is left */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->dialog);
  g_clear_object (&question->page);
  g_free (question);
}

static void
answered_cb (AdwAlertDialog *alert,
             const char     *answer,
             gpointer        user_data)
{
  Question  *question = user_data;
  GtkWidget *view = question->page != NULL ? gtk_widget_get_ancestor (question->page, ADW_TYPE_NAVIGATION_VIEW) : NULL;

  if (!g_str_equal (answer, "discard"))
    return;
  if (question->page == NULL)
    {
      adw_dialog_force_close (ADW_DIALOG (question->dialog));
      return;
    }
  sb_unsaved_forget (question->page);
  if (view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) == ADW_NAVIGATION_PAGE (question->page))
    adw_navigation_view_pop (ADW_NAVIGATION_VIEW (view));
}

static void
ask (GtkWidget *dialog,
     GtkWidget *page)
{
  AdwDialog *alert = sb_alert_new (_("Discard Changes?"), _("What you changed here is not saved yet."));
  Question  *question = g_new0 (Question, 1);

  question->dialog = g_object_ref (dialog);
  question->page = page != NULL ? g_object_ref (page) : NULL;
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert), "keep", _("_Keep Editing"), "discard", _("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "keep");
  g_signal_connect_data (alert, "response", G_CALLBACK (answered_cb), question, question_free, 0);
  adw_dialog_present (alert, dialog);
}
