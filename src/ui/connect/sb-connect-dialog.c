#include "sb-connect-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * SbConnectDialog:
 *
 * Connecting the shop's number, in four steps: the business account, how messages come in, a check that really tries each
 * thing, and done. Nothing is kept before the last step; the keys go to the password store and nowhere else.
 */
struct _SbConnectDialog
{
  AdwDialog parent_instance;

  SbEngine     *engine;
  SbSecrets    *trial;
  GCancellable *cancellable;
  gint64        line_id;
  GtkWidget    *pages;
  GtkWidget    *key;
  GtkWidget    *number;
  GtkWidget    *account;
  GtkWidget    *secret;
  GtkWidget    *address;
  GtkWidget    *box;
  GtkWidget    *box_key;
  GtkWidget    *server;
  GtkWidget    *checks;
  GtkWidget    *headline;
  GtkWidget    *finish;
};

G_DEFINE_FINAL_TYPE (SbConnectDialog, sb_connect_dialog, ADW_TYPE_DIALOG)

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static SbLine *
line_of (SbConnectDialog *self)
{
  SbLine *line = sb_line_new ();

  line->id = self->line_id;
  g_set_str (&line->name, _("Shop"));
  g_set_str (&line->base_url, text_of (self->server)[0] != '\0' ? text_of (self->server) : "https://graph.facebook.com");
  g_set_str (&line->phone_number_id, text_of (self->number));
  g_set_str (&line->waba_id, text_of (self->account));
  if (text_of (self->address)[0] != '\0')
    {
      line->inbound = SB_INBOUND_MAILBOX;
      g_set_str (&line->inbound_url, text_of (self->address));
      g_set_str (&line->inbound_box, text_of (self->box));
    }

  return line;
}

static void
keep_keys (SbConnectDialog *self,
           SbSecrets       *secrets,
           gint64           line_id)
{
  sb_secrets_set (secrets, line_id, "token", text_of (self->key), NULL);
  sb_secrets_set (secrets, line_id, "app-secret", text_of (self->secret), NULL);
  sb_secrets_set (secrets, line_id, "mailbox-token", text_of (self->box_key), NULL);
}

/* -- step 3 -- */

static void
add_check (const SbCheck *check,
           gpointer       user_data)
{
  SbConnectDialog         *self = user_data;
  static const char *const icons[] = { "object-select-symbolic", "sb-failed-symbolic", "sb-failed-symbolic", "list-remove-symbolic" };
  GtkWidget               *row = adw_action_row_new ();
  GtkWidget               *icon = gtk_image_new_from_icon_name (icons[check->state]);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), check->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), check->sentence != NULL ? check->sentence : "");
  gtk_widget_add_css_class (icon, check->state == SB_CHECK_OK ? "success" : check->state == SB_CHECK_WARNING ? "warning"
                                                                                                             : "error");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_tooltip_text (row, check->details);
  gtk_list_box_append (GTK_LIST_BOX (self->checks), row);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SbConnectDialog) self = user_data;
  g_autoptr (GPtrArray)       checks = sb_engine_check_line_finish (SB_ENGINE (object), result, NULL);
  guint                       wrong = 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    wrong += ((SbCheck *) checks->pdata[i])->state == SB_CHECK_FAILED;
  gtk_label_set_text (GTK_LABEL (self->headline), checks == NULL || wrong > 0 ? _("Almost there: something to put right") : _("Everything is right"));
  gtk_widget_set_sensitive (self->finish, checks != NULL && wrong == 0);
}

static void
check_cb (GtkButton *button,
          gpointer   user_data)
{
  SbConnectDialog   *self = user_data;
  g_autoptr (SbLine) line = line_of (self);
  GtkWidget         *child;

  while ((child = gtk_widget_get_first_child (self->checks)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->checks), child);
  gtk_label_set_text (GTK_LABEL (self->headline), _("Each thing is being tried…"));
  gtk_widget_set_sensitive (self->finish, FALSE);
  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->pages), "check");
  keep_keys (self, self->trial, line->id);
  sb_engine_check_line_async (self->engine, line, self->trial, add_check, self, self->cancellable, checked_cb, g_object_ref (self));
}

/* -- step 4 -- */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SbConnectDialog) self = user_data;
  g_autoptr (GError)          error = NULL;
  gint64                      id = sb_engine_save_line_finish (SB_ENGINE (object), result, &error);

  if (id == 0)
    {
      gtk_label_set_text (GTK_LABEL (self->headline), error->message);
      gtk_widget_set_sensitive (self->finish, TRUE);
      return;
    }

  keep_keys (self, sb_engine_get_secrets (self->engine), id);
  sb_engine_reload_line (self->engine, id);
  sb_engine_sync_templates_async (self->engine, id, NULL, NULL);
  g_signal_emit_by_name (self, "connected");
  adw_dialog_close (ADW_DIALOG (self));
}

static void
finish_cb (GtkButton *button,
           gpointer   user_data)
{
  SbConnectDialog   *self = user_data;
  g_autoptr (SbLine) line = line_of (self);

  gtk_widget_set_sensitive (self->finish, FALSE);
  sb_engine_save_line_async (self->engine, line, saved_cb, g_object_ref (self));
}

/* -- pages -- */

static GtkWidget *
entry (GtkWidget  *group,
       const char *title,
       gboolean    hidden)
{
  GtkWidget *row = hidden ? adw_password_entry_row_new () : adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);

  return row;
}

static void
next_cb (GtkButton *button,
         gpointer   user_data)
{
  SbConnectDialog *self = user_data;

  adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (self->pages), "receiving");
}

static AdwNavigationPage *
make_page (SbConnectDialog *self,
           const char      *tag,
           const char      *title,
           GtkWidget       *content,
           GtkWidget       *button)
{
  GtkWidget         *view = adw_toolbar_view_new ();
  GtkWidget         *header = adw_header_bar_new ();
  GtkWidget         *page = adw_preferences_page_new ();
  AdwNavigationPage *result;

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (content));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (button, 18);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), button);
  result = adw_navigation_page_new_with_tag (view, title, tag);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (self->pages), result);

  return result;
}

static void
make_account_page (SbConnectDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Continue"));

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("In your business account, open the settings of the WhatsApp app: the page “API Setup” shows both ids. Make a key that does not run out under “System users”."));
  self->key = entry (group, _("Access key"), TRUE);
  self->number = entry (group, _("Phone number id"), FALSE);
  self->account = entry (group, _("Business account id"), FALSE);
  self->secret = entry (group, _("App secret, to tell real messages from forged ones"), TRUE);
  self->server = entry (group, _("Other address of the network (leave empty)"), FALSE);
  g_signal_connect (button, "clicked", G_CALLBACK (next_cb), self);
  make_page (self, "account", _("Business Account · 1 of 4"), group, button);
}

static void
make_receiving_page (SbConnectDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Check"));

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), _("A mailbox keeps your customers’ messages while this computer is off. Whoever set it up gave you its address, the name of your box and its key."));
  self->address = entry (group, _("Address of the mailbox"), FALSE);
  self->box = entry (group, _("Box"), FALSE);
  self->box_key = entry (group, _("Key of the box"), TRUE);
  g_signal_connect (button, "clicked", G_CALLBACK (check_cb), self);
  make_page (self, "receiving", _("Receiving Messages · 2 of 4"), group, button);
}

static void
make_check_page (SbConnectDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->headline = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->headline), TRUE);
  gtk_widget_add_css_class (self->headline, "title-3");
  self->checks = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->checks), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->checks, "boxed-list");
  gtk_widget_set_margin_top (self->checks, 18);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->headline);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->checks);
  self->finish = gtk_button_new_with_label (_("Connect"));
  g_signal_connect (self->finish, "clicked", G_CALLBACK (finish_cb), self);
  make_page (self, "check", _("Check · 3 of 4"), group, self->finish);
}

static void
sb_connect_dialog_dispose (GObject *object)
{
  SbConnectDialog *self = SB_CONNECT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->trial);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_connect_dialog_parent_class)->dispose (object);
}

static void
sb_connect_dialog_class_init (SbConnectDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_connect_dialog_dispose;
  g_signal_new ("connected", SB_TYPE_CONNECT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_connect_dialog_init (SbConnectDialog *self)
{
  self->trial = sb_secrets_new_memory ();
  self->cancellable = g_cancellable_new ();
  self->pages = adw_navigation_view_new ();
  adw_dialog_set_title (ADW_DIALOG (self), _("Connect Your Number"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 620);
  adw_dialog_set_content_height (ADW_DIALOG (self), 640);
  make_account_page (self);
  make_receiving_page (self);
  make_check_page (self);
  adw_dialog_set_child (ADW_DIALOG (self), self->pages);
}

/* Shows what is known of the shop's line already, so that it can be put right. */
AdwDialog *
sb_connect_dialog_new (SbEngine *engine)
{
  SbConnectDialog      *self = g_object_new (SB_TYPE_CONNECT_DIALOG, NULL);
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (engine));

  self->engine = g_object_ref (engine);
  if (lines->len > 0)
    {
      const SbLine *line = lines->pdata[0];

      self->line_id = line->id;
      gtk_editable_set_text (GTK_EDITABLE (self->number), line->phone_number_id != NULL ? line->phone_number_id : "");
      gtk_editable_set_text (GTK_EDITABLE (self->account), line->waba_id != NULL ? line->waba_id : "");
      gtk_editable_set_text (GTK_EDITABLE (self->address), line->inbound_url != NULL ? line->inbound_url : "");
      gtk_editable_set_text (GTK_EDITABLE (self->box), line->inbound_box != NULL ? line->inbound_box : "");
    }

  return ADW_DIALOG (self);
}
