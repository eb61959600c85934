#include "sb-text-marks.h"

#include <string.h>

#include "sb-random.h"

#define LONGEST (64 * 1024)

/* What is the same for a stretch of the shown text. */
typedef struct
{
  GString    *out;
  GString    *look; /* of the stretch that is open */
  GString    *held; /* its text */
  const char *href;
} Description;

static void
close_stretch (Description *self)
{
  if (self->held->len == 0)
    return;

  if (self->look->len == 0 && self->href == NULL)
    g_string_append (self->out, self->held->str);
  else
    g_string_append_printf (self->out, "{%s|%s", self->look->str, self->held->str);
  if (self->href != NULL)
    g_string_append_printf (self->out, "<%s>", self->href);
  if (self->look->len > 0 || self->href != NULL)
    g_string_append_c (self->out, '}');
  g_string_truncate (self->held, 0);
}

static gboolean
has (PangoAttrIterator *iterator,
     PangoAttrType      type)
{
  return pango_attr_iterator_get (iterator, type) != NULL;
}

/* Letters: bold, italic, struck, code in a line, block of code, quote. */
static char *
look_of (PangoAttrIterator *iterator)
{
  gboolean mono = has (iterator, PANGO_ATTR_FAMILY), shaded = has (iterator, PANGO_ATTR_BACKGROUND);

  return g_strconcat (has (iterator, PANGO_ATTR_WEIGHT) ? "b" : "", has (iterator, PANGO_ATTR_STYLE) ? "i" : "",
                      has (iterator, PANGO_ATTR_STRIKETHROUGH) ? "s" : "", mono && shaded ? "c" : "", mono && !shaded ? "m" : "",
                      has (iterator, PANGO_ATTR_FOREGROUND_ALPHA) ? "q" : "", NULL);
}

static const char *
href_at (GArray *links,
         guint   position)
{
  for (guint i = 0; i < links->len; i++)
    {
      const SbTextLink *link = &g_array_index (links, SbTextLink, i);

      if (position >= link->start && position < link->end)
        return link->href;
    }

  return NULL;
}

/* Looks written out: letters of the look, a bar, the text; "<address>" behind a link. */
static char *
describe (const char *text)
{
  g_autoptr (PangoAttrList)     attributes = NULL;
  g_autoptr (GArray)            links = NULL;
  g_autofree char              *shown = sb_text_marks_layout (text, &attributes, &links);
  g_autoptr (PangoAttrIterator) iterator = pango_attr_list_get_iterator (attributes);
  g_autoptr (GString)           look = g_string_new (NULL), held = g_string_new (NULL);
  Description                   self = { g_string_new (NULL), look, held, NULL };

  do
    {
      int              start, end;
      g_autofree char *its_look = look_of (iterator);
      const char      *its_href;

      pango_attr_iterator_range (iterator, &start, &end);
      end = MIN (end, (int) strlen (shown));
      its_href = href_at (links, start);
      if (!g_str_equal (its_look, look->str) || its_href != self.href)
        close_stretch (&self);
      g_string_assign (look, its_look);
      self.href = its_href;
      g_string_append_len (held, shown + start, end - start);
    }
  while (pango_attr_iterator_next (iterator));
  close_stretch (&self);

  return g_string_free_and_steal (self.out);
}

static const char *const marks[][2] = {
  /* plain and the four marks */
  { "", "" },
  { "Hello", "Hello" },
  { "*bold*", "{b|bold}" },
  { "_italic_", "{i|italic}" },
  { "~gone~", "{s|gone}" },
  { "`code`", "{c|code}" },
  { "```two\nlines```", "{m|two\nlines}" },
  { "before ```a *b* c``` after *d*", "before {m|a *b* c} after {b|d}" },
  { "```\nx\n```", "{m|x}" },
  { "say *one* and *two*.", "say {b|one} and {b|two}." },
  { "(*a*), \"_b_\"!", "({b|a}), \"{i|b}\"!" },
  /* what is not meant as a mark */
  { "2*3*4", "2*3*4" },
  { "2 * 3 * 4", "2 * 3 * 4" },
  { "snake_case_name", "snake_case_name" },
  { "_snake_case_", "{i|snake_case}" },
  { "5* hotel, 4* food", "5* hotel, 4* food" },
  { "*unmatched", "*unmatched" },
  { "unmatched*", "unmatched*" },
  { "* not bold*", "• not bold*" },
  { "a * not bold*", "a * not bold*" },
  { "*not bold *", "*not bold *" },
  { "**", "**" },
  { "****", "****" },
  { "**twice**", "*{b|twice}*" },
  { "*a\nb*", "*a\nb*" },
  { "``", "``" },
  { "``````", "``````" },
  { "```open", "```open" },
  { "` a`", "` a`" },
  { ":-* and *-:", ":-* and *-:" },
  /* nesting */
  { "*_both_*", "{bi|both}" },
  { "_*~all~*_", "{bis|all}" },
  { "*a _b_ c*", "{b|a }{bi|b}{b| c}" },
  { "*a _b* c_", "{b|a _b} c_" },
  { "*a `*` b*", "{b|a }{bc|*}{b| b}" },
  { "`*a*`", "{c|*a*}" },
  { "*a * b*", "{b|a * b}" },
  { "~*x*~y", "~{b|x}~y" },
  /* lines */
  { "- one\n- *two*", "• one\n• {b|two}" },
  { "* one", "• one" },
  { "-none", "-none" },
  { "- ", "- " },
  { "1. one\n23. two", "1. one\n23. two" },
  { "1.none", "1.none" },
  { "> quoted *loud*\nafter", "{q|▎ quoted }{bq|loud}\nafter" },
  { ">none", ">none" },
  { "a - b", "a - b" },
  { "x ```y``` - z", "x {m|y} - z" },
  { "```y```\n- z", "{m|y}\n• z" },
  { "a\r\nb", "a\nb" },
  /* addresses */
  { "see https://a.example/x_y_z.", "see {|https://a.example/x_y_z<https://a.example/x_y_z>}." },
  { "www.shop.example", "{|www.shop.example<https://www.shop.example>}" },
  { "*https://a.example*", "{b|https://a.example<https://a.example>}" },
  { "_https://a.example/a_b_", "{i|https://a.example/a_b<https://a.example/a_b>}" },
  { "(https://a.example/q)", "({|https://a.example/q<https://a.example/q>})" },
  { "https://a.example/q_(w)", "{|https://a.example/q_(w)<https://a.example/q_(w)>}" },
  { "HTTP://A.example?x=1&y=2", "{|HTTP://A.example?x=1&y=2<HTTP://A.example?x=1&y=2>}" },
  { "tel:+351912000111", "{|tel:+351912000111<tel:+351912000111>}" },
  { "mailto:ana@shop.example", "{|mailto:ana@shop.example<mailto:ana@shop.example>}" },
  { "hotel:123 xhttps://a.example", "hotel:123 xhttps://a.example" },
  { "javascript:alert(1) file:///etc/passwd", "javascript:alert(1) file:///etc/passwd" },
  { "https:// http://. www.", "https:// http://. www." },
  { "`https://a.example`", "{c|https://a.example}" },
  { "https://a.example/\"onclick=x", "{|https://a.example/<https://a.example/>}\"onclick=x" },
  { "https://a.example/\xe2\x80\xaegnp", "{|https://a.example/<https://a.example/>}\xe2\x80\xaegnp" },
  /* other scripts */
  { "*مرحبا* بكم", "{b|مرحبا} بكم" },
  { "مرحبا*بكم*هنا", "مرحبا*بكم*هنا" },
  { "_שלום_", "{i|שלום}" },
  { "*你好*", "{b|你好}" },
  { "*👍🏽*", "{b|👍🏽}" },
  { "كَ*تَ*", "كَ*تَ*" },
  /* markup is text */
  { "<b>*x*</b> &amp;", "<b>{b|x}</b> &amp;" },
  { "*<a href='x'>*", "{b|<a href='x'>}" },
};

static void
test_marks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *seen = describe (marks[i][0]);

      g_assert_cmpstr (seen, ==, marks[i][1]);
    }
}

static void
test_nothing_at_all (void)
{
  g_autoptr (GArray)        links = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char          *shown = sb_text_marks_layout (NULL, &attributes, &links);

  g_assert_cmpstr (shown, ==, "");
  g_assert_cmpuint (links->len, ==, 0);
}

static void
test_layout (void)
{
  g_autoptr (GArray)        links = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char          *shown = sb_text_marks_layout ("*Open* until 8: www.shop.example", &attributes, &links);
  g_autofree char          *written = pango_attr_list_to_string (attributes);
  const SbTextLink         *link = &g_array_index (links, SbTextLink, 0);

  g_assert_cmpstr (shown, ==, "Open until 8: www.shop.example");
  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpuint (link->start, ==, strlen ("Open until 8: "));
  g_assert_cmpuint (link->end, ==, strlen (shown));
  g_assert_cmpstr (link->href, ==, "https://www.shop.example");
  g_assert_cmpstr (written, ==, "0 4 weight bold\n14 30 underline single");
}

/* Whatever comes in: well-formed, links in order and inside, every attribute on the border of a character. */
static void
check_sound (const char *text)
{
  g_autoptr (GArray)        links = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char          *shown = sb_text_marks_layout (text, &attributes, &links);
  g_autoslist (PangoAttribute) list = pango_attr_list_get_attributes (attributes);
  guint length = strlen (shown), at = 0;

  g_assert_true (g_utf8_validate (shown, length, NULL));
  for (guint i = 0; i < links->len; i++)
    {
      const SbTextLink *link = &g_array_index (links, SbTextLink, i);

      g_assert_cmpuint (link->start, >=, at);
      g_assert_cmpuint (link->end, >, link->start);
      g_assert_cmpuint (link->end, <=, length);
      at = link->end;
    }
  for (GSList *item = list; item != NULL; item = item->next)
    {
      const PangoAttribute *attribute = item->data;

      g_assert_cmpuint (attribute->end_index, <=, length);
      g_assert_cmpuint (attribute->start_index, <, attribute->end_index);
      g_assert_true ((shown[attribute->start_index] & 0xc0) != 0x80);
      g_assert_true ((shown[attribute->end_index] & 0xc0) != 0x80);
    }
}

static void
test_rubbish (void)
{
  static const char *const pieces[] = { "*", "_", "~", "`", "```", " ", "\n", "a", "é", "ب", "👍", "www.", "https://", "(", ")", "> ", "- ", "1. ",
                                        "[", "](", "|", "#", "\\", "\xff", "\xe2\x80", "\xe2\x80\xae", "\t", "\r", "<", "!" };
  g_autoptr (SbRandom)     random = sb_random_new_seeded (20251);

  for (int i = 0; i < 5000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      guint32             n = sb_random_below (random, 24);

      for (guint32 k = 0; k < n; k++)
        g_string_append (text, pieces[sb_random_below (random, G_N_ELEMENTS (pieces))]);
      check_sound (text->str);
    }
}

/* A square would be seconds here; a line is milliseconds. */
static void
test_long_input_takes_linear_time (void)
{
  static const char *const pieces[] = { "*", "_", "~ ", "`", "`a ", "```", "*a ", "a* ", "*_~", "www.a", "www.a ", "https://", "https://a) ", "[", "[](", "![a", "](",
                                        "**a ", "a** ", "***", "\\", "<http", "1. ", "- a\n", "> a\n", "# *\n", "|a", "(((", "tel:", "\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint64              start;

      while (text->len < LONGEST)
        g_string_append (text, pieces[i]);
      start = g_get_monotonic_time ();
      check_sound (text->str);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
    }
}

static void
test_too_long_is_cut (void)
{
  g_autoptr (GArray)        links = NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GString)       text = g_string_new ("x");
  g_autofree char          *shown = NULL;

  while (text->len < 2 * LONGEST)
    g_string_append (text, "é");
  shown = sb_text_marks_layout (text->str, &attributes, &links);

  g_assert_true (g_utf8_validate (shown, -1, NULL));
  g_assert_true (g_str_has_suffix (shown, "é…"));
  g_assert_cmpuint (strlen (shown), <=, LONGEST + strlen ("…"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-marks/reads-what-people-type", test_marks);
  g_test_add_func ("/text-marks/takes-nothing", test_nothing_at_all);
  g_test_add_func ("/text-marks/lays-out-without-markup", test_layout);
  g_test_add_func ("/text-marks/stays-sound-on-rubbish", test_rubbish);
  g_test_add_func ("/text-marks/takes-linear-time", test_long_input_takes_linear_time);
  g_test_add_func ("/text-marks/cuts-what-is-too-long", test_too_long_is_cut);

  return g_test_run ();
}
