#include "sb-json.h"

#include <string.h>

static char *
nested (guint depth)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check_refused (const char *data,
               gssize      length,
               SbError     code)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) node = sb_json_parse (data, length, &error);

  g_assert_null (node);
  g_assert_error (error, SB_ERROR, (int) code);
}

static void
test_depth (void)
{
  g_autofree char     *deepest = nested (SB_JSON_MAX_DEPTH);
  g_autofree char     *deeper = nested (SB_JSON_MAX_DEPTH + 1);
  g_autofree char     *abyss = nested (500000);
  g_autofree char     *brackets = g_strnfill (1000, '[');
  g_autofree char     *quoted = g_strdup_printf ("{\"a\":\"\\\"%s\"}", brackets);
  g_autoptr (JsonNode) node = sb_json_parse (deepest, -1, NULL);
  g_autoptr (JsonNode) in_string = sb_json_parse (quoted, -1, NULL);

  g_assert_nonnull (node);
  g_assert_nonnull (in_string);
  check_refused (deeper, -1, SB_ERROR_INVALID);
  check_refused (abyss, -1, SB_ERROR_INVALID);
}

static void
test_size (void)
{
  g_autofree char     *fits = g_strnfill (SB_JSON_MAX_BYTES, 'x');
  g_autofree char     *over = g_strnfill (SB_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (JsonNode) node = NULL;

  fits[0] = fits[SB_JSON_MAX_BYTES - 1] = '"';
  node = sb_json_parse (fits, -1, NULL);
  g_assert_nonnull (node);
  check_refused (over, -1, SB_ERROR_TOO_LARGE);
}

static void
test_refused (void)
{
  static const char *const bad[] = { "", " ", "{", "}", "{\"a\":}", "{\"a\":1", "[1,]x", "nope", "\xff", "{\"a\":\"\xc3\"}", "{\"a\":\"\xed\xa0\x80\"}",
                                     "\"open", "{\"a\" 1}", "<html></html>" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    check_refused (bad[i], -1, SB_ERROR_INVALID);
  check_refused ("{\"a\":\"\0\"}", 9, SB_ERROR_INVALID);
}

/* The library would take these apart: two values for one, or a comment; some of them it answered by aborting the program. */
static void
test_one_value_only (void)
{
  static const char *const bad[] = { "[][1]", "[1][1]", "{}{}", "{\"a\":[]}{\"b\":1}", "[] {}", "[]\n[2]", "{} []", "1 2", "[]1", "\"a\"\"b\"", "null null", "[],[]", "{\"a\":1}}",
                                     "[1]]", "{} x", "var a = {};", "/* c */ {}", "// c\n{}", "{'a':1}", "[1,]", "{\"a\":1,}", "[01]", "[.5]", "[+1]", "[0x10]", "{a:1}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      check_refused (bad[i], -1, SB_ERROR_INVALID);
    }
}

static void
test_bytes (void)
{
  g_autoptr (GBytes)   empty = g_bytes_new (NULL, 0);
  g_autoptr (GBytes)   bytes = g_bytes_new_static ("{\"a\":1}garbage", 7);
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) none = sb_json_parse_bytes (empty, &error);
  g_autoptr (JsonNode) node = sb_json_parse_bytes (bytes, NULL);

  g_assert_null (none);
  g_assert_error (error, SB_ERROR, SB_ERROR_INVALID);
  g_assert_cmpint (sb_json_int (sb_json_root (node), "a", 0), ==, 1);
}

#define KINDS                                                                                                                           \
  "{\"s\":\"x\",\"i\":12,\"d\":1.5,\"b\":true,\"n\":null,\"o\":{\"in\":\"side\"},\"a\":[{\"k\":1},2],\"digits\":\"12\",\"huge\":1e300," \
  "\"long\":\"15551234567890123\",\"word\":\"TRUE\",\"no\":\"0\",\"part\":\"12x\",\"nan\":\"nan\",\"id\":15551234567890}"

static void
test_readers (void)
{
  g_autoptr (JsonNode) node = sb_json_parse (KINDS, -1, NULL);
  JsonObject          *o = sb_json_root (node);
  g_autofree char     *id = sb_json_dup_id (o, "id");
  g_autofree char     *text_id = sb_json_dup_id (o, "long");
  g_autofree char     *no_id = sb_json_dup_id (o, "o");

  g_assert_cmpstr (sb_json_string (o, "s"), ==, "x");
  g_assert_cmpstr (id, ==, "15551234567890");
  g_assert_cmpstr (text_id, ==, "15551234567890123");
  g_assert_null (no_id);
  g_assert_cmpint (sb_json_int (o, "i", -1), ==, 12);
  g_assert_cmpint (sb_json_int (o, "d", -1), ==, 1);
  g_assert_cmpint (sb_json_int (o, "digits", -1), ==, 12);
  g_assert_cmpint (sb_json_int (o, "part", -1), ==, -1);
  g_assert_cmpint (sb_json_int (o, "huge", -1), ==, -1);
  g_assert_cmpfloat_with_epsilon (sb_json_double (o, "d", 0), 1.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (sb_json_double (o, "digits", 0), 12, 1e-9);
  g_assert_cmpfloat_with_epsilon (sb_json_double (o, "part", 7), 7, 1e-9);
  g_assert_cmpfloat_with_epsilon (sb_json_double (o, "nan", 7), 7, 1e-9);
  g_assert_true (sb_json_bool (o, "b", FALSE));
  g_assert_true (sb_json_bool (o, "word", FALSE));
  g_assert_true (sb_json_bool (o, "i", FALSE));
  g_assert_false (sb_json_bool (o, "no", TRUE));
  g_assert_cmpstr (sb_json_string (sb_json_object (o, "o"), "in"), ==, "side");
  g_assert_cmpuint (sb_json_length (sb_json_array (o, "a")), ==, 2);
  g_assert_cmpint (sb_json_int (sb_json_at (sb_json_array (o, "a"), 0), "k", 0), ==, 1);
}

/* Every member of every kind, asked for as every other kind. */
static void
test_readers_take_anything (void)
{
  static const char *const members[] = { "s", "i", "d", "b", "n", "o", "a", "absent" };
  g_autoptr (JsonNode)     node = sb_json_parse (KINDS, -1, NULL);
  g_autoptr (JsonNode)     list = sb_json_parse ("[1]", -1, NULL);
  JsonObject              *o = sb_json_root (node);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *m = members[i];

      g_assert_true ((sb_json_string (o, m) != NULL) == (*m == 's'));
      g_assert_true ((sb_json_object (o, m) != NULL) == (*m == 'o'));
      g_assert_true ((sb_json_array (o, m) != NULL) == g_str_equal (m, "a"));
      g_assert_true ((sb_json_int (o, m, -7) == -7) == (*m != 'i' && *m != 'd'));
      g_assert_null (sb_json_string (NULL, m));
      g_assert_null (sb_json_object (NULL, m));
      g_assert_cmpint (sb_json_int (NULL, m, 3), ==, 3);
    }
  g_assert_null (sb_json_root (NULL));
  g_assert_null (sb_json_root (list));
  g_assert_null (sb_json_at (NULL, 0));
  g_assert_null (sb_json_at (sb_json_array (o, "a"), 1));
  g_assert_null (sb_json_at (sb_json_array (o, "a"), 99));
  g_assert_cmpuint (sb_json_length (NULL), ==, 0);
}

static void
test_make (void)
{
  g_autoptr (JsonObject) object = sb_json_make ("s:to", "1", "s:left_out", NULL, "i:n", (gint64) 1 << 40, "b:yes", TRUE, "d:half", 0.5,
                                                "o:in", sb_json_make ("s:body", "\"q\" \\ \n", NULL), "o:none", NULL,
                                                "a:list", sb_json_make_array (sb_json_make ("i:k", (gint64) 1, NULL), NULL), NULL);
  g_autofree char       *text = sb_json_text (object);

  g_assert_cmpstr (text, ==, "{\"to\":\"1\",\"n\":1099511627776,\"yes\":true,\"half\":0.5,\"in\":{\"body\":\"\\\"q\\\" \\\\ \\n\"},\"list\":[{\"k\":1}]}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/goes-64-levels-down-and-no-further", test_depth);
  g_test_add_func ("/json/reads-4-mib-and-no-more", test_size);
  g_test_add_func ("/json/refuses-what-is-no-json", test_refused);
  g_test_add_func ("/json/takes-one-value-and-no-dialects", test_one_value_only);
  g_test_add_func ("/json/reads-no-further-than-the-bytes", test_bytes);
  g_test_add_func ("/json/reads-each-kind", test_readers);
  g_test_add_func ("/json/gives-the-fallback-for-another-kind", test_readers_take_anything);
  g_test_add_func ("/json/makes-objects", test_make);

  return g_test_run ();
}
