#include "sb-connect-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sb-unsaved.h"

/**
 * SbConnectForm:
 *
 * What has to be typed to connect a number, on two pages: the business account, and how messages come in. Keys stay in
 * their fields until they are handed to a password store.
 */
struct _SbConnectForm
{
  GObject parent_instance;

  gint64     line_id;
  gboolean   has_keys; /* of a line that was connected before: empty fields leave them as they are */
  GtkWidget *account_page;
  GtkWidget *receiving_page;
  GtkWidget *name;
  GtkWidget *key;
  GtkWidget *number;
  GtkWidget *account;
  GtkWidget *secret;
  GtkWidget *server;
  GtkWidget *way;
  GtkWidget *mailbox_group;
  GtkWidget *tunnel_group;
  GtkWidget *address;
  GtkWidget *box;
  GtkWidget *box_key;
  GtkWidget *verify;
  GtkWidget *port;
};

G_DEFINE_FINAL_TYPE (SbConnectForm, sb_connect_form, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum
{
  WAY_MAILBOX,
  WAY_TUNNEL
};

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
uses_tunnel (SbConnectForm *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->way)) == WAY_TUNNEL;
}

static gboolean
is_number (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/* -- what is missing -- */

static const char *
missing_of_account (SbConnectForm *self)
{
  if (text_of (self->key)[0] == '\0' && !self->has_keys)
    return _("Paste the access key.");
  if (!is_number (text_of (self->number)))
    return _("The phone number id has only digits. It is not the phone number itself.");
  if (!is_number (text_of (self->account)))
    return _("The business account id has only digits.");
  if (text_of (self->secret)[0] == '\0' && !self->has_keys)
    return _("The app secret is needed to tell real messages from forged ones.");
  if (text_of (self->server)[0] != '\0' && !g_str_has_prefix (text_of (self->server), "http"))
    return _("The other address begins with https://. Leave it empty for the ordinary network.");

  return NULL;
}

static const char *
missing_of_receiving (SbConnectForm *self)
{
  if (uses_tunnel (self))
    return text_of (self->verify)[0] == '\0' && !self->has_keys ? _("Think of a verify token, and write the same into your business account.") : NULL;
  if (!g_str_has_prefix (text_of (self->address), "http"))
    return _("The address of the mailbox begins with https://.");
  if (text_of (self->box)[0] == '\0')
    return _("Type the name of your box.");
  if (text_of (self->box_key)[0] == '\0' && !self->has_keys)
    return _("Paste the key of the box.");

  return NULL;
}

/* (nullable): a sentence about what @step (0 account, 1 receiving) still lacks */
const char *
sb_connect_form_get_missing (SbConnectForm *self,
                             guint          step)
{
  return step == 0 ? missing_of_account (self) : step == 1 ? missing_of_receiving (self)
                                                           : NULL;
}

/* -- what was typed -- */

/* (transfer full): the line as it is to be saved. */
SbLine *
sb_connect_form_get_line (SbConnectForm *self)
{
  SbLine *line = sb_line_new ();

  line->id = self->line_id;
  g_set_str (&line->name, text_of (self->name)[0] != '\0' ? text_of (self->name) : _("Shop"));
  g_set_str (&line->base_url, text_of (self->server)[0] != '\0' ? text_of (self->server) : "https://graph.facebook.com");
  g_set_str (&line->phone_number_id, text_of (self->number));
  g_set_str (&line->waba_id, text_of (self->account));
  if (uses_tunnel (self))
    {
      line->inbound = SB_INBOUND_LISTENER;
      line->inbound_url = g_strdup_printf ("%d", (int) adw_spin_row_get_value (ADW_SPIN_ROW (self->port)));
    }
  else
    {
      line->inbound = SB_INBOUND_MAILBOX;
      g_set_str (&line->inbound_url, text_of (self->address));
      g_set_str (&line->inbound_box, text_of (self->box));
    }

  return line;
}

/* Hands the typed keys over; a field that was left empty leaves its key as it was. */
gboolean
sb_connect_form_keep_keys (SbConnectForm *self,
                           SbSecrets     *secrets,
                           gint64         line_id,
                           GError       **error)
{
  const struct
  {
    GtkWidget  *row;
    const char *name;
  } keys[] = {
    { self->key, "token" },
    { self->secret, "app-secret" },
    { self->box_key, "mailbox-token" },
    { self->verify, "verify-token" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (text_of (keys[i].row)[0] != '\0' && !sb_secrets_set (secrets, line_id, keys[i].name, text_of (keys[i].row), error))
      return FALSE;

  return TRUE;
}

/* -- the pages -- */

static void
changed_cb (SbConnectForm *self)
{
  gtk_widget_set_visible (self->mailbox_group, !uses_tunnel (self));
  gtk_widget_set_visible (self->tunnel_group, uses_tunnel (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
entry_new (SbConnectForm *self,
           GtkWidget     *group,
           const char    *title,
           gboolean       hidden)
{
  GtkWidget *row = hidden ? adw_password_entry_row_new () : adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  sb_unsaved_watch (row);

  return row;
}

static GtkWidget *
group_new (GtkWidget  *page,
           const char *title,
           const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return group;
}

static void
make_account (SbConnectForm *self)
{
  GtkWidget *group;

  self->account_page = g_object_ref_sink (adw_preferences_page_new ());
  group = group_new (self->account_page, _("Your Business Account"),
                     _("Open the settings of your WhatsApp app in the business account. The page “API Setup” shows both ids; a key that does not run out is made under “System users”; the app secret stands under “Basic settings”."));
  self->key = entry_new (self, group, _("Access Key"), TRUE);
  self->number = entry_new (self, group, _("Phone Number Id"), FALSE);
  self->account = entry_new (self, group, _("Business Account Id"), FALSE);
  self->secret = entry_new (self, group, _("App Secret"), TRUE);
  group = group_new (self->account_page, NULL, NULL);
  self->name = entry_new (self, group, _("What You Call This Number"), FALSE);
  self->server = entry_new (self, group, _("Other Address of the Network (leave empty)"), FALSE);
}

static void
make_receiving (SbConnectForm *self)
{
  const char               *ways[] = { _("A mailbox keeps them for me"), _("My own tunnel leads to this computer"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (ways);
  GtkWidget                *group;

  self->receiving_page = g_object_ref_sink (adw_preferences_page_new ());
  group = group_new (self->receiving_page, _("How Messages Reach This Computer"),
                     _("The network hands messages only to an address that is always there. A mailbox is such an address: it keeps them while this computer is off."));
  self->way = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->way), _("Messages Come"));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self->way), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (self->way), G_LIST_MODEL (names));
  g_signal_connect_object (self->way, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->way);

  self->mailbox_group = group_new (self->receiving_page, _("Mailbox"), _("Whoever set it up gave you these, and the verify token below."));
  self->address = entry_new (self, self->mailbox_group, _("Address"), FALSE);
  self->box = entry_new (self, self->mailbox_group, _("Name of the Box"), FALSE);
  self->box_key = entry_new (self, self->mailbox_group, _("Key of the Box"), TRUE);

  self->tunnel_group = group_new (self->receiving_page, _("Tunnel"), _("Messages that come while this computer is off are tried again by the network for up to 7 days."));
  self->port = adw_spin_row_new_with_range (1024, 65535, 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->port), _("Port of This Computer Where It Ends"));
  adw_spin_row_set_value (ADW_SPIN_ROW (self->port), 8765);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->tunnel_group), self->port);

  group = group_new (self->receiving_page, NULL, NULL);
  self->verify = entry_new (self, group, _("Verify Token"), FALSE);
}

static void
sb_connect_form_dispose (GObject *object)
{
  SbConnectForm *self = SB_CONNECT_FORM (object);

  g_clear_object (&self->account_page);
  g_clear_object (&self->receiving_page);

  G_OBJECT_CLASS (sb_connect_form_parent_class)->dispose (object);
}

static void
sb_connect_form_class_init (SbConnectFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_connect_form_dispose;

  signals[CHANGED] = g_signal_new ("changed", SB_TYPE_CONNECT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sb_connect_form_init (SbConnectForm *self)
{
  make_account (self);
  make_receiving (self);
  changed_cb (self);
}

static void
set_text (GtkWidget  *row,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  sb_unsaved_watch (row);
}

/* @line: (nullable): a line that was connected before, to be put right */
SbConnectForm *
sb_connect_form_new (const SbLine *line)
{
  SbConnectForm *self = g_object_new (SB_TYPE_CONNECT_FORM, NULL);

  if (line == NULL)
    return self;
  self->line_id = line->id;
  self->has_keys = TRUE;
  set_text (self->name, line->name);
  set_text (self->number, line->phone_number_id);
  set_text (self->account, line->waba_id);
  set_text (self->server, g_strcmp0 (line->base_url, "https://graph.facebook.com") == 0 ? NULL : line->base_url);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->way), line->inbound == SB_INBOUND_LISTENER ? WAY_TUNNEL : WAY_MAILBOX);
  if (line->inbound == SB_INBOUND_LISTENER)
    adw_spin_row_set_value (ADW_SPIN_ROW (self->port), g_ascii_strtoull (line->inbound_url != NULL ? line->inbound_url : "", NULL, 10));
  else
    {
      set_text (self->address, line->inbound_url);
      set_text (self->box, line->inbound_box);
    }

  return self;
}

/* (transfer none): the first page */
/* Where somebody begins to write. */
GtkWidget *
sb_connect_form_get_first (SbConnectForm *self)
{
  return self->key;
}

GtkWidget *
sb_connect_form_get_account (SbConnectForm *self)
{
  return self->account_page;
}

/* (transfer none): the second page */
GtkWidget *
sb_connect_form_get_receiving (SbConnectForm *self)
{
  return self->receiving_page;
}
