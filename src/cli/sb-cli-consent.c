#include "sb-cli-context.h"
#include "sb-cli-person.h"
#include "sb-engine-consent.h"
#include "sb-engine-import.h"
#include "sb-json.h"
#include "sb-phone.h"
#include "sb-reader-declared.h"

#define USAGE "consent show ID|NUMBER | list | add ID|NUMBER --purpose offers|orders|everything --answer yes|no --method told|form|link|file [--channel shop|paper|call|web|file] [--wording N] [--note TEXT] [--proof FILE]"

/* The person meant by an id, a number as this shop dials it, or "@name"; 0 for nobody. */
gint64
sb_cli_find_person (SbCli      *cli,
                    const char *text)
{
  SbReader             *reader = sb_engine_get_reader (cli->engine);
  gint64                id = sb_cli_parse_id (text);
  g_autoptr (SbContact) contact = id > 0 ? sb_reader_get_contact (reader, id) : NULL;
  g_autofree char      *country = NULL;
  g_autofree char      *digits = NULL;

  if (contact != NULL)
    return id;
  if (text[0] == '@')
    return sb_reader_find_identity (reader, SB_IDENTITY_USERNAME, text + 1);
  if ((id = sb_reader_find_contact_of_number (reader, text)) != 0)
    return id;
  country = sb_engine_dup_own_country (cli->engine);
  digits = country != NULL ? sb_phone_normalize (text, country) : NULL;

  return digits != NULL ? sb_reader_find_number (reader, digits) : 0;
}

SbCliExit
sb_cli_no_person (SbCli *cli)
{
  g_autoptr (GError) error = g_error_new_literal (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no such contact");

  return sb_cli_fail (cli, error);
}

/* Looked up beside whatever has the shop open: the act itself may be done there. @who ends with NULL, @ids has room for them. */
SbCliExit
sb_cli_find_people (SbCli  *cli,
                    char  **who,
                    gint64 *ids)
{
  SbCliExit opened = sb_cli_open_for_reading (cli);
  gboolean  is_found = TRUE;

  if (opened != SB_CLI_OK)
    return opened;
  for (guint i = 0; who[i] != NULL && is_found; i++)
    is_found = (ids[i] = sb_cli_find_person (cli, who[i])) != 0;
  sb_cli_close (cli);

  return is_found ? SB_CLI_OK : sb_cli_no_person (cli);
}

void
sb_cli_close (SbCli *cli)
{
  sb_engine_close (cli->engine);
  g_clear_object (&cli->engine);
}

static JsonObject *
row_of (const SbConsentEntry *entry)
{
  JsonObject *row = sb_json_make ("s:purpose", sb_purpose_get_name (entry->purpose), "s:answer", sb_answer_get_name (entry->answer), "s:method", sb_method_get_name (entry->method), "s:channel",
                                  sb_consent_channel_get_name (entry->channel), "i:at", entry->at, "i:recorded_at", entry->recorded_at, "s:words", entry->words, "s:wording", entry->wording_text,
                                  "s:name", entry->name, "s:note", entry->note, "s:evidence", entry->evidence, "b:stands", entry->stands, NULL);

  if (entry->wording_number > 0)
    json_object_set_int_member (row, "wording_number", entry->wording_number);
  if (entry->n > 0)
    json_object_set_int_member (row, "cancelled", entry->n);
  sb_cli_set_id (row, "id", entry->id);

  return sb_cli_set_id (row, "contact_id", entry->contact_id);
}

static void
print_entries (SbCli     *cli,
               GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const SbConsentEntry *entry = entries->pdata[i];
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (entry->at / 1000);
      g_autofree char      *time = g_date_time_format (at, "%Y-%m-%d %H:%M");
      g_autofree char      *heading = sb_consent_entry_heading (entry);
      g_autofree char      *how = sb_consent_entry_how (entry);

      sb_cli_print (cli, row_of (entry), "%s  %s  %s: %s%s", time, entry->name != NULL ? entry->name : "-", heading, how, entry->stands ? "" : " (taken back)");
    }
}

static void
print_declared (SbCli     *cli,
                GPtrArray *declared)
{
  for (guint i = 0; i < declared->len; i++)
    {
      const SbDeclaration  *declaration = declared->pdata[i];
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (declaration->at / 1000);
      g_autofree char      *time = g_date_time_format (at, "%Y-%m-%d %H:%M");
      g_autofree char      *text = sb_declaration_text (declaration);
      JsonObject           *row = sb_json_make ("s:said_by_shop", declaration->method, "s:wording", declaration->wording, "s:file", declaration->file_name, "i:at", declaration->at, NULL);

      sb_cli_print (cli, sb_cli_set_id (row, "import_id", declaration->import_id), "%s  %s", time, text);
    }
}

static SbCliExit
show (SbCli      *cli,
      const char *who)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) declared = NULL;
  g_autofree char      *check = NULL;
  SbCliExit             opened = sb_cli_open_for_reading (cli);
  SbConsent             now;
  gint64                id;

  if (opened != SB_CLI_OK)
    return opened;
  id = sb_cli_find_person (cli, who);
  if (id == 0)
    return sb_cli_no_person (cli);

  entries = sb_reader_list_consent_of (sb_engine_get_reader (cli->engine), id);
  check = sb_consent_check_value (entries);
  now = sb_reader_get_consent (sb_engine_get_reader (cli->engine), id);
  declared = sb_reader_list_declarations (sb_engine_get_reader (cli->engine), id);
  print_entries (cli, entries);
  print_declared (cli, declared);
  sb_cli_print (cli, sb_json_make ("s:now", sb_consent_get_name (now), "s:check", check, NULL), "now: %s, check value %s", sb_consent_get_name (now), check);

  return SB_CLI_OK;
}

static SbCliExit
list (SbCli *cli)
{
  SbCliExit opened = sb_cli_open_for_reading (cli);
  int       counts[SB_N_CONSENTS];
  gint64    last = 0;

  if (opened != SB_CLI_OK)
    return opened;
  for (;;)
    {
      g_autoptr (GPtrArray) page = sb_reader_list_ledger (sb_engine_get_reader (cli->engine), SB_LEDGER_ALL, 0, last, 200);

      print_entries (cli, page);
      if (page->len < 200)
        break;
      last = ((SbConsentEntry *) page->pdata[page->len - 1])->id;
    }
  sb_reader_count_consents (sb_engine_get_reader (cli->engine), counts);
  sb_cli_print (cli, sb_json_make ("i:offers", (gint64) counts[SB_CONSENT_OFFERS], "i:orders", (gint64) counts[SB_CONSENT_ORDERS], "i:none", (gint64) counts[SB_CONSENT_NONE], "i:opted-out", (gint64) counts[SB_CONSENT_OPTED_OUT], NULL),
                "offers %d, orders only %d, never asked %d, opted out %d", counts[SB_CONSENT_OFFERS], counts[SB_CONSENT_ORDERS], counts[SB_CONSENT_NONE], counts[SB_CONSENT_OPTED_OUT]);

  return SB_CLI_OK;
}

/* The number that people see, as the row it means. */
static gint64
wording_with (SbCli *cli,
              int    number)
{
  g_autoptr (GPtrArray) wordings = sb_reader_list_wordings (sb_engine_get_reader (cli->engine), SB_WORDING_QUESTION);

  for (guint i = 0; i < wordings->len; i++)
    if (((SbWording *) wordings->pdata[i])->number == number)
      return ((SbWording *) wordings->pdata[i])->id;

  return 0;
}

static SbCliExit
find_wording (SbCli  *cli,
              int     number,
              gint64 *id)
{
  g_autoptr (GError) error = NULL;
  SbCliExit          opened = sb_cli_open_for_reading (cli);

  if (opened != SB_CLI_OK)
    return opened;
  *id = wording_with (cli, number);
  sb_cli_close (cli);
  if (*id != 0)
    return SB_CLI_OK;
  error = g_error_new (SB_ERROR, SB_ERROR_NOT_FOUND, "There is no wording %d", number);

  return sb_cli_fail (cli, error);
}

static SbCliExit
add (SbCli                *cli,
     const SbConsentEntry *entry,
     const char           *proof)
{
  g_autofree char       *path = proof != NULL ? g_canonicalize_filename (proof, NULL) : NULL;
  JsonObject            *request = sb_json_make ("s:command", "consent-add", "s:purpose", sb_purpose_get_name (entry->purpose), "s:answer", sb_answer_get_name (entry->answer), "s:method",
                                                 sb_method_get_name (entry->method), "s:channel", sb_consent_channel_get_name (entry->channel), "s:note", entry->note, "s:proof", path, NULL);
  SbCliExit              result;
  g_autoptr (JsonObject) reply = NULL;

  sb_cli_set_id (sb_cli_set_id (request, "contact", entry->contact_id), "wording", entry->wording_id);
  reply = sb_cli_request (cli, request, &result);
  if (reply != NULL)
    sb_cli_print (cli, json_object_ref (reply), "recorded, now: %s", sb_json_string (reply, "now"));

  return result;
}

SbCliExit
sb_cli_consent (SbCli *cli,
                int    argc,
                char **argv)
{
  g_autofree char *purpose = NULL, *answer = NULL, *method = NULL, *channel = NULL, *note = NULL, *proof = NULL;
  int              wording = 0;
  SbCliExit        opened;
  SbConsentEntry   entry = { 0 };
  GOptionEntry     entries[] = {
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &purpose, "offers, orders or everything", "WHAT" },
    { "answer", 0, 0, G_OPTION_ARG_STRING, &answer, "yes or no", "ANSWER" },
    { "method", 0, 0, G_OPTION_ARG_STRING, &method, "told, form, link or file", "HOW" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &channel, "shop, paper, call, web or file", "WHERE" },
    { "wording", 0, 0, G_OPTION_ARG_INT, &wording, "The number of the wording that was seen", "N" },
    { "note", 0, 0, G_OPTION_ARG_STRING, &note, "What else is to be known", "TEXT" },
    { "proof", 0, 0, G_OPTION_ARG_FILENAME, &proof, "A photo or file that proves it", "FILE" },
    { NULL },
  };

  if (!sb_cli_parse (cli, entries, USAGE, &argc, &argv))
    return SB_CLI_USAGE;
  if (argc == 3 && g_str_equal (argv[1], "show"))
    return show (cli, argv[2]);
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list (cli);

  entry.purpose = sb_purpose_from_name (purpose);
  entry.answer = sb_answer_from_name (answer);
  entry.method = sb_method_from_name (method);
  entry.channel = channel != NULL ? sb_consent_channel_from_name (channel) : SB_CONSENT_CHANNEL_SHOP;
  entry.note = note;
  if (argc != 3 || !g_str_equal (argv[1], "add") || entry.purpose == 0 || entry.answer == 0 || entry.answer > SB_ANSWER_NO || entry.method == 0 || entry.channel == 0)
    {
      g_printerr ("shopbell-cli: " USAGE "\n");
      return SB_CLI_USAGE;
    }
  if ((opened = sb_cli_find_people (cli, argv + 2, &entry.contact_id)) != SB_CLI_OK)
    return opened;
  /* A proof without its words would be no proof. */
  if (wording != 0 && (opened = find_wording (cli, wording, &entry.wording_id)) != SB_CLI_OK)
    return opened;

  return add (cli, &entry, proof);
}
