#include "sb-person-acts.h"

#include <glib/gi18n.h>

#include "sb-alert.h"
#include "sb-engine-person.h"
#include "sb-phone.h"
#include "sb-tell.h"
#include "sb-thread-row.h"

#define LONG_SECONDS 15 /* where something was put is said long enough to be read */

typedef struct
{
  GtkWidget *widget; /* not owned: the actions live on it */
  SbEngine  *engine;
  gint64 (*get_contact) (GtkWidget *widget);
} Acts;

/* What a dialog that was opened is about. */
typedef struct
{
  GtkWidget *widget;
  SbEngine  *engine;
  gint64     contact_id;
  char      *folder;
} Asked;

static void
acts_free (gpointer  data,
           GClosure *closure)
{
  Acts *acts = data;

  g_object_unref (acts->engine);
  g_free (acts);
}

static Asked *
asked_new (Acts  *acts,
           gint64 contact_id)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->widget = g_object_ref (acts->widget);
  asked->engine = g_object_ref (acts->engine);
  asked->contact_id = contact_id;

  return asked;
}

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->widget);
  g_object_unref (asked->engine);
  g_free (asked->folder);
  g_free (asked);
}

static void
tell (GtkWidget  *widget,
      const char *words)
{
  AdwToast *toast = sb_toast_new (words);

  adw_toast_set_timeout (toast, LONG_SECONDS);
  sb_tell_toast (widget, toast);
}

static char *
name_of (SbEngine *engine,
         gint64    contact_id)
{
  g_autoptr (SbContact) contact = sb_reader_get_contact (sb_engine_get_reader (engine), contact_id);
  g_autofree char      *number = contact != NULL && contact->number != NULL ? sb_phone_format (contact->number) : NULL;

  if (contact == NULL)
    return NULL;

  return sb_name_text (contact->name != NULL ? contact->name : contact->profile_name != NULL ? contact->profile_name
                                                           : number != NULL                  ? number
                                                                                             : "");
}

/* -- export -- */

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asked             *asked = user_data;
  g_autoptr (GError) error = NULL;

  tell (asked->widget, sb_engine_export_person_finish (SB_ENGINE (object), result, &error) ? _("Saved: a page to read, and all files") : error->message);
  asked_free (asked);
}

static void
folder_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Asked            *asked = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);

  if (file == NULL)
    {
      asked_free (asked);
      return;
    }
  asked->folder = g_file_get_path (file);
  sb_engine_export_person_async (asked->engine, asked->contact_id, asked->folder, exported_cb, asked);
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Acts                     *acts = user_data;
  gint64                    contact_id = acts->get_contact (acts->widget);
  g_autofree char          *name = contact_id != 0 ? name_of (acts->engine, contact_id) : NULL;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  if (name == NULL)
    return;
  gtk_file_dialog_set_title (dialog, _("Save All Data of This Person"));
  gtk_file_dialog_set_initial_name (dialog, g_strdelimit (name, "/\\:", '-'));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (acts->widget)), NULL, folder_cb, asked_new (acts, contact_id));
}

/* -- erasure -- */

static void
erased_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Asked             *asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = sb_engine_erase_person_finish (SB_ENGINE (object), result, &error);

  if (path != NULL)
    tell (asked->widget, _("Erased. The certificate is in the shop’s folder"));
  else if (g_error_matches (error, SB_ERROR, SB_ERROR_BUSY))
    tell (asked->widget, _("A message to this person is on its way right now. Try again in a moment"));
  else
    tell (asked->widget, error->message);
  asked_free (asked);
}

static void
response_cb (AdwAlertDialog *dialog,
             const char     *response,
             gpointer        user_data)
{
  Asked *asked = user_data;

  if (g_strcmp0 (response, "erase") == 0)
    sb_engine_erase_person_async (asked->engine, asked->contact_id, erased_cb, asked);
  else
    asked_free (asked);
}

static void
erase_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  Acts            *acts = user_data;
  gint64           contact_id = acts->get_contact (acts->widget);
  g_autofree char *name = contact_id != 0 ? name_of (acts->engine, contact_id) : NULL;
  g_autofree char *title = NULL;
  AdwDialog       *dialog;

  if (name == NULL)
    return;
  /* Translators: name of a customer */
  title = g_strdup_printf (_("Erase %s for Good?"), name);
  dialog = sb_alert_new (title, _("Chat, photos, orders and notes are removed from this shop and cannot come back, not even from a backup. The proof of consent stays, without the name."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "keep", _("_Keep"), "erase", _("_Erase for Good"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "keep");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), asked_new (acts, contact_id));
  adw_dialog_present (dialog, acts->widget);
}

GMenuModel *
sb_person_menu_new (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("_Save All Data…"), "person.export");
  g_menu_append (menu, _("_Erase for Good…"), "person.erase");

  return G_MENU_MODEL (menu);
}

static void
add (GSimpleActionGroup *group,
     const char         *name,
     GCallback           callback,
     const Acts         *acts)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);
  Acts                     *own = g_memdup2 (acts, sizeof *acts);

  g_object_ref (own->engine);
  g_signal_connect_data (action, "activate", callback, own, acts_free, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

void
sb_person_acts_install (GtkWidget *widget,
                        SbEngine  *engine,
                        gint64 (*get_contact) (GtkWidget *widget))
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const Acts                     acts = { widget, engine, get_contact };

  add (group, "export", G_CALLBACK (export_cb), &acts);
  add (group, "erase", G_CALLBACK (erase_cb), &acts);
  gtk_widget_insert_action_group (widget, "person", G_ACTION_GROUP (group));
}
