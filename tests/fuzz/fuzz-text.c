#include <string.h>

#include "fuzz.h"
#include "sb-text-marks.h"

/* Words of strangers: what is shown is well-formed, and every attribute and link lies on characters of it. */

static const char *const words[] = { "*", "_", "~", "`", "```", "https://", "www.", "tel:+1", "mailto:a", "> ", "- ", "\n", "1. ", "(", ")", "\xe2\x80\x8f", NULL };

static void
check_ranges (const char    *shown,
              PangoAttrList *attributes)
{
  GSList *list = pango_attr_list_get_attributes (attributes);

  for (GSList *item = list; item != NULL; item = item->next)
    {
      const PangoAttribute *attribute = item->data;

      g_assert_cmpuint (attribute->start_index, <, attribute->end_index);
      g_assert_cmpuint (attribute->end_index, <=, strlen (shown));
      g_assert_true ((shown[attribute->start_index] & 0xc0) != 0x80);
      g_assert_true ((shown[attribute->end_index] & 0xc0) != 0x80);
    }
  g_slist_free_full (list, (GDestroyNotify) pango_attribute_destroy);
}

static void
check_links (const char *shown,
             GArray     *links)
{
  static const char *const schemes[] = { "http", "https", "tel", "mailto" };
  guint                    at = 0;

  for (guint i = 0; i < links->len; i++)
    {
      const SbTextLink *link = &g_array_index (links, SbTextLink, i);
      g_autofree char  *scheme = g_uri_parse_scheme (link->href);
      gboolean          known = FALSE;

      for (gsize k = 0; k < G_N_ELEMENTS (schemes); k++)
        known = known || g_ascii_strcasecmp (scheme != NULL ? scheme : "", schemes[k]) == 0;
      g_assert_true (known);
      g_assert_true (g_utf8_validate (link->href, -1, NULL));
      g_assert_cmpuint (link->start, >=, at);
      g_assert_cmpuint (link->end, >, link->start);
      g_assert_cmpuint (link->end, <=, strlen (shown));
      /* Where it leads is what is read. */
      g_assert_cmpuint (strlen (link->href), >=, link->end - link->start);
      g_assert_cmpint (memcmp (link->href + strlen (link->href) - (link->end - link->start), shown + link->start, link->end - link->start), ==, 0);
      at = link->end;
    }
}

static void
one (const char *data,
     gsize       length)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GArray)        links = NULL;
  g_autofree char          *shown = sb_text_marks_layout (data, &attributes, &links);

  g_assert_true (g_utf8_validate (shown, -1, NULL));
  check_ranges (shown, attributes);
  check_links (shown, links);
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "text marks", .corpus = "text.txt", .words = words, .one = one };

  return fuzz_run (argc, argv, &target);
}
