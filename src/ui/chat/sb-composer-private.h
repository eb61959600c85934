/* Shared by the files of the composer alone: its text and state, its widgets, its sending, its files. */
#pragma once

#include "sb-attach-tray.h"
#include "sb-composer.h"

G_BEGIN_DECLS

struct _SbComposer
{
  AdwBin parent_instance;

  SbEngine     *engine;
  gint64        thread_id;
  gint64        line_id;    /* chosen by hand; 0: the one the customer last wrote to */
  gint64        quote_id;   /* the message that is answered, or 0 */
  gint64        editing_id; /* the waiting message whose text is in the field, or 0 */
  char         *kept_text;  /* what stood there before the editing */
  char         *name;       /* of the customer */
  char         *client_key; /* of the text, made when the key is pressed */
  GActionGroup *actions;
  GQueue       *parcels; /* what is being sent, in order */
  GtkWidget    *faces;   /* GtkStack: write, template */
  GtkWidget    *form;
  GtkWidget    *mode;
  GtkWidget    *line;
  GtkWidget    *lines; /* GtkMenuButton, where there is more than one */
  GtkWidget    *which; /* asked for when the line is gone */
  GtkWidget    *left;
  gboolean      brief; /* in a narrow window the ring says what the number means */
  GtkWidget    *ring;
  GtkWidget    *scheduled;
  GtkWidget    *twin;
  GtkWidget    *quote;
  GtkWidget    *editing;
  GtkWidget    *problem;
  GtkWidget    *tray;
  GtkWidget    *row;
  GtkWidget    *field;
  GtkWidget    *text;
  GtkWidget    *hint;
  GtkWidget    *quick;
  GtkWidget    *emoji;
  GtkWidget    *record;
  GtkWidget    *send;
  GtkWidget    *later;
  GtkWidget    *voice;
  gint64        voice_thread;
  guint         draft_id;
  guint         tick_id;
  char         *base;     /* the draft as it was last read or kept */
  guint         n_saving; /* drafts on their way to the disk */
  GHashTable   *unsaved;  /* (nullable): drafts that the file did not take, by conversation */
  guint         unsaved_id;
  gboolean      agreed; /* to send although somebody else writes here, too */
  guint         spelling_id;
  gboolean      loading;
  gboolean      adding;    /* a note is on its way */
  gboolean      gate_said; /* the problem that stands there is the gate's */
  gboolean      spelling;  /* is there: with the first conversation */
  gboolean      by_slash;  /* the quick replies were opened by a slash that they replace */
};

/* The whole of it: sb-composer.c */
char    *sb_composer_dup_text (SbComposer *self);
void     sb_composer_set_text (SbComposer *self,
                               const char *text);
gboolean sb_composer_is_note (SbComposer *self);
void     sb_composer_save_draft (SbComposer *self);
void     sb_composer_show_problem (SbComposer *self,
                                   const char *sentence);
void     sb_composer_update_send (SbComposer *self);
void     sb_composer_update_face (SbComposer *self);
gint64   sb_composer_get_until (SbComposer *self);

/* sb-composer-actions.c */
void sb_composer_add_actions (SbComposer *self);

/* sb-composer-quote.c */
void sb_composer_show_quote (SbComposer *self,
                             gint64      message_id);
void sb_composer_end_quote (SbComposer *self);
void sb_composer_unquote_cb (SbComposer *self);
void sb_composer_walk_quote (SbComposer *self,
                             int         step);
void sb_composer_leave_editing (SbComposer *self);
void sb_composer_reuse (SbComposer *self,
                        gint64      message_id);
void sb_composer_edit (SbComposer *self,
                       gint64      message_id);
void sb_composer_end_editing (SbComposer *self,
                              gboolean    keep_text);
void sb_composer_unedit_cb (SbComposer *self);

/* sb-composer-layout.c */
GtkWidget *sb_composer_make_top (SbComposer *self);
GtkWidget *sb_composer_make_field (SbComposer *self);
void       sb_composer_use_spelling (SbComposer *self);
void       sb_composer_show_lines (SbComposer *self);
void       sb_composer_changed_cb (GtkTextBuffer *buffer,
                                   gpointer       user_data);
void       sb_composer_mode_cb (GObject    *object,
                                GParamSpec *pspec,
                                gpointer    user_data);

/* sb-composer-lines.c */
GtkWidget *sb_composer_make_which (SbComposer *self);
gboolean   sb_composer_is_line_gone (SbComposer *self);
gboolean   sb_composer_ask_line (SbComposer *self,
                                 SbReason    reason);

/* sb-composer-mention.c */
void sb_composer_watch_mentions (SbComposer *self);

/* sb-composer-note.c */
void     sb_composer_keep_note (SbComposer *self,
                                gint64      thread_id,
                                const char *text);
void     sb_composer_move_text (SbComposer *self);
gboolean sb_composer_show_note (SbComposer *self);
void     sb_composer_add_note (SbComposer *self,
                               const char *text);

/* sb-composer-send.c */
void sb_composer_tell (SbComposer *self,
                       const char *words,
                       gint64      undo_id);
void sb_composer_send (SbComposer *self,
                       gint64      not_before);
void sb_composer_send_tile (SbComposer   *self,
                            SbAttachTile *tile);
void sb_composer_free_parcels (SbComposer *self);
void sb_composer_open_later (SbComposer *self);
void sb_composer_cancel (SbComposer *self,
                         gint64      message_id);
void sb_composer_later_cb (SbComposer *self,
                           gint64      at);

/* sb-composer-twin.c */
GtkWidget *sb_composer_make_twin (SbComposer *self);
void       sb_composer_show_twin (SbComposer *self);
void       sb_composer_leave_twin (SbComposer *self,
                                   const char *base);
void       sb_composer_typed (SbComposer *self);
void       sb_composer_meet (SbComposer *self);
void       sb_composer_keep (SbComposer *self,
                             gint64      thread_id,
                             const char *text,
                             gint64      quote_id);

/* sb-composer-unsaved.c */
void        sb_composer_add_unsaved (SbComposer   *self,
                                     gint64        thread_id,
                                     const char   *text,
                                     gint64        quote_id,
                                     const GError *error);
void        sb_composer_forget_unsaved (SbComposer *self,
                                        gint64      thread_id);
const char *sb_composer_get_unsaved (SbComposer *self,
                                     gint64      thread_id,
                                     gint64     *quote_id);
void        sb_composer_end_unsaved (SbComposer *self);

gboolean sb_composer_may_send (SbComposer *self,
                               gint64      not_before);
/* sb-composer-extras.c */
void     sb_composer_add_quick_files (SbComposer *self,
                                      gint64      quick_reply_id);
void     sb_composer_take_files (GStrv       paths,
                                 const char *sentence,
                                 gpointer    self);
gboolean sb_composer_ask_about_note (SbComposer *self);

/* sb-composer-attach.c */
void      sb_composer_choose_file (SbComposer *self);
void      sb_composer_paste_cb (GtkTextView *view,
                                gpointer     user_data);
void      sb_composer_start_recording (SbComposer *self);
void      sb_composer_watch_length (SbComposer    *self,
                                    GtkTextBuffer *buffer);
void      sb_composer_keep_take (SbComposer *self);
void      sb_composer_taken_cb (SbComposer *self,
                                const char *path,
                                gboolean    send);
void      sb_composer_unrecorded_cb (SbComposer *self,
                                     const char *sentence);
AdwToast *sb_composer_toast (SbComposer *self,
                             const char *words);

G_END_DECLS
