#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SbCard:
 *
 * What is known of one person outside of any conversation: what a row of a file says, and what the shop has. Numbers are
 * digits as sb_phone_normalize () gives them, the one to write to first. Fields are named values in the order of their names.
 */
typedef struct
{
  char *name;
  char *value;
} SbCardField;

typedef struct
{
  gint64     contact_id; /* 0: not in the shop */
  char      *name;
  gboolean   is_guessed; /* the name is only the company's: it never takes another's place */
  char      *language;
  char      *country;
  gboolean   blocked;
  GPtrArray *numbers; /* char *, owned */
  GPtrArray *fields;  /* SbCardField, owned */
} SbCard;

SbCard     *sb_card_new (void);
void        sb_card_free (SbCard *self);
void        sb_card_add_number (SbCard     *self,
                                const char *digits);
gboolean    sb_card_has_number (const SbCard *self,
                                const char   *digits);
GPtrArray  *sb_card_take_fields (SbCard *self) G_GNUC_WARN_UNUSED_RESULT;
void        sb_card_set_field (SbCard     *self,
                               const char *name,
                               const char *value);
const char *sb_card_get_field (const SbCard *self,
                               const char   *name);
gboolean    sb_card_merge (SbCard       *self,
                           const SbCard *other,
                           gboolean      fill_only);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbCard, sb_card_free)

G_END_DECLS
