#include "sb-template.h"

#include <string.h>

#include "sb-json.h"

static SbTemplate *
make (const char *components,
      gboolean    named)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *wrapped = g_strdup_printf ("{\"c\":%s}", components);
  g_autoptr (JsonNode) node = sb_json_parse (wrapped, -1, &error);
  SbTemplate *template = sb_template_new ();

  g_assert_no_error (error);
  template->name = g_strdup ("order_ready");
  template->language = g_strdup ("pt_PT");
  template->status = g_strdup ("APPROVED");
  template->named = named;
  template->components = json_array_ref (sb_json_array (sb_json_root (node), "c"));

  return template;
}

/* "key=value" pairs. */
static GHashTable *
values_of (const char *first,
           ...)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_list     args;

  va_start (args, first);
  for (const char *pair = first; pair != NULL; pair = va_arg (args, const char *))
    {
      const char *equals = strchr (pair, '=');

      g_hash_table_insert (values, g_strndup (pair, equals - pair), g_strdup (equals + 1));
    }
  va_end (args);

  return values;
}

static char *
wire (SbTemplate *template,
      GHashTable *values)
{
  g_autoptr (JsonObject) object = sb_template_to_wire (template, values);

  return sb_json_text (object);
}

static char *
keys (SbTemplate *template)
{
  g_autoptr (GPtrArray) places = sb_template_places (template);
  GString              *text = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const SbPlace *place = places->pdata[i];

      g_string_append_printf (text, "%s%s(%s)", i > 0 ? " " : "", place->key, place->example != NULL ? place->example : "");
    }

  return g_string_free (text, FALSE);
}

#define POSITIONAL                                                                                                               \
  "[{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"Order {{1}}\",\"example\":{\"header_text\":[\"204\"]}},"                 \
  "{\"type\":\"BODY\",\"text\":\"It waits until {{2}}, {{1}}. Bye {{1}}.\",\"example\":{\"body_text\":[[\"Ana\",\"Friday\"]]}}," \
  "{\"type\":\"FOOTER\",\"text\":\"The shop\"},"                                                                                 \
  "{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"QUICK_REPLY\",\"text\":\"Late\"},"                                             \
  "{\"type\":\"URL\",\"text\":\"Details\",\"url\":\"https://a.example/{{1}}\"},{\"type\":\"COPY_CODE\",\"example\":\"SPRING\"}]}]"

static void
test_positional (void)
{
  g_autoptr (SbTemplate) template = make (POSITIONAL, FALSE);
  g_autoptr (GHashTable) values = values_of ("header.1=204", "body.1=Ana", "body.2=Friday", "button.1=204", "button.2=SAVE5", NULL);
  g_autofree char       *seen = wire (template, values);
  g_autofree char       *places = keys (template);
  g_autofree char       *body = sb_template_fill (template, "BODY", values);
  g_autofree char       *missing = NULL;

  g_assert_cmpstr (places, ==, "header.1(204) body.2(Friday) body.1(Ana) button.1() button.2(SPRING)");
  g_assert_cmpint (sb_template_check (template, values, &missing), ==, SB_REASON_ALLOWED);
  g_assert_cmpstr (body, ==, "It waits until Friday, Ana. Bye Ana.");
  g_assert_cmpstr (seen, ==,
                   "{\"name\":\"order_ready\",\"language\":{\"code\":\"pt_PT\"},\"components\":["
                   "{\"type\":\"header\",\"parameters\":[{\"type\":\"text\",\"text\":\"204\"}]},"
                   "{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Ana\"},{\"type\":\"text\",\"text\":\"Friday\"}]},"
                   "{\"type\":\"button\",\"sub_type\":\"url\",\"index\":\"1\",\"parameters\":[{\"type\":\"text\",\"text\":\"204\"}]},"
                   "{\"type\":\"button\",\"sub_type\":\"copy_code\",\"index\":\"2\",\"parameters\":[{\"type\":\"coupon_code\",\"coupon_code\":\"SAVE5\"}]}]}");
}

static void
test_named (void)
{
  g_autoptr (SbTemplate) template = make ("[{\"type\":\"BODY\",\"text\":\"Hello {{first_name}}, until {{day}}.\","
                                          "\"example\":{\"body_text_named_params\":[{\"param_name\":\"first_name\",\"example\":\"Ana\"}]}}]",
                                          TRUE);
  g_autoptr (GHashTable) values = values_of ("body.first_name=Rui", "body.day=Monday", NULL);
  g_autofree char       *seen = wire (template, values);
  g_autofree char       *places = keys (template);

  g_assert_cmpstr (places, ==, "body.first_name(Ana) body.day()");
  g_assert_cmpstr (seen, ==,
                   "{\"name\":\"order_ready\",\"language\":{\"code\":\"pt_PT\"},\"components\":[{\"type\":\"body\",\"parameters\":["
                   "{\"type\":\"text\",\"text\":\"Rui\",\"parameter_name\":\"first_name\"},"
                   "{\"type\":\"text\",\"text\":\"Monday\",\"parameter_name\":\"day\"}]}]}");
}

static void
test_media_header (void)
{
  static const char *const formats[][2] = { { "IMAGE", "image" }, { "VIDEO", "video" }, { "DOCUMENT", "document" } };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *components = g_strdup_printf ("[{\"type\":\"HEADER\",\"format\":\"%s\"},{\"type\":\"BODY\",\"text\":\"Hi\"}]", formats[i][0]);
      g_autofree char *wanted = g_strdup_printf ("{\"type\":\"header\",\"parameters\":[{\"type\":\"%s\",\"%s\":{\"id\":\"77\"}}]}", formats[i][1], formats[i][1]);
      g_autoptr (SbTemplate) template = make (components, FALSE);
      g_autoptr (GHashTable) values = values_of ("header.media=77", NULL);
      g_autofree char       *seen = wire (template, values);

      g_assert_nonnull (strstr (seen, wanted));
    }
}

static void
test_location_header (void)
{
  g_autoptr (SbTemplate) template = make ("[{\"type\":\"HEADER\",\"format\":\"LOCATION\"},{\"type\":\"BODY\",\"text\":\"Hi\"}]", FALSE);
  g_autoptr (GHashTable) values = values_of ("header.latitude=38.7", "header.longitude=-9.1", "header.name=Baixa", "header.address=Rua 12", NULL);
  g_autoptr (GHashTable) wrong = values_of ("header.latitude=north", "header.longitude=-9.1", "header.name=Baixa", "header.address=Rua 12", NULL);
  g_autofree char       *seen = wire (template, values);
  g_autofree char       *missing = NULL;

  g_assert_nonnull (strstr (seen, "{\"type\":\"header\",\"parameters\":[{\"type\":\"location\",\"location\":{\"latitude\":\"38.7\",\"longitude\":\"-9.1\","
                                  "\"name\":\"Baixa\",\"address\":\"Rua 12\"}}]}"));
  g_assert_cmpint (sb_template_check (template, values, NULL), ==, SB_REASON_ALLOWED);
  g_assert_cmpint (sb_template_check (template, wrong, &missing), ==, SB_REASON_TEMPLATE_INCOMPLETE);
  g_assert_cmpstr (missing, ==, "header.latitude");
}

static void
test_login_code (void)
{
  g_autoptr (SbTemplate) template = make ("[{\"type\":\"BODY\",\"text\":\"{{1}} is your code\"},{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"OTP\"}]}]", FALSE);
  g_autoptr (GHashTable) values = values_of ("body.1=834211", NULL);
  g_autofree char       *seen = wire (template, values);

  g_assert_nonnull (strstr (seen, "{\"type\":\"button\",\"sub_type\":\"url\",\"index\":\"0\",\"parameters\":[{\"type\":\"text\",\"text\":\"834211\"}]}"));
}

static void
test_check (void)
{
  static const char *const bad[] = { "body.1=", "body.1= ", "body.1=a\nb", "body.1=a\tb", "body.1=a\rb", "body.1=a     b", "body.9=x" };
  static const char *const good[] = { "body.1=a", "body.1=a    b", "body.1={{1}}", "body.1=مرحبا" };
  g_autoptr (SbTemplate) template = make ("[{\"type\":\"BODY\",\"text\":\"Hi {{1}}.\"}]", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GHashTable) values = values_of (bad[i], NULL);
      g_autofree char       *missing = NULL;

      g_assert_cmpint (sb_template_check (template, values, &missing), ==, SB_REASON_TEMPLATE_INCOMPLETE);
      g_assert_cmpstr (missing, ==, "body.1");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GHashTable) values = values_of (good[i], NULL);

      g_assert_cmpint (sb_template_check (template, values, NULL), ==, SB_REASON_ALLOWED);
    }
  g_assert_cmpint (sb_template_check (template, NULL, NULL), ==, SB_REASON_TEMPLATE_INCOMPLETE);

  g_set_str (&template->status, "PAUSED");
  g_assert_cmpint (sb_template_check (template, NULL, NULL), ==, SB_REASON_TEMPLATE_NOT_APPROVED);
}

/* A value is put in once: braces in it are not read again. */
static void
test_fill_is_one_pass (void)
{
  g_autoptr (SbTemplate) template = make ("[{\"type\":\"BODY\",\"text\":\"{{1}} {{2}} {{ 3 }} {{open\"}]", FALSE);
  g_autoptr (GHashTable) values = values_of ("body.1={{2}}", "body.3=c", NULL);
  g_autofree char       *seen = sb_template_fill (template, "BODY", values);

  g_assert_cmpstr (seen, ==, "{{2}} {{2}} c {{open");
}

static void
test_odd_shapes (void)
{
  static const char *const odd[] = {
    "[]",
    "[1,null,\"x\"]",
    "[{}]",
    "[{\"type\":\"BODY\"}]",
    "[{\"type\":\"BODY\",\"text\":5}]",
    "[{\"type\":\"BUTTONS\",\"buttons\":{}}]",
    "[{\"type\":\"BUTTONS\",\"buttons\":[null,{\"type\":\"URL\"}]}]",
    "[{\"type\":\"BODY\",\"text\":\"{{}} {{{{1}}}}\",\"example\":{\"body_text\":[[[1]]]}}]",
    "[{\"type\":\"BODY\",\"text\":\"{{1}}\",\"example\":{\"body_text\":[]}}]",
    "[{\"type\":\"BODY\",\"text\":\"{{1}}\",\"example\":\"x\"}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (SbTemplate) template = make (odd[i], FALSE);
      g_autoptr (GHashTable) values = values_of ("body.1=x", NULL);
      g_autofree char       *places = keys (template);
      g_autofree char       *seen = wire (template, values);
      g_autoptr (GPtrArray)  buttons = sb_template_buttons (template);

      g_assert_nonnull (places);
      g_assert_true (g_str_has_prefix (seen, "{\"name\":"));
      g_assert_cmpuint (buttons->len, <=, 2);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/puts-numbered-values-in-order", test_positional);
  g_test_add_func ("/template/names-named-values", test_named);
  g_test_add_func ("/template/takes-a-media-header", test_media_header);
  g_test_add_func ("/template/takes-a-place-as-header", test_location_header);
  g_test_add_func ("/template/repeats-a-login-code-in-its-button", test_login_code);
  g_test_add_func ("/template/refuses-values-the-network-refuses", test_check);
  g_test_add_func ("/template/fills-in-one-pass", test_fill_is_one_pass);
  g_test_add_func ("/template/survives-odd-shapes", test_odd_shapes);

  return g_test_run ();
}
