/* Who sits at the desk, and finding it again as it was left: view, conversation, places of both scrolls, the side. */
#include <glib/gi18n.h>

#include "sb-choice-dialog.h"
#include "sb-conversation.h"
#include "sb-engine-profile.h"
#include "sb-inbox-private.h"
#include "sb-json.h"
#include "sb-reader-merged.h"
#include "sb-tell.h"
#include "sb-thread-place.h"

#define KEEP_SECONDS 2

/* -- where it was left -- */

static void
set_id (JsonObject *object,
        const char *member,
        gint64      id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (id != 0)
    json_object_set_string_member (object, member, text);
}

static gint64
get_id (JsonObject *object,
        const char *member)
{
  const char *text = sb_json_string (object, member);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* What is covered by a narrow window is remembered as it was when there was room. */
static gboolean
is_side_shown (SbInboxPage *self)
{
  AdwOverlaySplitView *overlay = ADW_OVERLAY_SPLIT_VIEW (self->overlay);

  if (!adw_overlay_split_view_get_collapsed (overlay))
    self->side_shown = adw_overlay_split_view_get_show_sidebar (overlay);

  return self->side_shown;
}

void
sb_inbox_profile_keep (SbInboxPage *self)
{
  g_autoptr (JsonObject) place = json_object_new ();
  g_autofree char       *text = NULL;
  gint64                 view_id, message_id;
  double                 rest, offset;
  int                    position;
  int                    index = sb_sidebar_get_chosen (SB_SIDEBAR (self->sidebar), &view_id);
  gint64                 top = sb_thread_place_get (self->threads, &position, &rest);

  g_clear_handle_id (&self->keep_id, g_source_remove);
  json_object_set_int_member (place, "view", index);
  set_id (place, "saved-view", view_id);
  set_id (place, "thread", sb_conversation_get_thread (SB_CONVERSATION (self->conversation)));
  message_id = sb_conversation_get_place (SB_CONVERSATION (self->conversation), &offset);
  set_id (place, "message", message_id);
  json_object_set_double_member (place, "offset", offset);
  set_id (place, "top", top);
  json_object_set_int_member (place, "position", position);
  json_object_set_double_member (place, "rest", rest);
  json_object_set_boolean_member (place, "side", is_side_shown (self));
  text = sb_json_text (place);
  sb_engine_set_place (self->engine, text);
}

static gboolean
keep_cb (gpointer user_data)
{
  SbInboxPage *self = user_data;

  self->keep_id = 0;
  sb_inbox_profile_keep (self);

  return G_SOURCE_REMOVE;
}

/* Something was opened: it is remembered when it stays open for a moment. */
void
sb_inbox_profile_moved (SbInboxPage *self)
{
  g_clear_handle_id (&self->keep_id, g_source_remove);
  self->keep_id = g_timeout_add_seconds (KEEP_SECONDS, keep_cb, self);
}

static double
get_double (JsonObject *object,
            const char *member)
{
  return object != NULL ? json_object_get_double_member_with_default (object, member, 0) : 0;
}

static void
restore_thread (SbInboxPage *self,
                JsonObject  *place)
{
  gint64               thread_id = sb_reader_find_joined_thread (sb_engine_get_reader (self->engine), get_id (place, "thread"));
  g_autoptr (SbThread) thread = thread_id != 0 ? sb_reader_get_thread (sb_engine_get_reader (self->engine), thread_id) : NULL;

  if (thread == NULL)
    return;
  sb_conversation_restore (SB_CONVERSATION (self->conversation), thread_id, get_id (place, "message"), get_double (place, "offset"));
  sb_inbox_page_follow (self, thread_id);
  sb_thread_view_set_cursor (self->threads, thread_id, FALSE);
}

void
sb_inbox_profile_restore (SbInboxPage *self)
{
  g_autofree char     *text = sb_engine_dup_place (self->engine);
  g_autoptr (JsonNode) node = text != NULL ? sb_json_parse (text, -1, NULL) : NULL;
  JsonObject          *place = sb_json_root (node);

  sb_sidebar_restore (SB_SIDEBAR (self->sidebar), (int) sb_json_int (place, "view", 0), get_id (place, "saved-view"));
  if (place == NULL)
    return;
  restore_thread (self, place);
  sb_thread_place_set (self->threads, get_id (place, "top"), (int) sb_json_int (place, "position", 0), get_double (place, "rest"));
  self->side_shown = sb_json_bool (place, "side", self->server != NULL);
  if (!adw_overlay_split_view_get_collapsed (ADW_OVERLAY_SPLIT_VIEW (self->overlay)))
    adw_overlay_split_view_set_show_sidebar (ADW_OVERLAY_SPLIT_VIEW (self->overlay), self->side_shown);
}

/* -- somebody else sits down -- */

static void
tell (SbInboxPage *self)
{
  g_autoptr (SbNamed) person = sb_engine_dup_profile (self->engine);
  g_autofree char    *words = NULL;

  if (person == NULL)
    return;
  /* Translators: name of the person who sits at the desk now */
  words = g_strdup_printf (_("%s is at the desk now"), person->name);
  sb_tell (GTK_WIDGET (self), words);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Their views, their counts, and the place where they left it. */
static void
changed_cb (SbInboxPage *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->desk), "profile");

  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_int64 (sb_engine_get_staff (self->engine)));
  sb_conversation_sit (SB_CONVERSATION (self->conversation));
  sb_inbox_profile_restore (self);
  sb_inbox_panes_begin (self);
  tell (self);
}

static void
switch_to (SbInboxPage *self,
           gint64       staff_id)
{
  if (staff_id == sb_engine_get_staff (self->engine))
    return;
  sb_inbox_profile_keep (self);
  sb_conversation_rise (SB_CONVERSATION (self->conversation));
  sb_engine_set_staff (self->engine, staff_id);
}

static void
profile_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  switch_to (user_data, g_variant_get_int64 (parameter));
}

static void
chosen_cb (gint64   staff_id,
           gpointer user_data)
{
  switch_to (user_data, staff_id);
}

static void
switch_person_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  SbInboxPage          *self = SB_INBOX_PAGE (widget);
  g_autoptr (GPtrArray) people = sb_engine_list_profiles (self->engine);
  SbChoiceDialog       *dialog = sb_choice_dialog_new (_("Switch Person"), chosen_cb, g_object_ref (self), g_object_unref);

  for (guint i = 0; i < people->len; i++)
    {
      const SbNamed *person = people->pdata[i];

      sb_choice_dialog_add (dialog, person->name, person->id == sb_engine_get_staff (self->engine) ? _("Here now") : NULL, '\0', person->id);
    }
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

void
sb_inbox_profile_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "inbox.switch-person", NULL, switch_person_cb);
}

void
sb_inbox_profile_add (SbInboxPage *self)
{
  g_autoptr (GSimpleAction) profile = g_simple_action_new_stateful ("profile", G_VARIANT_TYPE_INT64, g_variant_new_int64 (sb_engine_get_staff (self->engine)));

  self->desk = g_simple_action_group_new ();
  g_signal_connect_object (profile, "activate", G_CALLBACK (profile_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->desk), G_ACTION (profile));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "desk", G_ACTION_GROUP (self->desk));
  g_signal_connect_object (self->engine, "profile-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}
