#include "sb-practice-due.h"

#include "sb-practice-follow.h"
#include "sb-practice-hook.h"
#include "sb-practice-persona.h"
#include "sb-practice-template.h"

/* Something that will happen. It is a row from the moment it is planned, so a restart changes nothing. */
typedef struct
{
  gint64 at;
  gint64 seq;
} Due;

typedef struct
{
  const char *name;
  void (*act) (SbPractice *self,
               JsonObject *detail);
} Act;

static const Act acts[] = {
  { "status", sb_practice_follow_status_due },
  { "answer", sb_practice_persona_answer_due },
  { "write", sb_practice_persona_write_due },
  { "nag", sb_practice_persona_nag_due },
  { "review", sb_practice_template_review_due },
  { "deliver", sb_practice_hook_due },
};

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const Due *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;

  return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static void
insert (SbPractice *self,
        gint64      at,
        gint64      seq)
{
  Due *due = g_new0 (Due, 1);

  due->at = at;
  due->seq = seq;
  g_sequence_insert_sorted (self->due, due, compare, NULL);
}

void
sb_practice_due_load (SbPractice *self)
{
  g_autoptr (GPtrArray) list = sb_practice_store_list (self->store, "due");

  g_clear_pointer (&self->due, g_sequence_free);
  self->due = g_sequence_new (g_free);
  for (guint i = 0; i < list->len; i++)
    insert (self, sb_json_int (list->pdata[i], "at", 0), sb_json_int (list->pdata[i], "seq", 0));
}

static gboolean
timer_cb (gpointer user_data)
{
  SbPractice *self = user_data;

  self->due_timer = 0;
  sb_practice_due_run (self);

  return G_SOURCE_REMOVE;
}

static void
schedule (SbPractice *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->due);
  const Due     *due = g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);

  if (self->due_timer != 0)
    sb_clock_remove_timer (self->clock, self->due_timer);
  self->due_timer = due != NULL ? sb_clock_add_timer (self->clock, due->at, timer_cb, self, NULL) : 0;
}

/**
 * sb_practice_due_add:
 * @act: one of the acts above
 * @detail: (transfer full): what the act needs
 */
void
sb_practice_due_add (SbPractice *self,
                     gint64      at_ms,
                     const char *act,
                     JsonObject *detail)
{
  gint64           seq = sb_json_int (self->config, "due_seq", 0) + 1;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  json_object_set_int_member (self->config, "due_seq", seq);
  json_object_set_int_member (detail, "at", at_ms);
  json_object_set_int_member (detail, "seq", seq);
  json_object_set_string_member (detail, "act", act);
  sb_practice_save_config (self);
  sb_practice_store_put (self->store, "due", id, detail);
  json_object_unref (detail);
  insert (self, at_ms, seq);
  if (self->moment == 0)
    schedule (self);
}

static void
perform (SbPractice *self,
         gint64      seq)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  JsonObject      *stored = sb_practice_store_get (self->store, "due", id);
  const char      *act = sb_json_string (stored, "act");

  if (stored == NULL)
    return;

  {
    g_autoptr (JsonObject) detail = json_object_ref (stored);

    self->moment = sb_json_int (detail, "at", 0);
    sb_practice_store_remove (self->store, "due", id);
    for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
      {
        if (g_str_equal (acts[i].name, act))
          acts[i].act (self, detail);
      }
    self->moment = 0;
  }
}

/* Does all that is due, in order, each at its own moment: also when the clock was moved past many of them at once. */
void
sb_practice_due_run (SbPractice *self)
{
  for (;;)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->due);
      Due            due;

      if (g_sequence_iter_is_end (first))
        break;
      due = *(Due *) g_sequence_get (first);
      if (due.at > sb_clock_now (self->clock))
        break;
      g_sequence_remove (first);
      perform (self, due.seq);
    }
  schedule (self);
}
