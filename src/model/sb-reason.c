#include "sb-reason.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *sentence;
  gboolean    wait;
} Entry;

static const Entry entries[] = {
  [SB_REASON_ALLOWED] = { "allowed", N_("May go out"), FALSE },
  [SB_REASON_WINDOW_CLOSED] = { "window-closed", N_("More than 24 hours have passed since the customer wrote. Only an approved template may be sent."), FALSE },
  [SB_REASON_BLOCKED] = { "blocked", N_("This customer is on your block list."), FALSE },
  [SB_REASON_OPTED_OUT] = { "opted-out", N_("The customer asked not to get messages like this."), FALSE },
  [SB_REASON_NO_CONSENT] = { "no-consent", N_("There is no record that the customer agreed to messages like this."), FALSE },
  [SB_REASON_LINE_PAUSED] = { "line-paused", N_("The line is paused. The message goes out when you resume it."), TRUE },
  [SB_REASON_LINE_NEEDS_KEY] = { "line-needs-key", N_("The access key is no longer accepted. The message waits until you renew it."), TRUE },
  [SB_REASON_LINE_BLOCKED] = { "line-blocked", N_("The network has stopped this line. The message waits until that is settled."), TRUE },
  [SB_REASON_LINE_REMOVED] = { "line-removed", N_("The line was removed. Choose another line."), FALSE },
  [SB_REASON_NO_LINE] = { "no-line", N_("No number is connected yet."), FALSE },
  [SB_REASON_OFFLINE] = { "offline", N_("Goes out when online."), TRUE },
  [SB_REASON_NO_ADDRESS] = { "no-address", N_("There is no number or user name to write to."), FALSE },
  [SB_REASON_TEMPLATE_NOT_APPROVED] = { "template-not-approved", N_("This template is not approved."), FALSE },
  [SB_REASON_TEMPLATE_INCOMPLETE] = { "template-incomplete", N_("A gap in the template is still empty."), FALSE },
  [SB_REASON_EMPTY] = { "empty", N_("There is nothing to send yet."), FALSE },
  [SB_REASON_TOO_LONG] = { "too-long", N_("The text is longer than the network allows."), FALSE },
  [SB_REASON_FILE_TYPE] = { "file-type", N_("The network does not take files of this type."), FALSE },
  [SB_REASON_FILE_TOO_LARGE] = { "file-too-large", N_("The file is larger than the network allows."), FALSE },
  [SB_REASON_IS_A_NOTE] = { "is-a-note", N_("This is a note for the team. Notes are never sent."), FALSE },
  [SB_REASON_QUIET_HOURS] = { "quiet-hours", N_("It is quiet time. The message goes out in the morning."), TRUE },
  [SB_REASON_DAILY_LIMIT] = { "daily-limit", N_("Today’s limit of this line is reached. The message goes out tomorrow."), TRUE },
  [SB_REASON_READ_ONLY] = { "read-only", N_("Shopbell is open in another window."), FALSE },
  [SB_REASON_DISK_FULL] = { "disk-full", N_("The disk is full."), TRUE },
  [SB_REASON_OWN_NUMBER] = { "own-number", N_("This is the shop’s own number."), FALSE },
  [SB_REASON_NO_SECRET] = { "no-secret", N_("The access key of this line is not in the password store. The message waits."), TRUE },
  [SB_REASON_DAMAGED] = { "damaged", N_("The shop’s file is damaged. Close Shopbell and open it again."), FALSE },
};

static const Entry *
entry_of (SbReason reason)
{
  return &entries[(guint) reason < G_N_ELEMENTS (entries) ? reason : SB_REASON_ALLOWED];
}

/* (transfer none): the sentence for people, translated. */
const char *
sb_reason_to_sentence (SbReason reason)
{
  return g_dgettext (GETTEXT_PACKAGE, entry_of (reason)->sentence);
}

const char *
sb_reason_to_name (SbReason reason)
{
  return entry_of (reason)->name;
}

/* The message may be queued and waits by itself, rather than being refused. */
gboolean
sb_reason_is_wait (SbReason reason)
{
  return entry_of (reason)->wait;
}
