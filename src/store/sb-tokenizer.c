/*
 * The tokenizer "shop": SQLite's unicode61 without diacritics, behind a fold of the Arabic letters that people write in
 * several ways (alef with and without hamza, ya and alef maqsura, ta marbuta and ha) and of signs that are no letters
 * (tatweel, vowel marks). One letter is replaced by one of the same length in bytes, so that offsets stay true.
 */
#include "sb-tokenizer.h"

#include <string.h>

typedef struct
{
  fts5_tokenizer base;
  void          *base_data;
} Module;

typedef struct
{
  const Module  *module;
  Fts5Tokenizer *inner;
} Tokenizer;

/* All of these are two bytes long in UTF-8, replaced by two bytes; 0 leaves a letter out. */
static gunichar
fold (gunichar c)
{
  switch (c)
    {
    case 0x0622: /* alef with madda */
    case 0x0623: /* alef with hamza above */
    case 0x0625: /* alef with hamza below */
    case 0x0671: /* alef wasla */
      return 0x0627;
    case 0x0649: /* alef maqsura */
    case 0x06cc: /* Persian ya */
      return 0x064a;
    case 0x0629: /* ta marbuta */
      return 0x0647;
    case 0x06a9: /* Persian kaf */
      return 0x0643;
    default:
      return c == 0x0640 || (c >= 0x064b && c <= 0x065f) || c == 0x0670 ? 0 : c;
    }
}

typedef struct
{
  void *context;
  int (*callback) (void *, int, const char *, int, int, int);
} Sink;

/* Offsets are those of the unfolded text; only the word itself is folded. */
static int
token_cb (void       *data,
          int         flags,
          const char *token,
          int         length,
          int         start,
          int         end)
{
  Sink *sink = data;
  char  stack[256];
  char *folded = length * 2 <= (int) sizeof stack ? stack : g_malloc (length * 2);
  int   size = 0, result;

  for (const char *p = token; p < token + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char_validated (p, token + length - p);

      c = (gint32) c < 0 ? 0 : fold (c);
      if (c != 0)
        size += g_unichar_to_utf8 (c, folded + size);
      else if ((gint32) g_utf8_get_char_validated (p, token + length - p) < 0)
        break;
    }

  result = size > 0 ? sink->callback (sink->context, flags, folded, size, start, end) : SQLITE_OK;
  if (folded != stack)
    g_free (folded);

  return result;
}

static int
create (void           *data,
        const char    **arguments,
        int             n_arguments,
        Fts5Tokenizer **out)
{
  const Module *module = data;
  const char   *options[] = { "remove_diacritics", "2", "categories", "L* N* Co Mn So" };
  Tokenizer    *self = g_new0 (Tokenizer, 1);
  int           result = module->base.xCreate (module->base_data, options, G_N_ELEMENTS (options), &self->inner);

  self->module = module;
  if (result != SQLITE_OK)
    g_clear_pointer (&self, g_free);
  *out = (Fts5Tokenizer *) self;

  return result;
}

static void
destroy (Fts5Tokenizer *tokenizer)
{
  Tokenizer *self = (Tokenizer *) tokenizer;

  self->module->base.xDelete (self->inner);
  g_free (self);
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void          *context,
          int            flags,
          const char    *text,
          int            length,
          int (*callback) (void *, int, const char *, int, int, int))
{
  Tokenizer *self = (Tokenizer *) tokenizer;
  Sink       sink = { context, callback };

  return self->module->base.xTokenize (self->inner, &sink, flags, text, length, token_cb);
}

static fts5_api *
fts5_of (sqlite3 *handle)
{
  fts5_api     *api = NULL;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
    }
  sqlite3_finalize (statement);

  return api;
}

gboolean
sb_tokenizer_register (sqlite3 *handle,
                       GError **error)
{
  fts5_api      *api = fts5_of (handle);
  fts5_tokenizer ours = { create, destroy, tokenize };
  Module        *module;

  if (api == NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, "This SQLite has no full-text search (FTS5)");
      return FALSE;
    }

  module = g_new0 (Module, 1);
  if (api->xFindTokenizer (api, "unicode61", &module->base_data, &module->base) != SQLITE_OK ||
      api->xCreateTokenizer (api, "shop", module, &ours, g_free) != SQLITE_OK)
    {
      g_free (module);
      g_set_error_literal (error, SB_ERROR, SB_ERROR_STORAGE, "The tokenizer of the search cannot be made");
      return FALSE;
    }

  return TRUE;
}

typedef struct
{
  char *token;
  guint n;
} Only;

static int
only_cb (void       *data,
         int         flags,
         const char *token,
         int         length,
         int         start,
         int         end)
{
  Only *only = data;

  if (only->n++ == 0)
    only->token = g_strndup (token, length);

  return SQLITE_OK;
}

/* (nullable): @word as it stands in the index; NULL when it is none or several there */
char *
sb_tokenizer_fold (sqlite3    *handle,
                   const char *word)
{
  fts5_api      *api = fts5_of (handle);
  fts5_tokenizer ours;
  void          *module = NULL;
  Fts5Tokenizer *tokenizer = NULL;
  Only           only = { 0 };

  if (api == NULL || api->xFindTokenizer (api, "shop", &module, &ours) != SQLITE_OK || ours.xCreate (module, NULL, 0, &tokenizer) != SQLITE_OK)
    return NULL;

  ours.xTokenize (tokenizer, &only, FTS5_TOKENIZE_QUERY, word, strlen (word), only_cb);
  ours.xDelete (tokenizer);
  if (only.n != 1)
    g_clear_pointer (&only.token, g_free);

  return only.token;
}
