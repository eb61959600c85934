#include "sb-person-traces.h"

#include <string.h>

#include "sb-json.h"
#include "sb-phone.h"

/* So many of the last digits of a number are nobody else's; the country in front of them is often not written. */
#define TAIL 8

/* What a person is known by, folded. */
typedef struct
{
  GPtrArray *tails; /* of the numbers */
  GPtrArray *names; /* of two words and more, mail addresses */
} Marks;

/* One row that names the person. */
typedef struct
{
  gint64 owner; /* the import or the paper */
  gint64 number;
  gint64 page;
  char  *text;
} Trace;

static void
trace_free (gpointer data)
{
  Trace *trace = data;

  g_free (trace->text);
  g_free (trace);
}

static void
marks_clear (Marks *marks)
{
  g_ptr_array_unref (marks->tails);
  g_ptr_array_unref (marks->names);
}

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

/* Without what people write between digits, whatever script they are in: "(0912) ٠٠٠-111" is "0912000111". */
static char *
tighten (const char *text)
{
  GString *tight = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c))
        g_string_append_c (tight, '0' + g_unichar_digit_value (c));
      else if (g_unichar_isalpha (c))
        g_string_append_unichar (tight, c);
    }

  return g_string_free (tight, FALSE);
}

static void
add_mark (Marks      *marks,
          const char *value)
{
  g_autofree char *folded = fold (value);
  gsize            length = strlen (value);

  if (sb_phone_is_digits (value))
    g_ptr_array_add (marks->tails, g_strdup (value + (length > TAIL ? length - TAIL : 0)));
  else if (strchr (folded, ' ') != NULL || strchr (folded, '@') != NULL)
    g_ptr_array_add (marks->names, g_steal_pointer (&folded));
}

#define KNOWN_AS                                                                                                          \
  "SELECT value FROM identity WHERE contact_id IN (" SB_PERSON_IDS ") UNION SELECT trim (name) FROM contact WHERE id IN " \
  "(" SB_PERSON_IDS ") UNION SELECT trim (profile_name) FROM contact WHERE id IN (" SB_PERSON_IDS ") UNION SELECT trim "  \
  "(value) FROM contact_field WHERE contact_id IN (" SB_PERSON_IDS ") AND value LIKE '%_@_%'"

static Marks
marks_of (SbDb  *db,
          gint64 contact_id)
{
  Marks         marks = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) };
  sqlite3_stmt *s = sb_db_query (db, NULL, KNOWN_AS, "i", contact_id);

  while (s != NULL && sb_db_step (db, s, NULL))
    if (sqlite3_column_text (s, 0) != NULL)
      add_mark (&marks, (const char *) sqlite3_column_text (s, 0));

  return marks;
}

static gboolean
names_person (const Marks *marks,
              const char  *text)
{
  g_autofree char *folded = fold (text);
  g_autofree char *tight = tighten (text);

  for (guint i = 0; i < marks->tails->len; i++)
    if (strstr (tight, marks->tails->pdata[i]) != NULL)
      return TRUE;
  for (guint i = 0; i < marks->names->len; i++)
    if (strstr (folded, marks->names->pdata[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* -- the two places -- */

/* A cell a line. */
static char *
text_of_cells (const char *json)
{
  g_autoptr (JsonNode) node = sb_json_parse (json, -1, NULL);
  GString             *text = g_string_new (NULL);
  JsonArray           *cells = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; cells != NULL && i < json_array_get_length (cells); i++)
    {
      const char *cell = json_array_get_string_element (cells, i);

      g_string_append_printf (text, "%s\n", cell != NULL ? cell : "");
    }

  return g_string_free (text, FALSE);
}

/* Of a row from paper: letter by letter, a cell a line. */
static char *
text_of_signs (const char *json,
               gint64     *page)
{
  g_autoptr (JsonNode) node = sb_json_parse (json, -1, NULL);
  JsonObject          *row = sb_json_root (node);
  g_autoptr (GList)    members = row != NULL ? json_object_get_members (row) : NULL;
  GString             *text = g_string_new (NULL);

  *page = sb_json_int (row, "page", 0);
  for (GList *member = members; member != NULL; member = member->next)
    {
      JsonArray *signs = sb_json_array (sb_json_object (row, member->data), "signs");

      for (guint i = 0; i < sb_json_length (signs); i++)
        {
          const char *letter = sb_json_string (sb_json_at (signs, i), "t");

          g_string_append (text, letter != NULL ? letter : "");
        }
      if (signs != NULL)
        g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static GPtrArray *
find_traces (SbDb        *db,
             const Marks *marks,
             gboolean     on_paper)
{
  static const char *const sql[] = { "SELECT import_id, number, cells FROM import_rejected", "SELECT paper_id, number, data FROM paper_row" };
  GPtrArray               *traces = g_ptr_array_new_with_free_func (trace_free);
  sqlite3_stmt            *s = sb_db_query (db, NULL, sql[on_paper ? 1 : 0], "");

  while (s != NULL && sb_db_step (db, s, NULL))
    {
      const char      *json = (const char *) sqlite3_column_text (s, 2);
      gint64           page = 0;
      g_autofree char *text = on_paper ? text_of_signs (json, &page) : text_of_cells (json);
      Trace           *trace;

      if (!names_person (marks, text))
        continue;
      trace = g_new0 (Trace, 1);
      trace->owner = sqlite3_column_int64 (s, 0);
      trace->number = sqlite3_column_int64 (s, 1);
      trace->page = page;
      trace->text = g_steal_pointer (&text);
      g_ptr_array_add (traces, trace);
    }

  return traces;
}

static const char *const tables_of[] = { "import_rejected", "paper_row" };

void
sb_person_traces_export (SbDb       *db,
                         gint64      contact_id,
                         JsonObject *tables)
{
  Marks marks = marks_of (db, contact_id);

  for (int on_paper = 0; on_paper < 2; on_paper++)
    {
      g_autoptr (GPtrArray) traces = find_traces (db, &marks, on_paper);
      JsonArray            *rows = json_array_new ();

      for (guint i = 0; i < traces->len; i++)
        {
          const Trace *trace = traces->pdata[i];

          json_array_add_object_element (rows, sb_json_make ("i:number", trace->number, "s:text", trace->text, NULL));
        }
      json_object_set_array_member (tables, tables_of[on_paper], rows);
    }
  marks_clear (&marks);
}

/* The picture of the page shows the person; rows of others that were read from it stay. */
static gboolean
forget_page (SbDb        *db,
             const Trace *trace,
             GPtrArray   *media,
             GError     **error)
{
  char *hash = sb_db_text (db, "SELECT hash FROM paper_page WHERE paper_id = ? AND number = ?", "ii", trace->owner, trace->page);

  if (hash == NULL)
    return TRUE;
  if (g_ptr_array_find_with_equal_func (media, hash, g_str_equal, NULL))
    g_free (hash);
  else
    g_ptr_array_add (media, hash);

  return sb_db_exec (db, error, "UPDATE paper_page SET hash = NULL WHERE paper_id = ? AND number = ?", "ii", trace->owner, trace->page);
}

gboolean
sb_person_traces_erase (SbDb       *db,
                        gint64      contact_id,
                        JsonObject *counts,
                        GPtrArray  *media,
                        GError    **error)
{
  static const char *const remove[] = { "DELETE FROM import_rejected WHERE import_id = ? AND number = ?", "DELETE FROM paper_row WHERE paper_id = ? AND number = ?" };
  Marks                    marks = marks_of (db, contact_id);
  gboolean                 done = TRUE;

  for (int on_paper = 0; on_paper < 2 && done; on_paper++)
    {
      g_autoptr (GPtrArray) traces = find_traces (db, &marks, on_paper);

      for (guint i = 0; i < traces->len && done; i++)
        {
          const Trace *trace = traces->pdata[i];

          done = (!on_paper || forget_page (db, trace, media, error)) && sb_db_exec (db, error, remove[on_paper], "ii", trace->owner, trace->number);
        }
      if (traces->len > 0)
        json_object_set_int_member (counts, tables_of[on_paper], traces->len);
    }
  marks_clear (&marks);

  /* A list that somebody began to bring in may have the person in it: it is begun anew. */
  return done && sb_db_exec (db, error, "DELETE FROM meta WHERE key = 'import-draft'", "");
}

#define EVIDENCE "SELECT DISTINCT evidence FROM consent WHERE contact_id IN (" SB_PERSON_IDS ") AND evidence IS NOT NULL"

GPtrArray *
sb_person_traces_release_evidence (SbDb       *db,
                                   gint64      contact_id,
                                   JsonObject *counts,
                                   GError    **error)
{
  g_autoptr (GPtrArray) evidence = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt         *s = sb_db_query (db, error, EVIDENCE, "i", contact_id);

  if (s == NULL)
    return NULL;
  while (sb_db_step (db, s, error))
    g_ptr_array_add (evidence, sb_db_dup_column (s, 0));
  if (!sb_db_exec (db, error,
                   "UPDATE paper_page SET hash = NULL WHERE hash IN (" EVIDENCE ") AND NOT EXISTS (SELECT 1 FROM consent o WHERE o.evidence = paper_page.hash AND "
                   "o.contact_id NOT IN (" SB_PERSON_IDS "))",
                   "i", contact_id))
    return NULL;
  if (sb_db_changes (db) > 0)
    json_object_set_int_member (counts, "paper_page", sb_db_changes (db));

  return g_steal_pointer (&evidence);
}
