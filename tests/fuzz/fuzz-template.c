#include <string.h>

#include "fuzz.h"
#include "sb-json.h"
#include "sb-template.h"

/* Templates as the network lists them: gaps are found, filled and put on the wire, or there are none. */

static const char *const words[] = { "{{", "}}", "{{1}}", "{{name}}", "{{100000000000}}", "\"type\":\"BODY\"", "LOCATION", "IMAGE", "OTP", "URL", NULL };

static GHashTable *
values_for (GPtrArray *places)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < places->len; i++)
    {
      const SbPlace *place = places->pdata[i];

      g_assert_nonnull (place->key);
      g_assert_nonnull (place->name);
      g_hash_table_insert (values, g_strdup (place->key), g_strdup (g_str_has_suffix (place->key, "tude") ? "38.5" : "word {{1}}"));
    }

  return values;
}

static void
check_template (const SbTemplate *template)
{
  static const char *const parts[] = { "HEADER", "BODY", "FOOTER", "BUTTONS" };
  g_autoptr (GPtrArray)    places = sb_template_places (template);
  g_autoptr (GPtrArray)    titles = sb_template_buttons (template);
  g_autoptr (GHashTable)   values = values_for (places);
  g_autofree char         *missing = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = sb_template_part (template, parts[i]);
      g_autofree char *filled = sb_template_fill (template, parts[i], values);
      g_autofree char *empty = sb_template_fill (template, parts[i], NULL);

      g_assert_true ((part == NULL) == (filled == NULL));
      g_assert_cmpstr (empty, ==, part);
      g_assert_true (filled == NULL || g_utf8_validate (filled, -1, NULL));
    }

  /* With every gap filled it may go, and what goes can be read again. */
  g_assert_cmpint (sb_template_check (template, values, &missing), ==, SB_REASON_ALLOWED);
  {
    g_autoptr (JsonObject) wire = sb_template_to_wire (template, values);
    g_autofree char       *text = sb_json_text (wire);
    g_autoptr (JsonNode)   again = sb_json_parse (text, -1, NULL);

    g_assert_nonnull (sb_json_object (sb_json_root (again), "language"));
    g_assert_nonnull (sb_json_array (sb_json_root (again), "components"));
  }
  if (places->len > 0)
    g_assert_cmpint (sb_template_check (template, NULL, NULL), ==, SB_REASON_TEMPLATE_INCOMPLETE);
}

static void
one (const char *data,
     gsize       length)
{
  g_autoptr (JsonNode) node = sb_json_parse (data, length, NULL);

  for (int named = 0; named <= 1 && node != NULL && JSON_NODE_HOLDS_ARRAY (node); named++)
    {
      g_autoptr (SbTemplate) template = sb_template_new ();
      g_autoptr (SbTemplate) copy = NULL;

      template->name = g_strdup ("t");
      template->language = g_strdup ("en");
      template->status = g_strdup ("APPROVED");
      template->named = named;
      template->components = json_array_ref (json_node_get_array (node));
      copy = sb_template_copy (template);
      check_template (copy);
    }
}

int
main (int    argc,
      char **argv)
{
  const FuzzTarget target = { .name = "templates", .corpus = "template.txt", .json = TRUE, .words = words, .one = one };

  return fuzz_run (argc, argv, &target);
}
