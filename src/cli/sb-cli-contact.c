#include "sb-cli-context.h"

#include <string.h>

#include "sb-json.h"
#include "sb-phone.h"
#include "sb-reader-contacts.h"

typedef struct
{
  char    *words;
  char    *sort;
  char    *stage;
  char    *tag;
  char    *name;
  char    *text;
  char   **take;
  gint64   value;
  gint64   limit;
  gboolean backwards;
} ContactOptions;

static void
contact_options_clear (ContactOptions *options)
{
  g_free (options->words);
  g_free (options->sort);
  g_free (options->stage);
  g_free (options->tag);
  g_free (options->name);
  g_free (options->text);
  g_strfreev (options->take);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ContactOptions, contact_options_clear)

static SbCliExit
nobody (SbCli *cli)
{
  g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such contact");

  return sb_cli_fail (cli, error);
}

/* -- one -- */

static gint64
find (SbReader   *reader,
      const char *text)
{
  g_autofree char   *digits = NULL;
  g_autoptr (SbCard) card = sb_reader_get_card (reader, sb_cli_parse_id (text));

  if (card != NULL)
    return card->contact_id;
  digits = sb_phone_normalize (text, NULL);

  return digits != NULL ? sb_reader_find_number (reader, digits) : 0;
}

static SbCliExit
show (SbCli      *cli,
      const char *text)
{
  SbReader            *reader = sb_engine_get_reader (cli->engine);
  g_autoptr (SbCard)   card = sb_reader_get_card (reader, find (reader, text));
  g_autoptr (SbPerson) person = card != NULL ? sb_reader_get_person (reader, card->contact_id) : NULL;
  JsonObject          *row;

  if (card == NULL)
    return nobody (cli);

  row = sb_cli_card_row (card);
  json_object_set_boolean_member (row, "removed", person == NULL);
  if (person != NULL)
    {
      json_object_set_string_member (row, "consent", sb_consent_get_name (person->consent));
      if (person->stage != NULL)
        json_object_set_string_member (row, "stage", person->stage);
      if (person->tags != NULL)
        json_object_set_string_member (row, "tags", person->tags);
    }
  sb_cli_print (cli, row, "%s  %s", card->name != NULL ? card->name : "", card->numbers->len > 0 ? (char *) card->numbers->pdata[0] : "");
  for (guint i = 0; i < card->fields->len && !cli->json; i++)
    g_print ("  %s: %s\n", ((const SbCardField *) card->fields->pdata[i])->name, ((const SbCardField *) card->fields->pdata[i])->value);

  return SB_CLI_OK;
}

/* -- many -- */

static gint64
id_called (GPtrArray  *named,
           const char *name)
{
  for (guint i = 0; i < named->len; i++)
    if (g_ascii_strcasecmp (((SbNamed *) named->pdata[i])->name, name) == 0)
      return ((SbNamed *) named->pdata[i])->id;

  return 0;
}

static SbPeopleSort
sort_called (const char *name)
{
  static const char *const names[] = { "last", "name", "stage", "consent", "language", "country", "source", "blocked", "added" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (SbPeopleSort) i;

  return SB_PEOPLE_BY_LAST;
}

static void
print_person (SbCli          *cli,
              const SbPerson *person)
{
  JsonObject *row = sb_json_make ("s:name", person->name, "s:handle", person->handle, "s:stage", person->stage, "s:tags", person->tags, "s:consent", sb_consent_get_name (person->consent),
                                  "b:blocked", person->blocked, "b:hidden", person->hidden, "s:language", person->language, "s:source", person->source, "i:last_at", person->last_at, NULL);

  sb_cli_set_id (sb_cli_set_id (row, "id", person->id), "thread", person->thread_id);
  sb_cli_print (cli, row, "%-28s %-20s %s", person->name, person->handle, person->stage != NULL ? person->stage : "");
}

static SbCliExit
list (SbCli                *cli,
      const ContactOptions *options)
{
  SbReader             *reader = sb_engine_get_reader (cli->engine);
  g_autoptr (GPtrArray) stages = sb_reader_list_stages (reader);
  g_autoptr (GPtrArray) tags = sb_reader_list_tags (reader);
  SbPeopleQuery         query = { .sort = sort_called (options->sort), .backwards = options->backwards, .words = options->words };
  g_autoptr (GArray)    ids = NULL;
  g_autoptr (GPtrArray) people = NULL;

  query.stage_id = options->stage != NULL ? id_called (stages, options->stage) : 0;
  query.tag_id = options->tag != NULL ? id_called (tags, options->tag) : 0;
  if ((options->stage != NULL && query.stage_id == 0) || (options->tag != NULL && query.tag_id == 0))
    return SB_CLI_OK;
  ids = sb_reader_list_people (reader, &query);
  people = sb_reader_get_people (reader, (const gint64 *) (gpointer) ids->data, (guint) MIN (ids->len, options->limit));
  for (guint i = 0; i < people->len; i++)
    print_person (cli, people->pdata[i]);

  return SB_CLI_OK;
}

static SbCliExit
twins (SbCli *cli)
{
  SbReader          *reader = sb_engine_get_reader (cli->engine);
  g_autoptr (GArray) pairs = sb_reader_list_twins (reader, 1000);

  for (guint i = 0; i < pairs->len; i++)
    {
      const SbTwins       *pair = &g_array_index (pairs, SbTwins, i);
      g_autoptr (SbPerson) one = sb_reader_get_person (reader, pair->one_id);
      g_autoptr (SbPerson) other = sb_reader_get_person (reader, pair->other_id);
      JsonObject          *row = sb_json_make ("s:why", pair->by_number ? "number" : "name", NULL);

      sb_cli_set_id (sb_cli_set_id (row, "one", pair->one_id), "other", pair->other_id);
      sb_cli_print (cli, row, "%" G_GINT64_FORMAT " %s  %" G_GINT64_FORMAT " %s  (%s)", pair->one_id, one != NULL ? one->name : "?", pair->other_id, other != NULL ? other->name : "?",
                    pair->by_number ? "number" : "name");
    }

  return SB_CLI_OK;
}

/* -- acts -- */

static SbCliExit
act (SbCli                *cli,
     const char           *what,
     const char           *contact,
     gint64                value,
     const ContactOptions *options)
{
  JsonArray             *taken = json_array_new ();
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;

  for (char **one = options->take; one != NULL && *one != NULL; one++)
    json_array_add_string_element (taken, *one);
  reply = sb_cli_request (cli, sb_json_make ("s:command", "contact", "s:act", what, "i:contact", contact != NULL ? sb_cli_parse_id (contact) : (gint64) 0, "i:value", value, "s:name", options->name, "s:text", options->text, "a:list", taken, NULL),
                          &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "Done");

  return result;
}

/* shopbell-cli contact list | show ID|NUMBER | twins | merge KEEP GONE | add | ACT ID */
SbCliExit
sb_cli_contact (SbCli *cli,
                int    argc,
                char **argv)
{
  g_auto (ContactOptions) options = { .limit = G_MAXUINT };
  SbCliExit               opened;
  const GOptionEntry      entries[] = {
    { "words", 0, 0, G_OPTION_ARG_STRING, &options.words, "Of a name, number or detail", "WORDS" },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, "last, name, stage, consent, language, country, source, blocked, added", "ORDER" },
    { "backwards", 0, 0, G_OPTION_ARG_NONE, &options.backwards, "Against that order", NULL },
    { "stage", 0, 0, G_OPTION_ARG_STRING, &options.stage, "In this stage", "NAME" },
    { "tag", 0, 0, G_OPTION_ARG_STRING, &options.tag, "With this tag", "NAME" },
    { "limit", 0, 0, G_OPTION_ARG_INT64, &options.limit, "At most so many", "N" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "Of the new contact, of what is set, of the field", "NAME" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text, "Number, value, tag or stage", "TEXT" },
    { "take", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.take, "With merge: taken from the one who goes: name, stage, field:NAME", "WHAT" },
    { "value", 0, 0, G_OPTION_ARG_INT64, &options.value, "With block: 0 no longer, 1 blocked, 2 and hidden", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "contact list|show|twins|merge|ACT", &argc, &argv) || argc < 2)
    {
      g_printerr ("shopbell-cli: contact list | show ID | twins | merge KEEP GONE | add | set|field|add-identity|tag|untag|stage|block|remove ID | add-stage\n");
      return SB_CLI_USAGE;
    }
  if (g_str_equal (argv[1], "list") || g_str_equal (argv[1], "twins") || (g_str_equal (argv[1], "show") && argc == 3))
    {
      if ((opened = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
        return opened;
      return g_str_equal (argv[1], "list") ? list (cli, &options) : g_str_equal (argv[1], "twins") ? twins (cli)
                                                                                                   : show (cli, argv[2]);
    }
  if ((g_str_equal (argv[1], "merge") || g_str_equal (argv[1], "apart")) && argc == 4)
    return act (cli, argv[1], argv[2], sb_cli_parse_id (argv[3]), &options);
  if (argc == 3 || g_str_equal (argv[1], "add") || g_str_equal (argv[1], "add-stage"))
    return act (cli, argv[1], argc > 2 ? argv[2] : NULL, options.value, &options);
  g_printerr ("shopbell-cli: contact %s needs a contact\n", argv[1]);

  return SB_CLI_USAGE;
}
