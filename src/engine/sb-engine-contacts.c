#include "sb-engine-contacts.h"

#include <glib/gi18n-lib.h>

#include "sb-engine-private.h"
#include "sb-import-record.h"
#include "sb-phone.h"
#include "sb-writer-contacts.h"

#define MOST_TWINS 200

typedef struct
{
  SbContactAct act;
  GArray      *contacts;
  char        *name;
  char        *text;
  char       **list;
  SbField     *field;
  char        *country; /* of the shop: how a number without one is read */
  gint64       staff_id;
  gint64       undo_id; /* out */
  gint64       made;    /* out */
} Acting;

static void
acting_free (gpointer data)
{
  Acting *acting = data;

  g_array_unref (acting->contacts);
  g_free (acting->name);
  g_free (acting->text);
  g_strfreev (acting->list);
  g_clear_pointer (&acting->field, sb_field_free);
  g_free (acting->country);
  g_free (acting);
}

/* Of the first line that has a number. (transfer full) (nullable) */
static char *
own_country (SbEngine *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self));

  for (guint i = 0; i < lines->len; i++)
    {
      const SbLine    *line = lines->pdata[i];
      g_autofree char *digits = line->display_number != NULL ? sb_phone_normalize (line->display_number, NULL) : NULL;
      char            *country = digits != NULL ? sb_phone_country (digits) : NULL;

      if (country != NULL)
        return country;
    }

  return NULL;
}

/* -- identities as people type them -- */

/* "@salma" or a number in any spelling. FALSE with a sentence. */
static gboolean
read_identity (const Acting   *acting,
               const char     *text,
               SbIdentityKind *kind,
               char          **value,
               GError        **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (trimmed[0] == '@' && trimmed[1] != '\0')
    {
      *kind = SB_IDENTITY_USERNAME;
      *value = g_strdup (trimmed + 1);
      return TRUE;
    }

  *kind = SB_IDENTITY_PHONE;
  *value = sb_phone_normalize (trimmed, acting->country);
  if (*value == NULL)
    g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is not a whole phone number. Write it with its country, like +44 7700 900123, or a user name with @."));

  return *value != NULL;
}

static gboolean
add_identity (SbWriter     *writer,
              const Acting *acting,
              gint64        contact_id,
              const char   *text,
              GError      **error)
{
  SbIdentityKind   kind;
  g_autofree char *value = NULL;

  return read_identity (acting, text, &kind, &value, error) && sb_writer_add_contact_identity (writer, contact_id, kind, value, error);
}

static gboolean
create (SbWriter *writer,
        Acting   *acting,
        GError  **error)
{
  SbIdentityKind   kind = SB_IDENTITY_PHONE;
  g_autofree char *value = NULL;
  gboolean         has_text = acting->text != NULL && acting->text[0] != '\0';

  if (has_text && !read_identity (acting, acting->text, &kind, &value, error))
    return FALSE;
  acting->made = sb_writer_create_contact (writer, acting->name, kind == SB_IDENTITY_PHONE ? value : NULL, kind == SB_IDENTITY_USERNAME ? value : NULL, error);
  if (acting->made == 0)
    return FALSE;
  for (char **more = acting->list; more != NULL && *more != NULL; more++)
    if (!add_identity (writer, acting, acting->made, *more, error))
      return FALSE;

  return acting->act.value == 0 || sb_writer_set_contact_stage (writer, acting->made, acting->act.value, error);
}

/* -- acts -- */

static gboolean
act_on_contact (SbWriter *writer,
                Acting   *acting,
                gint64    id,
                GError  **error)
{
  gint64 value = acting->act.value;

  switch ((int) acting->act.kind)
    {
    case SB_CONTACT_SET:
      return sb_writer_set_contact_text (writer, id, acting->name, acting->text, error);
    case SB_CONTACT_FIELD:
      return sb_writer_set_contact_field (writer, id, acting->name, acting->text, error);
    case SB_CONTACT_ADD_IDENTITY:
      return add_identity (writer, acting, id, acting->text, error);
    case SB_CONTACT_DROP_IDENTITY:
      return sb_writer_remove_contact_identity (writer, id, value, error);
    case SB_CONTACT_TAG:
    case SB_CONTACT_UNTAG:
      return sb_writer_tag_contact (writer, id, acting->made, acting->act.kind == SB_CONTACT_TAG, error);
    case SB_CONTACT_STAGE:
      return sb_writer_set_contact_stage (writer, id, value, error);
    case SB_CONTACT_BLOCK:
      return sb_writer_block_contact (writer, id, value != 0, value == 2, error);
    case SB_CONTACT_REMOVE:
      return sb_writer_remove_contact (writer, id, error);
    case SB_CONTACT_MERGE:
      return sb_writer_merge_contacts (writer, id, value, (const char *const *) acting->list, error);
    case SB_CONTACT_APART:
      return sb_writer_keep_apart (writer, id, value, error);
    default:
      return TRUE;
    }
}

static gboolean
save_stages (SbWriter *writer,
             Acting   *acting,
             GError  **error)
{
  if (acting->list == NULL)
    {
      acting->made = sb_writer_save_stage (writer, acting->act.value, acting->text, error);
      return acting->made != 0;
    }
  for (char **name = acting->list; *name != NULL; name++)
    if (sb_writer_save_stage (writer, 0, *name, error) == 0)
      return FALSE;

  return TRUE;
}

static gboolean
act_on_setup (SbWriter *writer,
              Acting   *acting,
              GError  **error)
{
  switch ((int) acting->act.kind)
    {
    case SB_CONTACT_CREATE:
      return create (writer, acting, error);
    case SB_CONTACT_UNTAG:
      acting->made = acting->text != NULL ? sb_reader_find_tag (sb_writer_get_reader (writer), acting->text) : 0;
      if (acting->made == 0)
        g_set_error (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no tag “%s”"), acting->text != NULL ? acting->text : "");
      return acting->made != 0;
    case SB_CONTACT_TAG:
      acting->made = sb_writer_ensure_tag (writer, acting->text != NULL ? acting->text : "", 0, error);
      return acting->made != 0;
    case SB_CONTACT_SAVE_STAGE:
      return save_stages (writer, acting, error);
    case SB_CONTACT_MOVE_STAGE:
      return sb_writer_move_stage (writer, acting->act.value, acting->act.by, error);
    case SB_CONTACT_DROP_STAGE:
      return sb_writer_delete_stage (writer, acting->act.value, error);
    case SB_CONTACT_SAVE_FIELD:
      acting->made = sb_writer_save_field (writer, acting->field, error);
      return acting->made != 0;
    case SB_CONTACT_DROP_FIELD:
      return sb_writer_delete_field (writer, acting->act.value, error);
    default:
      return TRUE;
    }
}

/* What Undo calls it. */
static const char *
label_of (SbContactActKind kind)
{
  switch ((int) kind)
    {
    case SB_CONTACT_CREATE:
      return "new contact";
    case SB_CONTACT_TAG:
      return "tag";
    case SB_CONTACT_UNTAG:
      return "untag";
    case SB_CONTACT_STAGE:
      return "stage";
    case SB_CONTACT_REMOVE:
      return "remove";
    case SB_CONTACT_MERGE:
      return "merge";
    default:
      return "change";
    }
}

static gboolean
act_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Acting *acting = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  acting->undo_id = sb_writer_begin_undo (writer, label_of (acting->act.kind), error);
  if (acting->undo_id == 0 || !act_on_setup (writer, acting, error))
    return FALSE;
  for (guint i = 0; i < acting->contacts->len; i++)
    if (!act_on_contact (writer, acting, g_array_index (acting->contacts, gint64, i), error))
      return FALSE;

  return TRUE;
}

static void
acted_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Acting           *acting = sb_store_get_command_data (result);
  GError           *error = NULL;

  if (!sb_store_run_finish (SB_STORE (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "made", g_memdup2 (&acting->made, sizeof acting->made), g_free);
  g_task_return_int (task, acting->undo_id);
}

void
sb_engine_contact_act_async (SbEngine           *self,
                             const SbContactAct *act,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->act = *act;
  acting->name = g_strdup (act->name);
  acting->text = g_strdup (act->text);
  acting->list = g_strdupv ((char **) act->list);
  acting->field = act->field != NULL ? sb_field_copy (act->field) : NULL;
  acting->country = own_country (self);
  acting->staff_id = self->staff_id;
  acting->contacts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (acting->contacts, act->contact_ids, act->n_contacts);
  sb_store_run_async (self->store, act_command, acting, acting_free, acted_cb, g_task_new (self, NULL, callback, user_data));
}

gint64
sb_engine_contact_act_finish (SbEngine     *self,
                              GAsyncResult *result,
                              gint64       *made,
                              GError      **error)
{
  const gint64 *kept = g_object_get_data (G_OBJECT (result), "made");

  if (made != NULL)
    *made = kept != NULL ? *kept : 0;

  return g_task_propagate_int (G_TASK (result), error);
}

/* -- questions, each in a worker with a reader of its own -- */

static void
people_thread (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (SB_ENGINE (source), &error);

  if (reader != NULL)
    g_task_return_pointer (task, sb_reader_list_people (reader, data), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
sb_engine_list_people_async (SbEngine            *self,
                             const SbPeopleQuery *query,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, sb_people_query_copy (query), (GDestroyNotify) sb_people_query_free);
  g_task_run_in_thread (task, people_thread);
}

GArray *
sb_engine_list_people_finish (SbEngine     *self,
                              GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
twins_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  const gint64        *contact_id = data;
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (SB_ENGINE (source), &error);

  if (reader == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, *contact_id != 0 ? sb_reader_find_twins (reader, *contact_id, MOST_TWINS) : sb_reader_list_twins (reader, MOST_TWINS), (GDestroyNotify) g_array_unref);
}

void
sb_engine_list_twins_async (SbEngine           *self,
                            gint64              contact_id,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (&contact_id, sizeof contact_id), g_free);
  g_task_run_in_thread (task, twins_thread);
}

GArray *
sb_engine_list_twins_finish (SbEngine     *self,
                             GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- the conversation -- */

typedef struct
{
  gint64 contact_id;
  gint64 line_id;
  gint64 thread_id; /* out */
} Opening;

static gboolean
open_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Opening *opening = data;

  opening->thread_id = sb_writer_ensure_thread (writer, opening->contact_id, opening->line_id, error);

  return opening->thread_id != 0;
}

static gint64
first_line (SbEngine *self)
{
  g_autoptr (GPtrArray) lines = sb_reader_list_lines (sb_engine_get_reader (self));

  for (guint i = 0; i < lines->len; i++)
    if (((SbLine *) lines->pdata[i])->state != SB_LINE_REMOVED)
      return ((SbLine *) lines->pdata[i])->id;

  return 0;
}

void
sb_engine_open_conversation_async (SbEngine           *self,
                                   gint64              contact_id,
                                   gint64              line_id,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->contact_id = contact_id;
  opening->line_id = line_id != 0 ? line_id : first_line (self);
  sb_engine_command (self, open_command, opening, g_free, &opening->thread_id, callback, user_data);
}

gint64
sb_engine_open_conversation_finish (SbEngine     *self,
                                    GAsyncResult *result,
                                    GError      **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}
