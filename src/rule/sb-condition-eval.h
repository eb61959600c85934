#pragma once

#include "sb-condition.h"
#include "sb-dossier.h"

G_BEGIN_DECLS

/* What is known about one subject. Which member counts depends on the subject. */
typedef struct
{
  GPtrArray *texts;  /* const char *, borrowed: texts and fields; none for nothing known */
  GArray    *ids;    /* gint64: rows and fixed words */
  gint64     number; /* a moment in unix ms (0 never), a count, or 0 and 1 for no and yes */
} SbFact;

/* Answers what a condition asks. A segment asks a person, a rule an event, a flow what it knows. */
typedef struct _SbFacts SbFacts;

struct _SbFacts
{
  void (*get) (const SbFacts *self,
               SbSubject      subject,
               const char    *field,
               SbFact        *fact);
};

typedef struct
{
  SbFacts          facts;
  const SbDossier *person;
} SbPersonFacts;

void sb_person_facts_init (SbPersonFacts   *self,
                           const SbDossier *person);

/* When it is, and where: days begin at midnight of the shop. */
typedef struct
{
  gint64     now;
  GTimeZone *zone;
} SbConditionTime;

/* One node of the condition with its answer. */
typedef struct _SbVerdict SbVerdict;

struct _SbVerdict
{
  const SbCondition *condition; /* not owned */
  gboolean           is_true;
  char              *seen;     /* of a test: the value, raw; NULL for none */
  GArray            *seen_ids; /* of a test about rows or fixed words */
  gint64             seen_number;
  GPtrArray         *children; /* SbVerdict, of a group */
};

gboolean   sb_condition_is_true (const SbCondition     *self,
                                 const SbFacts         *facts,
                                 const SbConditionTime *time);
SbVerdict *sb_condition_explain (const SbCondition     *self,
                                 const SbFacts         *facts,
                                 const SbConditionTime *time) G_GNUC_WARN_UNUSED_RESULT;
void       sb_verdict_free (SbVerdict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbVerdict, sb_verdict_free)

G_END_DECLS
