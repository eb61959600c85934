/* Macros, the shop's hours, who writes what, and what customers thought of it. */
#include "sb-reader-desk.h"
#include "sb-store-private.h"

#include <string.h>

/* -- macros -- */

/* One that cannot be read has no steps; sb_reader_check_macro () says so. */
static SbMacro *
macro_from (sqlite3_stmt *s)
{
  SbMacro           *macro = sb_macro_new ();
  g_autofree char   *steps = sb_db_dup_column (s, 3);
  g_autoptr (GError) error = NULL;

  macro->id = sqlite3_column_int64 (s, 0);
  macro->name = sb_db_dup_column (s, 1);
  macro->key = sb_db_dup_column (s, 2);
  macro->position = sqlite3_column_int (s, 4);
  if (!sb_macro_take_steps (macro, steps != NULL ? steps : "", &error))
    {
      g_message ("A macro cannot be read: %s", error->message);
      g_ptr_array_set_size (macro->steps, 0);
    }

  return macro;
}

GPtrArray *
sb_reader_list_macros (SbReader *self)
{
  GPtrArray    *macros = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_macro_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT id, name, key, steps, position FROM macro ORDER BY position, id", "");

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    g_ptr_array_add (macros, macro_from (s));

  return macros;
}

/* (nullable) */
SbMacro *
sb_reader_get_macro (SbReader *self,
                     gint64    macro_id)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL, "SELECT id, name, key, steps, position FROM macro WHERE id = ?", "i", macro_id);
  SbMacro      *macro = NULL;

  if (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      macro = macro_from (s);
      sb_db_done (s);
    }

  return macro;
}

static SbMacroFault
check_step (SbDb              *db,
            const SbMacroStep *step)
{
  if ((step->kind == SB_STEP_TAG || step->kind == SB_STEP_UNTAG) && sb_db_int (db, 0, "SELECT 1 FROM tag WHERE id = ?", "i", step->value) == 0)
    return SB_MACRO_NO_TAG;
  if (step->kind == SB_STEP_ASSIGN && step->value != 0 && sb_db_int (db, 0, "SELECT active FROM staff WHERE id = ?", "i", step->value) != 1)
    return SB_MACRO_NO_PERSON;

  return SB_MACRO_FINE;
}

SbMacroFault
sb_reader_check_macro (SbReader      *self,
                       const SbMacro *macro,
                       char         **name)
{
  if (macro->steps->len == 0)
    return SB_MACRO_UNREADABLE;

  for (guint i = 0; i < macro->steps->len; i++)
    {
      const SbMacroStep *step = macro->steps->pdata[i];
      SbMacroFault       fault = check_step (sb_reader_get_db (self), step);

      if (fault == SB_MACRO_FINE)
        continue;
      if (name != NULL)
        *name = g_strdup (step->text != NULL ? step->text : "");
      return fault;
    }

  return SB_MACRO_FINE;
}

/* -- settings -- */

SbDesk *
sb_reader_get_desk (SbReader *self)
{
  g_autofree char *text = sb_reader_get_meta (self, "desk");

  return sb_desk_from_text (text);
}

/* -- drafts -- */

/* (nullable) */
SbDraft *
sb_reader_get_draft_of (SbReader *self,
                        gint64    thread_id,
                        gint64    staff_id)
{
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL,
                                 "SELECT text, quote_id, edited_at FROM draft WHERE thread_id = ?1 AND staff_id IN (0, ?2) UNION ALL "
                                 "SELECT text, quote_id, edited_at FROM draft_aside WHERE thread_id = ?1 AND staff_id = ?2 LIMIT 1",
                                 "ii", thread_id, staff_id);
  SbDraft      *draft = NULL;

  if (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      draft = g_new0 (SbDraft, 1);
      draft->text = sb_db_dup_column (s, 0);
      draft->quote_id = sqlite3_column_int64 (s, 1);
      draft->edited_at = sqlite3_column_int64 (s, 2);
      sb_db_done (s);
    }

  return draft;
}

GPtrArray *
sb_reader_list_writers (SbReader *self,
                        gint64    thread_id,
                        gint64    staff_id,
                        gint64    since)
{
  GPtrArray    *writers = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_named_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL,
                                 "SELECT s.id, s.name FROM staff s JOIN (SELECT staff_id, edited_at FROM draft WHERE thread_id = ?1 UNION ALL "
                                 "SELECT staff_id, edited_at FROM draft_aside WHERE thread_id = ?1) d ON d.staff_id = s.id WHERE d.staff_id != ?2 AND d.edited_at >= ?3 "
                                 "ORDER BY d.edited_at DESC",
                                 "iii", thread_id, staff_id, since);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbNamed *writer = sb_named_new ();

      writer->id = sqlite3_column_int64 (s, 0);
      writer->name = sb_db_dup_column (s, 1);
      g_ptr_array_add (writers, writer);
    }

  return writers;
}

/* -- how it was -- */

void
sb_rating_free (SbRating *self)
{
  g_free (self->staff);
  g_free (self);
}

GPtrArray *
sb_reader_list_ratings (SbReader *self,
                        gint64    thread_id,
                        guint     limit)
{
  GPtrArray    *ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_rating_free);
  sqlite3_stmt *s = sb_db_query (sb_reader_get_db (self), NULL,
                                 "SELECT c.scale, c.score, c.answered_at, s.name FROM closing c LEFT JOIN staff s ON s.id = c.staff_id "
                                 "WHERE c.thread_id = ? AND c.score > 0 ORDER BY c.id DESC LIMIT ?",
                                 "in", thread_id, (int) limit);

  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbRating *rating = g_new0 (SbRating, 1);

      rating->scale = sqlite3_column_int (s, 0);
      rating->score = sqlite3_column_int (s, 1);
      rating->at = sqlite3_column_int64 (s, 2);
      rating->staff = sb_db_dup_column (s, 3);
      g_ptr_array_add (ratings, rating);
    }

  return ratings;
}
