#include "sb-cli-context.h"

#include <unistd.h>

#include "sb-contacts-out.h"
#include "sb-engine-import.h"
#include "sb-json.h"

#define PAGE      500
#define STDIN_MAX (16 * 1024 * 1024)

/* A file is written by one program at a time, and thousands of rows are not handed through the control socket. */
static SbCliExit
open_for_writing (SbCli *cli)
{
  g_autoptr (GError) error = NULL;
  SbCliExit          opened = sb_cli_open_for_writing (cli, FALSE);

  if (opened != SB_CLI_BUSY)
    return opened;
  error = g_error_new_literal (SB_ERROR, SB_ERROR_BUSY, "The shop is open in another program. Close it, or import there");

  return sb_cli_fail (cli, error);
}

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

  while ((length = read (STDIN_FILENO, buffer, sizeof buffer)) > 0 && text->len < STDIN_MAX)
    g_string_append_len (text, buffer, length);
  if (g_utf8_validate_len (text->str, text->len, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);
  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "Pasted text is expected to be UTF-8");

  return NULL;
}

static SbImportPlan *
make_plan (SbCli                 *cli,
           const char            *path,
           const SbImportOptions *options,
           GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char         *text = NULL;

  if (g_str_equal (path, "-") && (text = read_stdin (error)) == NULL)
    return NULL;
  sb_engine_plan_import_async (cli->engine, text == NULL ? path : NULL, text, options, NULL, sb_cli_done_cb, &result);
  sb_cli_await (&result);

  return sb_engine_plan_import_finish (cli->engine, result, error);
}

static gint64
apply_plan (SbCli        *cli,
            SbImportPlan *plan,
            GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sb_engine_apply_import_async (cli->engine, plan, NULL, NULL, NULL, sb_cli_done_cb, &result);
  sb_cli_await (&result);

  return sb_engine_apply_import_finish (cli->engine, result, error);
}

static SbCliExit
import_file (SbCli                 *cli,
             const char            *path,
             const SbImportOptions *options,
             const char            *rejected,
             gboolean               dry_run)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (SbImportPlan) plan = NULL;
  gint64                   id = 0;
  SbCliExit                opened = dry_run ? sb_cli_open_for_reading (cli) : open_for_writing (cli);

  if (opened != SB_CLI_OK)
    return opened;
  plan = make_plan (cli, path, options, &error);
  if (plan != NULL && rejected != NULL)
    write_rejected (plan, rejected, &error);
  if (error == NULL && !dry_run)
    id = apply_plan (cli, plan, &error);
  if (error != NULL)
    return sb_cli_fail (cli, error);

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
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       error = NULL;
  gint64                   id = sb_cli_parse_id (id_text);
  guint                    n = 0, n_kept;
  SbCliExit                opened;

  if (id == 0)
    {
      g_printerr ("shopbell-cli: import undo ID\n");
      return SB_CLI_USAGE;
    }
  if ((opened = open_for_writing (cli)) != SB_CLI_OK)
    return opened;

  sb_engine_undo_import_async (cli->engine, id, sb_cli_done_cb, &result);
  sb_cli_await (&result);
  if (!sb_engine_undo_import_finish (cli->engine, result, &n, &error))
    return sb_cli_fail (cli, error);

  n_kept = print_kept (cli, id);
  sb_cli_print (cli, sb_json_make ("o:summary", sb_json_make ("i:undone", (gint64) (n - MIN (n, n_kept)), "i:kept", (gint64) n_kept, NULL), NULL), "Undone: %u; kept: %u", n - MIN (n, n_kept), n_kept);

  return SB_CLI_OK;
}

SbCliExit
sb_cli_import (SbCli *cli,
               int    argc,
               char **argv)
{
  g_autofree char   *country = NULL;
  g_autofree char   *sheet = NULL;
  g_autofree char   *rejected = NULL;
  g_auto (GStrv)     choices = NULL;
  gboolean           dry_run = FALSE;
  SbImportOptions    options = { 0 };
  const GOptionEntry entries[] = {
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, "Where numbers without a country code are from", "CC" },
    { "map", 0, 0, G_OPTION_ARG_STRING_ARRAY, &choices, "What a column means", "COLUMN=FIELD" },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &sheet, "Which sheet of a workbook", "NAME" },
    { "notes", 0, 0, G_OPTION_ARG_NONE, &options.keep_other, "Keep columns of other meaning, under their titles", NULL },
    { "bring-back", 0, 0, G_OPTION_ARG_NONE, &options.bring_back, "Also people who were erased for good", NULL },
    { "fill", 0, 0, G_OPTION_ARG_NONE, &options.fill_only, "Only fill gaps; what the shop has stays", NULL },
    { "rejected", 0, 0, G_OPTION_ARG_FILENAME, &rejected, "Write the refused rows there, with their reasons", "FILE" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, "Say what would happen; write nothing", NULL },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "import FILE | list | undo ID", &argc, &argv))
    return SB_CLI_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list_imports (cli);
  if (argc >= 2 && g_str_equal (argv[1], "undo"))
    return undo_import (cli, argc == 3 ? argv[2] : NULL);
  if (argc != 2)
    {
      g_printerr ("shopbell-cli: import FILE | list | undo ID\n");
      return SB_CLI_USAGE;
    }

  options.country = country;
  options.sheet = sheet;
  options.choices = (const char *const *) choices;

  return import_file (cli, argv[1], &options, rejected, dry_run);
}
