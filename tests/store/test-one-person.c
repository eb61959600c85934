/* Two people that become one and two again, and a walk of random acts that is taken back. */
#include "sb-people-shop.h"

/* -- two that are one -- */

static gboolean
merge (SbWriter *writer,
       gpointer  data,
       GError  **error)
{
  SbPeopleShop     *shop = data;
  const char *const from_gone[] = { "name", NULL };

  sb_people_shop_begin (writer);

  return sb_writer_merge_contacts (writer, shop->one, shop->other, from_gone, error);
}

static gboolean
dress_up (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  SbPeopleShop *shop = data;

  return sb_writer_set_contact_text (writer, shop->one, "name", "Amina", error) && sb_writer_set_contact_text (writer, shop->other, "name", "Mrs Haddad", error) &&
         sb_writer_set_contact_field (writer, shop->other, "Likes", "Rose", error) && sb_writer_tag_contact (writer, shop->other, shop->tag, TRUE, error) &&
         sb_writer_set_contact_stage (writer, shop->other, shop->stage, error) && sb_writer_save_draft (writer, shop->thread_other, "Dear", 0, error);
}

static void
test_merge (SbPeopleShop *shop,
            gconstpointer data)
{
  SbWho                 who = { .wa_id = "447700900143" };
  g_autoptr (SbPerson)  person = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (SbThread)  thread = NULL;
  g_autoptr (GPtrArray) moments = NULL;

  sb_temp_shop_run (shop, dress_up);
  sb_people_shop_there_and_back (shop, merge);
  person = sb_reader_get_person (sb_people_shop_reader (shop), shop->one);
  g_assert_cmpstr (person->name, ==, "Mrs Haddad");
  g_assert_cmpstr (person->tags, ==, "VIP");
  g_assert_cmpstr (person->stage, ==, "Quote sent");
  g_assert_cmpstr (sb_person_get_field (person, "Likes"), ==, "Rose");
  messages = sb_reader_list_messages (sb_people_shop_reader (shop), shop->thread_one, 0, 0, 10);
  g_assert_cmpuint (messages->len, ==, 4);
  thread = sb_reader_get_thread (sb_people_shop_reader (shop), shop->thread_one);
  g_assert_cmpint (thread->unread, ==, 2);
  g_assert_true (thread->unanswered);
  g_assert_cmpstr (thread->draft, ==, "Dear");
  g_assert_cmpint (sb_reader_find_number (sb_people_shop_reader (shop), who.wa_id), ==, shop->one);
  moments = sb_reader_list_moments (sb_people_shop_reader (shop), shop->one, 50);
  g_assert_cmpuint (moments->len, >, 3);
}

static gboolean
hand_made_twin (SbWriter *writer,
                gpointer  data,
                GError  **error)
{
  SbPeopleShop *shop = data;

  shop->one = sb_writer_create_contact (writer, "Amina Haddad", "447700900199", NULL, error);

  return shop->one != 0 && sb_writer_tag_contact (writer, shop->other, shop->tag, TRUE, error);
}

/* Nobody wrote to the one who stays: the other's conversation goes over as it is. */
static void
test_merge_without_conversation (SbPeopleShop *shop,
                                 gconstpointer data)
{
  sb_temp_shop_run (shop, hand_made_twin);
  sb_people_shop_there_and_back (shop, merge);
  g_assert_cmpint (sb_reader_get_contact_thread (sb_people_shop_reader (shop), shop->one), ==, shop->thread_other);
}

static gboolean
keep_apart (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  SbPeopleShop *shop = data;

  sb_people_shop_begin (writer);

  return sb_writer_keep_apart (writer, shop->other, shop->one, error);
}

static void
test_twins (SbPeopleShop *shop,
            gconstpointer data)
{
  g_autoptr (GArray) before = sb_reader_list_twins (sb_people_shop_reader (shop), 10);
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) again = NULL;

  g_assert_cmpuint (before->len, ==, 1);
  sb_temp_shop_run (shop, keep_apart);
  after = sb_reader_find_twins (sb_people_shop_reader (shop), shop->one, 10);
  g_assert_cmpuint (after->len, ==, 0);
  sb_temp_shop_run (shop, sb_people_shop_undo);
  again = sb_reader_find_twins (sb_people_shop_reader (shop), shop->one, 10);
  g_assert_cmpuint (again->len, ==, 1);
}

/* -- a random walk: whatever is done in whatever order, all of it can be taken back -- */

typedef struct
{
  SbPeopleShop *shop;
  guint32       dice;
} Step;

static gint64
anybody (SbPeopleShop *shop,
         guint32       dice)
{
  SbPeopleQuery      query = { .sort = SB_PEOPLE_BY_ADDED };
  g_autoptr (GArray) ids = sb_reader_list_people (sb_people_shop_reader (shop), &query);

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

  sb_people_shop_begin (writer);
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
test_walk (SbPeopleShop *shop,
           gconstpointer data)
{
  g_autofree char   *before = NULL;
  g_autofree char   *after = NULL;
  g_autoptr (GRand)  rand = g_rand_new_with_seed (20261121);
  g_autoptr (GError) error = NULL;
  gint64             undone = 1;

  sb_temp_shop_run (shop, dress_up);
  sb_temp_shop_run (shop, sb_people_shop_add_names);
  before = sb_people_shop_describe (shop);
  for (int i = 0; i < 120; i++)
    {
      Step step = { shop, g_rand_int (rand) };

      if (anybody (shop, 0) == 0 && step.dice % 9 != 0)
        continue;
      sb_store_run (shop->file.store, walk_step, &step, &error);
      g_assert_no_error (error);
      if (i % 20 == 0)
        sb_people_shop_assert_recount (shop);
    }
  sb_people_shop_assert_recount (shop);
  while (undone != 0)
    {
      sb_store_run (shop->file.store, walk_undo, &undone, &error);
      g_assert_no_error (error);
    }
  after = sb_people_shop_describe (shop);
  g_assert_cmpstr (after, ==, before);
  sb_people_shop_assert_recount (shop);
}

int
main (int    argc,
      char **argv)
{
  static const SbPeopleTest tests[] = {
    { "/contacts/two-become-one-and-two-again", test_merge },
    { "/contacts/a-conversation-goes-over-as-it-is", test_merge_without_conversation },
    { "/contacts/not-the-same-person-is-remembered", test_twins },
    { "/contacts/a-walk-can-be-taken-back", test_walk },
  };

  return sb_people_shop_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
