#include "sb-name.h"

static void
test_first (void)
{
  static const struct
  {
    const char *name;
    const char *first;
  } cases[] = {
    { "Amina Haddad", "Amina" },
    { "  Hugo", "Hugo" },
    { "نادية العلوي", "نادية" },
    { "می\342\200\214نا رضایی", "می\342\200\214نا" }, /* a word may have a joiner in it */
    { "\342\201\250Vera\342\201\251", "Vera" },
    { "+44 7700 900318", NULL },
    { "\342\201\246+44 7700 900318\342\201\251", NULL },
    { "٠٧٧٠٠", NULL },
    { "@hamza.riad", NULL },
    { "", NULL },
    { " ", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *first = sb_name_first (cases[i].name);

      g_assert_cmpstr (first, ==, cases[i].first);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name/first", test_first);

  return g_test_run ();
}
