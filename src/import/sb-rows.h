#pragma once

#include <gio/gio.h>

#include "sb-error.h"

G_BEGIN_DECLS

/* What no honest file of contacts reaches; whatever a file claims, memory stays within these. */
#define SB_ROWS_MAX    1000000
#define SB_COLUMNS_MAX 1000
#define SB_CELL_MAX    (64 * 1024)
#define SB_LINE_MAX    (1024 * 1024)

/* One row of a file. It is lent for the time of the call. */
typedef struct
{
  guint       number; /* as a person counts: the line of a text, the row of a sheet, the how-manieth card */
  GPtrArray  *cells;  /* char *, UTF-8 */
  const char *fault;  /* (nullable): why this row cannot be read; @cells holds what could */
  const char *remark; /* (nullable): what had to be done to read it */
} SbRow;

/* FALSE with @error ends the reading. */
typedef gboolean (*SbRowFunc) (const SbRow *row,
                               gpointer     data,
                               GError     **error);

/* What a reader found out about its file. */
typedef struct
{
  char  *kind;     /* "csv", "text", "xlsx", "ods", "vcard", "chat" */
  char  *encoding; /* (nullable) */
  char   delimiter;
  char  *sheet;  /* (nullable): the one that is read */
  char **sheets; /* (nullable): all that could be */
} SbFileAbout;

void sb_file_about_clear (SbFileAbout *self);
void sb_file_about_copy (const SbFileAbout *self,
                         SbFileAbout       *copy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SbFileAbout, sb_file_about_clear)

gboolean sb_csv_read (GInputStream *stream,
                      SbFileAbout  *about,
                      SbRowFunc     func,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error);
gboolean sb_vcard_read (GInputStream *stream,
                        SbFileAbout  *about,
                        SbRowFunc     func,
                        gpointer      data,
                        GCancellable *cancellable,
                        GError      **error);
/* @sheet: (nullable): its name; without it the first with anything in it. */
gboolean sb_xlsx_read (const char   *path,
                       const char   *sheet,
                       SbFileAbout  *about,
                       SbRowFunc     func,
                       gpointer      data,
                       GCancellable *cancellable,
                       GError      **error);
gboolean sb_ods_read (const char   *path,
                      const char   *sheet,
                      SbFileAbout  *about,
                      SbRowFunc     func,
                      gpointer      data,
                      GCancellable *cancellable,
                      GError      **error);

/* Whatever it is; told by its first bytes, never by its name. */
gboolean sb_rows_read_file (const char   *path,
                            const char   *sheet,
                            SbFileAbout  *about,
                            SbRowFunc     func,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error);
/* Text from the clipboard. */
gboolean sb_rows_read_text (const char  *text,
                            SbFileAbout *about,
                            SbRowFunc    func,
                            gpointer     data,
                            GError     **error);

G_END_DECLS
