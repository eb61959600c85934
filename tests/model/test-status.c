#include "sb-status.h"

static const SbStatus facts[] = { SB_STATUS_ACCEPTED, SB_STATUS_HELD, SB_STATUS_SENT, SB_STATUS_DELIVERED, SB_STATUS_READ, SB_STATUS_PLAYED, SB_STATUS_FAILED };

static SbStatus
merge_all (const SbStatus *list,
           guint           n)
{
  SbStatus status = SB_STATUS_SENDING;

  for (guint i = 0; i < n; i++)
    status = sb_status_merge (status, list[i]);

  return status;
}

/* Heap's algorithm: every order of @list gives @wanted. */
static void
check_orders (SbStatus *list,
              guint     n,
              guint     k,
              SbStatus  wanted)
{
  if (k <= 1)
    {
      g_assert_cmpint (merge_all (list, n), ==, wanted);
      return;
    }

  for (guint i = 0; i < k; i++)
    {
      guint    other = k % 2 == 0 ? i : 0;
      SbStatus kept;

      check_orders (list, n, k - 1, wanted);
      kept = list[other];
      list[other] = list[k - 1];
      list[k - 1] = kept;
    }
}

static void
test_any_order (void)
{
  for (guint mask = 0; mask < 1u << G_N_ELEMENTS (facts); mask++)
    {
      SbStatus list[G_N_ELEMENTS (facts)];
      guint    n = 0;

      for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
        if (mask & (1u << i))
          list[n++] = facts[i];
      check_orders (list, n, n, merge_all (list, n));
    }
}

static void
test_repetition (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    for (guint k = 0; k < G_N_ELEMENTS (facts); k++)
      {
        SbStatus once = sb_status_merge (sb_status_merge (SB_STATUS_SENDING, facts[i]), facts[k]);

        g_assert_cmpint (sb_status_merge (once, facts[i]), ==, once);
        g_assert_cmpint (sb_status_merge (once, facts[k]), ==, once);
      }
}

static void
test_rules (void)
{
  static const SbStatus rules[][3] = {
    { SB_STATUS_UNKNOWN, SB_STATUS_ACCEPTED, SB_STATUS_ACCEPTED },
    { SB_STATUS_UNKNOWN, SB_STATUS_DELIVERED, SB_STATUS_DELIVERED },
    { SB_STATUS_SENT, SB_STATUS_FAILED, SB_STATUS_FAILED },
    { SB_STATUS_FAILED, SB_STATUS_SENT, SB_STATUS_FAILED },
    { SB_STATUS_FAILED, SB_STATUS_DELIVERED, SB_STATUS_DELIVERED },
    { SB_STATUS_DELIVERED, SB_STATUS_FAILED, SB_STATUS_DELIVERED },
    { SB_STATUS_READ, SB_STATUS_DELIVERED, SB_STATUS_READ },
    { SB_STATUS_READ, SB_STATUS_PLAYED, SB_STATUS_PLAYED },
    { SB_STATUS_HELD, SB_STATUS_SENT, SB_STATUS_SENT },
    { SB_STATUS_READ, SB_STATUS_NONE, SB_STATUS_READ },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    g_assert_cmpint (sb_status_merge (rules[i][0], rules[i][1]), ==, rules[i][2]);
}

/* What the network can tell, from the least to the most; a pair of them is always the later one of this list. */
static const SbStatus ladder[] = { SB_STATUS_HELD, SB_STATUS_ACCEPTED, SB_STATUS_SENT, SB_STATUS_FAILED, SB_STATUS_DELIVERED, SB_STATUS_READ, SB_STATUS_PLAYED };

/* The outbox's own steps; any word of the network is more than each of them. */
static const SbStatus own[] = { SB_STATUS_NONE, SB_STATUS_DRAFT, SB_STATUS_QUEUED, SB_STATUS_SENDING, SB_STATUS_UNKNOWN, SB_STATUS_CANCELLED };

static void
test_all_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ladder); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (ladder); k++)
        g_assert_cmpint (sb_status_merge (ladder[i], ladder[k]), ==, ladder[MAX (i, k)]);
      for (guint k = 0; k < G_N_ELEMENTS (own); k++)
        {
          g_assert_cmpint (sb_status_merge (own[k], ladder[i]), ==, ladder[i]);
          g_assert_cmpint (sb_status_merge (ladder[i], own[k]), ==, ladder[i]);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_assert_cmpint (sb_status_merge (own[i], SB_STATUS_NONE), ==, own[i]);
}

static void
test_names (void)
{
  for (int status = SB_STATUS_NONE; status <= SB_STATUS_HELD; status++)
    {
      g_assert_cmpstr (sb_status_to_name (status), !=, "");
      for (int other = SB_STATUS_NONE; other < status; other++)
        g_assert_cmpstr (sb_status_to_name (status), !=, sb_status_to_name (other));
      g_assert_cmpint (sb_status_is_on_the_way (status), ==, status == SB_STATUS_QUEUED || status == SB_STATUS_SENDING);
    }
  for (int kind = SB_MESSAGE_TEXT; kind <= SB_MESSAGE_NOTE; kind++)
    for (int other = 0; other < kind; other++)
      g_assert_cmpstr (sb_message_kind_to_name (kind), !=, sb_message_kind_to_name (other));
  g_assert_cmpstr (sb_status_to_name (77), ==, "none");
  g_assert_cmpstr (sb_message_kind_to_name (77), ==, "none");
  g_assert_cmpstr (sb_thread_status_to_name (SB_THREAD_SNOOZED), ==, "snoozed");
  g_assert_cmpstr (sb_direction_to_name (SB_DIRECTION_NOTE), ==, "note");
}

static void
test_words (void)
{
  g_assert_cmpint (sb_status_from_wire ("sent"), ==, SB_STATUS_SENT);
  g_assert_cmpint (sb_status_from_wire ("delivered"), ==, SB_STATUS_DELIVERED);
  g_assert_cmpint (sb_status_from_wire ("read"), ==, SB_STATUS_READ);
  g_assert_cmpint (sb_status_from_wire ("played"), ==, SB_STATUS_PLAYED);
  g_assert_cmpint (sb_status_from_wire ("failed"), ==, SB_STATUS_FAILED);
  g_assert_cmpint (sb_status_from_wire ("Sent"), ==, SB_STATUS_NONE);
  g_assert_cmpint (sb_status_from_wire (""), ==, SB_STATUS_NONE);
  g_assert_cmpint (sb_status_from_wire (NULL), ==, SB_STATUS_NONE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status/is-the-same-in-any-order", test_any_order);
  g_test_add_func ("/status/is-the-same-when-repeated", test_repetition);
  g_test_add_func ("/status/only-moves-up", test_rules);
  g_test_add_func ("/status/never-goes-back-for-any-pair", test_all_pairs);
  g_test_add_func ("/status/has-a-name-of-its-own", test_names);
  g_test_add_func ("/status/reads-the-words-of-the-wire", test_words);

  return g_test_run ();
}
