/* The gate's question about consent, asked at queueing and again at the moment of sending. */
#include "sb-engine-private.h"

#include "sb-reader-consent.h"

/**
 * sb_gate_consent:
 * @category: (nullable): of the template; NULL for what is no template
 *
 * Offers need a yes that stands. News about an order needs no more than that the person did not refuse everything. What
 * answers a customer within the 24 hours is no template, and nobody who writes is left without an answer.
 */
SbReason
sb_gate_consent (SbReader   *reader,
                 gint64      contact_id,
                 const char *category)
{
  SbConsent consent;

  if (category == NULL || g_ascii_strcasecmp (category, "AUTHENTICATION") == 0)
    return SB_REASON_ALLOWED;
  if (g_ascii_strcasecmp (category, "MARKETING") != 0)
    return sb_reader_get_answer (reader, contact_id, SB_PURPOSE_ORDERS) == SB_ANSWER_NO ? SB_REASON_OPTED_OUT : SB_REASON_ALLOWED;

  consent = contact_id != 0 ? sb_reader_get_consent (reader, contact_id) : SB_CONSENT_NONE;
  if (consent == SB_CONSENT_OFFERS)
    return SB_REASON_ALLOWED;

  return consent == SB_CONSENT_OPTED_OUT ? SB_REASON_OPTED_OUT : SB_REASON_NO_CONSENT;
}
