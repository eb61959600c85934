/* The shop's people: what a person does with them, taken back and done again, and two that become one and two again. */
#include <glib/gstdio.h>

#include <string.h>

#include "sb-card.h"
#include "sb-error.h"
#include "sb-reader-contacts.h"
#include "sb-temp-shop.h"
#include "sb-writer-contacts.h"

#define NOW G_GINT64_CONSTANT (1750000000000)

typedef struct
{
  SbTempShop file;
  gint64     line, one, other, thread_one, thread_other, tag, stage, undo;
} Shop;

static gint64
add_customer (SbWriter   *writer,
              Shop       *shop,
              const char *number,
              const char *name,
              gint64     *thread,
              GError    **error)
{
  SbWho  who = { .wa_id = number, .profile_name = name };
  gint64 id = sb_writer_find_contact (writer, &who, TRUE, error);

  *thread = sb_writer_ensure_thread (writer, id, shop->line, error);

  return id;
}

static gboolean
say (SbWriter   *writer,
     Shop       *shop,
     gint64      thread,
     SbDirection direction,
     const char *text,
     gint64      at,
     GError    **error)
{
  g_autoptr (SbMessage) message = sb_message_new ();

  message->thread_id = thread;
  message->line_id = shop->line;
  message->kind = SB_MESSAGE_TEXT;
  message->direction = direction;
  message->author = direction == SB_DIRECTION_IN ? SB_AUTHOR_CUSTOMER : SB_AUTHOR_STAFF;
  message->sent_at = at;
  message->text = g_strdup (text);

  return sb_writer_add_message (writer, message, 0, error) != 0;
}

static gboolean
make_shop (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop              *shop = data;
  g_autoptr (SbLine) line = sb_line_new ();

  line->name = g_strdup ("Shop");
  line->display_number = g_strdup ("+44 7700 900001");
  shop->line = sb_writer_save_line (writer, line, error);
  shop->one = add_customer (writer, shop, "447700900142", "Amina Haddad", &shop->thread_one, error);
  shop->other = add_customer (writer, shop, "447700900143", "Amina Haddad", &shop->thread_other, error);
  shop->tag = sb_writer_ensure_tag (writer, "VIP", 1, error);
  shop->stage = sb_writer_save_stage (writer, 0, "Quote sent", error);

  return shop->stage != 0 && say (writer, shop, shop->thread_one, SB_DIRECTION_IN, "first", NOW - 50000, error) && say (writer, shop, shop->thread_one, SB_DIRECTION_OUT, "answer", NOW - 40000, error) &&
         say (writer, shop, shop->thread_other, SB_DIRECTION_IN, "from the other number", NOW - 30000, error) && say (writer, shop, shop->thread_other, SB_DIRECTION_IN, "still there?", NOW - 20000, error);
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  sb_temp_shop_run (shop, make_shop);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

static SbReader *
reader_of (Shop *shop)
{
  return sb_store_get_reader (shop->file.store);
}

static void
assert_recount (Shop *shop)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;
  /* A handle of its own: one that saw the index of names grow takes it for broken (SQLite 3.46). */
  g_autoptr (SbReader) reader = sb_store_new_reader (shop->file.store, &error);

  g_assert_no_error (error);
  g_assert_true (sb_reader_check (reader, FALSE, problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* Everything that a person sees of the shop's people and conversations, as text. */
static char *
describe (Shop *shop)
{
  SbPeopleQuery         query = { .sort = SB_PEOPLE_BY_ADDED };
  SbThreadFilter        any = { 0 };
  g_autoptr (GArray)    ids = sb_reader_list_people (reader_of (shop), &query);
  g_autoptr (GPtrArray) people = sb_reader_get_people (reader_of (shop), (const gint64 *) (gpointer) ids->data, ids->len);
  g_autoptr (GPtrArray) threads = sb_reader_list_threads (reader_of (shop), &any, NULL, 100);
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (reader_of (shop));
  GString              *text = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      const SbPerson       *person = people->pdata[i];
      g_autoptr (GPtrArray) identities = sb_reader_list_identities (reader_of (shop), person->id);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s %s stage %s last %" G_GINT64_FORMAT " “%s” tags %s blocked %d %d lang %s zone %s\n", person->id, person->name, person->handle, person->stage,
                              person->last_at, person->preview, person->tags, person->blocked, person->hidden, person->language, person->time_zone);
      for (guint k = 0; k < identities->len; k++)
        g_string_append_printf (text, "  %s", ((SbIdentity *) identities->pdata[k])->value);
      for (guint k = 0; k < person->fields->len; k++)
        g_string_append_printf (text, "  %s=%s", ((SbCardField *) person->fields->pdata[k])->name, ((SbCardField *) person->fields->pdata[k])->value);
    }
  for (guint i = 0; i < threads->len; i++)
    {
      const SbThread       *thread = threads->pdata[i];
      g_autoptr (GPtrArray) messages = sb_reader_list_messages (reader_of (shop), thread->id, 0, 0, 100);

      g_string_append_printf (text, "\nthread %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " status %d unread %d unanswered %d since %" G_GINT64_FORMAT " waiting %d tags %s window %" G_GINT64_FORMAT " pinned %d:", thread->id,
                              thread->contact_id, thread->status, thread->unread, thread->unanswered, thread->unanswered_since, thread->n_waiting, thread->tags, thread->window_until, thread->pinned);
      for (guint k = 0; k < messages->len; k++)
        g_string_append_printf (text, " %" G_GINT64_FORMAT, ((SbMessage *) messages->pdata[k])->id);
    }
  for (guint i = 0; i < stages->len; i++)
    g_string_append_printf (text, "\nstage %s", ((SbNamed *) stages->pdata[i])->name);

  return g_string_free (text, FALSE);
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 7);

  return sb_writer_undo (writer, sb_writer_last_undo (writer, 7, NULL), error);
}

static gboolean
redo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 7);

  return sb_writer_redo (writer, sb_writer_last_redo (writer, 7), error);
}

/* Done, taken back, done again: each time the shop is as it should be, and its counts are those of a recount. */
static void
there_and_back (Shop     *shop,
                SbCommand command)
{
  g_autofree char *before = describe (shop);
  g_autofree char *after = NULL;
  g_autofree char *back = NULL;
  g_autofree char *again = NULL;

  sb_temp_shop_run (shop, command);
  after = describe (shop);
  g_assert_cmpstr (before, !=, after);
  assert_recount (shop);
  sb_temp_shop_run (shop, undo);
  back = describe (shop);
  g_assert_cmpstr (back, ==, before);
  assert_recount (shop);
  sb_temp_shop_run (shop, redo);
  again = describe (shop);
  g_assert_cmpstr (again, ==, after);
  assert_recount (shop);
}

static void
begin (SbWriter *writer)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 7);
  g_assert_cmpint (sb_writer_begin_undo (writer, "test", NULL), !=, 0);
}

/* -- single acts -- */

static gboolean
change_details (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Shop *shop = data;

  begin (writer);

  return sb_writer_set_contact_text (writer, shop->one, "name", "Amina H.", error) && sb_writer_set_contact_text (writer, shop->one, "language", "ar", error) &&
         sb_writer_set_contact_text (writer, shop->one, "time_zone", "Africa/Cairo", error) && sb_writer_set_contact_field (writer, shop->one, "Likes", "Pistachio", error) &&
         sb_writer_tag_contact (writer, shop->one, shop->tag, TRUE, error) && sb_writer_set_contact_stage (writer, shop->one, shop->stage, error);
}

static void
test_details (Shop         *shop,
              gconstpointer data)
{
  g_autoptr (SbPerson) person = NULL;

  there_and_back (shop, change_details);
  person = sb_reader_get_person (reader_of (shop), shop->one);
  g_assert_cmpstr (person->name, ==, "Amina H.");
  g_assert_cmpstr (person->stage, ==, "Quote sent");
  g_assert_cmpstr (person->tags, ==, "VIP");
  g_assert_cmpstr (sb_person_get_field (person, "Likes"), ==, "Pistachio");
}

static gboolean
create (SbWriter *writer,
        gpointer  data,
        GError  **error)
{
  begin (writer);

  return sb_writer_create_contact (writer, "Zoë", "33639980144", NULL, error) != 0;
}

static void
test_create (Shop         *shop,
             gconstpointer data)
{
  there_and_back (shop, create);
}

static gboolean
take_a_number (SbWriter *writer,
               gpointer  data,
               GError  **error)
{
  return sb_writer_create_contact (writer, "Somebody", "447700900142", NULL, error) != 0;
}

static gboolean
block_own (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  SbWho  who = { .wa_id = "447700900001", .profile_name = "Ourselves" };
  gint64 id = sb_writer_find_contact (writer, &who, TRUE, error);

  return sb_writer_block_contact (writer, id, TRUE, FALSE, error);
}

static void
test_refusals (Shop         *shop,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sb_store_run (shop->file.store, take_a_number, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "Amina Haddad"));
  g_clear_error (&error);
  g_assert_false (sb_store_run (shop->file.store, block_own, shop, &error));
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
}

static gboolean
queue_something (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  Shop                 *shop = data;
  g_autoptr (SbMessage) message = sb_message_new ();
  SbOutgoing            outgoing = { .line_id = shop->line };

  message->thread_id = shop->thread_one;
  message->line_id = shop->line;
  message->kind = SB_MESSAGE_TEXT;
  message->direction = SB_DIRECTION_OUT;
  message->author = SB_AUTHOR_STAFF;
  message->status = SB_STATUS_QUEUED;
  message->sent_at = NOW;
  message->text = g_strdup ("soon");
  outgoing.message_id = sb_writer_add_message (writer, message, 0, error);

  return sb_writer_queue (writer, &outgoing, error) != 0;
}

static gboolean
remove_one (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  begin (writer);

  return sb_writer_remove_contact (writer, ((Shop *) data)->one, error);
}

static gboolean
customer_writes (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  Shop *shop = data;

  return say (writer, shop, shop->thread_one, SB_DIRECTION_IN, "it is me", NOW + 1000, error);
}

/* What waits for somebody is out of the outbox before they are off the lists; and who writes is back. */
static void
test_remove (Shop         *shop,
             gconstpointer data)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (SbPerson)  back = NULL;
  g_autoptr (SbPerson)  gone = NULL;

  sb_temp_shop_run (shop, queue_something);
  there_and_back (shop, remove_one);
  waiting = sb_reader_list_outbox (reader_of (shop), SB_STATUS_QUEUED, 0, 10);
  g_assert_cmpuint (waiting->len, ==, 0);
  gone = sb_reader_get_person (reader_of (shop), shop->one);
  g_assert_null (gone);
  sb_temp_shop_run (shop, customer_writes);
  back = sb_reader_get_person (reader_of (shop), shop->one);
  g_assert_nonnull (back);
  assert_recount (shop);
}

static gboolean
hide_one (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  begin (writer);

  return sb_writer_block_contact (writer, ((Shop *) data)->one, TRUE, TRUE, error);
}

static void
test_hidden (Shop         *shop,
             gconstpointer data)
{
  SbThreadFilter        any = { 0 };
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  there_and_back (shop, hide_one);
  sb_temp_shop_run (shop, customer_writes);
  threads = sb_reader_list_threads (reader_of (shop), &any, NULL, 10);
  g_assert_cmpuint (threads->len, ==, 1);
  messages = sb_reader_list_messages (reader_of (shop), shop->thread_one, 0, 0, 10);
  g_assert_cmpuint (messages->len, ==, 3);
  assert_recount (shop);
}

/* -- the owner's columns -- */

static gboolean
make_fields (SbWriter *writer,
             gpointer  data,
             GError  **error)
{
  char   *choices[] = { (char *) "Cash", (char *) "Card", NULL };
  SbField fields[] = { { .name = (char *) "Birthday", .kind = SB_FIELD_DATE }, { .name = (char *) "Spent", .kind = SB_FIELD_NUMBER }, { .name = (char *) "Pays", .kind = SB_FIELD_CHOICE, .choices = choices }, { .name = (char *) "Nuts", .kind = SB_FIELD_YES_NO } };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (sb_writer_save_field (writer, &fields[i], error) == 0)
      return FALSE;

  return TRUE;
}

typedef struct
{
  Shop       *shop;
  const char *name;
  const char *value;
} Value;

static gboolean
set_value (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  const Value *value = data;

  return sb_writer_set_contact_field (writer, value->shop->one, value->name, value->value, error);
}

static void
test_fields (Shop         *shop,
             gconstpointer data)
{
  static const struct
  {
    const char *name, *typed, *kept;
  } cases[] = {
    { "Birthday", "1990-02-03", "1990-02-03" },
    { "Birthday", "soon", NULL },
    { "Birthday", "2025-02-30", NULL },
    { "Spent", "12,50", "12.50" },
    { "Spent", "1.234,5", NULL },
    { "Spent", "much", NULL },
    { "Pays", "card", "Card" },
    { "Pays", "Gold", NULL },
    { "Nuts", "yes", "yes" },
    { "Nuts", "perhaps", NULL },
    { "Nuts", "", NULL },
  };

  sb_temp_shop_run (shop, make_fields);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Value              value = { shop, cases[i].name, cases[i].typed };
      g_autoptr (GError) error = NULL;
      gboolean           done = sb_store_run (shop->file.store, set_value, &value, &error);

      if (cases[i].kept == NULL && cases[i].typed[0] != '\0')
        {
          g_assert_false (done);
          g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
        }
      else
        {
          g_autoptr (SbPerson) person = sb_reader_get_person (reader_of (shop), shop->one);

          g_assert_no_error (error);
          g_assert_cmpstr (sb_person_get_field (person, cases[i].name), ==, cases[i].kept);
        }
    }
}

/* -- two that are one -- */

static gboolean
merge (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  Shop             *shop = data;
  const char *const from_gone[] = { "name", NULL };

  begin (writer);

  return sb_writer_merge_contacts (writer, shop->one, shop->other, from_gone, error);
}

static gboolean
dress_up (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop *shop = data;

  return sb_writer_set_contact_text (writer, shop->one, "name", "Amina", error) && sb_writer_set_contact_text (writer, shop->other, "name", "Mrs Haddad", error) &&
         sb_writer_set_contact_field (writer, shop->other, "Likes", "Rose", error) && sb_writer_tag_contact (writer, shop->other, shop->tag, TRUE, error) &&
         sb_writer_set_contact_stage (writer, shop->other, shop->stage, error) && sb_writer_save_draft (writer, shop->thread_other, "Dear", 0, error);
}

static void
test_merge (Shop         *shop,
            gconstpointer data)
{
  SbWho                 who = { .wa_id = "447700900143" };
  g_autoptr (SbPerson)  person = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (SbThread)  thread = NULL;
  g_autoptr (GPtrArray) moments = NULL;

  sb_temp_shop_run (shop, dress_up);
  there_and_back (shop, merge);
  person = sb_reader_get_person (reader_of (shop), shop->one);
  g_assert_cmpstr (person->name, ==, "Mrs Haddad");
  g_assert_cmpstr (person->tags, ==, "VIP");
  g_assert_cmpstr (person->stage, ==, "Quote sent");
  g_assert_cmpstr (sb_person_get_field (person, "Likes"), ==, "Rose");
  messages = sb_reader_list_messages (reader_of (shop), shop->thread_one, 0, 0, 10);
  g_assert_cmpuint (messages->len, ==, 4);
  thread = sb_reader_get_thread (reader_of (shop), shop->thread_one);
  g_assert_cmpint (thread->unread, ==, 2);
  g_assert_true (thread->unanswered);
  g_assert_cmpstr (thread->draft, ==, "Dear");
  g_assert_cmpint (sb_reader_find_number (reader_of (shop), who.wa_id), ==, shop->one);
  moments = sb_reader_list_moments (reader_of (shop), shop->one, 50);
  g_assert_cmpuint (moments->len, >, 3);
}

static gboolean
hand_made_twin (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  Shop *shop = data;

  shop->one = sb_writer_create_contact (writer, "Amina Haddad", "447700900199", NULL, error);

  return shop->one != 0 && sb_writer_tag_contact (writer, shop->other, shop->tag, TRUE, error);
}

/* Nobody wrote to the one who stays: the other's conversation goes over as it is. */
static void
test_merge_without_conversation (Shop         *shop,
                                 gconstpointer data)
{
  sb_temp_shop_run (shop, hand_made_twin);
  there_and_back (shop, merge);
  g_assert_cmpint (sb_reader_get_contact_thread (reader_of (shop), shop->one), ==, shop->thread_other);
}

static gboolean
keep_apart (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop *shop = data;

  begin (writer);

  return sb_writer_keep_apart (writer, shop->other, shop->one, error);
}

static void
test_twins (Shop         *shop,
            gconstpointer data)
{
  g_autoptr (GArray) before = sb_reader_list_twins (reader_of (shop), 10);
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) again = NULL;

  g_assert_cmpuint (before->len, ==, 1);
  sb_temp_shop_run (shop, keep_apart);
  after = sb_reader_find_twins (reader_of (shop), shop->one, 10);
  g_assert_cmpuint (after->len, ==, 0);
  sb_temp_shop_run (shop, undo);
  again = sb_reader_find_twins (reader_of (shop), shop->one, 10);
  g_assert_cmpuint (again->len, ==, 1);
}

/* -- lists -- */

static gboolean
add_names (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  return sb_writer_create_contact (writer, "élodie", "33639980101", NULL, error) != 0 && sb_writer_create_contact (writer, "Bruno", "33639980102", NULL, error) != 0 &&
         sb_writer_create_contact (writer, "Zara", NULL, "zara", error) != 0;
}

static void
assert_names (Shop                *shop,
              const SbPeopleQuery *query,
              const char          *names)
{
  g_autoptr (GArray)    ids = sb_reader_list_people (reader_of (shop), query);
  g_autoptr (GPtrArray) people = sb_reader_get_people (reader_of (shop), (const gint64 *) (gpointer) ids->data, ids->len);
  g_autoptr (GString)   found = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", ((SbPerson *) people->pdata[i])->name);
  g_assert_cmpstr (found->str, ==, names);
}

static void
test_lists (Shop         *shop,
            gconstpointer data)
{
  SbPeopleQuery by_name = { .sort = SB_PEOPLE_BY_NAME };
  SbPeopleQuery backwards = { .sort = SB_PEOPLE_BY_NAME, .backwards = TRUE, .words = (char *) "33 6 39" };
  SbPeopleQuery words = { .sort = SB_PEOPLE_BY_NAME, .words = (char *) "ami hadd" };
  SbPeopleQuery user = { .sort = SB_PEOPLE_BY_NAME, .words = (char *) "@zar" };
  SbPeopleQuery number = { .sort = SB_PEOPLE_BY_NAME, .words = (char *) "900143" };
  SbPeopleQuery nobody = { .sort = SB_PEOPLE_BY_LAST, .words = (char *) "blue sofa" };
  SbPeopleQuery staged = { .sort = SB_PEOPLE_BY_STAGE, .stage_id = shop->stage };

  sb_temp_shop_run (shop, add_names);
  assert_names (shop, &by_name, "Amina Haddad|Amina Haddad|Bruno|élodie|Zara");
  assert_names (shop, &backwards, "élodie|Bruno");
  assert_names (shop, &words, "Amina Haddad|Amina Haddad");
  assert_names (shop, &user, "Zara");
  assert_names (shop, &number, "Amina Haddad");
  assert_names (shop, &nobody, "");
  assert_names (shop, &staged, "");
  sb_temp_shop_run (shop, change_details);
  assert_names (shop, &staged, "Amina H.");
}

/* -- a random walk: whatever is done in whatever order, all of it can be taken back -- */

typedef struct
{
  Shop   *shop;
  guint32 dice;
} Step;

static gint64
anybody (Shop   *shop,
         guint32 dice)
{
  SbPeopleQuery      query = { .sort = SB_PEOPLE_BY_ADDED };
  g_autoptr (GArray) ids = sb_reader_list_people (reader_of (shop), &query);

  return ids->len > 0 ? g_array_index (ids, gint64, dice % ids->len) : 0;
}

static gboolean
walk_step (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  const Step      *step = data;
  gint64           one = anybody (step->shop, step->dice / 16);
  gint64           other = anybody (step->shop, step->dice / 512);
  g_autofree char *number = g_strdup_printf ("4477009%05u", step->dice % 90000 + 10000);

  begin (writer);
  switch (step->dice % 9)
    {
    case 0:
      return sb_writer_create_contact (writer, "Walker", sb_reader_find_number (sb_writer_get_reader (writer), number) == 0 ? number : NULL, NULL, error) != 0;
    case 1:
      return sb_writer_tag_contact (writer, one, step->shop->tag, (step->dice & 64) != 0, error);
    case 2:
      return sb_writer_set_contact_stage (writer, one, (step->dice & 64) != 0 ? step->shop->stage : 0, error);
    case 3:
      return sb_writer_set_contact_field (writer, one, "Likes", (step->dice & 64) != 0 ? number : NULL, error);
    case 4:
      return sb_writer_block_contact (writer, one, (step->dice & 64) != 0, (step->dice & 128) != 0, error);
    case 5:
      return sb_writer_remove_contact (writer, one, error);
    case 6:
      return sb_writer_set_contact_text (writer, one, "name", number, error);
    default:
      return one == other || sb_writer_merge_contacts (writer, one, other, NULL, error);
    }
}

static gboolean
walk_undo (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  gint64 *id = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 7);
  *id = sb_writer_last_undo (writer, 7, NULL);

  return *id == 0 || sb_writer_undo (writer, *id, error);
}

static void
test_walk (Shop         *shop,
           gconstpointer data)
{
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autoptr (GRand)  rand = g_rand_new_with_seed (20261121);
  g_autoptr (GError) error = NULL;
  gint64             undone = 1;

  sb_temp_shop_run (shop, dress_up);
  sb_temp_shop_run (shop, add_names);
  before = describe (shop);
  for (int i = 0; i < 120; i++)
    {
      Step step = { shop, g_rand_int (rand) };

      if (anybody (shop, 0) == 0 && step.dice % 9 != 0)
        continue;
      sb_store_run (shop->file.store, walk_step, &step, &error);
      g_assert_no_error (error);
      if (i % 20 == 0)
        assert_recount (shop);
    }
  assert_recount (shop);
  while (undone != 0)
    {
      sb_store_run (shop->file.store, walk_undo, &undone, &error);
      g_assert_no_error (error);
    }
  after = describe (shop);
  g_assert_cmpstr (after, ==, before);
  assert_recount (shop);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Shop         *shop,
                 gconstpointer data);
  } tests[] = {
    { "/contacts/details-come-and-go", test_details },
    { "/contacts/one-made-by-hand-can-be-taken-back", test_create },
    { "/contacts/a-taken-number-and-our-own-are-refused", test_refusals },
    { "/contacts/who-is-removed-gets-nothing-and-comes-back-by-writing", test_remove },
    { "/contacts/who-is-hidden-is-kept-and-not-shown", test_hidden },
    { "/contacts/fields-keep-to-their-kind", test_fields },
    { "/contacts/two-become-one-and-two-again", test_merge },
    { "/contacts/a-conversation-goes-over-as-it-is", test_merge_without_conversation },
    { "/contacts/not-the-same-person-is-remembered", test_twins },
    { "/contacts/lists-know-names-numbers-and-stages", test_lists },
    { "/contacts/a-walk-can-be-taken-back", test_walk },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Shop, NULL, set_up, tests[i].run, tear_down);

  return g_test_run ();
}
