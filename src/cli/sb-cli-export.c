#include "sb-cli-context.h"

#include "sb-engine-export.h"
#include "sb-json.h"
#include "sb-phone.h"

static gboolean
find_format (const char       *name,
             SbContactsFormat *format)
{
  static const struct
  {
    const char      *name;
    SbContactsFormat format;
  } names[] = { { "csv", SB_CONTACTS_CSV }, { "vcard", SB_CONTACTS_VCARD }, { "vcf", SB_CONTACTS_VCARD }, { "xlsx", SB_CONTACTS_XLSX } };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i].name) == 0)
      {
        *format = names[i].format;
        return TRUE;
      }

  return FALSE;
}

/* shopbell-cli export contacts --format csv|xlsx|vcard [--output FILE] */
SbCliExit
sb_cli_export (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char         *format_name = NULL;
  g_autofree char         *output = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  SbContactsFormat         format = SB_CONTACTS_CSV;
  SbCliExit                opened;
  guint                    n = 0;
  const GOptionEntry       entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "csv, xlsx or vcard", "FORMAT" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file; without it standard output", "FILE" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "export contacts", &argc, &argv))
    return SB_CLI_USAGE;
  if (argc != 2 || !g_str_equal (argv[1], "contacts") || (format_name != NULL && !find_format (format_name, &format)))
    {
      g_printerr ("shopbell-cli: export contacts --format csv|xlsx|vcard [--output FILE]\n");
      return SB_CLI_USAGE;
    }
  if ((opened = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return opened;

  sb_engine_export_contacts_async (cli->engine, output, format, NULL, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  if (!sb_engine_export_contacts_finish (cli->engine, result, &n, &error))
    return sb_cli_fail (cli, error);
  if (output != NULL)
    sb_cli_print (cli, sb_json_make ("b:ok", TRUE, "i:contacts", (gint64) n, NULL), "%u contacts", n);

  return SB_CLI_OK;
}

JsonObject *
sb_cli_card_row (const SbCard *card)
{
  JsonArray  *numbers = json_array_new ();
  JsonObject *fields = json_object_new ();

  for (guint i = 0; i < card->numbers->len; i++)
    json_array_add_string_element (numbers, card->numbers->pdata[i]);
  for (guint i = 0; i < card->fields->len; i++)
    {
      const SbCardField *field = card->fields->pdata[i];

      json_object_set_string_member (fields, field->name, field->value);
    }

  return sb_cli_set_id (sb_json_make ("s:name", card->name, "s:language", card->language, "s:country", card->country, "b:blocked", card->blocked, "a:numbers", numbers, "o:fields", fields, NULL), "id",
                        card->contact_id);
}
