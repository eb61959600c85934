#include "sb-wa-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Meta's table as we read it; a code that is wrong here costs an entry, not an architecture. */
typedef struct
{
  int         first;
  int         last;
  SbWaClass   action;
  SbWaStop    stop;
  gboolean    line_wide;
  guint       max_attempts;
  const char *sentence;
  const char *remedy;
} Entry;

#define MANY 12

static const Entry entries[] = {
  { 0, 0, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The access key is no longer accepted."), N_("Renew the key.") },
  { 1, 1, SB_WA_FIX, 0, FALSE, 2, N_("The network could not read the message."), NULL },
  { 2, 2, SB_WA_RETRY, 0, TRUE, MANY, N_("The network is down for a moment."), NULL },
  { 3, 3, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The key may not send messages."), N_("Give the key the right to send messages, or make a new one.") },
  { 4, 4, SB_WA_RETRY, 0, TRUE, MANY, N_("Too much was asked of the network; it wants a pause."), NULL },
  { 10, 10, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The key may not do this."), N_("Give the key the right to send messages, or make a new one.") },
  { 33, 33, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The shop’s number is no longer there."), N_("Check the number in your business account.") },
  { 100, 100, SB_WA_FIX, 0, FALSE, 1, N_("Something in the message is not as the network wants it."), N_("Change the message and send it again.") },
  { 104, 104, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The access key is missing."), N_("Enter the key.") },
  { 190, 190, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The access key is no longer accepted."), N_("Renew the key.") },
  { 200, 299, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The key may not do this."), N_("Give the key the right to send messages, or make a new one.") },
  { 368, 368, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The network has restricted the shop’s account for breaking a rule."), N_("See what is wrong in your business account.") },
  { 613, 613, SB_WA_RETRY, 0, FALSE, MANY, N_("Too many requests of this kind."), NULL },
  { 803, 803, SB_WA_FIX, 0, FALSE, 1, N_("What the message names is not there any more."), NULL },
  { 80007, 80008, SB_WA_RETRY, 0, TRUE, MANY, N_("The account asked too often; it has to wait up to an hour."), NULL },
  { 130429, 130429, SB_WA_RETRY, 0, TRUE, MANY, N_("The network takes no more messages a second from this number."), NULL },
  { 130472, 130472, SB_WA_SUPPRESS, 0, FALSE, 1, N_("The network held this message back: the customer is in one of its tests."), N_("Do not send it again.") },
  { 130497, 130497, SB_WA_SUPPRESS, 0, FALSE, 1, N_("The shop may not write to customers of this country."), NULL },
  { 131000, 131000, SB_WA_RETRY, 0, FALSE, 3, N_("Something went wrong in the network."), N_("Try again later.") },
  { 131005, 131005, SB_WA_STOP, SB_WA_STOP_KEY, TRUE, 1, N_("The key may not do this."), N_("Give the key the right to send messages, or make a new one.") },
  { 131008, 131009, SB_WA_FIX, 0, FALSE, 1, N_("Something in the message is missing or too long."), N_("Change the message and send it again.") },
  { 131016, 131016, SB_WA_RETRY, 0, TRUE, MANY, N_("The network is down for a moment."), NULL },
  { 131020, 131020, SB_WA_FIX, 0, FALSE, 1, N_("Messages to this group are not possible."), NULL },
  { 131021, 131021, SB_WA_FIX, 0, FALSE, 1, N_("This is the shop’s own number."), NULL },
  { 131026, 131026, SB_WA_SUPPRESS, 0, FALSE, 1, N_("The message could not be delivered: the number has no WhatsApp, has blocked the shop, or uses a very old version."), N_("Ask the customer by another way.") },
  { 131030, 131030, SB_WA_FIX, 0, FALSE, 1, N_("A test number may only write to the numbers on its list."), N_("Add the customer’s number to the list in your business account.") },
  { 131031, 131031, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The network has locked the shop’s account."), N_("See what is wrong in your business account.") },
  { 131037, 131037, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The shop’s name is not approved yet."), N_("See the display name in your business account.") },
  { 131041, 131041, SB_WA_FIX, 0, FALSE, 1, N_("Messages to this group are not possible."), NULL },
  { 131042, 131042, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("There is a problem with the payment of the account."), N_("Check the payment method in your business account.") },
  { 131043, 131043, SB_WA_WAIT, 0, FALSE, 1, N_("The message could not be delivered in time."), N_("Send it again when the customer is back.") },
  { 131044, 131044, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("There is a problem with the payment of the account."), N_("Check the payment method in your business account.") },
  { 131045, 131045, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The number is not registered rightly."), N_("Register the number again in your business account.") },
  { 131047, 131047, SB_WA_WAIT, 0, FALSE, 1, N_("More than 24 hours have passed since the customer wrote."), N_("Send an approved template.") },
  { 131048, 131048, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("Too many customers have called messages of this number unwanted."), N_("Wait, and write only to customers who asked for it.") },
  { 131049, 131049, SB_WA_WAIT, 0, FALSE, 1, N_("The network held this offer back: the customer got many lately."), N_("Do not send it again for a day.") },
  { 131050, 131050, SB_WA_SUPPRESS, 0, FALSE, 1, N_("The customer asked the network for no more offers of this shop."), NULL },
  { 131051, 131051, SB_WA_FIX, 0, FALSE, 1, N_("The network does not know this kind of message."), NULL },
  { 131052, 131052, SB_WA_WAIT, 0, FALSE, 1, N_("The customer’s file could not be fetched."), N_("Ask the customer to send it again.") },
  { 131053, 131053, SB_WA_FIX, 0, FALSE, 1, N_("The network did not take the file."), N_("Check type and size of the file.") },
  { 131056, 131056, SB_WA_RETRY, 0, FALSE, 8, N_("Too many messages to this customer in a short time."), NULL },
  { 131057, 131057, SB_WA_RETRY, 0, TRUE, MANY, N_("The network is working on the account."), NULL },
  { 131059, 131059, SB_WA_FIX, 0, FALSE, 1, N_("A list changed while it was read."), NULL },
  { 131062, 131062, SB_WA_FIX, 0, FALSE, 1, N_("For this message the customer’s phone number is needed."), N_("Ask the customer for the number.") },
  { 131063, 131064, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The account may not send offers."), N_("See what is wrong in your business account.") },
  { 131200, 131299, SB_WA_FIX, 0, FALSE, 1, N_("Messages to this group are not possible."), NULL },
  { 132000, 132000, SB_WA_FIX, 0, FALSE, 1, N_("The number of gaps filled is not that of the template."), N_("Fill every gap and send it again.") },
  { 132001, 132001, SB_WA_FIX, 0, FALSE, 1, N_("The template is not there in this language, or not approved."), N_("Choose another template.") },
  { 132005, 132005, SB_WA_FIX, 0, FALSE, 1, N_("The template is too long once its gaps are filled."), N_("Use shorter words.") },
  { 132007, 132007, SB_WA_FIX, 0, FALSE, 1, N_("The network does not allow the content of this template."), NULL },
  { 132008, 132012, SB_WA_FIX, 0, FALSE, 1, N_("A gap of the template was filled with something it cannot take."), N_("Change what is in the gaps.") },
  { 132015, 132015, SB_WA_WAIT, 0, FALSE, 1, N_("The network has paused this template."), N_("Choose another template.") },
  { 132016, 132016, SB_WA_FIX, 0, FALSE, 1, N_("The network has switched this template off."), N_("Choose another template.") },
  { 132018, 132018, SB_WA_FIX, 0, FALSE, 1, N_("A gap may not hold line breaks, tabs or long runs of blanks."), N_("Change what is in the gaps.") },
  { 132068, 132068, SB_WA_FIX, 0, FALSE, 1, N_("The form is blocked."), NULL },
  { 132069, 132069, SB_WA_WAIT, 0, FALSE, 1, N_("The form was sent too often; it has to wait an hour."), NULL },
  { 133000, 133000, SB_WA_RETRY, 0, TRUE, MANY, N_("The number is being moved."), NULL },
  { 133004, 133004, SB_WA_RETRY, 0, TRUE, MANY, N_("The network is down for a moment."), NULL },
  { 133005, 133006, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The number must be confirmed first."), N_("Confirm the number in your business account.") },
  { 133008, 133009, SB_WA_WAIT, 0, TRUE, 1, N_("The PIN was tried too often."), N_("Wait, then try again.") },
  { 133010, 133010, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The number is not registered."), N_("Register the number in your business account.") },
  { 133015, 133016, SB_WA_WAIT, 0, TRUE, 1, N_("The number was registered or removed too often."), N_("Wait some hours.") },
  { 134011, 134011, SB_WA_STOP, SB_WA_STOP_ACCOUNT, TRUE, 1, N_("The terms of payment were not accepted."), N_("See your business account.") },
  { 134101, 134101, SB_WA_RETRY, 0, FALSE, 4, N_("The template is still being prepared."), NULL },
  { 134102, 134102, SB_WA_FIX, 0, FALSE, 1, N_("This template cannot be sent this way."), NULL },
  { 135000, 135000, SB_WA_FIX, 0, FALSE, 1, N_("The network could not read the message."), NULL },
  { 137000, 137000, SB_WA_WAIT, 0, FALSE, 1, N_("The customer has a new phone or number; make sure it is the same person."), NULL },
  { 138000, 138018, SB_WA_FIX, 0, FALSE, 1, N_("Calls are not possible here."), NULL },
  { 139000, 139004, SB_WA_FIX, 0, FALSE, 1, N_("The form cannot be changed this way."), NULL },
  { 139100, 139101, SB_WA_FIX, 0, FALSE, 1, N_("The block list could not be changed."), NULL },
  { 139102, 139103, SB_WA_RETRY, 0, FALSE, MANY, N_("The block list could not be changed."), NULL },
  { 147001, 147005, SB_WA_FIX, 0, FALSE, 1, N_("The user name is not possible."), NULL },
  { 2388000, 2388999, SB_WA_FIX, 0, FALSE, 1, N_("Something in the template is not as the network wants it."), NULL },
  { 2494100, 2494100, SB_WA_RETRY, 0, TRUE, MANY, N_("The network is working on the number."), NULL },
};

static const Entry *
find (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (code >= entries[i].first && code <= entries[i].last)
      return &entries[i];

  return NULL;
}

/* @http_status: decides for a code that is not in the table: 429 and 5xx are tried again, other 4xx are not. */
SbWaClass
sb_wa_error_class (int   code,
                   guint http_status)
{
  const Entry *entry = find (code);

  if (entry != NULL && !(code == 0 && http_status != 401 && http_status != 400))
    return entry->action;

  return http_status == 429 || http_status >= 500 ? SB_WA_RETRY : SB_WA_FIX;
}

SbWaStop
sb_wa_error_stop (int code)
{
  const Entry *entry = find (code);

  return entry != NULL && entry->stop != 0 ? entry->stop : SB_WA_STOP_ACCOUNT;
}

/* For people, translated; never NULL. */
const char *
sb_wa_error_sentence (int code)
{
  const Entry *entry = find (code);

  return entry != NULL ? g_dgettext (GETTEXT_PACKAGE, entry->sentence) : _("The network did not take the message.");
}

/* (nullable): what to do about it. */
const char *
sb_wa_error_remedy (int code)
{
  const Entry *entry = find (code);

  return entry != NULL && entry->remedy != NULL ? g_dgettext (GETTEXT_PACKAGE, entry->remedy) : NULL;
}

guint
sb_wa_error_max_attempts (int code)
{
  const Entry *entry = find (code);

  return entry != NULL ? entry->max_attempts : 5;
}

/* The whole line waits, not only this message. */
gboolean
sb_wa_error_is_line_wide (int code)
{
  const Entry *entry = find (code);

  return entry != NULL && entry->line_wide;
}

/**
 * sb_wa_error_delay:
 * @attempt: how many were made, from 1
 * @asked_ms: what the other side asked for, -1 when it did not
 * @chance: 0..1, for the jitter
 *
 * Returns: milliseconds to wait: 1, 2, 4 ... s, of which chance takes a part (full jitter), at most 5 minutes; 4^n s for
 *   the limit on one customer; never less than what was asked for
 */
gint64
sb_wa_error_delay (int    code,
                   guint  attempt,
                   gint64 asked_ms,
                   double chance)
{
  guint  step = MIN (attempt > 0 ? attempt - 1 : 0, 9);
  double seconds = pow (code == 131056 ? 4 : 2, step);
  gint64 delay;

  seconds = MIN (seconds, 300);
  delay = code == 131056 ? (gint64) (seconds * 1000) : (gint64) (seconds * 1000 * chance);
  if (code == 134101)
    delay = MAX (delay, 120 * 1000);

  return MAX (delay, asked_ms);
}
