#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SbCondition:
 *
 * What is asked of a person: a tree of groups over comparisons. Segments, rules and flows share it. This is the plain tree;
 * its JSON, its words, its checks and its answer are in the folder rule, its SQL is in the store.
 */
typedef enum
{
  SB_CONDITION_ALL = 1,
  SB_CONDITION_ANY = 2,
  SB_CONDITION_NONE = 3, /* none of its children holds */
  SB_CONDITION_TEST = 4,
} SbConditionKind;

typedef enum
{
  SB_SUBJECT_NAME = 1,
  SB_SUBJECT_NUMBER,
  SB_SUBJECT_COUNTRY,
  SB_SUBJECT_LANGUAGE,
  SB_SUBJECT_TAG,
  SB_SUBJECT_STAGE,
  SB_SUBJECT_SOURCE,
  SB_SUBJECT_CONSENT,
  SB_SUBJECT_BLOCKED,
  SB_SUBJECT_FIELD, /* a column of the owner's own, or one that came with an import */
  SB_SUBJECT_LAST_IN,
  SB_SUBJECT_LAST_OUT,
  SB_SUBJECT_FIRST_SEEN,
  SB_SUBJECT_UNREAD,
  SB_SUBJECT_UNANSWERED,
  SB_SUBJECT_STATUS,
  SB_SUBJECT_ASSIGNEE,
  SB_SUBJECT_LINE, /* the one the customer last wrote to */
  SB_SUBJECT_IMPORT,
  SB_SUBJECT_MESSAGES, /* how many, both ways */
  SB_N_SUBJECTS
} SbSubject;

/* The first five are the kinds of the owner's own fields, numbered as the shop file has them. */
typedef enum
{
  SB_VALUE_TEXT = 1,
  SB_VALUE_NUMBER = 2,
  SB_VALUE_DATE = 3,
  SB_VALUE_CHOICE = 4, /* one of some texts */
  SB_VALUE_YES_NO = 5,
  SB_VALUE_ROW = 6,   /* one of the shop's rows, or none */
  SB_VALUE_ROWS = 7,  /* any number of the shop's rows */
  SB_VALUE_FIXED = 8, /* one of a few words that Shopbell itself has */
  SB_VALUE_TIME = 9,  /* a moment, or never */
  SB_VALUE_COUNT = 10,
  SB_N_VALUES
} SbValueType;

typedef enum
{
  SB_OPERATOR_IS = 1,
  SB_OPERATOR_IS_NOT,
  SB_OPERATOR_CONTAINS,
  SB_OPERATOR_CONTAINS_NOT,
  SB_OPERATOR_BEGINS,
  SB_OPERATOR_EMPTY,
  SB_OPERATOR_NOT_EMPTY,
  SB_OPERATOR_ANY_OF,
  SB_OPERATOR_ALL_OF,
  SB_OPERATOR_NONE_OF,
  SB_OPERATOR_LESS,
  SB_OPERATOR_MORE,
  SB_OPERATOR_BETWEEN,     /* both ends count */
  SB_OPERATOR_BEFORE,      /* the day */
  SB_OPERATOR_AFTER,       /* the day */
  SB_OPERATOR_WITHIN,      /* the last days */
  SB_OPERATOR_OLDER,       /* than days; never is not older */
  SB_OPERATOR_AHEAD,       /* in the next days */
  SB_OPERATOR_ANNIVERSARY, /* comes round in the next days */
  SB_OPERATOR_YES,
  SB_OPERATOR_NO,
  SB_N_OPERATORS
} SbOperator;

/* What is compared with. A row is known by its id; the text is its name when the condition was written, so that a row that is gone can still be named. */
typedef struct
{
  gint64 id;
  char  *text;
} SbConditionValue;

typedef struct _SbCondition SbCondition;

struct _SbCondition
{
  SbConditionKind kind;
  GPtrArray      *children; /* of a group */

  /* of a test */
  SbSubject   subject;
  char       *field; /* the name of the field, or NULL */
  gint64      field_id;
  SbValueType field_type;
  SbOperator  op;
  GPtrArray  *values; /* SbConditionValue */
};

SbCondition *sb_condition_new_group (SbConditionKind kind);
SbCondition *sb_condition_new_test (SbSubject  subject,
                                    SbOperator op);
SbCondition *sb_condition_copy (const SbCondition *self);
void         sb_condition_free (SbCondition *self);
void         sb_condition_add_value (SbCondition *self,
                                     gint64       id,
                                     const char  *text);
gboolean     sb_condition_equal (const SbCondition *a,
                                 const SbCondition *b);

SbValueType sb_condition_type (const SbCondition *self);
gboolean    sb_subject_allows (SbSubject   subject,
                               SbValueType type,
                               SbOperator  op);
/* How many values an operator takes; @most is G_MAXUINT where there is no end. */
void     sb_operator_n_values (SbOperator op,
                               guint     *least,
                               guint     *most);
gboolean sb_operator_counts_days (SbOperator op);

/* The values of a test that was checked when it was read. */
const char *sb_condition_text (const SbCondition *self,
                               guint              index);
gint64      sb_condition_id (const SbCondition *self,
                             guint              index);
double      sb_condition_number (const SbCondition *self,
                                 guint              index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbCondition, sb_condition_free)

G_END_DECLS
