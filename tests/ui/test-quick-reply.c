/* The words of quick replies: what is filled in, and what is left as a gap. */
#include <glib.h>

#include "sb-quick-reply-text.h"

static void
test_fill (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    const char *filled;
  } rows[] = {
    { "Hello {{first_name}}!", "Amina Haddad", "Hello Amina!" },
    { "{{first_name}}{{first_name}}", "أمينة حداد", "أمينةأمينة" },
    /* A number or a handle is no name to greet with: it stays a gap. */
    { "Hello {{first_name}}", "+44 7700 900318", "Hello {{first_name}}" },
    { "Hello {{first_name}}", "@uma", "Hello {{first_name}}" },
    { "Hello {{first_name}}", NULL, "Hello {{first_name}}" },
    { "{{shop}}, {{line}}", "Amina", "Marigold Cakes, Wholesale" },
    /* A value is not looked at again. */
    { "{{first_name}}", "{{shop}}", "{{shop}}" },
    { "{{time}} {{", "Amina", "{{time}} {{" },
    { "", "Amina", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *filled = sb_quick_reply_fill (rows[i].text, rows[i].name, "Marigold Cakes", "Wholesale");

      g_assert_cmpstr (filled, ==, rows[i].filled);
    }
}

static void
test_gap (void)
{
  static const struct
  {
    const char *text;
    int         start;
    int         end;
  } rows[] = {
    { "until {{time}}.", 6, 14 },
    { "قبل {{time}}", 4, 12 },
    { "{{}} and {{a}}", 9, 14 },
    { "{{a\nb}} {{c}}", 8, 13 },
    { "no gap", -1, -1 },
    { "{{never closed", -1, -1 },
    { "{{}}", -1, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int      start = -1, end = -1;
      gboolean found = sb_quick_reply_find_gap (rows[i].text, &start, &end);

      g_assert_cmpint (found, ==, rows[i].start >= 0);
      g_assert_cmpint (start, ==, rows[i].start);
      g_assert_cmpint (end, ==, rows[i].end);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/quick reply/what is known is filled in", test_fill);
  g_test_add_func ("/ui/quick reply/the first gap is found", test_gap);

  return g_test_run ();
}
