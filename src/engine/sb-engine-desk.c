/* Macros and the desk's settings: what the window asks for. */
#include "sb-desk-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  SbMacro *macro; /* to save */
  gint64   macro_id;
  int      by;
  GArray  *threads;
  gint64   staff_id;
  gint64   undo_id; /* out */
} Acting;

static void
acting_free (gpointer data)
{
  Acting *acting = data;

  g_clear_pointer (&acting->macro, sb_macro_free);
  g_clear_pointer (&acting->threads, g_array_unref);
  g_free (acting);
}

static Acting *
acting_new (SbEngine *self,
            gint64    macro_id)
{
  Acting *acting = g_new0 (Acting, 1);

  acting->macro_id = macro_id;
  acting->staff_id = self->staff_id;

  return acting;
}

static gboolean
begin (SbWriter *writer,
       Acting   *acting,
       GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, acting->staff_id);
  acting->undo_id = sb_writer_begin_undo (writer, "macro", error);

  return acting->undo_id != 0;
}

static void
run (SbEngine           *self,
     SbCommand           command,
     Acting             *acting,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  sb_engine_command (self, command, acting, acting_free, &acting->undo_id, callback, user_data);
}

/* -- running -- */

char *
sb_macro_problem (SbReader      *reader,
                  const SbMacro *macro)
{
  g_autofree char *name = NULL;

  switch (sb_reader_check_macro (reader, macro, &name))
    {
    case SB_MACRO_NO_TAG:
      /* Translators: name of a tag */
      return g_strdup_printf (_("The tag “%s” no longer exists."), name);
    case SB_MACRO_NO_PERSON:
      /* Translators: name of a colleague */
      return g_strdup_printf (_("%s no longer works here."), name);
    case SB_MACRO_UNREADABLE:
      return g_strdup (_("It holds something that this Shopbell does not know."));
    case SB_MACRO_FINE:
    default:
      return NULL;
    }
}

static gboolean
take_step (SbWriter          *writer,
           const Acting      *acting,
           const SbMacroStep *step,
           gint64             thread_id,
           GError           **error)
{
  gint64           now = sb_writer_now (writer);
  g_autofree char *text = step->kind == SB_STEP_NOTE || step->kind == SB_STEP_ANSWER
                              ? sb_desk_fill (sb_writer_get_reader (writer), NULL, now, thread_id, step->text != NULL ? step->text : "", TRUE)
                              : NULL;

  switch (step->kind)
    {
    case SB_STEP_STATUS:
      return sb_writer_set_thread_status (writer, thread_id, step->value, 0, error) &&
             (step->value != SB_THREAD_CLOSED || sb_writer_mark_read (writer, thread_id, 0, error));
    case SB_STEP_SNOOZE:
      return sb_writer_set_thread_status (writer, thread_id, SB_THREAD_SNOOZED, step->value > 0 ? now + step->value * SB_MINUTE_MS : 0, error);
    case SB_STEP_ASSIGN:
      return sb_writer_assign (writer, thread_id, step->value, error);
    case SB_STEP_ASSIGN_ME:
      return sb_writer_assign (writer, thread_id, acting->staff_id, error);
    case SB_STEP_TAG:
    case SB_STEP_UNTAG:
      return sb_writer_tag (writer, thread_id, step->value, step->kind == SB_STEP_TAG, error);
    case SB_STEP_NOTE:
      return sb_writer_add_note (writer, thread_id, text, error) != 0;
    case SB_STEP_ANSWER:
      return sb_writer_add_to_draft (writer, thread_id, text, error);
    default:
      g_assert_not_reached ();
    }
}

/* All of it or nothing: what cannot be done in full is not begun. */
static gboolean
run_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Acting             *acting = data;
  SbReader           *reader = sb_writer_get_reader (writer);
  g_autoptr (SbMacro) macro = sb_reader_get_macro (reader, acting->macro_id);
  g_autofree char    *problem = macro != NULL ? sb_macro_problem (reader, macro) : g_strdup (_("This macro was deleted."));

  if (problem != NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, problem);
      return FALSE;
    }
  if (!begin (writer, acting, error))
    return FALSE;

  for (guint i = 0; i < acting->threads->len; i++)
    for (guint j = 0; j < macro->steps->len; j++)
      if (!take_step (writer, acting, macro->steps->pdata[j], g_array_index (acting->threads, gint64, i), error))
        return FALSE;

  return TRUE;
}

void
sb_engine_run_macro_async (SbEngine           *self,
                           gint64              macro_id,
                           const gint64       *thread_ids,
                           guint               n_threads,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  Acting *acting = acting_new (self, macro_id);

  acting->threads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (acting->threads, thread_ids, n_threads);
  run (self, run_command, acting, callback, user_data);
}

/* -- keeping -- */

/* Tags come by name: one that is not there yet is made. */
static gboolean
find_tags (SbWriter *writer,
           SbMacro  *macro,
           GError  **error)
{
  for (guint i = 0; i < macro->steps->len; i++)
    {
      SbMacroStep *step = macro->steps->pdata[i];

      if ((step->kind != SB_STEP_TAG && step->kind != SB_STEP_UNTAG) || step->value != 0)
        continue;
      step->value = sb_writer_ensure_tag (writer, step->text != NULL ? step->text : "", 0, error);
      if (step->value == 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Acting *acting = data;

  return begin (writer, acting, error) && find_tags (writer, acting->macro, error) && sb_writer_save_macro (writer, acting->macro, error) != 0;
}

void
sb_engine_save_macro_async (SbEngine           *self,
                            const SbMacro      *macro,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Acting *acting = acting_new (self, macro->id);

  acting->macro = sb_macro_copy (macro);
  run (self, save_command, acting, callback, user_data);
}

static gboolean
delete_command (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Acting *acting = data;

  return begin (writer, acting, error) && sb_writer_delete_macro (writer, acting->macro_id, error);
}

void
sb_engine_delete_macro_async (SbEngine           *self,
                              gint64              macro_id,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  run (self, delete_command, acting_new (self, macro_id), callback, user_data);
}

static gboolean
move_command (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Acting *acting = data;

  return begin (writer, acting, error) && sb_writer_move_macro (writer, acting->macro_id, acting->by, error);
}

void
sb_engine_move_macro_async (SbEngine           *self,
                            gint64              macro_id,
                            int                 by,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  Acting *acting = acting_new (self, macro_id);

  acting->by = by;
  run (self, move_command, acting, callback, user_data);
}

/* -- settings -- */

typedef struct
{
  const char *text;
  gint64      staff_id;
} Setting;

static gboolean
set_command (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  const Setting *setting = data;
  SbEvent        event = { .kind = SB_EVENT_DESK_CHANGED, .actor = SB_AUTHOR_STAFF, .staff_id = setting->staff_id };

  return sb_writer_set_meta (writer, "desk", setting->text, error) && sb_writer_append_event (writer, &event, error);
}

gboolean
sb_engine_set_desk (SbEngine     *self,
                    const SbDesk *desk,
                    GError      **error)
{
  g_autofree char *text = sb_desk_to_text (desk);
  Setting          setting = { text, self->staff_id };

  return sb_store_run (self->store, set_command, &setting, error);
}
