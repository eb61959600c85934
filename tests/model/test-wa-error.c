#include "sb-wa-error.h"

#include <string.h>

#include "sb-reason.h"

/* The whole table as the reference has it: code and class. */
static const struct
{
  int code;
  SbWaClass class;
} table[] = {
  { 0, SB_WA_STOP },
  { 1, SB_WA_FIX },
  { 2, SB_WA_RETRY },
  { 3, SB_WA_STOP },
  { 4, SB_WA_RETRY },
  { 10, SB_WA_STOP },
  { 33, SB_WA_STOP },
  { 100, SB_WA_FIX },
  { 104, SB_WA_STOP },
  { 190, SB_WA_STOP },
  { 200, SB_WA_STOP },
  { 250, SB_WA_STOP },
  { 299, SB_WA_STOP },
  { 368, SB_WA_STOP },
  { 613, SB_WA_RETRY },
  { 803, SB_WA_FIX },
  { 80007, SB_WA_RETRY },
  { 80008, SB_WA_RETRY },
  { 130429, SB_WA_RETRY },
  { 130472, SB_WA_SUPPRESS },
  { 130497, SB_WA_SUPPRESS },
  { 131000, SB_WA_RETRY },
  { 131005, SB_WA_STOP },
  { 131008, SB_WA_FIX },
  { 131009, SB_WA_FIX },
  { 131016, SB_WA_RETRY },
  { 131020, SB_WA_FIX },
  { 131021, SB_WA_FIX },
  { 131026, SB_WA_SUPPRESS },
  { 131030, SB_WA_FIX },
  { 131031, SB_WA_STOP },
  { 131037, SB_WA_STOP },
  { 131041, SB_WA_FIX },
  { 131042, SB_WA_STOP },
  { 131043, SB_WA_WAIT },
  { 131044, SB_WA_STOP },
  { 131045, SB_WA_STOP },
  { 131047, SB_WA_WAIT },
  { 131048, SB_WA_STOP },
  { 131049, SB_WA_WAIT },
  { 131050, SB_WA_SUPPRESS },
  { 131051, SB_WA_FIX },
  { 131052, SB_WA_WAIT },
  { 131053, SB_WA_FIX },
  { 131056, SB_WA_RETRY },
  { 131057, SB_WA_RETRY },
  { 131059, SB_WA_FIX },
  { 131062, SB_WA_FIX },
  { 131063, SB_WA_STOP },
  { 131064, SB_WA_STOP },
  { 131200, SB_WA_FIX },
  { 131215, SB_WA_FIX },
  { 131299, SB_WA_FIX },
  { 132000, SB_WA_FIX },
  { 132001, SB_WA_FIX },
  { 132005, SB_WA_FIX },
  { 132007, SB_WA_FIX },
  { 132008, SB_WA_FIX },
  { 132012, SB_WA_FIX },
  { 132015, SB_WA_WAIT },
  { 132016, SB_WA_FIX },
  { 132018, SB_WA_FIX },
  { 132068, SB_WA_FIX },
  { 132069, SB_WA_WAIT },
  { 133000, SB_WA_RETRY },
  { 133004, SB_WA_RETRY },
  { 133005, SB_WA_STOP },
  { 133006, SB_WA_STOP },
  { 133008, SB_WA_WAIT },
  { 133009, SB_WA_WAIT },
  { 133010, SB_WA_STOP },
  { 133015, SB_WA_WAIT },
  { 133016, SB_WA_WAIT },
  { 134011, SB_WA_STOP },
  { 134101, SB_WA_RETRY },
  { 134102, SB_WA_FIX },
  { 135000, SB_WA_FIX },
  { 137000, SB_WA_WAIT },
  { 138000, SB_WA_FIX },
  { 138018, SB_WA_FIX },
  { 139000, SB_WA_FIX },
  { 139004, SB_WA_FIX },
  { 139100, SB_WA_FIX },
  { 139101, SB_WA_FIX },
  { 139102, SB_WA_RETRY },
  { 139103, SB_WA_RETRY },
  { 147001, SB_WA_FIX },
  { 147005, SB_WA_FIX },
  { 147003, SB_WA_FIX },
  { 2388000, SB_WA_FIX },
  { 2388019, SB_WA_FIX },
  { 2388299, SB_WA_FIX },
  { 2494100, SB_WA_RETRY },
};

static void
test_table (void)
{
  const char *fallback = sb_wa_error_sentence (999999);

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *sentence = sb_wa_error_sentence (table[i].code);
      guint       attempts = sb_wa_error_max_attempts (table[i].code);

      g_test_message ("code %d", table[i].code);
      g_assert_cmpint (sb_wa_error_class (table[i].code, 400), ==, table[i].class);
      g_assert_cmpuint (strlen (sentence), >, 10);
      g_assert_cmpstr (sentence, !=, fallback);
      g_assert_true (g_str_has_suffix (sentence, "."));
      if (table[i].class == SB_WA_RETRY)
        g_assert_cmpuint (attempts, >, 1);
      else
        g_assert_cmpuint (attempts, <=, 2);
      if (table[i].class == SB_WA_STOP)
        {
          g_assert_true (sb_wa_error_is_line_wide (table[i].code));
          g_assert_nonnull (sb_wa_error_remedy (table[i].code));
        }
    }
}

/* Words of developers have no place in a shop. */
static void
test_sentences_are_for_shopkeepers (void)
{
  static const char *const jargon[] = { "API", "token", "HTTP", "webhook", "JSON", "null", "parameter", "WABA", "endpoint", "payload" };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (jargon); k++)
      {
        const char *remedy = sb_wa_error_remedy (table[i].code);

        g_assert_null (strstr (sb_wa_error_sentence (table[i].code), jargon[k]));
        g_assert_true (remedy == NULL || strstr (remedy, jargon[k]) == NULL);
      }
}

/* A code next to the table must not be caught by a range of it. */
static void
test_neighbours (void)
{
  static const int outside[] = { -1, 5, 9, 11, 34, 99, 101, 105, 189, 199, 300, 369, 80006, 80009, 130430, 131001, 131010, 131199, 131300,
                                 132013, 132070, 133007, 133011, 134010, 134103, 137001, 138019, 139005, 139104, 147000, 147006, 2387999, 2389000 };

  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_assert_cmpstr (sb_wa_error_sentence (outside[i]), ==, sb_wa_error_sentence (999999));
      g_assert_cmpint (sb_wa_error_class (outside[i], 404), ==, SB_WA_FIX);
      g_assert_cmpint (sb_wa_error_class (outside[i], 502), ==, SB_WA_RETRY);
      g_assert_null (sb_wa_error_remedy (outside[i]));
    }
}

/* Code 0 is the key's only where the answer says so; a server that fell over sends it, too. */
static void
test_code_zero (void)
{
  g_assert_cmpint (sb_wa_error_class (0, 401), ==, SB_WA_STOP);
  g_assert_cmpint (sb_wa_error_class (0, 400), ==, SB_WA_STOP);
  g_assert_cmpint (sb_wa_error_class (0, 404), ==, SB_WA_FIX);
  g_assert_cmpint (sb_wa_error_class (0, 500), ==, SB_WA_RETRY);
  g_assert_cmpint (sb_wa_error_class (0, 429), ==, SB_WA_RETRY);
}

static void
test_unknown_codes (void)
{
  g_assert_cmpint (sb_wa_error_class (999999, 400), ==, SB_WA_FIX);
  g_assert_cmpint (sb_wa_error_class (999999, 404), ==, SB_WA_FIX);
  g_assert_cmpint (sb_wa_error_class (999999, 429), ==, SB_WA_RETRY);
  g_assert_cmpint (sb_wa_error_class (999999, 500), ==, SB_WA_RETRY);
  g_assert_cmpint (sb_wa_error_class (-1, 503), ==, SB_WA_RETRY);
}

static void
test_line_wide (void)
{
  static const int whole_line[] = { 4, 80007, 130429, 131048, 131057, 190, 131042, 368 };
  static const int this_message[] = { 100, 131056, 131026, 131047, 131049, 132001, 131000 };

  for (gsize i = 0; i < G_N_ELEMENTS (whole_line); i++)
    g_assert_true (sb_wa_error_is_line_wide (whole_line[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (this_message); i++)
    g_assert_false (sb_wa_error_is_line_wide (this_message[i]));
}

static void
test_kind_of_stop (void)
{
  g_assert_cmpint (sb_wa_error_stop (190), ==, SB_WA_STOP_KEY);
  g_assert_cmpint (sb_wa_error_stop (10), ==, SB_WA_STOP_KEY);
  g_assert_cmpint (sb_wa_error_stop (131031), ==, SB_WA_STOP_ACCOUNT);
  g_assert_cmpint (sb_wa_error_stop (131042), ==, SB_WA_STOP_ACCOUNT);
}

static void
test_delays (void)
{
  /* doubling, to five minutes */
  g_assert_cmpint (sb_wa_error_delay (2, 1, -1, 1), ==, 1000);
  g_assert_cmpint (sb_wa_error_delay (2, 2, -1, 1), ==, 2000);
  g_assert_cmpint (sb_wa_error_delay (2, 3, -1, 1), ==, 4000);
  g_assert_cmpint (sb_wa_error_delay (2, 9, -1, 1), ==, 256 * 1000);
  g_assert_cmpint (sb_wa_error_delay (2, 10, -1, 1), ==, 300 * 1000);
  g_assert_cmpint (sb_wa_error_delay (2, G_MAXUINT, -1, 1), ==, 300 * 1000);
  /* full jitter */
  g_assert_cmpint (sb_wa_error_delay (2, 5, -1, 0), ==, 0);
  g_assert_cmpint (sb_wa_error_delay (2, 5, -1, 0.5), ==, 8000);
  /* never earlier than asked */
  g_assert_cmpint (sb_wa_error_delay (2, 1, 90000, 0.3), ==, 90000);
  /* one customer at a time: 4^n, no chance in it */
  g_assert_cmpint (sb_wa_error_delay (131056, 1, -1, 0), ==, 1000);
  g_assert_cmpint (sb_wa_error_delay (131056, 2, -1, 0), ==, 4000);
  g_assert_cmpint (sb_wa_error_delay (131056, 4, -1, 0), ==, 64000);
  g_assert_cmpint (sb_wa_error_delay (131056, 5, -1, 0), ==, 256000);
}

/* These wait by themselves; the others are for a person to settle. */
static const SbReason waits[] = { SB_REASON_LINE_PAUSED, SB_REASON_LINE_NEEDS_KEY, SB_REASON_LINE_BLOCKED, SB_REASON_OFFLINE,
                                  SB_REASON_QUIET_HOURS, SB_REASON_DAILY_LIMIT, SB_REASON_DISK_FULL, SB_REASON_NO_SECRET };

static gboolean
should_wait (SbReason reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    if (waits[i] == reason)
      return TRUE;

  return FALSE;
}

static void
test_reasons (void)
{
  for (int reason = SB_REASON_ALLOWED; reason <= SB_REASON_NO_SECRET; reason++)
    {
      g_assert_cmpuint (strlen (sb_reason_to_sentence (reason)), >, 5);
      g_assert_cmpuint (strlen (sb_reason_to_name (reason)), >, 2);
      for (int other = SB_REASON_ALLOWED; other < reason; other++)
        {
          g_assert_cmpstr (sb_reason_to_name (reason), !=, sb_reason_to_name (other));
          g_assert_cmpstr (sb_reason_to_sentence (reason), !=, sb_reason_to_sentence (other));
        }
    }
  for (int reason = SB_REASON_ALLOWED; reason <= SB_REASON_NO_SECRET; reason++)
    g_assert_cmpint (sb_reason_is_wait (reason), ==, should_wait (reason));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wa-error/knows-the-whole-table", test_table);
  g_test_add_func ("/wa-error/speaks-to-shopkeepers", test_sentences_are_for_shopkeepers);
  g_test_add_func ("/wa-error/catches-nothing-beside-the-table", test_neighbours);
  g_test_add_func ("/wa-error/reads-code-zero-with-its-status", test_code_zero);
  g_test_add_func ("/wa-error/treats-unknown-codes-by-their-status", test_unknown_codes);
  g_test_add_func ("/wa-error/knows-what-stops-the-whole-line", test_line_wide);
  g_test_add_func ("/wa-error/tells-key-from-account", test_kind_of_stop);
  g_test_add_func ("/wa-error/waits-longer-each-time", test_delays);
  g_test_add_func ("/reason/has-a-sentence-each", test_reasons);

  return g_test_run ();
}
