/* The shop's answer is the evaluator's: SQL and the pure code agree for everybody; and segments come, go and come back. */
#include <sqlite3.h>
#include <string.h>

#include "sb-condition-eval.h"
#include "sb-condition-json.h"
#include "sb-condition-words.h"
#include "sb-store-private.h"
#include "sb-value.h"
#include "sb-writer-segments.h"

#define NOW         G_GINT64_CONSTANT (1795258800000) /* 21 November 2026, 11:00 UTC */
#define N_SHOPS     4
#define N_PEOPLE    60
#define N_QUESTIONS 800 /* of each shop, about everybody in it */

typedef struct
{
  char     *folder;
  SbClock  *clock;
  SbRandom *random;
  SbStore  *store;
  gint64    people[N_PEOPLE];
  gint64    tags[4];
  gint64    lines[2];
  gint64    segment;
  gint64    undo;
} Shop;

static const char *const words[] = { "Anna", "anna lee", "Ömer", "سناء", "", "  ", "VIP  guest", "Ｆｕｌｌ", "x%_'\"", "12", "3,5", "-7", "2026-11-25", "1990-02-29", "1988-02-29", "yes", "No", "2026-11-21" };
static const char *const fields[] = { "Spent", "Birthday", "Club", "Note" };

static const char *
some_word (Shop *shop)
{
  return words[sb_random_below (shop->random, G_N_ELEMENTS (words))];
}

static gboolean
chance (Shop *shop,
        guint one_in)
{
  return sb_random_below (shop->random, one_in) == 0;
}

static void
sql (sqlite3    *db,
     const char *format,
     ...)
{
  va_list args;
  char   *text;

  va_start (args, format);
  text = sqlite3_vmprintf (format, args);
  va_end (args);
  if (sqlite3_exec (db, text, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", text, sqlite3_errmsg (db));
  sqlite3_free (text);
}

static gboolean
make_people (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop *shop = data;

  for (guint i = 0; i < G_N_ELEMENTS (shop->lines); i++)
    {
      g_autoptr (SbLine) line = sb_line_new ();

      line->name = g_strdup_printf ("Line %u", i);
      shop->lines[i] = sb_writer_save_line (writer, line, error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shop->tags); i++)
    {
      g_autofree char *name = g_strdup_printf ("Tag %u", i);

      shop->tags[i] = sb_writer_ensure_tag (writer, name, 0, error);
    }
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *number = g_strdup_printf ("%s77009%05u", chance (shop, 2) ? "44" : "212", i);
      SbWho            who = { .wa_id = number, .profile_name = some_word (shop) };
      SbWho            nameless = { .username = number };
      gint64           thread;

      sb_clock_advance (shop->clock, sb_random_below (shop->random, 2) * SB_DAY_MS);
      shop->people[i] = sb_writer_find_contact (writer, chance (shop, 6) ? &nameless : &who, TRUE, error);
      thread = chance (shop, 5) ? 0 : sb_writer_ensure_thread (writer, shop->people[i], shop->lines[i % 2], error);
      for (guint k = sb_random_below (shop->random, 4); k > 0 && thread != 0; k--)
        {
          SbMessage message = { .thread_id = thread, .line_id = shop->lines[0], .kind = SB_MESSAGE_TEXT, .direction = (SbDirection) sb_random_below (shop->random, 3), .author = SB_AUTHOR_STAFF, .sent_at = NOW - sb_random_below (shop->random, 40) * SB_DAY_MS + sb_random_below (shop->random, 3) - 1, .text = (char *) "hello" };

          message.author = message.direction == SB_DIRECTION_IN ? SB_AUTHOR_CUSTOMER : SB_AUTHOR_STAFF;
          g_assert_cmpint (sb_writer_add_message (writer, &message, 0, error), !=, 0);
        }
      for (guint k = 0; k < G_N_ELEMENTS (shop->tags) && thread != 0; k++)
        if (chance (shop, 3) && !sb_writer_tag (writer, thread, shop->tags[k], TRUE, error))
          return FALSE;
    }

  return TRUE;
}

/* What there is no command for yet. */
static gboolean
colour_in (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop    *shop = data;
  sqlite3 *db = sb_db_get_handle (sb_reader_get_db (sb_writer_get_reader (writer)));

  sql (db, "INSERT INTO stage (id, name, folded) VALUES (71, 'Regular', 'regular'), (72, 'Quote', 'quote')");
  sql (db, "INSERT INTO staff (id, name, role) VALUES (81, 'Sari', 2)");
  sql (db, "INSERT INTO import (id, at, staff_id, state) VALUES (91, 1, 0, 2), (92, 1, 0, 2)");
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      gint64 id = shop->people[i];

      sql (db, "UPDATE contact SET stage_id = %u, consent = %u, blocked = %u, source = %Q, country = %Q, language = %Q WHERE id = %lld",
           70 + sb_random_below (shop->random, 3) == 70 ? 0 : 71 + sb_random_below (shop->random, 2), sb_random_below (shop->random, 4), chance (shop, 4), some_word (shop),
           chance (shop, 3) ? NULL : some_word (shop), chance (shop, 3) ? NULL : some_word (shop), id);
      if (chance (shop, 2))
        sql (db, "UPDATE contact SET name = %Q WHERE id = %lld", some_word (shop), id);
      sql (db, "UPDATE thread SET assignee_id = %u, unread = %u, unanswered = %u, status = %u WHERE contact_id = %lld", chance (shop, 2) ? 81 : 0, sb_random_below (shop->random, 3),
           chance (shop, 2), 1 + sb_random_below (shop->random, 4), id);
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        if (chance (shop, 2))
          sql (db, "INSERT INTO contact_field VALUES (%lld, %Q, %Q)", id, fields[k], some_word (shop));
      for (guint k = 91; k <= 92; k++)
        if (chance (shop, 3))
          sql (db, "INSERT INTO import_row (import_id, number, contact_id, undone) VALUES (%u, %u, %lld, %u)", k, i, id, chance (shop, 4));
    }

  return TRUE;
}

static void
set_up (Shop *shop,
        guint seed)
{
  g_autoptr (GError) error = NULL;

  shop->folder = g_dir_make_tmp ("segments-XXXXXX", NULL);
  shop->clock = sb_clock_new_virtual (NOW - 60 * SB_DAY_MS);
  shop->random = sb_random_new_seeded (seed);
  shop->store = sb_store_open (shop->folder, SB_STORE_CREATE | SB_STORE_INLINE, shop->clock, shop->random, NULL, &error);
  g_assert_no_error (error);
  sb_store_run (shop->store, make_people, shop, &error);
  g_assert_no_error (error);
  sb_store_run (shop->store, colour_in, shop, &error);
  g_assert_no_error (error);
}

static void
tear_down (Shop *shop)
{
  sb_store_close (shop->store);
  g_clear_object (&shop->store);
  g_object_unref (shop->clock);
  sb_random_free (shop->random);
  g_free (shop->folder);
}

/* -- random conditions -- */

static void
add_some_value (Shop        *shop,
                SbCondition *test)
{
  const gint64     ids[] = { 71, 72, 81, 91, 92, shop->tags[0], shop->tags[1], shop->tags[2], shop->tags[3], shop->lines[0], shop->lines[1], 12345, 0 };
  SbValueType      type = sb_condition_type (test);
  gint64           day = sb_day_of (NOW, g_time_zone_new_utc ()) + (gint64) sb_random_below (shop->random, 80) - 50;
  g_autofree char *number = g_strdup_printf ("%u", sb_random_below (shop->random, 45));
  g_autofree char *date = NULL;
  gint64           id;

  if (sb_operator_counts_days (test->op) || type == SB_VALUE_NUMBER || type == SB_VALUE_COUNT)
    sb_condition_add_value (test, 0, type == SB_VALUE_COUNT || sb_operator_counts_days (test->op) || chance (shop, 2) ? number : chance (shop, 2) ? "12"
                                                                                                                                                  : "3.5");
  else if (type == SB_VALUE_DATE || type == SB_VALUE_TIME)
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (day * 86400);

      date = g_date_time_format (at, "%Y-%m-%d");
      sb_condition_add_value (test, 0, date);
    }
  else if (type == SB_VALUE_FIXED)
    {
      const char *key = sb_condition_fixed_key (test->subject, sb_random_below (shop->random, 4), &id);

      sb_condition_add_value (test, id, key);
    }
  else if (type == SB_VALUE_ROW || type == SB_VALUE_ROWS)
    sb_condition_add_value (test, ids[sb_random_below (shop->random, G_N_ELEMENTS (ids))], "somebody");
  else if (test->subject == SB_SUBJECT_NUMBER)
    sb_condition_add_value (test, 0, chance (shop, 2) ? "+44 7" : chance (shop, 2) ? "2127700900007"
                                                                                   : "0003");
  else
    sb_condition_add_value (test, 0, chance (shop, 3) ? "an" : words[sb_random_below (shop->random, 4)]);
}

static SbCondition *
random_test (Shop *shop)
{
  SbSubject    subject = 1 + sb_random_below (shop->random, SB_N_SUBJECTS - 1);
  SbValueType  type = 1 + sb_random_below (shop->random, 5);
  SbOperator   op;
  SbCondition *test;
  guint        least, most;

  do
    op = 1 + sb_random_below (shop->random, SB_N_OPERATORS - 1);
  while (!sb_subject_allows (subject, type, op));

  test = sb_condition_new_test (subject, op);
  if (subject == SB_SUBJECT_FIELD)
    {
      test->field = g_strdup (fields[sb_random_below (shop->random, G_N_ELEMENTS (fields))]);
      test->field_type = type;
    }
  sb_operator_n_values (op, &least, &most);
  for (guint i = most == G_MAXUINT ? 1 + sb_random_below (shop->random, 3) : least; i > 0; i--)
    add_some_value (shop, test);

  return test;
}

static SbCondition *
random_condition (Shop *shop,
                  guint depth)
{
  SbCondition *group;

  if (depth == 0 || chance (shop, 3))
    return random_test (shop);
  group = sb_condition_new_group (1 + sb_random_below (shop->random, 3));
  for (guint i = sb_random_below (shop->random, 4); i > 0; i--)
    g_ptr_array_add (group->children, random_condition (shop, depth - 1));

  return group;
}

static gboolean
has_id (GArray *ids,
        gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* None of something is not any of it, all of something is none of its opposites, and writing it down changes nothing. */
static void
check_laws (const SbCondition     *condition,
            const SbFacts         *facts,
            const SbConditionTime *time)
{
  g_autoptr (SbCondition) any = sb_condition_new_group (SB_CONDITION_ANY);
  g_autoptr (SbCondition) none = sb_condition_new_group (SB_CONDITION_NONE);
  g_autoptr (SbCondition) opposite = sb_condition_new_group (SB_CONDITION_NONE);
  gboolean                is_true = sb_condition_is_true (condition, facts, time);

  g_ptr_array_add (any->children, sb_condition_copy (condition));
  g_ptr_array_add (none->children, sb_condition_copy (condition));
  g_ptr_array_add (opposite->children, sb_condition_copy (none));
  g_assert_cmpint (sb_condition_is_true (any, facts, time), ==, is_true);
  g_assert_cmpint (sb_condition_is_true (none, facts, time), ==, !is_true);
  g_assert_cmpint (sb_condition_is_true (opposite, facts, time), ==, is_true);
}

static void
check_writing (const SbCondition *condition)
{
  g_autofree char        *text = sb_condition_to_text (condition);
  g_autoptr (GError)      error = NULL;
  g_autoptr (SbCondition) again = sb_condition_parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (sb_condition_equal (condition, condition->kind == SB_CONDITION_TEST ? again->children->pdata[0] : again));
}

static void
ask_both (Shop              *shop,
          SbReader          *reader,
          GPtrArray         *people,
          const SbCondition *condition,
          GTimeZone         *zone,
          guint             *n_some)
{
  SbGroupQuery       query = { .condition = condition, .now = NOW, .zone = zone };
  SbConditionTime    time = { NOW, zone };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = sb_reader_list_people_ids (reader, &query, NULL, &error);
  gboolean           is_among;

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      const SbDossier *person = people->pdata[i];
      SbPersonFacts    facts;

      sb_person_facts_init (&facts, person);
      if (i == 0)
        check_laws (condition, &facts.facts, &time);
      if (sb_condition_is_true (condition, &facts.facts, &time) != has_id (ids, person->contact_id))
        {
          g_autofree char *json = sb_condition_to_text (condition);

          g_error ("%s: the shop says %d for %s", json, has_id (ids, person->contact_id), person->name);
        }
    }
  check_writing (condition);
  g_assert_cmpint (sb_reader_count_people (reader, &query, 0, NULL, &error), ==, ids->len);
  g_assert_true (sb_reader_is_among (reader, &query, shop->people[0], &is_among, &error));
  g_assert_cmpint (is_among, ==, has_id (ids, shop->people[0]));
  *n_some += ids->len > 0 && ids->len < people->len;
}

static void
test_agree (void)
{
  guint n_some = 0;

  for (guint seed = 1; seed <= N_SHOPS; seed++)
    {
      Shop                  shop = { 0 };
      g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_dossier_free);
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (seed % 2 ? "Europe/Lisbon" : "Asia/Kolkata");
      SbReader             *reader;

      set_up (&shop, seed);
      reader = sb_store_get_reader (shop.store);
      for (guint i = 0; i < N_PEOPLE; i++)
        g_ptr_array_add (people, sb_reader_get_dossier (reader, shop.people[i]));
      for (guint i = 0; i < N_QUESTIONS; i++)
        {
          g_autoptr (SbCondition) condition = random_condition (&shop, 1 + i % 3);

          ask_both (&shop, reader, people, condition, zone, &n_some);
        }
      tear_down (&shop);
    }
  g_test_message ("%u of %u conditions split the people", n_some, N_SHOPS * N_QUESTIONS);
  g_assert_cmpuint (n_some, >, N_SHOPS * N_QUESTIONS / 4);
}

/* -- segments -- */

static gboolean
save_list (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));
  SbSegment          segment = { .name = (char *) "Regulars", .kind = SB_SEGMENT_LIST };

  g_array_append_vals (members, shop->people, 3);
  shop->undo = sb_writer_begin_undo (writer, "change", error);
  shop->segment = sb_writer_save_segment (writer, &segment, members, error);

  return shop->segment != 0;
}

static gboolean
save_again (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  SbSegment segment = { .name = (char *) " REGULARS ", .kind = SB_SEGMENT_LIST };

  return sb_writer_save_segment (writer, &segment, NULL, error) != 0;
}

static gboolean
add_members (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop              *shop = data;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint              n_changed = 0;

  g_array_append_vals (members, shop->people + 2, 3);
  shop->undo = sb_writer_begin_undo (writer, "change", error);
  if (!sb_writer_set_members (writer, shop->segment, members, TRUE, &n_changed, error))
    return FALSE;
  g_assert_cmpuint (n_changed, ==, 2);

  return TRUE;
}

static gboolean
delete_list (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  Shop *shop = data;

  shop->undo = sb_writer_begin_undo (writer, "change", error);

  return sb_writer_delete_segment (writer, shop->segment, error);
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  return sb_writer_undo (writer, ((Shop *) data)->undo, error);
}

static gboolean
redo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  return sb_writer_redo (writer, ((Shop *) data)->undo, error);
}

static void
run (Shop     *shop,
     SbCommand command)
{
  g_autoptr (GError) error = NULL;

  sb_store_run (shop->store, command, shop, &error);
  g_assert_no_error (error);
}

static gint64
n_members (Shop *shop)
{
  SbGroupQuery query = { .list_id = shop->segment, .now = NOW };

  return sb_reader_count_people (sb_store_get_reader (shop->store), &query, 0, NULL, NULL);
}

static guint
n_segments (Shop *shop)
{
  g_autoptr (GPtrArray) segments = sb_reader_list_segments (sb_store_get_reader (shop->store));

  return segments->len;
}

static void
test_list (void)
{
  Shop               shop = { 0 };
  g_autoptr (GError) error = NULL;

  set_up (&shop, 99);
  run (&shop, save_list);
  g_assert_cmpint (n_members (&shop), ==, 3);
  g_assert_false (sb_store_run (shop.store, save_again, &shop, &error));
  g_assert_nonnull (strstr (error->message, "already"));

  run (&shop, add_members);
  g_assert_cmpint (n_members (&shop), ==, 5);
  run (&shop, undo);
  g_assert_cmpint (n_members (&shop), ==, 3);
  run (&shop, redo);
  g_assert_cmpint (n_members (&shop), ==, 5);

  run (&shop, delete_list);
  g_assert_cmpuint (n_segments (&shop), ==, 0);
  run (&shop, undo);
  g_assert_cmpuint (n_segments (&shop), ==, 1);
  g_assert_cmpint (n_members (&shop), ==, 5);
  run (&shop, redo);
  g_assert_cmpuint (n_segments (&shop), ==, 0);
  tear_down (&shop);
}

static void
test_undo_new (void)
{
  Shop shop = { 0 };

  set_up (&shop, 98);
  run (&shop, save_list);
  run (&shop, undo);
  g_assert_cmpuint (n_segments (&shop), ==, 0);
  run (&shop, redo);
  g_assert_cmpuint (n_segments (&shop), ==, 1);
  g_assert_cmpint (n_members (&shop), ==, 3);
  tear_down (&shop);
}

static void
test_cancelled (void)
{
  Shop                     shop = { 0 };
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SbCondition)  condition = sb_condition_parse ("{\"subject\":\"name\",\"op\":\"contains\",\"value\":\"a\"}", NULL);
  SbGroupQuery             query = { .condition = condition, .now = NOW };

  set_up (&shop, 97);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (sb_reader_count_people (sb_store_get_reader (shop.store), &query, 0, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (sb_reader_count_people (sb_store_get_reader (shop.store), &query, 2, NULL, NULL), ==, 2);
  tear_down (&shop);
}

/* What is kept of messages is what a count from the beginning gives. */
static gboolean
recount (SbWriter *writer,
         gpointer  data,
         GError  **error)
{
  g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (sb_writer_recount (writer, FALSE, differences, error));
  for (guint i = 0; i < differences->len; i++)
    g_assert_false (g_str_has_prefix (differences->pdata[i], "messages of a person"));

  return TRUE;
}

/* Newest messages go, others move to another person. */
static gboolean
mix_up (SbWriter *writer,
        gpointer  data,
        GError  **error)
{
  sqlite3 *db = sb_db_get_handle (sb_reader_get_db (sb_writer_get_reader (writer)));

  sql (db, "DELETE FROM message WHERE sent_at = (SELECT max (sent_at) FROM message m WHERE m.thread_id = message.thread_id) AND id %% 2 = 0");
  sql (db, "UPDATE message SET thread_id = (SELECT max (id) FROM thread) WHERE thread_id = (SELECT min (thread_id) FROM message)");

  return TRUE;
}

static void
test_kept (void)
{
  Shop shop = { 0 };

  set_up (&shop, 96);
  run (&shop, recount);
  run (&shop, mix_up);
  run (&shop, recount);
  tear_down (&shop);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segments/sql-and-evaluator-agree", test_agree);
  g_test_add_func ("/segments/lists-come-and-go-and-come-back", test_list);
  g_test_add_func ("/segments/undo-of-a-new-list", test_undo_new);
  g_test_add_func ("/segments/a-count-can-be-cancelled-and-limited", test_cancelled);
  g_test_add_func ("/segments/what-is-kept-of-messages", test_kept);

  return g_test_run ();
}
