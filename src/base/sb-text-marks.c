#include "sb-text-marks.h"

#include <string.h>

/* The longest text that is looked at; what is longer is cut, with "…" at its end. */
#define LONGEST (64 * 1024)

/*
 * The marks people type in WhatsApp, read in one pass: *bold*, _italic_, ~strike~, `code`, ```block```, "- " and "* " for bullets,
 * "1. " for numbers, "> " for quotes, and addresses. The text is a stranger's: it becomes plain text and byte ranges, never markup.
 */

#define BULLET     "• "
#define QUOTE_SIGN "▎ "
#define FENCE      "```"

typedef enum
{
  BOLD = 1 << 0,
  ITALIC = 1 << 1,
  STRIKE = 1 << 2,
  CODE = 1 << 3, /* `inline` */
  MONO = 1 << 4, /* ```block``` */
  QUOTE = 1 << 5,
} Flags;

/* A stretch of the shown text that looks the same throughout: byte offsets, end exclusive. */
typedef struct
{
  guint start;
  guint end;
  Flags flags;
  char *href; /* NULL when it is no link */
} Run;

typedef enum
{
  TOKEN_MARK,
  TOKEN_CODE,
  TOKEN_LINK,
} TokenKind;

/* Something in a line that is more than letters. A mark without a partner stays as typed. */
typedef struct
{
  TokenKind   kind;
  const char *start;
  const char *end;
  Flags       flag;
  gboolean    paired;
  char       *href;
} Token;

typedef struct
{
  GString *out;
  GArray  *runs;
  Flags    line_flags;
} Parser;

static void
run_clear (gpointer data)
{
  g_free (((Run *) data)->href);
}

static void
link_clear (gpointer data)
{
  g_free (((SbTextLink *) data)->href);
}

static void
token_clear (gpointer data)
{
  g_free (((Token *) data)->href);
}

static gboolean
is_word (gunichar c)
{
  return c != 0 && (g_unichar_isalnum (c) || g_unichar_ismark (c));
}

static gboolean
is_blank (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

/* Turns the direction of text; an address that holds one is not what it looks like. */
static gboolean
is_direction_mark (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

static gunichar
char_at (const char *p,
         const char *end)
{
  return p < end ? g_utf8_get_char (p) : 0;
}

/* Neighbours that look alike share a run. Takes @href over. */
static void
emit (Parser     *self,
      const char *text,
      gsize       length,
      Flags       flags,
      char       *href)
{
  Run  run = { self->out->len, self->out->len + length, flags | self->line_flags, href };
  Run *last = self->runs->len > 0 ? &g_array_index (self->runs, Run, self->runs->len - 1) : NULL;

  if (length == 0)
    {
      g_free (href);
      return;
    }

  g_string_append_len (self->out, text, length);
  if (last != NULL && href == NULL && last->href == NULL && last->flags == run.flags)
    last->end = run.end;
  else
    g_array_append_val (self->runs, run);
}

/* -- addresses -- */

static gboolean
has_prefix (const char *p,
            const char *end,
            const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize) (end - p) > length && g_ascii_strncasecmp (p, prefix, length) == 0;
}

/* Where the part that may be anything begins; NULL when no address starts here. */
static const char *
after_scheme (const char  *p,
              const char  *end,
              const char **implied)
{
  static const char *const prefixes[] = { "https://", "http://", "www.", "mailto:", "tel:" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (has_prefix (p, end, prefixes[i]))
      {
        const char *rest = p + strlen (prefixes[i]);
        gunichar    first = char_at (rest, end);

        *implied = prefixes[i][0] == 'w' ? "https://" : "";
        return is_word (first) || (first == '+' && prefixes[i][0] == 't' && is_word (char_at (rest + 1, end))) ? rest : NULL;
      }

  return NULL;
}

/* Punctuation that ends the sentence rather than the address. A closing bracket stays when it was opened inside. */
static const char *
trim_link (const char *rest,
           const char *end,
           int         n_unopened)
{
  while (end > rest)
    {
      char last = end[-1];

      if (last == ')' && n_unopened > 0)
        n_unopened--;
      else if (strchr (".,;:!?'\"*_~]}", last) == NULL)
        break;
      end--;
    }

  return end;
}

static const char *
link_end (const char *p,
          const char *end,
          char      **href)
{
  const char *implied = "";
  const char *rest = after_scheme (p, end, &implied);
  const char *q;
  int         depth = 0;

  if (rest == NULL)
    return NULL;

  for (q = rest; q < end; q = g_utf8_next_char (q))
    {
      gunichar c = g_utf8_get_char (q);

      if (is_blank (c) || c < 0x20 || is_direction_mark (c) || strchr ("<>\"`", c < 0x80 ? (int) c : ' ') != NULL)
        break;
      if (c == '(')
        depth++;
      else if (c == ')')
        depth--;
    }

  q = trim_link (rest, q, MAX (-depth, 0));
  *href = g_strdup_printf ("%s%.*s", implied, (int) (q - p), p);

  return q;
}

/* -- one line, or the part of it between two blocks of code -- */

static Flags
flag_of (char mark)
{
  return mark == '*' ? BOLD : mark == '_' ? ITALIC
                                          : STRIKE;
}

/* At most one of each mark is open, so the stack is never higher than three. */
typedef struct
{
  guint open[3];
  guint height;
} Stack;

static int
find_open (const Stack *stack,
           GArray      *tokens,
           Flags        flag)
{
  for (int i = (int) stack->height - 1; i >= 0; i--)
    if (g_array_index (tokens, Token, stack->open[i]).flag == flag)
      return i;

  return -1;
}

static void
add_mark (GArray     *tokens,
          Stack      *stack,
          const char *p,
          gunichar    before,
          gunichar    after)
{
  Token    token = { .kind = TOKEN_MARK, .start = p, .end = p + 1, .flag = flag_of (*p) };
  int      level = find_open (stack, tokens, token.flag);
  gboolean closes = level >= 0 && !is_blank (before) && !is_word (after) && g_array_index (tokens, Token, stack->open[level]).end < p;

  if (closes)
    {
      g_array_index (tokens, Token, stack->open[level]).paired = TRUE;
      token.paired = TRUE;
      stack->height = level;
    }
  else if (level < 0 && !is_word (before) && !is_blank (after) && after != (guchar) *p)
    stack->open[stack->height++] = tokens->len;
  else
    return;

  g_array_append_val (tokens, token);
}

/* The partner of a back-tick is the next one: whether it fits or not, nothing is looked at twice. */
static const char *
code_end (const char *p,
          const char *end)
{
  const char *q = memchr (p + 1, '`', end - p - 1);

  if (q == NULL || q == p + 1 || is_blank (char_at (p + 1, end)) || is_blank (g_utf8_get_char (g_utf8_prev_char (q))))
    return NULL;

  return q + 1;
}

static GArray *
find_tokens (const char *start,
             const char *end)
{
  GArray     *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  Stack       stack = { .height = 0 };
  const char *ticks_end = g_strrstr_len (start, end - start, "`");
  gunichar    before = 0;

  g_array_set_clear_func (tokens, token_clear);
  for (const char *p = start; p < end;)
    {
      Token token = { .kind = TOKEN_CODE, .start = p };

      if (*p == '`' && p < ticks_end)
        token.end = code_end (p, end);
      else if (!is_word (before) && (token.end = link_end (p, end, &token.href)) != NULL)
        token.kind = TOKEN_LINK;
      else if (*p == '*' || *p == '_' || *p == '~')
        add_mark (tokens, &stack, p, before, char_at (p + 1, end));

      if (token.end != NULL)
        g_array_append_val (tokens, token);
      before = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      if (token.end != NULL)
        {
          p = token.end;
          before = g_utf8_get_char (g_utf8_prev_char (p));
        }
    }

  return tokens;
}

static void
parse_inline (Parser     *self,
              const char *start,
              const char *end)
{
  g_autoptr (GArray) tokens = find_tokens (start, end);
  Flags              flags = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = &g_array_index (tokens, Token, i);

      if (token->kind == TOKEN_MARK && !token->paired)
        continue;

      emit (self, start, token->start - start, flags, NULL);
      if (token->kind == TOKEN_MARK)
        flags ^= token->flag;
      else if (token->kind == TOKEN_CODE)
        emit (self, token->start + 1, token->end - token->start - 2, flags | CODE, NULL);
      else
        emit (self, token->start, token->end - token->start, flags, g_steal_pointer (&token->href));
      start = token->end;
    }

  emit (self, start, end - start, flags, NULL);
}

/* "12. " keeps its number; bullets and quotes change their sign. Returns where the line goes on. */
static const char *
parse_prefix (Parser     *self,
              const char *start,
              const char *end)
{
  const char *p = start;

  if (end - start < 3 || is_blank (char_at (start + 2, end)))
    return start;

  if (start[1] == ' ' && (start[0] == '*' || start[0] == '-'))
    {
      emit (self, BULLET, strlen (BULLET), 0, NULL);
      return start + 2;
    }
  if (start[1] == ' ' && start[0] == '>')
    {
      self->line_flags = QUOTE;
      emit (self, QUOTE_SIGN, strlen (QUOTE_SIGN), 0, NULL);
      return start + 2;
    }
  while (p < end && g_ascii_isdigit (*p))
    p++;
  if (p > start && end - p > 2 && p[0] == '.' && p[1] == ' ')
    {
      emit (self, start, p + 2 - start, 0, NULL);
      return p + 2;
    }

  return start;
}

static void
parse_lines (Parser     *self,
             const char *start,
             const char *end,
             gboolean    at_line_start)
{
  while (start < end)
    {
      const char *line_end = memchr (start, '\n', end - start);
      const char *stop = line_end != NULL ? line_end : end;

      if (at_line_start)
        start = parse_prefix (self, start, stop);
      parse_inline (self, start, stop);
      self->line_flags = 0;
      if (line_end != NULL)
        emit (self, "\n", 1, 0, NULL);
      start = line_end != NULL ? line_end + 1 : end;
      at_line_start = TRUE;
    }
}

/* The line break after the opening and before the closing fence belongs to the fence. */
static void
parse_block (Parser     *self,
             const char *start,
             const char *end)
{
  if (end - start > 1 && *start == '\n')
    start++;
  if (end - start > 1 && end[-1] == '\n')
    end--;

  emit (self, start, end - start, MONO, NULL);
}

/* Well-formed, without carriage returns, at most LONGEST. */
static char *
tidy (const char *text)
{
  gsize               length = text != NULL ? strnlen (text, LONGEST + 1) : 0;
  gboolean            cut = length > LONGEST;
  g_autofree char    *valid = NULL;
  g_autoptr (GString) out = NULL;

  if (cut)
    for (length = LONGEST; length > 0 && (text[length] & 0xc0) == 0x80;)
      length--;

  valid = g_utf8_make_valid (text != NULL ? text : "", length);
  out = g_string_sized_new (length + 4);
  for (const char *p = valid; *p != '\0'; p++)
    if (*p != '\r')
      g_string_append_c (out, *p);
  if (cut)
    g_string_append (out, "…");

  return g_string_free_and_steal (g_steal_pointer (&out));
}

/* (transfer full): the text as it is shown; @runs cover the whole of it, without holes. */
static char *
parse (const char *text,
       GArray    **runs)
{
  g_autofree char   *tidied = tidy (text);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Run));
  const char        *end = tidied + strlen (tidied);
  const char        *start = tidied;
  Parser             self = { g_string_sized_new (end - tidied + 16), list, 0 };

  g_array_set_clear_func (list, run_clear);
  while (start < end)
    {
      const char *open = strstr (start, FENCE);
      const char *close = open != NULL ? strstr (open + strlen (FENCE) + 1 <= end ? open + strlen (FENCE) + 1 : end, FENCE) : NULL;
      gboolean    at_line_start = start == tidied || start[-1] == '\n';

      if (close == NULL)
        {
          parse_lines (&self, start, end, at_line_start);
          break;
        }
      parse_lines (&self, start, open, at_line_start);
      parse_block (&self, open + strlen (FENCE), close);
      start = close + strlen (FENCE);
    }

  *runs = g_steal_pointer (&list);

  return g_string_free_and_steal (self.out);
}

/* -- for showing -- */

static void
add_attr (PangoAttrList  *attrs,
          const Run      *run,
          PangoAttribute *attr)
{
  attr->start_index = run->start;
  attr->end_index = run->end;
  pango_attr_list_insert (attrs, attr);
}

static void
add_attrs (PangoAttrList *attrs,
           const Run     *run)
{
  if (run->flags & BOLD)
    add_attr (attrs, run, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (run->flags & ITALIC)
    add_attr (attrs, run, pango_attr_style_new (PANGO_STYLE_ITALIC));
  if (run->flags & STRIKE)
    add_attr (attrs, run, pango_attr_strikethrough_new (TRUE));
  if (run->flags & (CODE | MONO))
    add_attr (attrs, run, pango_attr_family_new ("monospace"));
  if (run->flags & CODE)
    {
      add_attr (attrs, run, pango_attr_background_new (0x8000, 0x8000, 0x8000));
      add_attr (attrs, run, pango_attr_background_alpha_new (0x2800));
    }
  if (run->flags & QUOTE)
    add_attr (attrs, run, pango_attr_foreground_alpha_new (0xb000));
  if (run->href != NULL)
    add_attr (attrs, run, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
}

/**
 * sb_text_marks_layout:
 * @text: (nullable): as it was typed; need not be well-formed
 * @attributes: (out) (transfer full): for a layout of what is returned
 * @links: (out) (transfer full): #SbTextLink, in order
 *
 * Returns: the plain text to show, marks gone, signs for bullets and quotes put in; more than 64 KiB are cut. It is no
 *   markup and must not be set as such.
 */
char *
sb_text_marks_layout (const char     *text,
                      PangoAttrList **attributes,
                      GArray        **links)
{
  g_autoptr (GArray) runs = NULL;
  g_autofree char   *shown = parse (text, &runs);

  *attributes = pango_attr_list_new ();
  *links = g_array_new (FALSE, FALSE, sizeof (SbTextLink));
  g_array_set_clear_func (*links, link_clear);
  for (guint i = 0; i < runs->len; i++)
    {
      Run *run = &g_array_index (runs, Run, i);

      add_attrs (*attributes, run);
      if (run->href != NULL)
        {
          SbTextLink link = { run->start, run->end, g_steal_pointer (&run->href) };

          g_array_append_val (*links, link);
        }
    }

  return g_steal_pointer (&shown);
}
