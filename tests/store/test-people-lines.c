/* Who a number is, and what the owner's own fields hold when they change. */
#include "sb-card.h"
#include "sb-field-kind.h"
#include "sb-reader-contacts.h"
#include "sb-temp-shop.h"
#include "sb-writer-contacts.h"

#define NOW G_GINT64_CONSTANT (1763700000000)

typedef struct
{
  SbTempShop file;
  gint64     ana, undo;

  const char *number; /* asked */
  gint64      found;  /* answered */
  SbField     field;
  const char *name, *value;
} Shop;

static gboolean
make_ana (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop *shop = data;

  shop->ana = sb_writer_create_contact (writer, "Ana", "351912000111", NULL, error);

  return shop->ana != 0;
}

static void
set_up (Shop         *shop,
        gconstpointer data)
{
  sb_temp_shop_open (&shop->file, SB_STORE_INLINE, NOW, 1);
  sb_temp_shop_run (shop, make_ana);
}

static void
tear_down (Shop         *shop,
           gconstpointer data)
{
  sb_temp_shop_close (&shop->file);
}

/* -- numbers -- */

static gboolean
somebody_writes (SbWriter *writer,
                 gpointer  data,
                 GError  **error)
{
  Shop *shop = data;
  SbWho who = { .wa_id = shop->number, .profile_name = "Somebody" };

  shop->found = sb_writer_find_contact (writer, &who, TRUE, error);

  return shop->found != 0;
}

static gint64
who_writes (Shop       *shop,
            const char *number)
{
  shop->number = number;
  sb_temp_shop_run (shop, somebody_writes);

  return shop->found;
}

/* With and without the digit that a country puts into numbers of mobile phones it is one person; a fixed line has none. */
static void
test_variants (Shop         *shop,
               gconstpointer data)
{
  static const char *const pairs[][2] = {
    { "5511961234567", "551161234567" }, /* Brazil */
    { "5491123456789", "541123456789" }, /* Argentina */
    { "5212221234567", "522221234567" }, /* Mexico */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gint64 first = who_writes (shop, pairs[i][0]);

      g_assert_cmpint (who_writes (shop, pairs[i][1]), ==, first);
      g_assert_cmpint (who_writes (shop, pairs[i][0]), ==, first);
    }
  g_assert_cmpint (who_writes (shop, "551131234567"), !=, who_writes (shop, "5511931234567"));
  g_assert_cmpint (who_writes (shop, "447700900142"), !=, who_writes (shop, "447700900143"));
}

/* -- fields -- */

static gboolean
save_field (SbWriter *writer,
            gpointer  data,
            GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  shop->undo = sb_writer_begin_undo (writer, "fields", error);
  shop->found = sb_writer_save_field (writer, &shop->field, error);

  return shop->found != 0;
}

static gint64
field (Shop        *shop,
       gint64       id,
       const char  *name,
       SbFieldKind  kind,
       const char **choices)
{
  shop->field = (SbField) { .id = id, .name = (char *) name, .kind = kind, .choices = (char **) choices };
  sb_temp_shop_run (shop, save_field);

  return shop->found;
}

static gboolean
set_value (SbWriter *writer,
           gpointer  data,
           GError  **error)
{
  Shop *shop = data;

  return sb_writer_set_contact_field (writer, shop->ana, shop->name, shop->value, error);
}

static gboolean
give (Shop       *shop,
      const char *name,
      const char *value,
      char      **sentence)
{
  g_autoptr (GError) error = NULL;
  gboolean           done;

  shop->name = name;
  shop->value = value;
  done = sb_store_run (shop->file.store, set_value, shop, &error);
  if (sentence != NULL)
    *sentence = error != NULL ? g_strdup (error->message) : NULL;

  return done;
}

static void
assert_has (Shop       *shop,
            const char *name,
            const char *value)
{
  g_autoptr (SbPerson) ana = sb_reader_get_person (sb_store_get_reader (shop->file.store), shop->ana);

  g_assert_cmpstr (sb_person_get_field (ana, name), ==, value);
}

/* A day that no calendar has is refused with a sentence that says how to write one, and what was there stays. */
static void
test_dates (Shop         *shop,
            gconstpointer data)
{
  static const char *const impossible[] = { "2025-02-30", "2023-02-29", "2025-13-01", "2025-00-10", "2025-04-31", "0000-00-00", "31/02/2025", "30.02.2025", "99-99-9999", "1990-2-3x", "soon", "12", "2025", "20250230", "8.12E+11", "3 2 bananas", "3 Febtober 1990", "1990" };
  static const char *const written[][2] = { { "1990-2-3", "1990-02-03" }, { "3 February 1990", "1990-02-03" }, { "3 feb 1990", "1990-02-03" }, { " 1990-02-03 ", "1990-02-03" }, { "2024-02-29", "2024-02-29" } };

  field (shop, 0, "Birthday", SB_FIELD_DATE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_test_message ("%s", written[i][0]);
      g_assert_true (give (shop, "Birthday", written[i][0], NULL));
      assert_has (shop, "Birthday", written[i][1]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      g_autofree char *sentence = NULL;

      g_test_message ("%s", impossible[i]);
      g_assert_false (give (shop, "Birthday", impossible[i], &sentence));
      g_assert_cmpstr (sentence, ==, "This is not a date. Write it like 2026-11-21.");
      assert_has (shop, "Birthday", "2024-02-29");
    }
}

/* What was chosen before the list changed stays and is shown; it cannot be chosen anew. */
static void
test_choices (Shop         *shop,
              gconstpointer data)
{
  const char      *before[] = { "Cash", "Card", NULL };
  const char      *after[] = { "Cash", "Transfer", NULL };
  g_autofree char *sentence = NULL;
  g_autofree char *shown = NULL;
  gint64           id = field (shop, 0, "Pays", SB_FIELD_CHOICE, before);

  g_assert_true (give (shop, "Pays", "card", NULL));
  field (shop, id, "Pays", SB_FIELD_CHOICE, after);
  assert_has (shop, "Pays", "Card");
  shown = sb_field_show (&shop->field, "Card");
  g_assert_cmpstr (shown, ==, "Card");
  g_assert_true (give (shop, "Pays", "transfer", NULL));
  assert_has (shop, "Pays", "Transfer");
  g_assert_false (give (shop, "Pays", "Card", &sentence));
  g_assert_cmpstr (sentence, ==, "This is none of the choices.");
}

static gboolean
undo (SbWriter *writer,
      gpointer  data,
      GError  **error)
{
  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);

  return sb_writer_undo (writer, ((Shop *) data)->undo, error);
}

static gboolean
delete_field (SbWriter *writer,
              gpointer  data,
              GError  **error)
{
  Shop *shop = data;

  sb_writer_set_actor (writer, SB_AUTHOR_STAFF, 1);
  shop->undo = sb_writer_begin_undo (writer, "fields", error);

  return sb_writer_delete_field (writer, shop->found, error);
}

/* What stands in a field goes with its name, back with Undo, and is not lost with the field. */
static void
test_renamed (Shop         *shop,
              gconstpointer data)
{
  gint64 id = field (shop, 0, "Cake", SB_FIELD_TEXT, NULL);

  g_assert_true (give (shop, "Cake", "Lemon", NULL));
  field (shop, id, "Favourite", SB_FIELD_TEXT, NULL);
  assert_has (shop, "Favourite", "Lemon");
  assert_has (shop, "Cake", NULL);
  sb_temp_shop_run (shop, undo);
  assert_has (shop, "Cake", "Lemon");
  assert_has (shop, "Favourite", NULL);
  shop->found = id;
  sb_temp_shop_run (shop, delete_field);
  assert_has (shop, "Cake", "Lemon");
  sb_temp_shop_run (shop, undo);
  assert_has (shop, "Cake", "Lemon");
}

static gboolean
set_zone (SbWriter *writer,
          gpointer  data,
          GError  **error)
{
  Shop *shop = data;

  return sb_writer_set_contact_text (writer, shop->ana, "time_zone", shop->value, error);
}

static void
test_zones (Shop         *shop,
            gconstpointer data)
{
  static const char *const none[] = { "Atlantis/Poseidonis", "+25:00", "-1", "morning" };

  shop->value = "Africa/Casablanca";
  sb_temp_shop_run (shop, set_zone);
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autoptr (GError)   error = NULL;
      g_autoptr (SbPerson) ana = NULL;

      shop->value = none[i];
      g_test_message ("%s", none[i]);
      g_assert_false (sb_store_run (shop->file.store, set_zone, shop, &error));
      g_assert_cmpstr (error->message, ==, "There is no such time zone. Write it like Europe/London.");
      ana = sb_reader_get_person (sb_store_get_reader (shop->file.store), shop->ana);
      g_assert_cmpstr (ana->time_zone, ==, "Africa/Casablanca");
    }
}

#define ADD(path, function) g_test_add ("/store/people/" path, Shop, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("spellings-of-a-number-meet", test_variants);
  ADD ("impossible-dates-are-refused", test_dates);
  ADD ("a-list-of-choices-may-change", test_choices);
  ADD ("a-field-may-be-renamed", test_renamed);
  ADD ("only-zones-there-are", test_zones);

  return g_test_run ();
}
