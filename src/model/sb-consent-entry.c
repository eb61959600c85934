#include "sb-consent-entry.h"

#include <glib/gi18n-lib.h>

SbConsentEntry *
sb_consent_entry_new (void)
{
  SbConsentEntry *self = g_new0 (SbConsentEntry, 1);

  self->stands = TRUE;

  return self;
}

SbConsentEntry *
sb_consent_entry_copy (const SbConsentEntry *self)
{
  SbConsentEntry *copy = g_memdup2 (self, sizeof *self);

  copy->words = g_strdup (self->words);
  copy->note = g_strdup (self->note);
  copy->evidence = g_strdup (self->evidence);
  copy->evidence_name = g_strdup (self->evidence_name);
  copy->name = g_strdup (self->name);
  copy->staff_name = g_strdup (self->staff_name);
  copy->line_name = g_strdup (self->line_name);
  copy->wording_text = g_strdup (self->wording_text);
  copy->reply_text = g_strdup (self->reply_text);

  return copy;
}

void
sb_consent_entry_free (SbConsentEntry *self)
{
  g_free (self->words);
  g_free (self->note);
  g_free (self->evidence);
  g_free (self->evidence_name);
  g_free (self->name);
  g_free (self->staff_name);
  g_free (self->line_name);
  g_free (self->wording_text);
  g_free (self->reply_text);
  g_free (self);
}

void
sb_wording_free (SbWording *self)
{
  g_free (self->language);
  g_free (self->text);
  g_free (self->reply);
  g_free (self);
}

void
sb_consent_question_free (SbConsentQuestion *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

/* What the entry alone would make of a person, for its icon. */
static SbConsent
shape_of (const SbConsentEntry *self)
{
  if (self->id == 0)
    return SB_CONSENT_NONE;
  if (self->answer == SB_ANSWER_NO)
    return SB_CONSENT_OPTED_OUT;

  return self->purpose == SB_PURPOSE_ORDERS ? SB_CONSENT_ORDERS : SB_CONSENT_OFFERS;
}

const char *
sb_consent_entry_icon (const SbConsentEntry *self)
{
  switch (self->answer)
    {
    case SB_ANSWER_WITHDRAWN:
      return "edit-undo-symbolic";
    case SB_ANSWER_RESTORED:
      return "edit-redo-symbolic";
    case SB_ANSWER_FOLLOWED:
      return "edit-clear-symbolic";
    case SB_ANSWER_YES:
    case SB_ANSWER_NO:
    default:
      return sb_consent_get_icon (shape_of (self));
    }
}

const char *
sb_consent_entry_style (const SbConsentEntry *self)
{
  return self->answer == SB_ANSWER_YES || self->answer == SB_ANSWER_NO ? sb_consent_get_style (shape_of (self)) : "dimmed";
}

char *
sb_consent_entry_heading (const SbConsentEntry *self)
{
  if (self->id == 0)
    return g_strdup (_("Never asked"));
  if (self->answer == SB_ANSWER_FOLLOWED)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d waiting offer cancelled", "%d waiting offers cancelled", self->n), self->n);

  return g_strdup (sb_consent_entry_title (self->purpose, self->answer));
}

static char *
how_by_wording (const SbConsentEntry *self)
{
  switch ((int) self->method)
    {
    case SB_METHOD_BUTTON:
      /* Translators: %d is the number of a wording of the shop. */
      return g_strdup_printf (_("Tapped the button under wording no. %d"), self->wording_number);
    case SB_METHOD_LINK:
      return g_strdup_printf (_("Link or code on a poster, wording no. %d"), self->wording_number);
    case SB_METHOD_FORM:
      return g_strdup_printf (_("Signed form, wording no. %d"), self->wording_number);
    default:
      /* Translators: how somebody agreed, and the number of the wording they saw. */
      return g_strdup_printf (_("%s, wording no. %d"), sb_method_get_label (self->method), self->wording_number);
    }
}

/* How it came about, in one line. */
char *
sb_consent_entry_how (const SbConsentEntry *self)
{
  if (self->id == 0)
    return g_strdup (_("There is no record"));
  if (self->answer == SB_ANSWER_FOLLOWED)
    return g_strdup (_("Because of the entry above"));
  if (self->answer == SB_ANSWER_WITHDRAWN || self->answer == SB_ANSWER_RESTORED)
    return self->staff_name != NULL ? g_strdup_printf (_("By %s"), self->staff_name) : g_strdup (_("By somebody of the shop"));
  if (self->wording_number > 0)
    return how_by_wording (self);

  switch ((int) self->method)
    {
    case SB_METHOD_WORD:
      /* Translators: the customer's own words, in quotation marks. */
      return self->words != NULL ? g_strdup_printf (_("Wrote “%s”"), self->words) : g_strdup (sb_method_get_label (self->method));
    case SB_METHOD_BUTTON:
      return self->words != NULL ? g_strdup_printf (_("Tapped “%s”"), self->words) : g_strdup (sb_method_get_label (self->method));
    case SB_METHOD_TOLD:
      return self->staff_name != NULL ? g_strdup_printf (_("Told %s"), self->staff_name) : g_strdup (sb_method_get_label (self->method));
    case SB_METHOD_FORM:
      return g_strdup (self->evidence != NULL ? _("Signed form, photo kept") : _("Signed form"));
    case SB_METHOD_WROTE_FIRST:
      return self->line_name != NULL ? g_strdup_printf (_("Wrote to us first, line %s"), self->line_name) : g_strdup (sb_method_get_label (self->method));
    default:
      return g_strdup (sb_method_get_label (self->method));
    }
}

/* (nullable): the exact words that belong to the entry: what the person saw, was answered, or wrote. */
const char *
sb_consent_entry_quote (const SbConsentEntry *self)
{
  if (self->wording_text != NULL)
    return self->wording_text;
  if (self->reply_text != NULL)
    return self->reply_text;

  return self->method == SB_METHOD_WORD || self->method == SB_METHOD_BUTTON ? NULL : self->words;
}

/*
 * A short value over all that is recorded of one person: printed on the proof, so that a changed entry shows. Over what the
 * ledger alone says, not over names and numbers, which may change.
 */
char *
sb_consent_check_value (GPtrArray *entries)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char           *hex;

  for (guint i = 0; i < entries->len; i++)
    {
      const SbConsentEntry *e = entries->pdata[i];
      g_autofree char      *line = g_strdup_printf ("%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%d|%d|%d|%d|%s|%s|%s|%" G_GINT64_FORMAT "\n", e->id, e->at, e->recorded_at, (int) e->purpose, (int) e->answer,
                                                    (int) e->method, (int) e->channel, e->wording_text != NULL ? e->wording_text : "", e->words != NULL ? e->words : "", e->evidence != NULL ? e->evidence : "", e->refers_id);

      g_checksum_update (sum, (const guchar *) line, -1);
    }
  hex = g_checksum_get_string (sum);

  return g_strdup_printf ("%.4s %.4s %.4s", hex, hex + 4, hex + 8);
}
