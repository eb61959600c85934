#pragma once

#include "sb-reader-contacts.h"
#include "sb-temp-shop.h"
#include "sb-writer-contacts.h"

G_BEGIN_DECLS

#define SB_PEOPLE_NOW G_GINT64_CONSTANT (1750000000000)

/* A shop with two customers of one name, who have both written, a tag and a stage. */
typedef struct
{
  SbTempShop file;
  gint64     line, one, other, thread_one, thread_other, tag, stage, undo;
} SbPeopleShop;

/* A test by its name. Its shop is made before it and goes after it. */
typedef struct
{
  const char *name;
  void (*run) (SbPeopleShop *shop,
               gconstpointer data);
} SbPeopleTest;

/* A whole program of @n_tests. */
int       sb_people_shop_main (int argc, char **argv, const SbPeopleTest *tests, gsize n_tests);
SbReader *sb_people_shop_reader (SbPeopleShop *shop);
/* All counts of the shop are those of a recount. */
void sb_people_shop_assert_recount (SbPeopleShop *shop);
/* (transfer full): everything that a person sees of the shop’s people and conversations. */
char *sb_people_shop_describe (SbPeopleShop *shop);
/* Done, taken back, done again: each time the shop is as it should be, and its counts are those of a recount. */
void sb_people_shop_there_and_back (SbPeopleShop *shop, SbCommand command);
/* Begins one step of Undo, by the person with the id 7. */
void sb_people_shop_begin (SbWriter *writer);
/* A command: takes the last step of that person back. */
gboolean sb_people_shop_undo (SbWriter *writer, gpointer data, GError **error);
/* A text in a conversation, at a time in milliseconds. */
gboolean sb_people_shop_say (SbWriter *writer, SbPeopleShop *shop, gint64 thread, SbDirection direction, const char *text, gint64 at, GError **error);
/* A command: three more people, one of them without a number. */
gboolean sb_people_shop_add_names (SbWriter *writer, gpointer data, GError **error);

G_END_DECLS
