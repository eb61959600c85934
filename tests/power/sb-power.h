#pragma once

#include <sqlite3.h>

#include "sb-store-private.h"
#include "sb-fake-line.h"
#include "sb-tear-vfs.h"

G_BEGIN_DECLS

#define SB_POWER_NOW G_GINT64_CONSTANT (1750000000000)

/* What all cuts of a run came to. */
typedef struct
{
  const char *name; /* NULL: nothing is said */
  guint       cuts;
  guint       same;      /* left what another cut had left, with the same said and done: examined once */
  guint       corrupt;   /* could not be opened, or does not add up */
  guint       lost;      /* was acknowledged and is gone */
  guint       twice;     /* shown or sent a second time */
  guint       wrong;     /* says something that is not so, or differs from a run without a cut */
  guint       unknown;   /* may have been sent */
  guint       in_flight; /* claimed at the moment of the cut */
} SbTotals;

gboolean sb_totals_are_clean (const SbTotals *self);
void     sb_totals_print (const SbTotals *self);
/* Says, for the first few of a run, what went wrong where. */
void sb_totals_blame (const SbTotals *self,
                      guint64         seed,
                      guint           operation,
                      const char     *format,
                      ...) G_GNUC_PRINTF (4, 5);

/* A shop on a disk that tears, with other users of the file beside the engine. */
typedef struct
{
  SbTearDisk *disk;
  SbClock    *clock;
  SbRandom   *random; /* of the engine */
  SbRandom   *chaos;  /* of the test */
  SbSecrets  *secrets;
  SbFakeLine *line;
  SbEngine   *engine;
  sqlite3    *other; /* reads and checkpoints; NULL: alone */
  sqlite3    *checkpointer;
  gboolean    reading;
  gboolean    checked;
  gboolean    whole;
} SbPowerShop;

/* Takes @disk. NULL with @error when the shop cannot be opened. */
SbPowerShop *sb_power_shop_new (SbTearDisk *disk,
                                guint64     seed,
                                GError    **error);
/* The same on what a cut left, and on handles that were used before; see SbSeat. */
SbPowerShop *sb_power_shop_new_after_cut (SbTearDisk *left,
                                          guint64     seed,
                                          GError    **error);
void         sb_power_shop_free (SbPowerShop *self);
void         sb_power_shop_close_engine (SbPowerShop *self);
gboolean     sb_power_shop_reopen (SbPowerShop *self,
                                   GError     **error);
/* From here on others read and checkpoint, between and within the writes of the engine. */
void     sb_power_shop_add_company (SbPowerShop *self);
void     sb_power_shop_mingle (SbPowerShop *self);
SbDb    *sb_power_shop_get_db (SbPowerShop *self);
gboolean sb_power_shop_is_whole (SbPowerShop *self,
                                 char       **why);
/* A closed shop with one line whose customers ("1650555" and four digits) have all just written. */
SbTearDisk *sb_power_make_base (guint n_customers);
char       *sb_power_customer (guint n);

guint sb_power_operations (SbPowerShop *self);
/* Closes all and gives the disk with its log away. */
SbTearDisk *sb_power_shop_end (SbPowerShop *self);

/* Before the first shop: the layer, the log without its many messages, and the arguments [number of cuts [first seed]];
 * SHOPBELL_CUTS goes before. */
void sb_power_init (int      argc,
                    char   **argv,
                    guint   *n_cuts,
                    guint64 *seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbPowerShop, sb_power_shop_free)

G_END_DECLS
