#include "sb-cli-context.h"
#include "sb-cli-person.h"

#include <string.h>

#include "sb-json.h"
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

static SbCliExit
no_such (SbCli      *cli,
         const char *what,
         const char *name)
{
  g_autoptr (GError) error = g_error_new (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no %s “%s”", what, name);

  return sb_cli_fail (cli, error);
}

/* -- one -- */

/* All the ways in which the person is known. */
static JsonArray *
identity_rows (SbReader *reader,
               gint64    contact_id)
{
  static const char *const names[] = { [SB_IDENTITY_WA_ID] = "whatsapp", [SB_IDENTITY_PHONE] = "phone", [SB_IDENTITY_BSUID] = "business-id", [SB_IDENTITY_PARENT_BSUID] = "parent-business-id", [SB_IDENTITY_USERNAME] = "username" };
  JsonArray               *rows = json_array_new ();
  g_autoptr (GPtrArray)    identities = sb_reader_list_identities (reader, contact_id);

  for (guint i = 0; i < identities->len; i++)
    {
      const SbIdentity *identity = identities->pdata[i];

      json_array_add_object_element (rows, sb_json_make ("s:kind", names[identity->kind], "s:value", identity->value, NULL));
    }

  return rows;
}

static SbCliExit
show (SbCli      *cli,
      const char *text)
{
  SbReader            *reader = sb_engine_get_reader (cli->engine);
  g_autoptr (SbCard)   card = sb_reader_get_card (reader, sb_cli_find_person (cli, text));
  g_autoptr (SbPerson) person = card != NULL ? sb_reader_get_person (reader, card->contact_id) : NULL;
  JsonObject          *row;

  if (card == NULL)
    return nobody (cli);

  row = sb_cli_card_row (card);
  json_object_set_boolean_member (row, "removed", person == NULL);
  json_object_set_array_member (row, "identities", identity_rows (reader, card->contact_id));
  if (person != NULL)
    {
      json_object_set_string_member (row, "consent", sb_consent_get_name (person->consent));
      if (person->time_zone != NULL)
        json_object_set_string_member (row, "time_zone", person->time_zone);
      if (person->source != NULL)
        json_object_set_string_member (row, "source", person->source);
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
    {
      g_autofree char *folded = g_utf8_casefold (((SbNamed *) named->pdata[i])->name, -1);
      g_autofree char *wanted = g_utf8_casefold (name, -1);

      if (g_str_equal (folded, wanted))
        return ((SbNamed *) named->pdata[i])->id;
    }

  return 0;
}

/* -1: there is no such order */
static int
sort_called (const char *name)
{
  static const char *const names[] = { "last", "name", "stage", "consent", "language", "country", "source", "blocked", "added" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;

  return name == NULL ? SB_PEOPLE_BY_LAST : -1;
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
  int                   sort = sort_called (options->sort);
  SbPeopleQuery         query = { .sort = (SbPeopleSort) sort, .backwards = options->backwards, .words = options->words };
  g_autoptr (GArray)    ids = NULL;
  g_autoptr (GPtrArray) people = NULL;

  query.stage_id = options->stage != NULL ? id_called (stages, options->stage) : 0;
  query.tag_id = options->tag != NULL ? id_called (tags, options->tag) : 0;
  if (sort < 0)
    {
      g_printerr ("shopbell-cli: --sort is one of last, name, stage, consent, language, country, source, blocked, added\n");
      return SB_CLI_USAGE;
    }
  if (options->limit < 0)
    {
      g_printerr ("shopbell-cli: --limit is a number from 0\n");
      return SB_CLI_USAGE;
    }
  if ((options->stage != NULL && query.stage_id == 0) || (options->tag != NULL && query.tag_id == 0))
    return no_such (cli, options->stage != NULL && query.stage_id == 0 ? "stage" : "tag", options->stage != NULL && query.stage_id == 0 ? options->stage : options->tag);
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

static gboolean
is_detail (const char *name)
{
  static const char *const details[] = { "name", "language", "country", "time_zone", "source", "stage", NULL };

  return g_str_has_prefix (name, "field:") || g_strv_contains (details, name);
}

/* Options that would mean nothing, or something else than was meant. */
static gboolean
are_options_wrong (const char           *what,
                   const ContactOptions *options)
{
  const char *wrong = NULL;

  if (g_str_equal (what, "block") && (options->value < -1 || options->value > 2))
    wrong = "--value is 0, 1 or 2";
  for (char **one = options->take; one != NULL && *one != NULL; one++)
    if (g_str_equal (what, "merge") && !is_detail (*one))
      wrong = "--take is name, language, country, time_zone, source, stage or field:NAME";
  if (wrong != NULL)
    g_printerr ("shopbell-cli: %s\n", wrong);

  return wrong != NULL;
}

static SbCliExit
act (SbCli                *cli,
     char                **words, /* the act, and whom it is about */
     const ContactOptions *options)
{
  const char            *what = words[0];
  gboolean               is_about = words[1] != NULL;
  gint64                 ids[2] = { 0 };
  gint64                 value = options->value >= 0 ? options->value : g_str_equal (what, "block") ? 1
                                                                                                    : 0;
  const char            *text = options->text == NULL && g_str_equal (what, "add-stage") ? options->name : options->text;
  JsonArray             *taken = NULL;
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;

  if (are_options_wrong (what, options))
    return SB_CLI_USAGE;
  if (is_about && (result = sb_cli_find_people (cli, words + 1, ids)) != SB_CLI_OK)
    return result;
  taken = json_array_new ();
  for (char **one = options->take; one != NULL && *one != NULL; one++)
    json_array_add_string_element (taken, *one);
  reply = sb_cli_request (cli, sb_json_make ("s:command", "contact", "s:act", what, "i:contact", ids[0], "i:value", ids[1] != 0 ? ids[1] : value, "s:name", options->name, "s:text", text, "a:list", taken, NULL),
                          &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "Done");

  return result;
}

/* How many people an act is about; -1: there is no such act. */
static int
count_people (const char *what)
{
  static const char *const of_one[] = { "set", "field", "add-identity", "tag", "untag", "stage", "block", "remove", NULL };

  if (g_str_equal (what, "add") || g_str_equal (what, "add-stage"))
    return 0;
  if (g_str_equal (what, "merge") || g_str_equal (what, "apart"))
    return 2;

  return g_strv_contains (of_one, what) ? 1 : -1;
}

static SbCliExit
look (SbCli                *cli,
      char                **words,
      const ContactOptions *options)
{
  SbCliExit opened = sb_cli_open_for_reading (cli);

  if (opened != SB_CLI_OK)
    return opened;
  if (g_str_equal (words[0], "list"))
    return list (cli, options);

  return g_str_equal (words[0], "twins") ? twins (cli) : show (cli, words[1]);
}

/* shopbell-cli contact list | show ID|NUMBER | twins | merge KEEP GONE | add | ACT ID */
SbCliExit
sb_cli_contact (SbCli *cli,
                int    argc,
                char **argv)
{
  g_auto (ContactOptions) options = { .limit = G_MAXUINT, .value = -1 };
  int                     n_people;
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
    { "value", 0, 0, G_OPTION_ARG_INT64, &options.value, "With block: 0 no longer, 1 blocked (if it is left out), 2 and hidden", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "contact list|show|twins|merge|ACT", &argc, &argv))
    return SB_CLI_USAGE;
  if ((argc == 2 && (g_str_equal (argv[1], "list") || g_str_equal (argv[1], "twins"))) || (argc == 3 && g_str_equal (argv[1], "show")))
    return look (cli, argv + 1, &options);
  n_people = argc > 1 ? count_people (argv[1]) : -1;
  if (n_people >= 0 && argc == n_people + 2)
    return act (cli, argv + 1, &options);
  if (n_people > 0)
    g_printerr ("shopbell-cli: contact %s needs %s\n", argv[1], n_people == 1 ? "a contact" : "two contacts");
  else
    g_printerr ("shopbell-cli: contact list | show ID | twins | merge KEEP GONE | apart ID ID | add | set|field|add-identity|tag|untag|stage|block|remove ID | add-stage\n");

  return SB_CLI_USAGE;
}
