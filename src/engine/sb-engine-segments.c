/* Groups of people: saved and counted for the window and the command line, and explained for one person. */
#include "sb-engine-segments.h"

#include <glib/gi18n-lib.h>

#include "sb-condition-check.h"
#include "sb-condition-json.h"
#include "sb-engine-private.h"
#include "sb-writer-segments.h"

static SbSegment *
segment_copy (const SbSegment *segment)
{
  SbSegment *copy = g_new0 (SbSegment, 1);

  copy->id = segment->id;
  copy->name = g_strdup (segment->name);
  copy->kind = segment->kind;
  copy->rule = g_strdup (segment->rule);
  copy->position = segment->position;

  return copy;
}

static GPtrArray *
sentences_of (GPtrArray *problems)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (sentences, g_strdup (((SbConditionProblem *) problems->pdata[i])->sentence));

  return sentences;
}

SbCondition *
sb_segment_read_rule (SbReader   *reader,
                      const char *rule,
                      GPtrArray **problems,
                      GError    **error)
{
  g_autoptr (SbCondition)  condition = sb_condition_parse (rule != NULL ? rule : "{}", error);
  g_autoptr (SbShopSchema) schema = NULL;
  g_autoptr (GPtrArray)    found = NULL;

  if (condition == NULL)
    return NULL;
  schema = sb_reader_get_shop_schema (reader);
  sb_condition_resolve (condition, schema);
  found = sb_condition_check (condition, schema);
  if (problems != NULL)
    *problems = sentences_of (found);

  return g_steal_pointer (&condition);
}

/* -- changes -- */

typedef struct
{
  SbSegment *segment; /* to save */
  gint64     id;
  GArray    *contacts;
  gboolean   in;
  gint64     staff_id;
  gint64     undo_id;
  guint      n_changed;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->segment, sb_segment_free);
  g_clear_pointer (&change->contacts, g_array_unref);
  g_free (change);
}

static gboolean
begin (SbWriter *writer,
       Change   *change,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, change->staff_id);
  change->undo_id = sb_writer_begin_undo (writer, "change", error);

  return change->undo_id != 0;
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Change *change = data;

  if (change->segment->kind == SB_SEGMENT_RULE)
    {
      g_autoptr (SbCondition) condition = sb_segment_read_rule (sb_writer_get_reader (writer), change->segment->rule, NULL, error);

      if (condition == NULL)
        return FALSE;
      /* With the ids of what was given by name. */
      g_free (change->segment->rule);
      change->segment->rule = sb_condition_to_text (condition);
    }
  if (!begin (writer, change, error))
    return FALSE;
  change->id = sb_writer_save_segment (writer, change->segment, change->contacts, error);

  return change->id != 0;
}

static gboolean
delete_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Change *change = data;

  return begin (writer, change, error) && sb_writer_delete_segment (writer, change->id, error);
}

static gboolean
members_command (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  Change *change = data;

  return begin (writer, change, error) && sb_writer_set_members (writer, change->id, change->contacts, change->in, &change->n_changed, error);
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const Change     *change = sb_store_get_command_data (result);
  GError           *error = NULL;

  if (sb_store_run_finish (SB_STORE (object), result, &error))
    {
      Change *done = g_memdup2 (change, sizeof *change);

      done->segment = NULL;
      done->contacts = NULL;
      g_task_return_pointer (task, done, change_free);
    }
  else
    g_task_return_error (task, error);
}

static void
run (SbEngine           *self,
     SbCommand           command,
     Change             *change,
     gpointer            tag,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  change->staff_id = self->staff_id;
  sb_store_run_async (self->store, command, change, change_free, changed_cb, task);
}

void
sb_engine_save_segment_async (SbEngine           *self,
                              const SbSegment    *segment,
                              GArray             *members,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  Change *change = g_new0 (Change, 1);

  change->segment = segment_copy (segment);
  change->contacts = members != NULL ? g_array_copy (members) : NULL;
  run (self, save_command, change, sb_engine_save_segment_async, callback, user_data);
}

gint64
sb_engine_save_segment_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error)
{
  Change *change;
  gint64  id;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  change = g_task_propagate_pointer (G_TASK (result), error);
  if (change == NULL)
    return 0;
  id = change->id;
  change_free (change);

  return id;
}

void
sb_engine_delete_segment_async (SbEngine           *self,
                                gint64              segment_id,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Change *change = g_new0 (Change, 1);

  change->id = segment_id;
  run (self, delete_command, change, sb_engine_delete_segment_async, callback, user_data);
}

void
sb_engine_set_members_async (SbEngine           *self,
                             gint64              segment_id,
                             GArray             *contacts,
                             gboolean            in,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  Change *change = g_new0 (Change, 1);

  change->id = segment_id;
  change->contacts = g_array_copy (contacts);
  change->in = in;
  run (self, members_command, change, sb_engine_set_members_async, callback, user_data);
}

gint64
sb_engine_segment_act_finish (SbEngine     *self,
                              GAsyncResult *result,
                              guint        *n_changed,
                              GError      **error)
{
  Change *change;
  gint64  undo_id;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  change = g_task_propagate_pointer (G_TASK (result), error);
  if (change == NULL)
    return -1;
  undo_id = change->undo_id;
  if (n_changed != NULL)
    *n_changed = change->n_changed;
  change_free (change);

  return undo_id;
}

/* -- counting, in a worker -- */

typedef struct
{
  SbSegment *segment; /* NULL: everybody */
  gint64     segment_id;
  guint      n_sample;
  gint64     now;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->segment, sb_segment_free);
  g_free (question);
}

void
sb_people_count_free (SbPeopleCount *self)
{
  g_clear_pointer (&self->sample, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

/* @problems: what is gone; with any the query must not be asked. */
static gboolean
prepare (SbReader        *reader,
         const SbSegment *segment,
         SbCondition    **condition,
         SbGroupQuery    *query,
         GPtrArray      **problems,
         GError         **error)
{
  if (segment == NULL)
    *problems = g_ptr_array_new_with_free_func (g_free);
  else if (segment->kind == SB_SEGMENT_LIST)
    {
      *problems = g_ptr_array_new_with_free_func (g_free);
      query->list_id = segment->id;
    }
  else
    {
      *condition = sb_segment_read_rule (reader, segment->rule, problems, error);
      query->condition = *condition;
    }

  return *problems != NULL;
}

static SbPeopleCount *
count (SbReader       *reader,
       const Question *question,
       GCancellable   *cancellable,
       GError        **error)
{
  g_autoptr (SbPeopleCount) count = g_new0 (SbPeopleCount, 1);
  g_autoptr (SbCondition)   condition = NULL;
  g_autoptr (GTimeZone)     zone = g_time_zone_new_local ();
  SbGroupQuery              query = { .now = question->now, .zone = zone };

  if (!prepare (reader, question->segment, &condition, &query, &count->problems, error))
    return NULL;
  if (count->problems->len > 0)
    {
      count->n = -1;
      return g_steal_pointer (&count);
    }
  count->n = sb_reader_count_people (reader, &query, 0, cancellable, error);
  if (count->n >= 0 && question->n_sample > 0)
    count->sample = sb_reader_sample_people (reader, &query, question->n_sample, cancellable, error);

  return count->n < 0 || (question->n_sample > 0 && count->sample == NULL) ? NULL : g_steal_pointer (&count);
}

static void
count_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (SB_ENGINE (source), &error);
  SbPeopleCount       *found = reader != NULL ? count (reader, data, cancellable, &error) : NULL;

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) sb_people_count_free);
  else
    g_task_return_error (task, error);
}

void
sb_engine_count_people_async (SbEngine           *self,
                              const SbSegment    *segment,
                              guint               n_sample,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question         *question = g_new0 (Question, 1);

  question->segment = segment != NULL ? segment_copy (segment) : NULL;
  question->n_sample = n_sample;
  question->now = sb_clock_now (self->clock);
  g_task_set_source_tag (task, sb_engine_count_people_async);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, count_thread);
}

SbPeopleCount *
sb_engine_count_people_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GArray *
list_people (SbReader       *reader,
             const Question *question,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autoptr (SbSegment)   segment = question->segment_id != 0 ? sb_reader_get_segment (reader, question->segment_id) : NULL;
  g_autoptr (SbCondition) condition = NULL;
  g_autoptr (GPtrArray)   problems = NULL;
  g_autoptr (GTimeZone)   zone = g_time_zone_new_local ();
  SbGroupQuery            query = { .now = question->now, .zone = zone };

  if (question->segment_id != 0 && segment == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_NOT_FOUND, _("There is no such group of people"));
      return NULL;
    }
  if (!prepare (reader, segment, &condition, &query, &problems, error))
    return NULL;
  if (problems->len > 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, problems->pdata[0]);
      return NULL;
    }

  return sb_reader_list_people_ids (reader, &query, cancellable, error);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError              *error = NULL;
  g_autoptr (SbReader) reader = sb_engine_new_reader (SB_ENGINE (source), &error);
  GArray              *ids = reader != NULL ? list_people (reader, data, cancellable, &error) : NULL;

  if (ids != NULL)
    g_task_return_pointer (task, ids, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
sb_engine_list_segment_async (SbEngine           *self,
                              gint64              segment_id,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Question         *question = g_new0 (Question, 1);

  question->segment_id = segment_id;
  question->now = sb_clock_now (self->clock);
  g_task_set_source_tag (task, sb_engine_list_segment_async);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, list_thread);
}

GArray *
sb_engine_list_segment_finish (SbEngine     *self,
                               GAsyncResult *result,
                               GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
