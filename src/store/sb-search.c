/*
 * One search box: words, numbers in any spelling, and operators (from: tag: before: after: has: is:blocked). Words are always
 * quoted before they reach the index, so that nothing a person types is ever syntax. The newest come first. A blocked
 * customer whose messages are not shown is only found by who asks for the blocked ones.
 */
#include "sb-store-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "sb-phone.h"

#define LONGEST_QUERY 10000
#define MOST_WORDS    100

typedef struct
{
  GString *match; /* quoted words for the index */
  char    *last;  /* the word that is still being typed, or NULL; @match ends with it */
  gsize    last_at;
  char    *from;   /* "me", or quoted words for the index of names */
  char    *number; /* digits of from: */
  char    *tag;
  gint64   before;
  gint64   after;
  int      kind; /* of has: */
  gboolean notes;
  char    *digits;
  int      blocked; /* 0 as they are shown, 1 only they, 2 without them */
} Query;

static void
query_clear (Query *query)
{
  g_string_free (query->match, TRUE);
  g_free (query->last);
  g_free (query->from);
  g_free (query->number);
  g_free (query->tag);
  g_free (query->digits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Query, query_clear)

void
sb_hit_free (SbHit *self)
{
  g_free (self->name);
  g_free (self->snippet);
  g_free (self);
}

/* "2025-03-01" or "2025-03" or "2025", as the first moment of that day in local time; 0 when it is none of these. */
static gint64
parse_date (const char *text)
{
  int                   year = 0, month = 1, day = 1;
  g_autoptr (GDateTime) date = NULL;

  if (sscanf (text, "%d-%d-%d", &year, &month, &day) < 1)
    return 0;
  date = g_date_time_new_local (year, month, day, 0, 0, 0);

  return date != NULL ? g_date_time_to_unix (date) * 1000 : 0;
}

static int
parse_has (const char *text)
{
  static const struct
  {
    const char *word;
    int         kind;
  } words[] = {
    { "photo", SB_MESSAGE_IMAGE },
    { "image", SB_MESSAGE_IMAGE },
    { "video", SB_MESSAGE_VIDEO },
    { "voice", SB_MESSAGE_AUDIO },
    { "audio", SB_MESSAGE_AUDIO },
    { "file", SB_MESSAGE_DOCUMENT },
    { "document", SB_MESSAGE_DOCUMENT },
    { "location", SB_MESSAGE_LOCATION },
    { "order", SB_MESSAGE_ORDER },
    { "note", SB_MESSAGE_NOTE },
    { "template", SB_MESSAGE_TEMPLATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i].word, text) == 0)
      return words[i].kind;

  return -1;
}

static gboolean
has_digit (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/* Digits with signs between them are a number, in whatever spelling; (nullable): these are not, or too few. */
static char *
digits_of (const char *text)
{
  char *digits;

  /* Words are asked for more often than numbers, and the plans of all countries are read for the first number. */
  if (!has_digit (text))
    return NULL;

  digits = sb_phone_normalize (text, NULL);
  if (digits == NULL && strspn (text, "+0123456789 ()-./") == strlen (text))
    {
      GString *only = g_string_new (NULL);

      for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_isdigit (*p))
          g_string_append_c (only, *p);
      digits = g_string_free (only, FALSE);
      if (digits[0] == '0')
        memmove (digits, digits + 1, strlen (digits));
    }
  if (digits != NULL && strlen (digits) < 4)
    g_clear_pointer (&digits, g_free);

  return digits;
}

/* Somebody by the beginnings of their names, by their number in any spelling, or the shop itself. */
static void
take_from (Query      *query,
           const char *who)
{
  g_auto (GStrv)      words = g_strsplit (who, " ", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  g_clear_pointer (&query->number, g_free);
  for (char **word = words; *word != NULL; word++)
    if (sb_search_has_letter (*word))
      sb_search_add_word (match, *word, TRUE);
  g_set_str (&query->from, g_str_equal (who, "me") ? who : match->len > 0 ? match->str
                                                                          : "\"\"");
  query->number = digits_of (who);
}

static gboolean
take_operator (Query      *query,
               const char *word)
{
  if (g_str_has_prefix (word, "from:") && word[5] != '\0')
    take_from (query, word + 5);
  else if (g_str_has_prefix (word, "tag:") && word[4] != '\0')
    {
      g_free (query->tag);
      query->tag = sb_fold_name (word + 4);
    }
  else if (g_str_has_prefix (word, "before:") && parse_date (word + 7) != 0)
    query->before = parse_date (word + 7);
  else if (g_str_has_prefix (word, "after:") && parse_date (word + 6) != 0)
    query->after = parse_date (word + 6);
  else if (g_str_has_prefix (word, "has:") && parse_has (word + 4) >= 0)
    query->kind = parse_has (word + 4);
  else if (g_ascii_strcasecmp (word, SB_SEARCH_BLOCKED) == 0)
    query->blocked = 1;
  else if (g_ascii_strcasecmp (word, SB_SEARCH_NOT_BLOCKED) == 0)
    query->blocked = 2;
  else
    return FALSE;

  return TRUE;
}

gboolean
sb_search_has_letter (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_iswide (c) || c >= 0x2190)
        return TRUE;
    }

  return FALSE;
}

void
sb_search_add_word (GString    *match,
                    const char *word,
                    gboolean    prefix)
{
  if (match->len > 0)
    g_string_append_c (match, ' ');
  g_string_append_c (match, '"');
  for (const char *p = word; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (match, '"');
      g_string_append_c (match, *p);
    }
  g_string_append_c (match, '"');
  if (prefix)
    g_string_append_c (match, '*');
}

/* Words between spaces; what an operator names may have spaces between quotation marks, as in tag:"pays later". */
static GStrv
split_words (const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char              *p = text;

  while (*p != '\0')
    {
      gsize            length = strcspn (p, " \t\r\n");
      const char      *colon = memchr (p, ':', length);
      const char      *quoted = colon != NULL && colon[1] == '"' ? colon + 2 : NULL;
      gsize            inside = quoted != NULL ? strcspn (quoted, "\"") : 0;
      g_autofree char *value = g_strndup (quoted != NULL ? quoted : "", inside);
      g_autofree char *name = g_strndup (p, quoted != NULL ? (gsize) (colon + 1 - p) : length);

      if (quoted != NULL)
        length = (gsize) (quoted - p) + inside + (quoted[inside] == '"' ? 1 : 0);
      g_strv_builder_take (words, g_strconcat (name, g_strstrip (value), NULL));
      p += length;
      p += strspn (p, " \t\r\n");
    }

  return g_strv_builder_end (words);
}

static void
parse (Query      *query,
       const char *text)
{
  g_auto (GStrv)      words = split_words (text);
  g_autoptr (GString) number = g_string_new (NULL);
  guint               n = g_strv_length (words);

  query->match = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    if (words[i][0] != '\0' && !take_operator (query, words[i]) && sb_search_has_letter (words[i]))
      {
        gboolean last = i == n - 1 && g_utf8_strlen (words[i], -1) >= 2;

        query->last_at = query->match->len;
        g_set_str (&query->last, last ? words[i] : NULL);
        sb_search_add_word (query->match, words[i], last);
      }
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (words[i], SB_SEARCH_BLOCKED) != 0 && g_ascii_strcasecmp (words[i], SB_SEARCH_NOT_BLOCKED) != 0)
      g_string_append_printf (number, "%s ", words[i]);
  query->digits = digits_of (g_strchomp (number->str));
}

#define NAME_OF "coalesce (nullif (c.name, ''), nullif (c.profile_name, ''), (SELECT value FROM identity i WHERE i.contact_id = c.id AND kind IN (1, 2, 5) LIMIT 1), '?')"

/* @blocked: the parameter of Query.blocked */
#define SHOWN(blocked) "CASE " blocked " WHEN 0 THEN c.hidden = 0 WHEN 1 THEN c.blocked = 1 ELSE c.blocked = 0 END"

static void
add_hits (SbReader     *self,
          sqlite3_stmt *s,
          GPtrArray    *hits,
          guint         limit)
{
  while (sb_db_step (sb_reader_get_db (self), s, NULL))
    {
      SbHit *hit;

      if (hits->len >= limit)
        {
          sb_db_done (s);
          return;
        }
      hit = g_new0 (SbHit, 1);
      hit->thread_id = sqlite3_column_int64 (s, 0);
      hit->message_id = sqlite3_column_int64 (s, 1);
      hit->at = sqlite3_column_int64 (s, 2);
      hit->name = sb_db_dup_column (s, 3);
      hit->snippet = sb_db_dup_column (s, 4);
      hit->direction = sqlite3_column_int (s, 5);
      hit->blocked = sqlite3_column_int (s, 6) != 0;
      g_ptr_array_add (hits, hit);
    }
}

static void
search_people (SbReader    *self,
               const Query *query,
               GPtrArray   *hits,
               guint        limit)
{
  SbDb *db = sb_reader_get_db (self);

  if (query->kind != 0 || query->before != 0 || query->after != 0)
    return;

  if (query->digits != NULL)
    {
      g_autofree char *pattern = g_strconcat ("%", query->digits, "%", NULL);

      add_hits (self, sb_db_query (db, NULL, "SELECT t.id, 0, t.last_at, " NAME_OF ", NULL, 0, c.blocked FROM contact c JOIN thread t ON t.contact_id = c.id "
                                             "WHERE c.removed = 0 AND " SHOWN ("?3") " AND c.id IN (SELECT contact_id FROM identity WHERE kind IN (1, 2) AND value LIKE ?1) ORDER BY t.last_at DESC LIMIT ?2",
                                   "snn", pattern, (int) limit, query->blocked),
                hits, limit);
    }
  else if (query->match->len > 0 && query->from == NULL)
    add_hits (self, sb_db_query (db, NULL, "SELECT t.id, 0, t.last_at, " NAME_OF ", NULL, 0, c.blocked FROM contact c JOIN thread t ON t.contact_id = c.id "
                                           "WHERE c.removed = 0 AND " SHOWN ("?4") " AND c.id IN (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?1) "
                                                                                   "AND (?2 IS NULL OR t.id IN (SELECT thread_id FROM thread_tag g JOIN tag ON tag.id = g.tag_id WHERE tag.folded = ?2)) ORDER BY t.last_at DESC LIMIT ?3",
                                 "ssnn", query->match->str, query->tag, (int) MIN (limit, 20), query->blocked),
              hits, limit);
  else if (query->blocked == 1 && query->from == NULL)
    add_hits (self, sb_db_query (db, NULL, "SELECT t.id, 0, t.last_at, " NAME_OF ", NULL, 0, 1 FROM contact c JOIN thread t ON t.contact_id = c.id WHERE c.removed = 0 AND c.blocked = 1 "
                                           "AND (?1 IS NULL OR t.id IN (SELECT thread_id FROM thread_tag g JOIN tag ON tag.id = g.tag_id WHERE tag.folded = ?1)) ORDER BY t.last_at DESC LIMIT ?2",
                                 "sn", query->tag, (int) limit),
              hits, limit);
}

#define CONDITIONS                                                                                                                                  \
  "AND c.removed = 0 AND m.flags & 2 = 0 AND (?2 = 0 OR m.sent_at < ?2) AND (?3 = 0 OR m.sent_at >= ?3) AND (?4 = 0 OR m.kind = ?4) "               \
  "AND (?5 IS NULL OR (?5 = 'me' AND m.direction = 1) OR (m.direction = 0 AND (c.id IN (SELECT rowid FROM contact_fts WHERE contact_fts MATCH ?5) " \
  "OR c.id IN (SELECT contact_id FROM identity WHERE kind IN (1, 2) AND value LIKE '%' || ?8 || '%')))) "                                           \
  "AND (?6 IS NULL OR t.id IN (SELECT thread_id FROM thread_tag g JOIN tag ON tag.id = g.tag_id WHERE tag.folded = ?6)) "                           \
  "AND " SHOWN ("?9") " "
#define MESSAGE_HIT "SELECT t.id, m.id, m.sent_at, " NAME_OF ", "

/* Walks the index from the newest entry, so a common word costs no more than a rare one. */
#define BY_WORDS                                                                                                                                               \
  MESSAGE_HIT "snippet (message_fts, 0, char (8296), char (8297), '…', 12), m.direction, c.blocked FROM message_fts f CROSS JOIN message m ON m.id = f.rowid " \
              "JOIN thread t ON t.id = m.thread_id JOIN contact c ON c.id = t.contact_id WHERE message_fts MATCH ?1 " CONDITIONS "ORDER BY f.rowid DESC LIMIT ?7"
#define BY_CONDITIONS                                                                                                                                     \
  MESSAGE_HIT "substr (m.text, 1, 100), m.direction, c.blocked FROM message m JOIN thread t ON t.id = m.thread_id JOIN contact c ON c.id = t.contact_id " \
              "WHERE ?1 IS NOT NULL " CONDITIONS "ORDER BY m.id DESC LIMIT ?7"
#define BY_FILE                                                                                                                                           \
  MESSAGE_HIT "a.filename, m.direction, c.blocked FROM attachment_fts f CROSS JOIN attachment a ON a.id = f.rowid JOIN message m ON m.id = a.message_id " \
              "JOIN thread t ON t.id = m.thread_id JOIN contact c ON c.id = t.contact_id WHERE attachment_fts MATCH ?1 " CONDITIONS "ORDER BY f.rowid DESC LIMIT ?7"

#define BY_PICTURE                                                                                                                                                      \
  MESSAGE_HIT "snippet (media_text_fts, 0, char (8296), char (8297), '…', 12), m.direction, c.blocked FROM media_text_fts f CROSS JOIN media_text p ON p.id = f.rowid " \
              "JOIN attachment a ON a.hash = p.hash JOIN message m ON m.id = a.message_id JOIN thread t ON t.id = m.thread_id JOIN contact c ON c.id = t.contact_id "   \
              "WHERE media_text_fts MATCH ?1 " CONDITIONS "ORDER BY f.rowid DESC LIMIT ?7"

/*
 * The index walks one word from its newest entry on, but gathers all entries of all words with a beginning before it gives
 * the first. So the words that begin so are asked for one by one. Where they are too many, it has to gather.
 */
static char *
spelt_out (SbReader    *self,
           const Query *query)
{
  g_autoptr (GPtrArray) words = query->last != NULL ? sb_words_with_beginning (sb_reader_get_db (self), query->last, MOST_WORDS) : NULL;
  GString              *match;

  if (words == NULL || words->len == 0)
    return NULL;

  match = g_string_new_len (query->match->str, query->last_at);
  g_string_append (match, query->last_at > 0 ? " AND (" : "(");
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (match, "%s\"%s\"", i > 0 ? " OR " : "", (char *) words->pdata[i]);
  g_string_append_c (match, ')');

  return g_string_free (match, FALSE);
}

static void
search_messages (SbReader    *self,
                 const Query *query,
                 GPtrArray   *hits,
                 guint        limit)
{
  SbDb            *db = sb_reader_get_db (self);
  const char      *types = "siinssnsn";
  g_autofree char *words = spelt_out (self, query);

  if (query->match->len > 0)
    add_hits (self, sb_db_query (db, NULL, BY_WORDS, types, words != NULL ? words : query->match->str, query->before, query->after, query->kind, query->from, query->tag, (int) limit, query->number, query->blocked), hits, limit);
  else
    add_hits (self, sb_db_query (db, NULL, BY_CONDITIONS, types, "", query->before, query->after, query->kind, query->from, query->tag, (int) limit, query->number, query->blocked), hits, limit);

  /* The page is full: names of files and words in pictures have no room left. */
  if (hits->len >= limit)
    return;
  if (query->match->len > 0)
    add_hits (self, sb_db_query (db, NULL, BY_FILE, types, query->match->str, query->before, query->after, query->kind, query->from, query->tag, (int) MIN (limit, 20), query->number, query->blocked), hits, limit);
  if (query->match->len > 0)
    add_hits (self, sb_db_query (db, NULL, BY_PICTURE, types, query->match->str, query->before, query->after, query->kind, query->from, query->tag, (int) MIN (limit, 20), query->number, query->blocked), hits, limit);
}

/**
 * sb_reader_search:
 *
 * Returns: (nullable): people first, then messages, newest first; %NULL with %SB_ERROR_INVALID and a sentence for people
 *   when there is nothing to look for
 */
GPtrArray *
sb_reader_search (SbReader   *self,
                  const char *query_text,
                  guint       limit,
                  GError    **error)
{
  g_auto (Query)   query = { 0 };
  g_autofree char *text = NULL;
  GPtrArray       *hits;

  if (strlen (query_text) >= LONGEST_QUERY)
    {
      query.match = g_string_new (NULL);
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("This is too long to search for."));
      return NULL;
    }

  text = g_utf8_make_valid (query_text, -1);
  g_strstrip (text);
  parse (&query, text);
  if (query.match->len == 0 && query.digits == NULL && query.from == NULL && query.tag == NULL && query.before == 0 && query.after == 0 && query.kind == 0 && query.blocked != 1)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, _("Signs alone cannot be searched. Type a word or a number."));
      return NULL;
    }

  hits = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_hit_free);
  search_people (self, &query, hits, limit);
  search_messages (self, &query, hits, limit);

  return hits;
}
