#include "sb-cli-context.h"

#include "sb-contacts-out.h"
#include "sb-json.h"
#include "sb-phone.h"

#define PAGE 500

/* All contacts, page by page. */
typedef struct
{
  SbReader  *reader;
  GPtrArray *page;
  guint      at;
  gint64     last;
  guint      n;
} Walk;

static SbCard *
next_card (gpointer data)
{
  Walk *walk = data;

  if (walk->page == NULL || walk->at == walk->page->len)
    {
      g_clear_pointer (&walk->page, g_ptr_array_unref);
      walk->page = sb_reader_list_cards (walk->reader, walk->last, PAGE);
      walk->at = 0;
      if (walk->page->len == 0)
        return NULL;
      g_ptr_array_set_free_func (walk->page, NULL); /* each is given away */
    }
  walk->last = ((SbCard *) walk->page->pdata[walk->at])->contact_id;
  walk->n++;

  return walk->page->pdata[walk->at++];
}

static gboolean
find_format (const char       *name,
             SbContactsFormat *format)
{
  static const char *const names[] = { "csv", "vcf", "xlsx" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      {
        *format = (SbContactsFormat) i;
        return TRUE;
      }

  return FALSE;
}

/* shopbell-cli export contacts --format csv|vcf|xlsx [--output FILE] */
SbCliExit
sb_cli_export (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char   *format_name = NULL;
  g_autofree char   *output = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     fields = NULL;
  SbContactsFormat   format = SB_CONTACTS_CSV;
  SbCardShape        shape = { 0 };
  Walk               walk = { 0 };
  SbCliExit          opened;
  gboolean           is_written;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_name, "csv, vcf or xlsx", "FORMAT" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "The file; without it standard output", "FILE" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "export contacts", &argc, &argv))
    return SB_CLI_USAGE;
  if (argc != 2 || !g_str_equal (argv[1], "contacts") || (format_name != NULL && !find_format (format_name, &format)))
    {
      g_printerr ("shopbell-cli: export contacts --format csv|vcf|xlsx [--output FILE]\n");
      return SB_CLI_USAGE;
    }
  if ((opened = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return opened;

  walk.reader = sb_engine_get_reader (cli->engine);
  sb_reader_get_card_shape (walk.reader, &shape.n_numbers, &fields);
  shape.fields = fields;
  is_written = sb_contacts_write (format, output, &shape, next_card, &walk, &error);
  for (guint i = walk.at; walk.page != NULL && i < walk.page->len; i++)
    sb_card_free (walk.page->pdata[i]);
  g_clear_pointer (&walk.page, g_ptr_array_unref);
  if (!is_written)
    return sb_cli_fail (cli, error);
  if (output != NULL)
    sb_cli_print (cli, sb_json_make ("b:ok", TRUE, "i:contacts", (gint64) walk.n, NULL), "%u contacts", walk.n);

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
