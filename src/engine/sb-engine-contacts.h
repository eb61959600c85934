#pragma once

#include "sb-engine.h"
#include "sb-reader-contacts.h"

G_BEGIN_DECLS

/* What a person does with the shop's people; each act is one command and one step of Undo, for one or for many. */
typedef enum
{
  SB_CONTACT_CREATE,        /* name; text: number or @username, or NULL; list: more of them; stage in value */
  SB_CONTACT_SET,           /* name: "name", "language", "country", "time_zone", "source"; text */
  SB_CONTACT_FIELD,         /* name: of the field; text */
  SB_CONTACT_ADD_IDENTITY,  /* text: number or @username */
  SB_CONTACT_DROP_IDENTITY, /* value: its id */
  SB_CONTACT_TAG,           /* text: name */
  SB_CONTACT_UNTAG,         /* text: name */
  SB_CONTACT_STAGE,         /* value: stage, 0 none */
  SB_CONTACT_BLOCK,         /* value: 1 what they write is shown, 2 it is hidden, 0 no longer blocked */
  SB_CONTACT_REMOVE,
  SB_CONTACT_MERGE,      /* the first stays, value: who goes; list: what is taken from who goes */
  SB_CONTACT_APART,      /* the first and value are two people */
  SB_CONTACT_SAVE_STAGE, /* value: stage, 0 new; text: name; or list: names of new ones */
  SB_CONTACT_MOVE_STAGE, /* value: stage; by */
  SB_CONTACT_DROP_STAGE, /* value: stage */
  SB_CONTACT_SAVE_FIELD, /* field */
  SB_CONTACT_DROP_FIELD, /* value: field */
} SbContactActKind;

typedef struct
{
  SbContactActKind   kind;
  const gint64      *contact_ids;
  guint              n_contacts;
  gint64             value;
  int                by;
  const char        *name;
  const char        *text;
  const char *const *list;
  const SbField     *field;
} SbContactAct;

void sb_engine_contact_act_async (SbEngine           *self,
                                  const SbContactAct *act,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
/* The id of the undo step, -1 with @error. @made: (out) (optional): the id of what was made */
gint64 sb_engine_contact_act_finish (SbEngine     *self,
                                     GAsyncResult *result,
                                     gint64       *made,
                                     GError      **error);

/* Whom @query lists, in a worker: ids (gint64). */
void    sb_engine_list_people_async (SbEngine            *self,
                                     const SbPeopleQuery *query,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GArray *sb_engine_list_people_finish (SbEngine     *self,
                                      GAsyncResult *result,
                                      GError      **error);

/* Pairs that may be one person (SbTwins), of @contact_id or, with 0, of the whole shop; in a worker. */
void    sb_engine_list_twins_async (SbEngine           *self,
                                    gint64              contact_id,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
GArray *sb_engine_list_twins_finish (SbEngine     *self,
                                     GAsyncResult *result,
                                     GError      **error);

/* The conversation with @contact_id, made when there is none yet; 0 with @error. */
void   sb_engine_open_conversation_async (SbEngine           *self,
                                          gint64              contact_id,
                                          gint64              line_id, /* 0: the first */
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
gint64 sb_engine_open_conversation_finish (SbEngine     *self,
                                           GAsyncResult *result,
                                           GError      **error);

G_END_DECLS
