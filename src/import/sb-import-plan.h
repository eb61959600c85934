#pragma once

#include "sb-card.h"
#include "sb-import-table.h"
#include "sb-mapping.h"
#include "sb-rows.h"

G_BEGIN_DECLS

typedef enum
{
  SB_FATE_NEW = 1,
  SB_FATE_CHANGED = 2,
  SB_FATE_SAME = 3,
  SB_FATE_MERGED = 4, /* into an earlier row of the same person */
  SB_FATE_REJECTED = 5,
  SB_N_FATES
} SbFate;

/* What can be done about a row that cannot be used. */
typedef enum
{
  SB_FIX_NONE,
  SB_FIX_NUMBER,   /* another number makes it a person */
  SB_FIX_LEFT_OUT, /* the person left it out */
  SB_FIX_ERASED,   /* was erased for good: comes back when somebody says so */
} SbFix;

typedef struct
{
  char *field;  /* of sb_field_to_name (), "number", or the owner's own */
  char *before; /* (nullable) */
  char *after;
} SbChange;

typedef struct
{
  guint      number;
  guint      index; /* in the table */
  SbFate     fate;
  SbFix      fix;
  char      *reason;       /* (nullable): a sentence, for merged and rejected */
  char      *remark;       /* (nullable): what else a person should know */
  guint      merged_into;  /* index of the row, for merged */
  gboolean   brought_back; /* though it was erased */
  gint64     contact_id;   /* 0: not in the shop yet */
  SbCard    *card;         /* (nullable) */
  GPtrArray *changes;      /* (nullable): SbChange, of a changed row */
  GPtrArray *cells;        /* (nullable): as they were, of rejected rows */
} SbPlanRow;

typedef struct
{
  const char        *country;    /* (nullable): where numbers without a country code are from */
  const char        *sheet;      /* (nullable) */
  const char *const *choices;    /* (nullable): "COLUMN=FIELD" */
  gboolean           keep_other; /* columns of the owner's own are kept, under their titles */
  gboolean           fill_only;  /* what the shop has stays; only gaps are filled */
  gboolean           bring_back; /* also people who were erased: somebody was asked */
  const char        *tag;        /* (nullable): for everybody on the list */
  const char        *stage;      /* (nullable): for everybody who has none */

  const GArray *fields;      /* (nullable): SbField of each column, as the person has it now; @choices come on top */
  SbHeader      header;      /* how many rows of titles */
  SbDateOrder   dates;       /* in columns of days */
  gboolean      any_mapping; /* a file without numbers is a plan, too: one where the person still has to say */
  SbDecisions  *decisions;   /* (nullable) */
  gint         *n_planned;   /* (nullable): rows looked at so far, atomic */
} SbImportOptions;

/* What the shop knows, asked by the plan; the engine answers. */
typedef struct
{
  gint64 (*find_number) (const char *digits,
                         gpointer    data);
  SbCard *(*get_card) (gint64   contact_id,
                       gpointer data);
  gpointer data;
  gboolean (*is_erased) (const char *digits, /* (nullable) */
                         gpointer    data);
  gboolean (*has_tag) (gint64   contact_id, /* (nullable): the options' tag */
                       gpointer data);
  gboolean (*has_stage) (gint64   contact_id, /* (nullable): any */
                         gpointer data);
  /* (nullable): whether a person took them off the lists */
  gboolean (*is_removed) (gint64   contact_id,
                          gpointer data);
  /* (nullable): whether they said no, be they in the shop (@contact_id) or not (0) */
  gboolean (*is_opted_out) (gint64        contact_id,
                            const SbCard *card,
                            gpointer      data);
  /* (nullable): what a column of the owner's own keeps of @value, NULL with @sentence when it may not stand there; @own: its name */
  char *(*check_field) (const char  *title,
                        const char  *value,
                        SbDateOrder  order,
                        const char **own,
                        char       **sentence,
                        gpointer     data);
} SbImportShop;

/**
 * SbImportPlan:
 *
 * What an import will do to each row, before anything is written. A plan is made in a worker and then only read.
 */
typedef struct
{
  char       *file_name;
  SbFileAbout about;
  SbMapping  *mapping;
  gboolean    fill_only;
  GPtrArray  *rows; /* SbPlanRow */
  guint       counts[SB_N_FATES];
  char       *country; /* (nullable) */
  char       *tag;     /* (nullable) */
  char       *stage;   /* (nullable) */

  /* Many refused numbers that fit one other country: the offer to read them so. */
  char   *fix_country; /* (nullable) */
  GArray *fix_rows;    /* (nullable): guint, of the table */

  guint n_erased; /* rows of people who were erased for good, and stay away */
} SbImportPlan;

SbImportPlan *sb_import_plan_new (SbImportTable         *table,
                                  const SbImportOptions *options,
                                  const SbImportShop    *shop,
                                  GCancellable          *cancellable,
                                  GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void          sb_import_plan_free (SbImportPlan *self);
const char   *sb_fate_to_name (SbFate fate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbImportPlan, sb_import_plan_free)

G_END_DECLS
