#include "sb-cli-context.h"

#include <unistd.h>

#include "sb-contacts-out.h"
#include "sb-engine-import-list.h"
#include "sb-import-list.h"
#include "sb-json.h"

#define PAGE      500
#define STDIN_MAX (16 * 1024 * 1024)
#define USAGE     "import FILE | list | undo ID | rejected ID | all ID"

static const char *const permissions[] = { "paper", "shop", "phone", "web", "other", NULL };

/* -- import FILE -- */

static void
print_row (SbCli              *cli,
           const SbImportPlan *plan,
           const SbPlanRow    *row)
{
  const SbPlanRow *whose = row->fate == SB_FATE_MERGED ? plan->rows->pdata[row->merged_into] : row;
  JsonObject      *object = sb_json_make ("i:row", (gint64) row->number, "s:fate", sb_fate_to_name (row->fate), NULL);
  const char      *name = row->card != NULL && row->card->name != NULL ? row->card->name : "";
  const char      *number = row->card != NULL ? row->card->numbers->pdata[0] : "";

  if (row->reason != NULL)
    json_object_set_string_member (object, "reason", row->reason);
  else
    json_object_set_null_member (object, "reason");
  if (row->remark != NULL)
    json_object_set_string_member (object, "remark", row->remark);
  if (row->card != NULL)
    {
      json_object_set_string_member (object, "name", name);
      json_object_set_string_member (object, "number", number);
    }
  sb_cli_set_id (object, "contact", whose->contact_id);
  sb_cli_print (cli, object, "%6u  %-8s  %-24s  %s%s%s", row->number, sb_fate_to_name (row->fate), name, number, row->reason != NULL ? "  " : "", row->reason != NULL ? row->reason : "");
}

static JsonArray *
column_rows (const SbImportPlan *plan)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < plan->mapping->columns->len; i++)
    {
      const SbImportColumn *column = plan->mapping->columns->pdata[i];

      json_array_add_object_element (rows, sb_json_make ("s:title", column->title, "s:field", sb_field_to_name (column->field), "s:sample", column->sample, NULL));
    }

  return rows;
}

static void
print_summary (SbCli              *cli,
               const SbImportPlan *plan,
               gint64              import_id)
{
  const guint *n = plan->counts;
  JsonObject  *summary = sb_json_make ("s:kind", plan->about.kind, "s:encoding", plan->about.encoding, "s:sheet", plan->about.sheet, "s:country", plan->country, "b:header", plan->mapping->has_header,
                                       "i:rows", (gint64) plan->rows->len, "i:new", (gint64) n[SB_FATE_NEW], "i:changed", (gint64) n[SB_FATE_CHANGED], "i:same", (gint64) n[SB_FATE_SAME],
                                       "i:merged", (gint64) n[SB_FATE_MERGED], "i:rejected", (gint64) n[SB_FATE_REJECTED], "a:columns", column_rows (plan), NULL);

  sb_cli_set_id (summary, "import", import_id);
  sb_cli_print (cli, sb_json_make ("o:summary", summary, NULL), "%u rows: %u new, %u changed, %u same, %u merged, %u rejected", plan->rows->len, n[SB_FATE_NEW], n[SB_FATE_CHANGED], n[SB_FATE_SAME],
                n[SB_FATE_MERGED], n[SB_FATE_REJECTED]);
  if (import_id != 0 && !cli->json)
    g_print ("Import %" G_GINT64_FORMAT ". To take it back: import undo %" G_GINT64_FORMAT "\n", import_id, import_id);
}

/* The refused rows as a file to put right and import again. */
static gboolean
write_rejected (const SbImportPlan *plan,
                const char         *path,
                GError            **error)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  for (guint i = 0; i < plan->mapping->columns->len; i++)
    g_ptr_array_add (titles, ((const SbImportColumn *) plan->mapping->columns->pdata[i])->title);
  for (guint i = 0; i < plan->rows->len; i++)
    {
      const SbPlanRow *row = plan->rows->pdata[i];

      if (row->fate != SB_FATE_REJECTED || row->cells == NULL)
        continue;
      g_ptr_array_add (rows, row->cells);
      g_ptr_array_add (reasons, row->reason);
    }

  return sb_rows_write_csv (path, "Reason", titles, rows, reasons, error);
}

static char *
read_stdin (GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char                buffer[8192];
  gssize              length;

  while (text->len <= STDIN_MAX && (length = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, length);
  /* Half of a list would pass for a whole one. */
  if (text->len > STDIN_MAX)
    {
      g_set_error (error, SB_ERROR, SB_ERROR_TOO_LARGE, "Pasted text is at most %d MiB long. Save it as a file and import that", STDIN_MAX / 1024 / 1024);
      return NULL;
    }
  if (g_utf8_validate_len (text->str, text->len, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "Pasted text is expected to be UTF-8");

  return NULL;
}

/* What the person asked for, once as options and once as a request to the program that has the shop open. */
typedef struct
{
  const char     *path; /* "-" for standard input */
  char           *text;
  SbImportOptions options;
  const char     *sheet;
  SbImportWords   words;
  SbImportTable  *table; /* what was read */
} Wish;

static SbImportPlan *
make_plan (SbCli   *cli,
           Wish    *wish,
           GError **error)
{
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) planned = NULL;

  if (g_str_equal (wish->path, "-") && (wish->text = read_stdin (error)) == NULL)
    return NULL;
  sb_engine_read_import_async (cli->engine, wish->text == NULL ? wish->path : NULL, wish->text, wish->sheet, NULL, sb_cli_done_cb, &read);
  sb_cli_await (&read);
  wish->table = sb_engine_read_import_finish (cli->engine, read, error);
  if (wish->table == NULL)
    return NULL;
  sb_engine_plan_import_async (cli->engine, wish->table, &wish->options, NULL, sb_cli_done_cb, &planned);
  sb_cli_await (&planned);

  return sb_engine_plan_import_finish (cli->engine, planned, error);
}

static SbCliExit
apply_here (SbCli        *cli,
            const Wish   *wish,
            SbImportPlan *plan,
            gint64       *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;

  sb_engine_apply_import_async (cli->engine, plan, &wish->words, NULL, NULL, NULL, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  *id = sb_engine_apply_import_finish (cli->engine, result, &error);

  return error != NULL ? sb_cli_fail (cli, error) : SB_CLI_OK;
}

/* A file is written by one program at a time: the one that has the shop open does it. */
static SbCliExit
apply_there (SbCli      *cli,
             const Wish *wish,
             gint64     *id)
{
  g_autofree char       *path = wish->text == NULL ? g_canonicalize_filename (wish->path, NULL) : NULL;
  JsonArray             *map = json_array_new ();
  g_autoptr (JsonObject) reply = NULL;
  SbCliExit              result;

  for (const char *const *choice = wish->options.choices; choice != NULL && *choice != NULL; choice++)
    json_array_add_string_element (map, *choice);
  reply = sb_cli_ask (cli, sb_json_make ("s:command", "import", "s:file", path, "s:text", wish->text, "s:sheet", wish->sheet, "s:country", wish->options.country, "a:map", map, "b:notes", wish->options.keep_other, "b:fill", wish->options.fill_only, "b:bring-back", wish->options.bring_back, "s:permission", wish->words.consent_method, "s:wording", wish->words.consent_wording, "s:tag", wish->options.tag, "s:stage", wish->options.stage, NULL),
                      &result);
  *id = reply != NULL ? sb_cli_parse_id (sb_json_string (reply, "import")) : 0;

  return result;
}

/* Whom the other program made of the new rows. */
static void
find_contacts (SbCli        *cli,
               SbImportPlan *plan)
{
  SbReader *reader = sb_engine_get_reader (cli->engine);

  for (guint i = 0; i < plan->rows->len; i++)
    {
      SbPlanRow *row = plan->rows->pdata[i];

      if (row->fate == SB_FATE_NEW && row->contact_id == 0)
        row->contact_id = sb_reader_find_number (reader, row->card->numbers->pdata[0]);
    }
}

static SbCliExit
import_file (SbCli      *cli,
             Wish       *wish,
             const char *rejected,
             const char *all,
             gboolean    dry_run)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbImportPlan) plan = NULL;
  gint64                   id = 0;
  SbCliExit                opened = dry_run ? sb_cli_open_for_reading (cli) : sb_cli_open_for_writing (cli, FALSE);
  gboolean                 is_open_elsewhere = opened == SB_CLI_BUSY;

  if (is_open_elsewhere)
    opened = sb_cli_open_for_reading (cli);
  if (opened != SB_CLI_OK)
    return opened;
  plan = make_plan (cli, wish, &error);
  if (plan != NULL && rejected != NULL)
    write_rejected (plan, rejected, &error);
  if (plan != NULL && all != NULL && error == NULL)
    sb_import_list_write (plan, wish->table, NULL, sb_fate_to_name, all, &error);
  if (error != NULL)
    return sb_cli_fail (cli, error);
  if (!dry_run)
    opened = is_open_elsewhere ? apply_there (cli, wish, &id) : apply_here (cli, wish, plan, &id);
  if (opened != SB_CLI_OK)
    return opened;
  if (!dry_run && is_open_elsewhere)
    find_contacts (cli, plan);

  for (guint i = 0; i < plan->rows->len; i++)
    print_row (cli, plan, plan->rows->pdata[i]);
  print_summary (cli, plan, id);

  return SB_CLI_OK;
}

/* -- import list, import undo -- */

static const char *
state_name (SbImportState state)
{
  switch (state)
    {
    case SB_IMPORT_WRITING:
      return "cut-off";
    case SB_IMPORT_UNDOING:
      return "undoing";
    case SB_IMPORT_UNDONE:
      return "undone";
    case SB_IMPORT_DONE:
    default:
      return "done";
    }
}

static SbCliExit
list_imports (SbCli *cli)
{
  g_autoptr (GPtrArray) imports = NULL;
  SbCliExit             opened = sb_cli_open_for_reading (cli);

  if (opened != SB_CLI_OK)
    return opened;

  imports = sb_reader_list_imports (sb_engine_get_reader (cli->engine), 1000);
  for (guint i = 0; i < imports->len; i++)
    {
      const SbImport  *import = imports->pdata[i];
      JsonObject      *row = sb_json_make ("i:at", import->at, "s:file", import->file_name, "s:kind", import->kind, "s:state", state_name (import->state), "i:new", (gint64) import->n_new, "i:changed",
                                           (gint64) import->n_changed, "i:same", (gint64) import->n_same, "i:merged", (gint64) import->n_merged, "i:rejected", (gint64) import->n_rejected, NULL);
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, import->id);

      sb_cli_print (cli, sb_cli_set_id (row, "id", import->id), "%s  %-8s  %-32s  %u new, %u changed", id, state_name (import->state), import->file_name != NULL ? import->file_name : "-", import->n_new,
                    import->n_changed);
    }

  return SB_CLI_OK;
}

static guint
print_kept (SbCli *cli,
            gint64 import_id)
{
  SbReader *reader = sb_engine_get_reader (cli->engine);
  guint     after = 0, n = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_kept (reader, import_id, after, PAGE);

      for (guint i = 0; i < page->len; i++)
        {
          const SbKeptRow *kept = page->pdata[i];
          JsonObject      *row = sb_json_make ("i:row", (gint64) kept->number, "s:kept", kept->why, "s:name", kept->name, NULL);

          sb_cli_print (cli, sb_cli_set_id (row, "contact", kept->contact_id), "%6u  kept (%s)  %s", kept->number, kept->why, kept->name != NULL ? kept->name : "");
          after = kept->number;
          n++;
        }
      if (page->len < PAGE)
        return n;
    }
}

static SbCliExit
undo_import (SbCli      *cli,
             const char *id_text)
{
  g_autoptr (JsonObject) reply = NULL;
  gint64                 id = sb_cli_parse_id (id_text);
  gint64                 n;
  guint                  n_kept;
  SbCliExit              result;

  if (id == 0)
    {
      g_printerr ("shopbell-cli: import undo ID\n");
      return SB_CLI_USAGE;
    }
  reply = sb_cli_request (cli, sb_json_make ("s:command", "import-undo", "i:import", id, NULL), &result);
  if (reply == NULL || (cli->engine == NULL && (result = sb_cli_open_for_reading (cli)) != SB_CLI_OK))
    return result;

  n = sb_json_int (reply, "rows", 0);
  n_kept = print_kept (cli, id);
  sb_cli_print (cli, sb_json_make ("o:summary", sb_json_make ("i:undone", n - MIN (n, n_kept), "i:kept", (gint64) n_kept, NULL), NULL), "Undone: %d; kept because you edited them or wrote with them: %u", (int) (n - MIN (n, n_kept)),
                n_kept);

  return SB_CLI_OK;
}

/* The rows that could not be used, or all that the import left something of. */
static SbCliExit
save_rows (SbCli      *cli,
           const char *what,
           const char *id_text,
           const char *output)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (SbImport) import = NULL;
  gint64               id = sb_cli_parse_id (id_text);
  guint                n = 0;
  SbCliExit            opened;

  if (id == 0)
    {
      g_printerr ("shopbell-cli: import %s ID [--output FILE]\n", what);
      return SB_CLI_USAGE;
    }
  if ((opened = sb_cli_open_for_reading (cli)) != SB_CLI_OK)
    return opened;
  import = sb_reader_get_import (sb_engine_get_reader (cli->engine), id);
  if (import == NULL)
    g_set_error_literal (&error, SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such import");
  else if (g_str_equal (what, "all"))
    sb_engine_save_import_list (cli->engine, id, output, &n, &error);
  else
    sb_engine_save_rejected (cli->engine, id, output, &n, &error);
  if (error != NULL)
    return sb_cli_fail (cli, error);
  if (output != NULL)
    sb_cli_print (cli, sb_json_make ("b:ok", TRUE, "i:rows", (gint64) n, NULL), "%u rows", n);

  return SB_CLI_OK;
}

typedef struct
{
  char    *country;
  char    *sheet;
  char    *tag;
  char    *stage;
  char    *rejected;
  char    *all;
  char    *output;
  char    *permission;
  char    *wording;
  char   **choices;
  gboolean dry_run;
  Wish     wish;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_free (asked->country);
  g_free (asked->sheet);
  g_free (asked->tag);
  g_free (asked->stage);
  g_free (asked->rejected);
  g_free (asked->all);
  g_free (asked->output);
  g_free (asked->permission);
  g_free (asked->wording);
  g_strfreev (asked->choices);
  g_free (asked->wish.text);
  g_clear_pointer (&asked->wish.table, sb_import_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static SbCliExit
import_asked (SbCli      *cli,
              Asked      *asked,
              const char *path)
{
  Wish *wish = &asked->wish;

  if (asked->permission != NULL && !g_strv_contains (permissions, asked->permission))
    {
      g_printerr ("shopbell-cli: --permission is one of paper, shop, phone, web, other\n");
      return SB_CLI_USAGE;
    }
  wish->path = path;
  wish->words.consent_method = asked->permission;
  wish->words.consent_wording = asked->wording;
  wish->sheet = asked->sheet;
  wish->options.country = asked->country;
  wish->options.tag = asked->tag;
  wish->options.stage = asked->stage;
  wish->options.choices = (const char *const *) asked->choices;

  return import_file (cli, wish, asked->rejected, asked->all, asked->dry_run);
}

SbCliExit
sb_cli_import (SbCli *cli,
               int    argc,
               char **argv)
{
  g_auto (Asked)     asked = { 0 };
  const GOptionEntry entries[] = {
    { "country", 0, 0, G_OPTION_ARG_STRING, &asked.country, "Where numbers without a country code are from", "CC" },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &asked.choices, "What a column means", "COLUMN=FIELD" },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &asked.sheet, "Which sheet of a workbook", "NAME" },
    { "notes", 0, 0, G_OPTION_ARG_NONE, &asked.wish.options.keep_other, "Keep columns of other meaning, under their titles", NULL },
    { "fill", 0, 0, G_OPTION_ARG_NONE, &asked.wish.options.fill_only, "Only fill gaps; what the shop has stays", NULL },
    { "bring-back", 0, 0, G_OPTION_ARG_NONE, &asked.wish.options.bring_back, "Also people who were erased for good", NULL },
    { "permission", 0, 0, G_OPTION_ARG_STRING, &asked.permission, "How you got their permission: paper, shop, phone, web or other. It is written down and opts nobody in", "HOW" },
    { "wording", 0, 0, G_OPTION_ARG_STRING, &asked.wording, "With --permission: what they said yes to", "TEXT" },
    { "tag", 0, 0, G_OPTION_ARG_STRING, &asked.tag, "A tag for everybody on the list", "NAME" },
    { "stage", 0, 0, G_OPTION_ARG_STRING, &asked.stage, "A stage for everybody who has none", "NAME" },
    { "rejected", 0, 0, G_OPTION_ARG_FILENAME, &asked.rejected, "Write the refused rows there, with their reasons", "FILE" },
    { "all", 0, 0, G_OPTION_ARG_FILENAME, &asked.all, "Write every row there, with what becomes of it", "FILE" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &asked.output, "Of \"rejected\" and \"all\": the file to write", "FILE" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &asked.dry_run, "Say what would happen; write nothing", NULL },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, USAGE, &argc, &argv))
    return SB_CLI_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list_imports (cli);
  if (argc >= 2 && g_str_equal (argv[1], "undo"))
    return undo_import (cli, argc == 3 ? argv[2] : NULL);
  if (argc >= 2 && (g_str_equal (argv[1], "rejected") || g_str_equal (argv[1], "all")))
    return save_rows (cli, argv[1], argc == 3 ? argv[2] : NULL, asked.output);
  if (argc == 2)
    return import_asked (cli, &asked, argv[1]);
  g_printerr ("shopbell-cli: " USAGE "\n");

  return SB_CLI_USAGE;
}
