/* Paper as rows, without a shop: what the window would show for review. Nothing is imported from here. */
#include "sb-cli-context.h"

#include "sb-child.h"
#include "sb-country.h"
#include "sb-json.h"
#include "sb-ocr-reading.h"

typedef enum
{
  PRINT_GUESSED,
  PRINT_LIST,
  PRINT_CARD,
  PRINT_TEXT,
} Print;

typedef struct
{
  SbCli      *cli;
  Print       print;
  const char *country;
} Ocr;

static guint
count_number_doubts (const SbOcrRow *row)
{
  return sb_ocr_row_count_cell_doubts (row, SB_OCR_NUMBER) + sb_ocr_row_count_cell_doubts (row, SB_OCR_NUMBER_2);
}

static JsonObject *
row_answer (const SbOcrRow *row)
{
  JsonObject *object = sb_json_make ("i:row", (gint64) row->number, "i:page", (gint64) row->page + 1, "i:doubts", (gint64) sb_ocr_row_count_doubts (row), "i:number_doubts", (gint64) count_number_doubts (row), "d:confidence", sb_ocr_row_get_confidence (row), NULL);

  for (guint field = 0; field < SB_OCR_N_FIELDS; field++)
    if (row->cells[field] != NULL)
      {
        g_autofree char *text = sb_ocr_row_dup_text (row, field);

        json_object_set_string_member (object, sb_ocr_field_to_name (field), text);
      }

  return object;
}

static void
print_rows (Ocr             *ocr,
            const SbOcrPage *page)
{
  static const SbOcrAs  as[] = { SB_OCR_AS_GUESSED, SB_OCR_AS_LIST, SB_OCR_AS_CARD };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sb_ocr_row_free);

  sb_ocr_understand (page, as[ocr->print], ocr->country, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      const SbOcrRow  *row = rows->pdata[i];
      g_autofree char *name = sb_ocr_row_dup_text (row, SB_OCR_NAME);
      g_autofree char *number = sb_ocr_row_dup_text (row, SB_OCR_NUMBER);
      g_autofree char *order = sb_ocr_row_dup_text (row, SB_OCR_ORDER);

      sb_cli_print (ocr->cli, row_answer (row), "%4u  %-24s  %-18s  %-24s  %u in doubt", row->number, name, number, order, sb_ocr_row_count_doubts (row));
    }
}

static void
answer_cb (JsonObject *object,
           gpointer    data)
{
  Ocr                  *ocr = data;
  g_autoptr (SbOcrPage) page = sb_ocr_page_from_json (object);
  g_autofree char      *text = page != NULL ? sb_ocr_page_get_text (page) : NULL;

  if (page == NULL)
    return;
  if (ocr->print == PRINT_TEXT)
    sb_cli_print (ocr->cli, sb_json_make ("i:page", (gint64) page->number + 1, "s:verdict", page->verdict, "i:turn", (gint64) page->turn, "d:confidence", page->confidence, "s:text", text, NULL), "%s", text);
  else
    {
      sb_cli_print (ocr->cli, sb_json_make ("i:page", (gint64) page->number + 1, "i:pages", (gint64) page->n_pages, "s:verdict", page->verdict, "i:turn", (gint64) page->turn, "d:confidence", page->confidence, NULL),
                    "Page %d of %d: %s", page->number + 1, page->n_pages, page->verdict);
      print_rows (ocr, page);
    }
}

static gboolean
parse_as (const char *text,
          Print      *print)
{
  static const char *const names[] = { "guess", "list", "card", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (text == NULL || g_str_equal (text, names[i]))
      {
        *print = (Print) i;
        return TRUE;
      }

  return FALSE;
}

static void
installed_cb (JsonObject *object,
              gpointer    data)
{
  char **installed = data;

  g_set_str (installed, sb_json_string (object, "languages"));
}

/* A language that is not there would be read as English, and nobody told. */
static gboolean
are_installed (const char *languages,
               GError    **error)
{
  const SbChildSpec      spec = { .program = "shopbell-reader", .arguments = (const char *const[]) { "ocr", NULL }, .cpu_s = 60 };
  g_autoptr (JsonObject) request = sb_json_make ("b:list", TRUE, NULL);
  g_autofree char       *installed = NULL;
  g_auto (GStrv)         there = NULL;
  g_auto (GStrv)         wanted = g_strsplit (languages, "+", -1);

  if (!sb_child_run (&spec, request, installed_cb, &installed, NULL, error))
    return FALSE;
  there = g_strsplit (installed != NULL ? installed : "", "+", -1);
  for (char **one = wanted; *one != NULL; one++)
    if (!g_strv_contains ((const char *const *) there, *one))
      {
        g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "The language “%s” is not installed. There are: %s", *one, installed != NULL ? installed : "none");
        return FALSE;
      }

  return TRUE;
}

SbCliExit
sb_cli_ocr (SbCli *cli,
            int    argc,
            char **argv)
{
  g_autofree char       *as = NULL;
  g_autofree char       *languages = NULL;
  g_autofree char       *country = NULL;
  g_autofree char       *picture = NULL;
  g_autofree char       *code = NULL;
  gboolean               turn = FALSE;
  const SbChildSpec      spec = { .program = "shopbell-reader", .arguments = (const char *const[]) { "ocr", NULL }, .cpu_s = 1800, .timeout_ms = 3600 * 1000, .file_size = 64 * 1024 * 1024 };
  g_autoptr (JsonObject) request = NULL;
  g_autoptr (GError)     error = NULL;
  Ocr                    ocr = { .cli = cli };
  const GOptionEntry     entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &as, "What it is: guess, list, card or text", "KIND" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &languages, "Languages of the writing, as eng+fra+ara", "LANGUAGES" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, "Where numbers without a country code are from", "CC" },
    { "turn", 0, 0, G_OPTION_ARG_NONE, &turn, "Take a page that stands on its head for granted", NULL },
    { "picture", 0, 0, G_OPTION_ARG_FILENAME, &picture, "Put the pages there as they were read", "PREFIX" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, "ocr FILE", &argc, &argv))
    return SB_CLI_USAGE;
  if (argc != 2 || !parse_as (as, &ocr.print))
    {
      g_printerr ("shopbell-cli: ocr FILE [--as guess|list|card|text]\n");
      return SB_CLI_USAGE;
    }

  if (languages != NULL && (languages[0] == '\0' || !are_installed (languages, &error)))
    {
      if (error != NULL)
        return sb_cli_fail (cli, error);
      g_printerr ("shopbell-cli: --lang is one or more of the installed languages, as eng+fra\n");
      return SB_CLI_USAGE;
    }
  if (country != NULL && (code = sb_country_find (country)) == NULL)
    {
      g_printerr ("shopbell-cli: there is no country “%s”; write its two letters, as GB or FR\n", country);
      return SB_CLI_USAGE;
    }
  ocr.country = code;
  request = sb_json_make ("s:path", argv[1], "s:languages", languages != NULL ? languages : "eng", "b:auto_turn", turn, "s:picture", picture, NULL);
  if (!sb_child_run (&spec, request, answer_cb, &ocr, NULL, &error))
    return sb_cli_fail (cli, error);

  return SB_CLI_OK;
}
