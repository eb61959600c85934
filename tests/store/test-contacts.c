/* The shop's people: what a person does with them, taken back and done again, and the lists they stand in. */
#include "sb-card.h"
#include "sb-error.h"
#include "sb-people-shop.h"

/* -- single acts -- */

static gboolean
change_details (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  SbPeopleShop *shop = data;

  sb_people_shop_begin (writer);

  return sb_writer_set_contact_text (writer, shop->one, "name", "Amina H.", error) && sb_writer_set_contact_text (writer, shop->one, "language", "ar", error) &&
         sb_writer_set_contact_text (writer, shop->one, "time_zone", "Africa/Cairo", error) && sb_writer_set_contact_field (writer, shop->one, "Likes", "Pistachio", error) &&
         sb_writer_tag_contact (writer, shop->one, shop->tag, TRUE, error) && sb_writer_set_contact_stage (writer, shop->one, shop->stage, error);
}

static void
test_details (SbPeopleShop *shop,
              gconstpointer data)
{
  g_autoptr (SbPerson) person = NULL;

  sb_people_shop_there_and_back (shop, change_details);
  person = sb_reader_get_person (sb_people_shop_reader (shop), shop->one);
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
  sb_people_shop_begin (writer);

  return sb_writer_create_contact (writer, "Zoë", "33639980144", NULL, error) != 0;
}

static void
test_create (SbPeopleShop *shop,
             gconstpointer data)
{
  sb_people_shop_there_and_back (shop, create);
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
test_refusals (SbPeopleShop *shop,
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
  SbPeopleShop         *shop = data;
  g_autoptr (SbMessage) message = sb_message_new ();
  SbOutgoing            outgoing = { .line_id = shop->line };

  message->thread_id = shop->thread_one;
  message->line_id = shop->line;
  message->kind = SB_MESSAGE_TEXT;
  message->direction = SB_DIRECTION_OUT;
  message->author = SB_AUTHOR_STAFF;
  message->status = SB_STATUS_QUEUED;
  message->sent_at = SB_PEOPLE_NOW;
  message->text = g_strdup ("soon");
  outgoing.message_id = sb_writer_add_message (writer, message, 0, error);

  return sb_writer_queue (writer, &outgoing, error) != 0;
}

static gboolean
remove_one (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  sb_people_shop_begin (writer);

  return sb_writer_remove_contact (writer, ((SbPeopleShop *) data)->one, error);
}

static gboolean
customer_writes (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  SbPeopleShop *shop = data;

  return sb_people_shop_say (writer, shop, shop->thread_one, SB_DIRECTION_IN, "it is me", SB_PEOPLE_NOW + 1000, error);
}

/* What waits for somebody is out of the outbox before they are off the lists; and who writes is back. */
static void
test_remove (SbPeopleShop *shop,
             gconstpointer data)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (SbPerson)  back = NULL;
  g_autoptr (SbPerson)  gone = NULL;

  sb_temp_shop_run (shop, queue_something);
  sb_people_shop_there_and_back (shop, remove_one);
  waiting = sb_reader_list_outbox (sb_people_shop_reader (shop), SB_STATUS_QUEUED, 0, 10);
  g_assert_cmpuint (waiting->len, ==, 0);
  gone = sb_reader_get_person (sb_people_shop_reader (shop), shop->one);
  g_assert_null (gone);
  sb_temp_shop_run (shop, customer_writes);
  back = sb_reader_get_person (sb_people_shop_reader (shop), shop->one);
  g_assert_nonnull (back);
  sb_people_shop_assert_recount (shop);
}

static gboolean
hide_one (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  sb_people_shop_begin (writer);

  return sb_writer_block_contact (writer, ((SbPeopleShop *) data)->one, TRUE, TRUE, error);
}

static void
test_hidden (SbPeopleShop *shop,
             gconstpointer data)
{
  SbThreadFilter        any = { 0 };
  g_autoptr (GPtrArray) threads = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  sb_people_shop_there_and_back (shop, hide_one);
  sb_temp_shop_run (shop, customer_writes);
  threads = sb_reader_list_threads (sb_people_shop_reader (shop), &any, NULL, 10);
  g_assert_cmpuint (threads->len, ==, 1);
  messages = sb_reader_list_messages (sb_people_shop_reader (shop), shop->thread_one, 0, 0, 10);
  g_assert_cmpuint (messages->len, ==, 3);
  sb_people_shop_assert_recount (shop);
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
  SbPeopleShop *shop;
  const char   *name;
  const char   *value;
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
test_fields (SbPeopleShop *shop,
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
          g_autoptr (SbPerson) person = sb_reader_get_person (sb_people_shop_reader (shop), shop->one);

          g_assert_no_error (error);
          g_assert_cmpstr (sb_person_get_field (person, cases[i].name), ==, cases[i].kept);
        }
    }
}

/* -- lists -- */

static void
assert_names (SbPeopleShop        *shop,
              const SbPeopleQuery *query,
              const char          *names)
{
  g_autoptr (GArray)    ids = sb_reader_list_people (sb_people_shop_reader (shop), query);
  g_autoptr (GPtrArray) people = sb_reader_get_people (sb_people_shop_reader (shop), (const gint64 *) (gpointer) ids->data, ids->len);
  g_autoptr (GString)   found = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", ((SbPerson *) people->pdata[i])->name);
  g_assert_cmpstr (found->str, ==, names);
}

static void
test_lists (SbPeopleShop *shop,
            gconstpointer data)
{
  SbPeopleQuery by_name = { .sort = SB_PEOPLE_BY_NAME };
  SbPeopleQuery backwards = { .sort = SB_PEOPLE_BY_NAME, .backwards = TRUE, .words = (char *) "33 6 39" };
  SbPeopleQuery words = { .sort = SB_PEOPLE_BY_NAME, .words = (char *) "ami hadd" };
  SbPeopleQuery user = { .sort = SB_PEOPLE_BY_NAME, .words = (char *) "@zar" };
  SbPeopleQuery number = { .sort = SB_PEOPLE_BY_NAME, .words = (char *) "900143" };
  SbPeopleQuery nobody = { .sort = SB_PEOPLE_BY_LAST, .words = (char *) "blue sofa" };
  SbPeopleQuery staged = { .sort = SB_PEOPLE_BY_STAGE, .stage_id = shop->stage };

  sb_temp_shop_run (shop, sb_people_shop_add_names);
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

int
main (int    argc,
      char **argv)
{
  static const SbPeopleTest tests[] = {
    { "/contacts/details-come-and-go", test_details },
    { "/contacts/one-made-by-hand-can-be-taken-back", test_create },
    { "/contacts/a-taken-number-and-our-own-are-refused", test_refusals },
    { "/contacts/who-is-removed-gets-nothing-and-comes-back-by-writing", test_remove },
    { "/contacts/who-is-hidden-is-kept-and-not-shown", test_hidden },
    { "/contacts/fields-keep-to-their-kind", test_fields },
    { "/contacts/lists-know-names-numbers-and-stages", test_lists },
  };

  return sb_people_shop_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
