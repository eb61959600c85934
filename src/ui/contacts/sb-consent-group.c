#include "sb-consent-group.h"

#include <glib/gi18n.h>

#include "sb-proof-pane.h"
#include "sb-reader-consent.h"
#include "sb-reader-declared.h"
#include "sb-thread-row.h"

/**
 * SbConsentGroup:
 *
 * What one person agreed to, newest first, with a way to the page that proves it.
 */
struct _SbConsentGroup
{
  AdwPreferencesGroup parent_instance;

  SbEngine  *engine;
  gint64     contact_id;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (SbConsentGroup, sb_consent_group, ADW_TYPE_PREFERENCES_GROUP)

#define MOST 4

static GtkWidget *
row_of (SbConsentGroup       *self,
        const SbConsentEntry *entry)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *icon = gtk_image_new_from_icon_name (sb_consent_entry_icon (entry));
  g_autofree char *heading = sb_consent_entry_heading (entry);
  g_autofree char *how = sb_consent_entry_how (entry);
  g_autofree char *time = entry->at != 0 ? sb_time_short (entry->at, sb_clock_now (sb_engine_get_clock (self->engine))) : g_strdup ("");
  GtkWidget       *when = gtk_label_new (time);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), heading);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), how);
  gtk_widget_add_css_class (icon, sb_consent_entry_style (entry));
  gtk_widget_add_css_class (when, "sb-ledger-how");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), when);

  return row;
}

/* What the shop said of a list: nobody else's word, so it has no shape of a yes. */
static GtkWidget *
declared_row (SbConsentGroup      *self,
              const SbDeclaration *declaration)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *icon = gtk_image_new_from_icon_name ("sb-note-symbolic");
  g_autofree char *text = sb_declaration_text (declaration);
  g_autofree char *time = sb_time_short (declaration->at, sb_clock_now (sb_engine_get_clock (self->engine)));
  GtkWidget       *when = gtk_label_new (time);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), declaration->wording != NULL && declaration->wording[0] != '\0' ? declaration->wording : _("This alone allows no offers"));
  gtk_widget_add_css_class (icon, "dimmed");
  gtk_widget_add_css_class (when, "sb-ledger-how");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), when);

  return row;
}

static void
add_row (SbConsentGroup *self,
         GtkWidget      *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
save_cb (SbConsentGroup *self)
{
  if (self->contact_id != 0)
    sb_proof_save_as (self->engine, self->contact_id, GTK_WIDGET (self));
}

/* Last, where it has the whole width in any language. */
static GtkWidget *
proof_row (SbConsentGroup *self)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("_Save Proof…"));
  g_signal_connect_object (row, "activated", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
refresh (SbConsentGroup *self)
{
  SbReader             *reader = sb_engine_get_reader (self->engine);
  g_autoptr (GPtrArray) entries = sb_reader_list_consent_of (reader, self->contact_id);
  g_autoptr (GPtrArray) declared = sb_reader_list_declarations (reader, self->contact_id);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = entries->len, n = 0; i > 0 && n < MOST; i--, n++)
    add_row (self, row_of (self, entries->pdata[i - 1]));
  if (entries->len == 0)
    {
      g_autoptr (SbConsentEntry) none = sb_consent_entry_new ();

      add_row (self, row_of (self, none));
    }
  for (guint i = declared->len, n = 0; i > 0 && n < MOST; i--, n++)
    add_row (self, declared_row (self, declared->pdata[i - 1]));
  add_row (self, proof_row (self));
}

void
sb_consent_group_show (SbConsentGroup *self,
                       gint64          contact_id)
{
  self->contact_id = contact_id;
  refresh (self);
}

static void
event_cb (SbConsentGroup *self,
          SbEvent        *event)
{
  if (event->kind == SB_EVENT_CONSENT && event->contact_id == self->contact_id)
    refresh (self);
}

static void
sb_consent_group_dispose (GObject *object)
{
  SbConsentGroup *self = SB_CONSENT_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (sb_consent_group_parent_class)->dispose (object);
}

static void
sb_consent_group_class_init (SbConsentGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sb_consent_group_dispose;
  g_signal_new_class_handler ("open", SB_TYPE_CONSENT_GROUP, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, G_CALLBACK (sb_consent_group_show), NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
sb_consent_group_init (SbConsentGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What Was Agreed"));
}

GtkWidget *
sb_consent_group_new (SbEngine *engine,
                      gint64    contact_id)
{
  SbConsentGroup *self = g_object_new (SB_TYPE_CONSENT_GROUP, NULL);

  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  sb_consent_group_show (self, contact_id);

  return GTK_WIDGET (self);
}
