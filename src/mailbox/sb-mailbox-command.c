#include "sb-mailbox-command.h"

#include <stdio.h>
#include <string.h>

#include "sb-json.h"
#include "sb-mailbox-box.h"
#include "sb-mailbox-crypto.h"
#include "sb-mailbox-qr.h"
#include "sb-random.h"

#define VERIFY_LENGTH 32
#define FIRST_LABEL   "desk"

typedef struct
{
  SbDb                   *db;
  const SbMailboxOptions *options;
  const char             *name;
  SbMailboxBox           *box; /* (nullable): the one that is named, when the command wants one */
} Command;

/* Output is UTF-8 in every locale: the names of boxes come back as they were given. */
static void
print_json (JsonObject *object)
{
  g_autofree char *text = sb_json_text (object);

  printf ("%s\n", text);
  json_object_unref (object);
}

/* -- settings of a box -- */

static char *
read_secret (const char *path,
             GError    **error)
{
  g_autofree char *secret = NULL;

  if (!g_file_get_contents (path, &secret, NULL, error))
    return NULL;

  g_strstrip (secret);
  if (secret[0] == '\0')
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, "%s is empty; it has to hold the app secret", path);
      return NULL;
    }

  return g_steal_pointer (&secret);
}

/* The former secret stays good, for the minutes in which both are in use. */
static gboolean
set_secret (SbMailboxBox           *box,
            const SbMailboxOptions *options,
            GError                **error)
{
  g_autofree char *secret = NULL;

  if (options->blind)
    {
      box->checked = FALSE;
      g_clear_pointer (&box->app_secret, g_free);
      g_clear_pointer (&box->previous_secret, g_free);
    }
  if (options->app_secret_file == NULL)
    return TRUE;

  secret = read_secret (options->app_secret_file, error);
  if (secret == NULL)
    return FALSE;
  if (box->app_secret != NULL && !g_str_equal (box->app_secret, secret))
    {
      g_free (box->previous_secret);
      box->previous_secret = g_steal_pointer (&box->app_secret);
    }
  g_set_str (&box->app_secret, secret);
  box->checked = TRUE;

  return TRUE;
}

static gboolean
apply (SbMailboxBox           *box,
       const SbMailboxOptions *options,
       GError                **error)
{
  if (options->blind && options->app_secret_file != NULL)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "--blind and --app-secret-file exclude each other");
      return FALSE;
    }
  if (options->max_mb < 0 || options->days < 0)
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "--max-mb and --days are counts");
      return FALSE;
    }

  if (options->max_mb > 0)
    box->max_bytes = (gint64) options->max_mb * 1024 * 1024;
  if (options->days > 0)
    box->retention_days = options->days;
  if (options->seal_key != NULL)
    {
      g_clear_pointer (&box->seal_key, g_bytes_unref);
      if (!g_str_equal (options->seal_key, "none"))
        {
          box->seal_key = sb_mailbox_read_key (options->seal_key, error);
          if (box->seal_key == NULL)
            return FALSE;
        }
    }

  return set_secret (box, options, error);
}

/* -- adding -- */

/* What the owner copies into Shopbell, in one piece: shopbell-mailbox://HOST/BOX?token=...&verify=... */
static char *
make_uri (const char   *url,
          SbMailboxBox *box,
          const char   *token,
          const char   *verify_token)
{
  const char *rest = strstr (url, "://");

  return g_strdup_printf ("shopbell-mailbox://%s/%s?token=%s&verify=%s", rest != NULL ? rest + 3 : url, box->box, token, verify_token);
}

/* For the phone or the camera of the desk. */
static void
print_qr (const char *uri)
{
  g_autoptr (SbMailboxQr) qr = sb_mailbox_qr_new (uri);
  g_autofree char        *drawn = qr != NULL ? sb_mailbox_qr_draw (qr) : NULL;

  if (drawn != NULL)
    fputs (drawn, stdout);
}

static void
tell_box (const Command *command,
          SbMailboxBox  *box,
          const char    *token,
          const char    *verify_token)
{
  g_autofree char *base = g_strdup (command->options->url);
  g_autofree char *callback = NULL;
  g_autofree char *uri = NULL;

  if (base != NULL)
    {
      while (g_str_has_suffix (base, "/"))
        base[strlen (base) - 1] = '\0';
      callback = g_strdup_printf ("%s/in/%s", base, box->box);
      uri = make_uri (base, box, token, verify_token);
    }
  if (command->options->json)
    {
      print_json (sb_json_make ("s:name", box->name, "s:box", box->box, "s:token", token, "s:verify_token", verify_token, "s:epoch", box->epoch,
                                "s:callback", callback, "s:uri", uri, NULL));
      return;
    }

  printf ("Box           %s\nToken         %s\nVerify token  %s\n", box->box, token, verify_token);
  if (callback != NULL)
    printf ("Callback URL  %s   (goes to Meta, with the verify token)\nFor Shopbell  %s\n", callback, uri);
  else
    printf ("Callback URL  https://YOUR-ADDRESS/in/%s   (goes to Meta, with the verify token)\n", box->box);
  if (uri != NULL && command->options->qr)
    print_qr (uri);
  printf ("These are shown once. The token opens the box: keep it secret.\n");
}

static gboolean
add_box (const Command *command,
         GError       **error)
{
  g_autoptr (SbRandom)     random = sb_random_new_system ();
  g_autoptr (SbMailboxBox) box = sb_mailbox_box_new ();
  g_autoptr (SbClock)      clock = sb_clock_new_system ();
  g_autofree char         *verify_token = sb_random_token (random, VERIFY_LENGTH);
  g_autofree char         *token = NULL;

  box->name = g_strdup (command->name);
  box->verify_hash = sb_mailbox_hash_text (verify_token);
  if (!apply (box, command->options, error) || !sb_db_script (command->db, "BEGIN IMMEDIATE", error) ||
      !sb_mailbox_box_add (command->db, box, sb_clock_now (clock), error))
    return FALSE;

  token = sb_mailbox_box_add_token (command->db, box, command->options->label != NULL ? command->options->label : FIRST_LABEL, error);
  if (token == NULL || !sb_db_script (command->db, "COMMIT", error))
    return FALSE;

  tell_box (command, box, token, verify_token);

  return TRUE;
}

/* -- the rest -- */

static gboolean
list_boxes (const Command *command,
            GError       **error)
{
  g_autoptr (GPtrArray) boxes = sb_mailbox_box_list (command->db, error);

  if (boxes == NULL)
    return FALSE;

  for (guint i = 0; i < boxes->len; i++)
    {
      SbMailboxBox          *box = boxes->pdata[i];
      gint64                 n_devices = sb_mailbox_box_count_tokens (command->db, box);
      g_autofree char       *size = g_format_size (box->bytes);
      g_autoptr (JsonObject) status = sb_mailbox_box_status (box);

      json_object_set_string_member (status, "name", box->name);
      json_object_set_string_member (status, "box", box->box);
      json_object_set_int_member (status, "devices", n_devices);
      if (command->options->json)
        print_json (json_object_ref (status));
      else
        printf ("%-20s %s  %s%s  %" G_GINT64_FORMAT " waiting, %s, %" G_GINT64_FORMAT " dropped, %" G_GINT64_FORMAT " devices\n", box->name, box->box,
                box->checked ? "check" : "blind", box->seal_key != NULL ? ", sealed" : "", box->newest - box->gone, size, box->dropped, n_devices);
    }

  return TRUE;
}

static gboolean
done (const Command *command,
      const char    *what)
{
  if (command->options->json)
    print_json (sb_json_make ("s:name", command->box->name, "s:box", command->box->box, "s:epoch", command->box->epoch, NULL));
  else
    printf ("%s: %s\n", command->box->name, what);

  return TRUE;
}

static gboolean
remove_box (const Command *command,
            GError       **error)
{
  return sb_mailbox_box_remove (command->db, command->box, error) && done (command, "removed, with everything in it");
}

static gboolean
change_box (const Command *command,
            GError       **error)
{
  return apply (command->box, command->options, error) && sb_mailbox_box_save (command->db, command->box, error) && done (command, "changed");
}

static gboolean
renew_box (const Command *command,
           GError       **error)
{
  return sb_db_script (command->db, "BEGIN IMMEDIATE", error) && sb_mailbox_box_renew (command->db, command->box, error) &&
         sb_db_script (command->db, "COMMIT", error) && done (command, "emptied; it counts anew");
}

static gboolean
need_label (const Command *command,
            GError       **error)
{
  if (command->options->label != NULL)
    return TRUE;

  g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "--label is needed: the name of the device");

  return FALSE;
}

static gboolean
add_token (const Command *command,
           GError       **error)
{
  g_autofree char *token = NULL;

  if (!need_label (command, error))
    return FALSE;

  token = sb_mailbox_box_add_token (command->db, command->box, command->options->label, error);
  if (token == NULL)
    return FALSE;

  if (command->options->json)
    print_json (sb_json_make ("s:box", command->box->box, "s:label", command->options->label, "s:token", token, NULL));
  else
    printf ("Token  %s\nIt is shown once.\n", token);

  return TRUE;
}

static gboolean
remove_token (const Command *command,
              GError       **error)
{
  return need_label (command, error) && sb_mailbox_box_remove_token (command->db, command->box, command->options->label, error) && done (command, "the device is shut out");
}

static const struct
{
  const char *name;
  gboolean    wants_name;
  gboolean    wants_box;
  gboolean (*run) (const Command *command,
                   GError       **error);
} commands[] = {
  { "add-box", TRUE, FALSE, add_box },
  { "list", FALSE, FALSE, list_boxes },
  { "remove-box", TRUE, TRUE, remove_box },
  { "change-box", TRUE, TRUE, change_box },
  { "renew-box", TRUE, TRUE, renew_box },
  { "add-token", TRUE, TRUE, add_token },
  { "remove-token", TRUE, TRUE, remove_token },
};

static int
find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return (int) i;

  return -1;
}

gboolean
sb_mailbox_command_exists (const char *command)
{
  return find (command) >= 0;
}

/* Box management, on the folder itself: a server that runs beside it sees the change with its next request. */
gboolean
sb_mailbox_command_run (const char             *command,
                        const char             *name,
                        const SbMailboxOptions *options,
                        GError                **error)
{
  int                      index = find (command);
  g_autoptr (SbDb)         db = NULL;
  g_autoptr (SbMailboxBox) box = NULL;

  g_return_val_if_fail (index >= 0, FALSE);

  if (commands[index].wants_name != (name != NULL && name[0] != '\0'))
    {
      g_set_error (error, SB_ERROR, SB_ERROR_INVALID, commands[index].wants_name ? "%s wants the name of a box" : "%s takes no name", command);
      return FALSE;
    }

  if (name != NULL && !g_utf8_validate (name, -1, NULL))
    {
      g_set_error_literal (error, SB_ERROR, SB_ERROR_INVALID, "The name is not UTF-8");
      return FALSE;
    }

  db = sb_mailbox_db_open (options->data, FALSE, error);
  if (db == NULL)
    return FALSE;
  if (commands[index].wants_box && (box = sb_mailbox_box_find_named (db, name, error)) == NULL)
    return FALSE;

  return commands[index].run (&(Command) { db, options, name, box }, error);
}
