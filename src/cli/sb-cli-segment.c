#include "sb-cli-context.h"
#include "sb-cli-person.h"

#include "sb-engine-segments.h"
#include "sb-condition-words.h"
#include "sb-json.h"

#define USAGE "segment list | count NAME|--rule JSON | explain NAME CONTACT | save NAME --rule JSON|--list | delete NAME | add NAME CONTACT... | remove NAME CONTACT..."

typedef struct
{
  char    *rule;
  gboolean is_list;
  int      n_sample;
} Wish;

/* By its id or its name. */
static SbSegment *
find_segment (SbCli      *cli,
              const char *what)
{
  SbReader  *reader = sb_engine_get_reader (cli->engine);
  SbSegment *segment = what != NULL ? sb_reader_get_segment (reader, sb_cli_parse_id (what)) : NULL;

  return segment != NULL || what == NULL ? segment : sb_reader_find_segment (reader, what);
}

static gint64
find_contact (SbCli      *cli,
              const char *what)
{
  return sb_cli_find_person (cli, what);
}

static SbCliExit
not_found (SbCli      *cli,
           const char *what)
{
  g_autoptr (GError) error = g_error_new (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no “%s”", what != NULL ? what : "");

  return sb_cli_fail (cli, error);
}

static JsonArray *
strings (GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    json_array_add_string_element (array, texts->pdata[i]);

  return array;
}

static char *
words_of (SbCli           *cli,
          const SbSegment *segment,
          GPtrArray      **problems)
{
  g_autoptr (SbCondition) condition = segment->kind == SB_SEGMENT_RULE ? sb_segment_read_rule (sb_engine_get_reader (cli->engine), segment->rule, problems, NULL) : NULL;

  return condition != NULL ? sb_condition_to_words (condition) : g_strdup ("");
}

static SbCliExit
list (SbCli *cli)
{
  g_autoptr (GPtrArray) segments = sb_reader_list_segments (sb_engine_get_reader (cli->engine));

  for (guint i = 0; i < segments->len; i++)
    {
      const SbSegment      *segment = segments->pdata[i];
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char      *words = words_of (cli, segment, &problems);
      JsonObject           *row = sb_json_make ("s:name", segment->name, "s:kind", segment->kind == SB_SEGMENT_LIST ? "list" : "rule", "s:words", words, "s:rule", segment->rule,
                                                "a:problems", strings (problems), NULL);

      sb_cli_print (cli, sb_cli_set_id (row, "id", segment->id), "%s\t%s%s%s", segment->name, segment->kind == SB_SEGMENT_LIST ? "a list kept by hand" : words,
                    problems != NULL && problems->len > 0 ? "  ! " : "", problems != NULL && problems->len > 0 ? (char *) problems->pdata[0] : "");
    }

  return SB_CLI_OK;
}

static SbCliExit
count (SbCli      *cli,
       const Wish *wish,
       const char *name)
{
  g_autoptr (GAsyncResult)  result = NULL;
  g_autoptr (SbPeopleCount) people = NULL;
  g_autoptr (SbSegment)     segment = NULL;
  g_autoptr (GError)        error = NULL;
  JsonArray                *sample = json_array_new ();
  JsonObject               *row;

  if (wish->rule != NULL)
    {
      segment = g_new0 (SbSegment, 1);
      segment->kind = SB_SEGMENT_RULE;
      segment->rule = g_strdup (wish->rule);
    }
  else if (name != NULL && (segment = find_segment (cli, name)) == NULL)
    {
      json_array_unref (sample);
      return not_found (cli, name);
    }

  sb_engine_count_people_async (cli->engine, segment, wish->n_sample, NULL, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  people = sb_engine_count_people_finish (cli->engine, result, &error);
  if (people == NULL)
    {
      json_array_unref (sample);
      return sb_cli_fail (cli, error);
    }
  for (guint i = 0; people->sample != NULL && i < people->sample->len; i++)
    json_array_add_string_element (sample, ((SbNamed *) people->sample->pdata[i])->name);
  row = sb_json_make ("i:count", people->n, "a:sample", sample, "a:problems", strings (people->problems), NULL);
  if (people->n < 0)
    {
      sb_cli_print (cli, row, "%s", (char *) people->problems->pdata[0]);
      return SB_CLI_FAILED;
    }
  sb_cli_print (cli, row, "%" G_GINT64_FORMAT, people->n);

  return SB_CLI_OK;
}

static JsonArray *
lines_of (const SbExplanation *explanation)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < explanation->lines->len; i++)
    {
      const SbReasonLine *line = explanation->lines->pdata[i];

      json_array_add_object_element (lines, sb_json_make ("i:depth", (gint64) line->depth, "s:words", line->words, "s:seen", line->seen, "b:true", line->is_true, NULL));
    }

  return lines;
}

static SbCliExit
explain (SbCli      *cli,
         const char *name,
         const char *who)
{
  g_autoptr (SbSegment)     segment = find_segment (cli, name);
  g_autoptr (SbExplanation) explanation = NULL;
  g_autoptr (GError)        error = NULL;

  if (segment == NULL)
    return not_found (cli, name);
  explanation = sb_engine_explain_segment (cli->engine, segment, find_contact (cli, who), &error);
  if (explanation == NULL)
    return sb_cli_fail (cli, error);

  sb_cli_print (cli,
                sb_json_make ("b:in", explanation->is_in, "s:sentence", explanation->sentence, "a:lines", lines_of (explanation), "a:problems", strings (explanation->problems), NULL),
                "%s", explanation->sentence);
  for (guint i = 0; i < explanation->lines->len && !cli->json; i++)
    {
      const SbReasonLine *line = explanation->lines->pdata[i];

      g_print ("%*s%s %s%s%s\n", (int) line->depth * 2 + 2, "", line->is_true ? "✔" : "✖", line->words, line->seen != NULL ? ": " : "", line->seen != NULL ? line->seen : "");
    }

  return SB_CLI_OK;
}

/* What is asked is known by now; it is done where the shop is open. */
static SbCliExit
act (SbCli      *cli,
     JsonObject *request,
     const char *said)
{
  SbCliExit              result;
  g_autoptr (JsonObject) reply = NULL;

  sb_cli_close (cli);
  reply = sb_cli_request (cli, request, &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "%s", said != NULL ? said : sb_json_string (reply, "id"));

  return result;
}

static SbCliExit
save (SbCli      *cli,
      const Wish *wish,
      const char *name)
{
  g_autoptr (SbSegment) segment = find_segment (cli, name);

  if (segment != NULL && wish->is_list != (segment->kind == SB_SEGMENT_LIST))
    {
      g_autoptr (GError) error = g_error_new (SB_ERROR, SB_ERROR_INVALID, segment->kind == SB_SEGMENT_LIST ? "“%s” is a list kept by hand: it has no rule" : "“%s” has a rule: it is no list kept by hand", name);

      return sb_cli_fail (cli, error);
    }

  return act (cli, sb_cli_set_id (sb_json_make ("s:command", "segment", "s:act", "save", "s:name", name, "b:list", wish->is_list, "s:rule", wish->rule, NULL), "segment", segment != NULL ? segment->id : 0), NULL);
}

static SbCliExit
change (SbCli      *cli,
        const char *verb,
        int         argc,
        char      **argv)
{
  g_autoptr (SbSegment) segment = find_segment (cli, argv[2]);
  JsonArray            *contacts = json_array_new ();

  for (int i = 3; segment != NULL && i < argc; i++)
    {
      gint64           id = find_contact (cli, argv[i]);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

      if (id == 0)
        {
          json_array_unref (contacts);
          return not_found (cli, argv[i]);
        }
      json_array_add_string_element (contacts, text);
    }
  if (segment == NULL)
    {
      json_array_unref (contacts);
      return not_found (cli, argv[2]);
    }

  return act (cli, sb_cli_set_id (sb_json_make ("s:command", "segment", "s:act", verb, "a:contacts", contacts, NULL), "segment", segment->id), "ok");
}

static SbCliExit
run (SbCli      *cli,
     const Wish *wish,
     int         argc,
     char      **argv)
{
  const char *verb = argv[1];

  if (g_str_equal (verb, "list") && argc == 2)
    return list (cli);
  if (g_str_equal (verb, "count") && argc <= (wish->rule != NULL ? 2 : 3))
    return count (cli, wish, argc > 2 ? argv[2] : NULL);
  if (g_str_equal (verb, "explain") && argc == 4)
    return explain (cli, argv[2], argv[3]);
  if (g_str_equal (verb, "save") && argc == 3 && (wish->rule != NULL) != wish->is_list)
    return save (cli, wish, argv[2]);
  if ((g_str_equal (verb, "delete") && argc == 3) || ((g_str_equal (verb, "add") || g_str_equal (verb, "remove")) && argc > 3))
    return change (cli, verb, argc, argv);

  g_printerr ("shopbell-cli: " USAGE "\n");

  return SB_CLI_USAGE;
}

/* shopbell-cli segment list | count | explain | save | delete | add | remove */
SbCliExit
sb_cli_segment (SbCli *cli,
                int    argc,
                char **argv)
{
  Wish               wish = { NULL, FALSE, 5 };
  g_autofree char   *rule = NULL;
  SbCliExit          opened;
  const GOptionEntry entries[] = {
    { "rule", 0, 0, G_OPTION_ARG_STRING, &rule, "Who is in, as JSON", "JSON" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &wish.is_list, "A list kept by hand", NULL },
    { "sample", 0, 0, G_OPTION_ARG_INT, &wish.n_sample, "How many names beside the count", "N" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, USAGE, &argc, &argv))
    return SB_CLI_USAGE;
  if (argc < 2)
    {
      g_printerr ("shopbell-cli: " USAGE "\n");
      return SB_CLI_USAGE;
    }
  wish.rule = rule;
  wish.n_sample = CLAMP (wish.n_sample, 0, 1000);
  opened = sb_cli_open_for_reading (cli);

  return opened == SB_CLI_OK ? run (cli, &wish, argc, argv) : opened;
}
