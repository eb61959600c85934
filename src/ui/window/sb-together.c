/*
 * Several windows on one shop show a change in the same moment: whoever wants to look again while another of its kind waits
 * to do so joins it, and all of them look in one go, between two frames.
 */
#include "sb-together.h"

#include <gdk/gdk.h>

/* A letter that is typed meanwhile is seen first. Where one frame follows the other without a pause, nobody waits longer than this. */
#define AFTER_FRAME (GDK_PRIORITY_REDRAW + 1)
#define LATEST_MS   100

typedef struct
{
  guint    id; /* 0: left meanwhile */
  gpointer user_data;
} Member;

/* Of those that share one function. */
typedef struct
{
  GSourceFunc func;
  guint       source_id;
  guint       latest_id;
  GArray     *members;
  gboolean    going; /* whoever comes now waits for the next */
} Round;

static GPtrArray *rounds;
static guint      last_id;

static void
round_free (gpointer data)
{
  Round *round = data;

  g_clear_handle_id (&round->source_id, g_source_remove);
  g_clear_handle_id (&round->latest_id, g_source_remove);
  g_array_unref (round->members);
  g_free (round);
}

static Round *
find (GSourceFunc func)
{
  for (guint i = 0; rounds != NULL && i < rounds->len; i++)
    {
      Round *round = rounds->pdata[i];

      if (round->func == func && !round->going)
        return round;
    }

  return NULL;
}

static void
go (Round *round)
{
  round->going = TRUE;
  for (guint i = 0; i < round->members->len; i++)
    {
      Member *member = &g_array_index (round->members, Member, i);

      if (member->id != 0)
        round->func (member->user_data);
    }
  g_ptr_array_remove (rounds, round);
}

static gboolean
go_cb (gpointer user_data)
{
  Round *round = user_data;

  round->source_id = 0;
  go (round);

  return G_SOURCE_REMOVE;
}

static gboolean
latest_cb (gpointer user_data)
{
  Round *round = user_data;

  round->latest_id = 0;
  go (round);

  return G_SOURCE_REMOVE;
}

/**
 * sb_together_add:
 * @ms: how long to wait, where nobody waits yet
 * @func: called once; what it returns is not looked at
 *
 * Returns: for sb_together_remove (), until @func was called
 */
guint
sb_together_add (guint       ms,
                 GSourceFunc func,
                 gpointer    user_data)
{
  Round *round = find (func);
  Member member = { .id = ++last_id, .user_data = user_data };

  if (round == NULL)
    {
      round = g_new0 (Round, 1);
      round->func = func;
      round->members = g_array_new (FALSE, FALSE, sizeof (Member));
      round->source_id = g_timeout_add_full (AFTER_FRAME, ms, go_cb, round, NULL);
      round->latest_id = g_timeout_add (ms + LATEST_MS, latest_cb, round);
      if (rounds == NULL)
        rounds = g_ptr_array_new_with_free_func (round_free);
      g_ptr_array_add (rounds, round);
    }
  g_array_append_val (round->members, member);

  return member.id;
}

/* How many still wait after @id has left. */
static guint
leave (Round *round,
       guint  id)
{
  guint n = 0;

  for (guint i = 0; i < round->members->len; i++)
    {
      Member *member = &g_array_index (round->members, Member, i);

      if (member->id == id)
        member->id = 0;
      n += member->id != 0;
    }

  return n;
}

void
sb_together_remove (guint id)
{
  for (guint i = rounds != NULL ? rounds->len : 0; i > 0; i--)
    {
      Round *round = rounds->pdata[i - 1];

      if (leave (round, id) > 0 || round->going)
        continue;
      g_ptr_array_remove_index (rounds, i - 1);
    }
}
