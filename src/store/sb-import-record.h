#pragma once

#include "sb-json.h"
#include "sb-writer.h"

G_BEGIN_DECLS

/* -- what everybody on a list gets: a tag, and a stage where there is none yet; 0 for none -- */
struct SbImportMarks
{
  gint64 tag_id;
  gint64 stage_id;
};

gint64   sb_reader_find_tag (SbReader   *self,
                             const char *name);
gboolean sb_reader_has_tag (SbReader *self,
                            gint64    contact_id,
                            gint64    tag_id);
gboolean sb_reader_is_removed (SbReader *self, /* off the lists, not erased */
                               gint64    contact_id);
gboolean sb_reader_has_stage (SbReader *self,
                              gint64    contact_id);
gint64   sb_writer_want_import_tag (SbWriter   *self,
                                    gint64      import_id,
                                    const char *name,
                                    GError    **error);

/* -- what an import keeps beside the people it brought -- */

/* @about: JSON: {"titles": [...], "consent": {"method", "wording"}} */
gboolean sb_writer_set_import_about (SbWriter   *self,
                                     gint64      import_id,
                                     const char *about,
                                     GError    **error);
/* That somebody whom the row did not change was on the list. */
gboolean sb_writer_import_same (SbWriter *self,
                                gint64    import_id,
                                guint     number,
                                gint64    contact_id,
                                GError  **error);
gboolean sb_writer_add_rejected (SbWriter   *self,
                                 gint64      import_id,
                                 guint       number,
                                 GPtrArray  *cells,
                                 const char *reason,
                                 GError    **error);

typedef struct
{
  guint      number;
  GPtrArray *cells; /* char * */
  char      *reason;
} SbRejectedRow;

void       sb_rejected_row_free (SbRejectedRow *self);
GPtrArray *sb_reader_list_rejected (SbReader *self, /* SbRejectedRow, by number */
                                    gint64    import_id,
                                    guint     after_number,
                                    guint     limit);
char      *sb_reader_get_import_about (SbReader *self,
                                       gint64    import_id) G_GNUC_WARN_UNUSED_RESULT;
char      *sb_reader_get_import_author (SbReader *self,
                                        gint64    import_id) G_GNUC_WARN_UNUSED_RESULT;

/* -- what taking it back would do, told before it is done -- */
typedef enum
{
  SB_STAYS_NOT,
  SB_STAYS_EDITED,   /* somebody changed what the row brought */
  SB_STAYS_MESSAGES, /* there is a conversation */
} SbStays;

typedef struct
{
  guint    number;
  gint64   contact_id;
  char    *name; /* (nullable) */
  SbStays  stays;
  char    *field;  /* (nullable): the first that was changed: "name", "numbers", "tags", or a field's name */
  gint64   at;     /* of the last change or message; 0 unknown */
  gboolean theirs; /* the last message is the customer's */
} SbStayingRow;

typedef struct
{
  guint      n_removed;
  guint      n_restored;
  guint      n_names; /* among the restored */
  GPtrArray *staying; /* SbStayingRow, the first so many */
  guint      n_staying;
} SbUndoPreview;

void           sb_undo_preview_free (SbUndoPreview *self);
SbUndoPreview *sb_reader_preview_undo (SbReader     *self, /* for a worker */
                                       gint64        import_id,
                                       guint         most,
                                       GCancellable *cancellable,
                                       GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbUndoPreview, sb_undo_preview_free)

G_END_DECLS
