/* Conversations and people. */
#include "sb-store-private.h"

#include "sb-json.h"
#include "sb-phone.h"
#include "sb-reader-private.h"
#include "sb-reader-reading.h"

struct _SbReader
{
  GObject parent_instance;

  SbDb       *db;
  char       *folder;
  gboolean    owns;
  gint64      staff_id;  /* whose reading it tells of */
  gint64      own_id;    /* the same, where they have rows of their own; else 0 */
  GHashTable *formatted; /* digits -> how they are written, of the numbers seen last */
};

G_DEFINE_FINAL_TYPE (SbReader, sb_reader, G_TYPE_OBJECT)

static void
sb_reader_finalize (GObject *object)
{
  SbReader *self = SB_READER (object);

  if (self->owns)
    sb_db_close (self->db);
  g_hash_table_unref (self->formatted);
  g_free (self->folder);

  G_OBJECT_CLASS (sb_reader_parent_class)->finalize (object);
}

static void
sb_reader_class_init (SbReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sb_reader_finalize;
}

static void
sb_reader_init (SbReader *self)
{
  self->formatted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SbReader *
sb_reader_new_over (SbDb       *db,
                    const char *folder,
                    gboolean    owns)
{
  SbReader *self = g_object_new (SB_TYPE_READER, NULL);

  self->db = db;
  self->folder = g_strdup (folder);
  self->owns = owns;

  return self;
}

SbDb *
sb_reader_get_db (SbReader *self)
{
  return self->db;
}

const char *
sb_reader_get_folder (SbReader *self)
{
  return self->folder;
}

/* -- whose -- */

void
sb_reader_set_staff (SbReader *self,
                     gint64    staff_id)
{
  self->staff_id = staff_id;
  self->own_id = sb_db_int (self->db, 0, "SELECT id FROM staff WHERE id = ? AND own_reading = 1", "i", staff_id);
}

gint64
sb_reader_get_staff (SbReader *self)
{
  return self->staff_id;
}

gint64
sb_reader_get_own (SbReader *self)
{
  return self->own_id;
}

/* -- threads -- */

#define MOST_FORMATTED 4096

#define NUMBER_OF   "(SELECT value FROM identity i WHERE i.contact_id = t.contact_id AND kind IN (2, 1) ORDER BY kind DESC, id DESC LIMIT 1)"
#define USERNAME_OF "(SELECT value FROM identity i WHERE i.contact_id = t.contact_id AND kind = 5 LIMIT 1)"

/* Of the first person it stands in the conversation's row, of everybody else in one of their own. */
#define UNREAD_OF(staff) "coalesce ((SELECT r.unread FROM reading r WHERE r.thread_id = t.id AND r.staff_id = " staff "), t.unread)"

#define THREAD_COLUMNS(unread)                                                                                                              \
  "SELECT t.id, t.contact_id, t.line_id, c.name, c.profile_name, " NUMBER_OF ", " USERNAME_OF ", t.status, t.assignee_id, t.last_at, "      \
  "t.last_direction, t.last_kind, t.last_status, t.last_author, t.preview, " unread ", t.unanswered, t.pinned, c.blocked, t.snooze_until, " \
  "(SELECT max (last_in_at + 86400000, free_until) FROM thread_line l WHERE l.thread_id = t.id AND l.line_id = t.line_id), "                \
  "t.unanswered_since, t.n_waiting, t.n_failed, t.n_unknown, (SELECT substr (text, 1, 80) FROM draft d WHERE d.thread_id = t.id), "         \
  "(SELECT group_concat (name, ', ') FROM thread_tag g JOIN tag ON tag.id = g.tag_id WHERE g.thread_id = t.id), "                           \
  "(SELECT name FROM staff s WHERE s.id = t.assignee_id), (SELECT active FROM staff s WHERE s.id = t.assignee_id) "                         \
  "FROM thread t JOIN contact c ON c.id = t.contact_id "

static gboolean
is_filled (const char *text)
{
  return text != NULL && text[0] != '\0';
}

/* Laying a number out costs more than reading the row it stands in, and the same rows are read again and again. */
const char *
sb_reader_format_number (SbReader   *self,
                         const char *digits)
{
  const char *known = g_hash_table_lookup (self->formatted, digits);
  char       *shown;

  if (known != NULL)
    return known;

  if (g_hash_table_size (self->formatted) >= MOST_FORMATTED)
    g_hash_table_remove_all (self->formatted);
  shown = sb_phone_format (digits);
  g_hash_table_insert (self->formatted, g_strdup (digits), shown != NULL ? shown : g_strdup (""));

  return g_hash_table_lookup (self->formatted, digits);
}

/* (transfer full): number or user name, empty when neither is known */
static char *
make_handle (SbReader   *self,
             const char *number,
             const char *username)
{
  const char *shown = is_filled (number) ? sb_reader_format_number (self, number) : NULL;

  return is_filled (shown) ? g_strdup (shown) : is_filled (username) ? g_strconcat ("@", username, NULL)
                                                                     : g_strdup ("");
}

/* The shop's own name for the customer, else the customer's, else number or user name. */
static void
name_thread (SbReader   *self,
             SbThread   *thread,
             gboolean    whole,
             const char *name,
             const char *profile_name,
             const char *number,
             const char *username)
{
  const char *known = is_filled (name) ? name : profile_name;

  if (whole || !is_filled (known))
    thread->handle = make_handle (self, number, username);
  thread->name = g_strdup (is_filled (known) ? known : is_filled (thread->handle) ? thread->handle
                                                                                  : "?");
}

static SbStatus
worst_status (const SbThread *thread,
              SbStatus        newest)
{
  if (thread->n_unknown > 0)
    return SB_STATUS_UNKNOWN;

  return newest;
}

/* @whole: with the number also where a name is known: the first number of a program costs as much as all rows of a window */
static SbThread *
thread_from (SbReader     *self,
             sqlite3_stmt *s,
             gboolean      whole)
{
  SbThread        *thread = sb_thread_new ();
  g_autofree char *name = sb_db_dup_column (s, 3);
  g_autofree char *profile_name = sb_db_dup_column (s, 4);
  g_autofree char *number = sb_db_dup_column (s, 5);
  g_autofree char *username = sb_db_dup_column (s, 6);

  thread->id = sqlite3_column_int64 (s, 0);
  thread->contact_id = sqlite3_column_int64 (s, 1);
  thread->line_id = sqlite3_column_int64 (s, 2);
  name_thread (self, thread, whole, name, profile_name, number, username);
  thread->status = sqlite3_column_int (s, 7);
  thread->assignee_id = sqlite3_column_int64 (s, 8);
  thread->last_at = sqlite3_column_int64 (s, 9);
  thread->last_direction = sqlite3_column_int (s, 10);
  thread->last_kind = sqlite3_column_int (s, 11);
  thread->last_author = sqlite3_column_int (s, 13);
  thread->preview = sb_db_dup_column (s, 14);
  thread->unread = sqlite3_column_int (s, 15);
  thread->unanswered = sqlite3_column_int (s, 16) != 0;
  thread->pinned = sqlite3_column_int (s, 17) != 0;
  thread->blocked = sqlite3_column_int (s, 18) != 0;
  thread->snooze_until = sqlite3_column_int64 (s, 19);
  thread->window_until = sqlite3_column_int64 (s, 20);
  thread->unanswered_since = sqlite3_column_int64 (s, 21);
  thread->n_waiting = sqlite3_column_int (s, 22);
  thread->n_failed = sqlite3_column_int (s, 23);
  thread->n_unknown = sqlite3_column_int (s, 24);
  thread->draft = sb_db_dup_column (s, 25);
  thread->tags = sb_db_dup_column (s, 26);
  thread->assignee = sb_db_dup_column (s, 27);
  thread->assignee_gone = thread->assignee != NULL && sqlite3_column_int (s, 28) == 0;
  thread->last_status = worst_status (thread, sqlite3_column_int (s, 12));

  return thread;
}

/*
 * One statement for each index that a list can walk; the other conditions are checked row by row on that walk. Parameters:
 * 1 pinned, 2 last_at, 3 id of the place to go on from, 4 limit, 5 status, 6 assignee (-1 nobody, 0 any),
 * 7 unread only, 8 unanswered only, 9 with customer, 10 line, 11 not closed, 12 tag list as JSON, 13 how many of them must be there,
 * 14 whose reading it is, unless it is the first person's.
 * The top of a list and a page from its middle are two statements: only a bare comparison lets the index be sought in.
 */
#define AFTER "(t.pinned, t.last_at, t.id) < (?1, ?2, ?3) AND "
#define REST(unread)                                                                                                             \
  "(?5 = 0 OR t.status = ?5) AND (?6 = 0 OR t.assignee_id = CASE ?6 WHEN -1 THEN 0 ELSE ?6 END) AND (?7 = 0 OR " unread " > 0) " \
  "AND (?8 = 0 OR t.unanswered = 1) AND (?9 = 0 OR t.unanswered = 0) AND (?10 = 0 OR t.line_id = ?10) "                          \
  "AND (?11 = 0 OR t.status IN (1, 2)) AND NOT EXISTS (SELECT 1 FROM contact a WHERE a.id = t.contact_id AND (a.removed = 1 OR a.hidden = 1)) AND (?13 = 0 OR (SELECT count(*) FROM thread_tag g, json_each (?12) j WHERE g.thread_id = t.id AND g.tag_id = j.value) >= ?13) "
#define ORDER "ORDER BY t.pinned DESC, t.last_at DESC, t.id DESC LIMIT ?4"
#define FIRST "t.unread"
#define OWN   UNREAD_OF ("?14")

static const char *
tags_json (const SbThreadFilter *filter,
           GString              *json,
           int                  *n)
{
  g_string_assign (json, "[");
  for (*n = 0; *n < (int) G_N_ELEMENTS (filter->tag_ids) && filter->tag_ids[*n] != 0; (*n)++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, *n > 0 ? "," : "", filter->tag_ids[*n]);
  g_string_append_c (json, ']');

  return json->str;
}

#define UNREAD       "WHERE t.unread > 0 AND "
#define OWED         "WHERE t.unanswered = 1 AND "
#define CARED        "WHERE t.assignee_id = CASE ?6 WHEN -1 THEN 0 ELSE ?6 END AND "
#define STATE        "WHERE t.status = ?5 AND "
#define BY_TAG       "JOIN thread_tag k ON k.thread_id = t.id WHERE k.tag_id = json_extract (?12, '$[0]') AND "
#define BY_TAG_AFTER "(k.pinned, k.last_at, k.thread_id) < (?1, ?2, ?3) AND "
#define BY_TAG_ORDER "ORDER BY k.pinned DESC, k.last_at DESC, k.thread_id DESC LIMIT ?4"
#define BY_OWN       "JOIN reading o ON o.thread_id = t.id WHERE o.staff_id = ?14 AND o.unread > 0 AND "
#define BY_OWN_AFTER "(o.pinned, o.last_at, o.thread_id) < (?1, ?2, ?3) AND "
#define BY_OWN_ORDER "ORDER BY o.pinned DESC, o.last_at DESC, o.thread_id DESC LIMIT ?4"

/* The same conditions, walking the index that leaves out most. */
static const char *
list_statement (const SbThreadFilter *filter,
                gboolean              by_tag,
                gboolean              own,
                gboolean              from_top)
{
#define LIST_AS(whose, from, after, order) (from_top ? THREAD_COLUMNS (whose) from REST (whose) order : THREAD_COLUMNS (whose) from after REST (whose) order)
#define LIST_BY(from)                      (own ? LIST_AS (OWN, from, AFTER, ORDER) : LIST_AS (FIRST, from, AFTER, ORDER))
  if (by_tag)
    return own ? LIST_AS (OWN, BY_TAG, BY_TAG_AFTER, BY_TAG_ORDER) : LIST_AS (FIRST, BY_TAG, BY_TAG_AFTER, BY_TAG_ORDER);
  if (filter->unread_only)
    return own ? LIST_AS (OWN, BY_OWN, BY_OWN_AFTER, BY_OWN_ORDER) : LIST_AS (FIRST, UNREAD, AFTER, ORDER);
  if (filter->unanswered_only)
    return LIST_BY (OWED);
  if (filter->assignee_id != 0)
    return LIST_BY (CARED);
  if (filter->status != 0)
    return LIST_BY (STATE);

  return LIST_BY ("WHERE ");
#undef LIST_BY
#undef LIST_AS
}

static const char *
count_statement (const SbThreadFilter *filter,
                 gboolean              by_tag,
                 gboolean              own)
{
#define COUNT_AS(whose, from) "SELECT count (*) FROM (SELECT 1 FROM thread t " from REST (whose) "LIMIT ?4)"
#define COUNT_BY(from)        (own ? COUNT_AS (OWN, from) : COUNT_AS (FIRST, from))
  if (by_tag)
    return COUNT_BY (BY_TAG);
  if (filter->unread_only)
    return own ? COUNT_AS (OWN, BY_OWN) : COUNT_AS (FIRST, UNREAD);
  if (filter->unanswered_only)
    return COUNT_BY (OWED);
  if (filter->assignee_id != 0)
    return COUNT_BY (CARED);
  if (filter->status != 0)
    return COUNT_BY (STATE);

  return COUNT_BY ("WHERE ");
#undef COUNT_BY
#undef COUNT_AS
}

static sqlite3_stmt *
ask_threads (SbReader             *self,
             const SbThreadFilter *filter,
             const SbThreadKey    *after,
             guint                 limit,
             gboolean              count,
             GError              **error)
{
  static const SbThreadFilter any = { 0 };
  static const SbThreadKey    top = { 0 };
  g_autoptr (GString)         tags = g_string_new (NULL);
  int                         n_tags, must;
  gboolean                    by_tag, own = self->own_id != 0;

  filter = filter != NULL ? filter : &any;
  after = after != NULL ? after : &top;
  tags_json (filter, tags, &n_tags);
  /* The walk of one tag needs no second look at it. */
  must = n_tags <= 1 ? 0 : filter->tags_all ? n_tags
                                            : 1;
  by_tag = n_tags == 1 || (n_tags > 0 && filter->tags_all);

  return sb_db_query (self->db, error, count ? count_statement (filter, by_tag, own) : list_statement (filter, by_tag, own, after->id == 0),
                      own ? "niinninnninsni" : "niinninnninsn",
                      after->pinned ? 1 : 0, after->last_at, after->id, (int) limit, (int) filter->status, filter->assignee_id, filter->unread_only ? 1 : 0,
                      filter->unanswered_only ? 1 : 0, filter->with_customer ? 1 : 0, filter->line_id, filter->not_closed ? 1 : 0, tags->str, must, self->own_id);
}

static GPtrArray *
collect_threads (SbReader     *self,
                 sqlite3_stmt *statement,
                 gboolean      whole,
                 GError      **error)
{
  GPtrArray *threads = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_thread_free);

  while (sb_db_step (self->db, statement, error))
    g_ptr_array_add (threads, thread_from (self, statement, whole));

  return threads;
}

GPtrArray *
sb_reader_list_threads (SbReader             *self,
                        const SbThreadFilter *filter,
                        const SbThreadKey    *after,
                        guint                 limit)
{
  return collect_threads (self, ask_threads (self, filter, after, limit, FALSE, NULL), TRUE, NULL);
}

/*
 * Never %NULL: also when @error is set, what was read until then is in it. As rows of a list show them: the number (handle)
 * only of those without a name.
 */
GPtrArray *
sb_reader_try_threads (SbReader             *self,
                       const SbThreadFilter *filter,
                       const SbThreadKey    *after,
                       guint                 limit,
                       GError              **error)
{
  return collect_threads (self, ask_threads (self, filter, after, limit, FALSE, error), FALSE, error);
}

SbThread *
sb_reader_get_thread (SbReader *self,
                      gint64    thread_id)
{
  sqlite3_stmt *statement = sb_db_query (self->db, NULL, THREAD_COLUMNS (UNREAD_OF ("?2")) "WHERE t.id = ?1", "ii", thread_id, self->own_id);
  SbThread     *thread = sb_db_step (self->db, statement, NULL) ? thread_from (self, statement, TRUE) : NULL;

  sb_db_done (statement);

  return thread;
}

/* By id, number in any spelling with a country, or exact name; 0 when nobody fits. */
gint64
sb_reader_find_thread (SbReader   *self,
                       const char *number_or_name)
{
  g_autofree char *digits = sb_phone_is_digits (number_or_name) ? g_strdup (number_or_name) : sb_phone_normalize (number_or_name, NULL);
  g_auto (GStrv)   variants = digits != NULL ? sb_phone_variants (digits) : NULL;
  gint64           id = 0;

  for (char **variant = variants; variant != NULL && *variant != NULL && id == 0; variant++)
    id = sb_db_int (self->db, 0, "SELECT t.id FROM identity i JOIN thread t ON t.contact_id = i.contact_id WHERE i.kind IN (1, 2) AND i.value = ? LIMIT 1", "s", *variant);
  if (id == 0)
    id = sb_db_int (self->db, 0,
                    "SELECT t.id FROM contact c JOIN thread t ON t.contact_id = c.id WHERE c.id IN (SELECT rowid FROM contact_fts WHERE contact_fts MATCH '\"' || replace (?1, '\"', '') || '\"') "
                    "AND (c.name = ?1 OR c.profile_name = ?1) AND c.removed = 0 LIMIT 1",
                    "s", number_or_name);

  return id;
}

/* How many fit, counting no further than @at_most. */
guint
sb_reader_count_threads (SbReader             *self,
                         const SbThreadFilter *filter,
                         guint                 at_most)
{
  sqlite3_stmt *statement = ask_threads (self, filter, NULL, at_most, TRUE, NULL);
  guint         n = sb_db_step (self->db, statement, NULL) ? sqlite3_column_int (statement, 0) : 0;

  sb_db_done (statement);

  return n;
}

gint64
sb_reader_get_window (SbReader *self,
                      gint64    thread_id,
                      gint64    line_id)
{
  return sb_db_int (self->db, 0, "SELECT max (last_in_at + 86400000, free_until) FROM thread_line WHERE thread_id = ? AND line_id = ?", "ii", thread_id, line_id);
}

SbContact *
sb_reader_get_contact (SbReader *self,
                       gint64    contact_id)
{
  SbContact    *contact = NULL;
  sqlite3_stmt *s = sb_db_query (self->db, NULL,
                                 "SELECT id, name, profile_name, language, country, blocked, "
                                 "(SELECT value FROM identity i WHERE i.contact_id = c.id AND kind IN (2, 1) ORDER BY kind DESC, id DESC LIMIT 1), "
                                 "(SELECT value FROM identity i WHERE i.contact_id = c.id AND kind = 5 LIMIT 1) FROM contact c WHERE id = ?",
                                 "i", contact_id);

  if (sb_db_step (self->db, s, NULL))
    {
      contact = g_new0 (SbContact, 1);
      contact->id = sqlite3_column_int64 (s, 0);
      contact->name = sb_db_dup_column (s, 1);
      contact->profile_name = sb_db_dup_column (s, 2);
      contact->language = sb_db_dup_column (s, 3);
      contact->country = sb_db_dup_column (s, 4);
      contact->blocked = sqlite3_column_int (s, 5) != 0;
      contact->number = sb_db_dup_column (s, 6);
      contact->username = sb_db_dup_column (s, 7);
      contact->created_at = sb_id_get_time (contact->id);
    }
  sb_db_done (s);

  return contact;
}

gint64
sb_reader_first_unread (SbReader *self,
                        gint64    thread_id)
{
  return sb_db_int (self->db, 0,
                    "SELECT m.id FROM message m WHERE m.thread_id = ?1 AND m.sent_at > "
                    "(SELECT coalesce ((SELECT read_at FROM reading WHERE thread_id = ?1 AND staff_id = ?2), (SELECT read_at FROM thread WHERE id = ?1))) "
                    "AND m.direction = 0 AND m.kind NOT IN (14, 16) ORDER BY m.sent_at, m.id LIMIT 1",
                    "ii", thread_id, self->own_id);
}

void
sb_reader_interrupt (SbReader *self)
{
  sqlite3_interrupt (sb_db_get_handle (self->db));
}
