/* Contacts as cards, by their numbers and page by page, and the imports they came with. */
#include "sb-store-private.h"

#include "sb-phone.h"

static gint64
find_identity (SbReader   *self,
               const char *digits)
{
  return sb_db_int (sb_reader_get_db (self), 0, "SELECT contact_id FROM identity WHERE kind IN (1, 2) AND value = ? LIMIT 1", "s", digits);
}

/* The contact with this number in any of its spellings; 0 for none. */
gint64
sb_reader_find_number (SbReader   *self,
                       const char *digits)
{
  g_auto (GStrv) variants = sb_phone_variants (digits);

  for (char **variant = variants; *variant != NULL; variant++)
    {
      gint64 id = find_identity (self, *variant);

      if (id != 0)
        return id;
    }

  return 0;
}

#define CARD_COLUMNS "SELECT id, name, language, country, blocked FROM contact "

static SbCard *
card_from (sqlite3_stmt *s)
{
  SbCard *card = sb_card_new ();

  card->contact_id = sqlite3_column_int64 (s, 0);
  card->name = sb_db_dup_column (s, 1);
  card->language = sb_db_dup_column (s, 2);
  card->country = sb_db_dup_column (s, 3);
  card->blocked = sqlite3_column_int (s, 4) != 0;

  return card;
}

/* The number a message would go to comes first. */
static void
fill_card (SbReader *self,
           SbCard   *card)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, "SELECT value FROM identity WHERE contact_id = ? AND kind IN (1, 2) ORDER BY kind DESC, id DESC", "i", card->contact_id);

  while (sb_db_step (db, s, NULL))
    sb_card_add_number (card, (const char *) sqlite3_column_text (s, 0));

  s = sb_db_query (db, NULL, "SELECT name, value FROM contact_field WHERE contact_id = ?", "i", card->contact_id);
  while (sb_db_step (db, s, NULL))
    sb_card_set_field (card, (const char *) sqlite3_column_text (s, 0), (const char *) sqlite3_column_text (s, 1));
}

SbCard *
sb_reader_get_card (SbReader *self,
                    gint64    contact_id)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, CARD_COLUMNS "WHERE id = ?", "i", contact_id);
  SbCard       *card = sb_db_step (db, s, NULL) ? card_from (s) : NULL;

  sb_db_done (s);
  if (card != NULL)
    fill_card (self, card);

  return card;
}

GPtrArray *
sb_reader_list_cards (SbReader *self,
                      gint64    after_id,
                      guint     limit)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_card_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, CARD_COLUMNS "WHERE id > ? AND removed = 0 ORDER BY id LIMIT ?", "in", after_id, (int) limit);

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (cards, card_from (s));
  for (guint i = 0; i < cards->len; i++)
    fill_card (self, cards->pdata[i]);

  return cards;
}

/* How many numbers a contact has at most, and all names of fields. Looks at every contact: for a worker. */
void
sb_reader_get_card_shape (SbReader *self,
                          guint    *n_numbers,
                          char   ***fields)
{
  SbDb                    *db = sb_reader_get_db (self);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  sqlite3_stmt            *s = sb_db_query (db, NULL, "SELECT DISTINCT name FROM contact_field ORDER BY name", "");

  while (sb_db_step (db, s, NULL))
    g_strv_builder_add (names, (const char *) sqlite3_column_text (s, 0));
  *fields = g_strv_builder_end (names);
  *n_numbers = (guint) sb_db_int (db, 1, "SELECT max (n) FROM (SELECT count(DISTINCT value) n FROM identity WHERE kind IN (1, 2) GROUP BY contact_id)", "");
}

/* -- imports -- */

void
sb_import_free (SbImport *self)
{
  g_free (self->file_name);
  g_free (self->kind);
  g_free (self);
}

void
sb_kept_row_free (SbKeptRow *self)
{
  g_free (self->name);
  g_free (self->why);
  g_free (self);
}

#define IMPORT_COLUMNS "SELECT id, at, file_name, kind, state, n_new, n_changed, n_same, n_merged, n_rejected FROM import "

static SbImport *
import_from (sqlite3_stmt *s)
{
  SbImport *import = g_new0 (SbImport, 1);

  import->id = sqlite3_column_int64 (s, 0);
  import->at = sqlite3_column_int64 (s, 1);
  import->file_name = sb_db_dup_column (s, 2);
  import->kind = sb_db_dup_column (s, 3);
  import->state = sqlite3_column_int (s, 4);
  import->n_new = (guint) sqlite3_column_int (s, 5);
  import->n_changed = (guint) sqlite3_column_int (s, 6);
  import->n_same = (guint) sqlite3_column_int (s, 7);
  import->n_merged = (guint) sqlite3_column_int (s, 8);
  import->n_rejected = (guint) sqlite3_column_int (s, 9);

  return import;
}

GPtrArray *
sb_reader_list_imports (SbReader *self,
                        guint     limit)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *imports = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_import_free);
  sqlite3_stmt *s = sb_db_query (db, NULL, IMPORT_COLUMNS "ORDER BY id DESC LIMIT ?", "n", (int) limit);

  while (sb_db_step (db, s, NULL))
    g_ptr_array_add (imports, import_from (s));

  return imports;
}

SbImport *
sb_reader_get_import (SbReader *self,
                      gint64    import_id)
{
  SbDb         *db = sb_reader_get_db (self);
  sqlite3_stmt *s = sb_db_query (db, NULL, IMPORT_COLUMNS "WHERE id = ?", "i", import_id);
  SbImport     *import = sb_db_step (db, s, NULL) ? import_from (s) : NULL;

  sb_db_done (s);

  return import;
}

GPtrArray *
sb_reader_list_kept (SbReader *self,
                     gint64    import_id,
                     guint     after_number,
                     guint     limit)
{
  SbDb         *db = sb_reader_get_db (self);
  GPtrArray    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_kept_row_free);
  sqlite3_stmt *s = sb_db_query (db, NULL,
                                 "SELECT r.number, r.contact_id, coalesce (c.name, c.profile_name), r.kept FROM import_row r JOIN contact c ON c.id = r.contact_id "
                                 "WHERE r.import_id = ? AND r.number > ? AND r.undone = 2 ORDER BY r.number LIMIT ?",
                                 "iin", import_id, (gint64) after_number, (int) limit);

  while (sb_db_step (db, s, NULL))
    {
      SbKeptRow *row = g_new0 (SbKeptRow, 1);

      row->number = (guint) sqlite3_column_int64 (s, 0);
      row->contact_id = sqlite3_column_int64 (s, 1);
      row->name = sb_db_dup_column (s, 2);
      row->why = sb_db_dup_column (s, 3);
      g_ptr_array_add (rows, row);
    }

  return rows;
}
