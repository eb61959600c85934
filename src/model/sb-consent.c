#include "sb-consent.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *label;
  const char *icon;
  const char *style;
} Entry;

static const Entry consents[] = {
  /* Translators: what a customer may receive from the shop. */
  [SB_CONSENT_NONE] = { "none", NC_("may receive", "None"), "sb-consent-none-symbolic", "dimmed" },
  [SB_CONSENT_ORDERS] = { "orders", NC_("may receive", "Orders only"), "sb-consent-orders-symbolic", "accent" },
  [SB_CONSENT_OFFERS] = { "offers", NC_("may receive", "Offers"), "sb-consent-offers-symbolic", "success" },
  [SB_CONSENT_OPTED_OUT] = { "opted-out", NC_("may receive", "Opted out"), "sb-consent-out-symbolic", "error" },
};

static const char *const purposes[] = { NULL, "orders", "offers", "everything" };
static const char *const answers[] = { NULL, "yes", "no", "withdrawn", "followed", "restored" };

static const Entry methods[] = {
  { NULL },
  [SB_METHOD_WROTE_FIRST] = { "wrote-first", N_("Wrote to us first") },
  [SB_METHOD_BUTTON] = { "button", N_("Tapped a button") },
  [SB_METHOD_WORD] = { "word", N_("Wrote a word") },
  [SB_METHOD_LINK] = { "link", N_("Link or code on a poster") },
  [SB_METHOD_FORM] = { "form", N_("Signed form") },
  [SB_METHOD_TOLD] = { "told", N_("Told somebody of the shop") },
  [SB_METHOD_NETWORK] = { "network", N_("Switch in WhatsApp") },
  [SB_METHOD_FILE] = { "file", N_("From a list with proof") },
  [SB_METHOD_READ] = { "read", N_("Message read by somebody of the shop") },
  [SB_METHOD_SHOPBELL] = { "shopbell", N_("Follows from another entry") },
  /* Translators: how an opt-out came into the ledger: an older copy of the shop was put back, and the list of opt-outs outlived it */
  [SB_METHOD_JOURNAL] = { "journal", N_("Carried over from the list of opt-outs, the shop file was older") },
};

static const Entry channels[] = {
  { NULL },
  [SB_CONSENT_CHANNEL_WHATSAPP] = { "whatsapp", N_("WhatsApp") },
  [SB_CONSENT_CHANNEL_SHOP] = { "shop", N_("In the shop") },
  [SB_CONSENT_CHANNEL_PAPER] = { "paper", N_("On paper") },
  [SB_CONSENT_CHANNEL_CALL] = { "call", N_("On the phone") },
  [SB_CONSENT_CHANNEL_WEB] = { "web", N_("On a web page") },
  [SB_CONSENT_CHANNEL_FILE] = { "file", N_("From a file") },
};

/* What a number of tomorrow's program means is not known here; it reads as the first. */
static const Entry *
consent_of (SbConsent consent)
{
  return &consents[(guint) consent < G_N_ELEMENTS (consents) ? consent : SB_CONSENT_NONE];
}

const char *
sb_consent_get_label (SbConsent consent)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "may receive", consent_of (consent)->label);
}

const char *
sb_consent_get_icon (SbConsent consent)
{
  return consent_of (consent)->icon;
}

/* The style class that colours the icon; shape and words say the same. */
const char *
sb_consent_get_style (SbConsent consent)
{
  return consent_of (consent)->style;
}

const char *
sb_consent_get_name (SbConsent consent)
{
  return consent_of (consent)->name;
}

static const char *
label_in (const Entry *entries,
          gsize        n,
          guint        value)
{
  return value < n && entries[value].label != NULL ? g_dgettext (GETTEXT_PACKAGE, entries[value].label) : "";
}

const char *
sb_method_get_label (SbMethod method)
{
  return label_in (methods, G_N_ELEMENTS (methods), method);
}

const char *
sb_consent_channel_get_label (SbConsentChannel channel)
{
  return label_in (channels, G_N_ELEMENTS (channels), channel);
}

const char *
sb_consent_entry_title (SbPurpose purpose,
                        SbAnswer  answer)
{
  switch (answer)
    {
    case SB_ANSWER_YES:
      return purpose == SB_PURPOSE_OFFERS ? _("Yes to offers") : purpose == SB_PURPOSE_ORDERS ? _("Yes to order news")
                                                                                           : _("Yes to everything");
    case SB_ANSWER_NO:
      return purpose == SB_PURPOSE_OFFERS ? _("Opted out of offers") : purpose == SB_PURPOSE_ORDERS ? _("Opted out of order news")
                                                                                                 : _("Opted out of everything");
    case SB_ANSWER_WITHDRAWN:
      return _("Entry taken back");
    case SB_ANSWER_FOLLOWED:
      return _("Waiting offers cancelled");
    case SB_ANSWER_RESTORED:
      return _("Entry stands again");
    default:
      return "";
    }
}

const char *
sb_purpose_get_name (SbPurpose purpose)
{
  return (guint) purpose < G_N_ELEMENTS (purposes) ? purposes[purpose] : NULL;
}

const char *
sb_answer_get_name (SbAnswer answer)
{
  return (guint) answer < G_N_ELEMENTS (answers) ? answers[answer] : NULL;
}

const char *
sb_method_get_name (SbMethod method)
{
  return (guint) method < G_N_ELEMENTS (methods) ? methods[method].name : NULL;
}

const char *
sb_consent_channel_get_name (SbConsentChannel channel)
{
  return (guint) channel < G_N_ELEMENTS (channels) ? channels[channel].name : NULL;
}

static int
index_of (const char *const *names,
          gsize              n,
          const char        *name)
{
  for (gsize i = 1; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;

  return 0;
}

static int
entry_of (const Entry *entries,
          gsize        n,
          const char  *name)
{
  for (gsize i = 1; i < n; i++)
    if (g_strcmp0 (entries[i].name, name) == 0)
      return i;

  return 0;
}

SbPurpose
sb_purpose_from_name (const char *name)
{
  return index_of (purposes, G_N_ELEMENTS (purposes), name);
}

SbAnswer
sb_answer_from_name (const char *name)
{
  return index_of (answers, G_N_ELEMENTS (answers), name);
}

SbMethod
sb_method_from_name (const char *name)
{
  return entry_of (methods, G_N_ELEMENTS (methods), name);
}

SbConsentChannel
sb_consent_channel_from_name (const char *name)
{
  return entry_of (channels, G_N_ELEMENTS (channels), name);
}

SbConsent
sb_consent_derive (SbAnswer offers,
                   SbAnswer orders)
{
  if (offers == SB_ANSWER_NO)
    return SB_CONSENT_OPTED_OUT;
  if (offers == SB_ANSWER_YES)
    return SB_CONSENT_OFFERS;
  if (orders == SB_ANSWER_NO)
    return SB_CONSENT_OPTED_OUT;

  return orders == SB_ANSWER_YES ? SB_CONSENT_ORDERS : SB_CONSENT_NONE;
}
