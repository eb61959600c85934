#pragma once

#include <adwaita.h>

#include "sb-contacts-place.h"
#include "sb-engine-ocr.h"
#include "sb-ocr-review.h"

G_BEGIN_DECLS

/* "contacts.scan-file" and "contacts.scan-camera" of the place; a photo or a document can also be dropped on it or pasted. */
void     sb_ocr_scan_install (GtkWidgetClass *klass);
void     sb_ocr_scan_add_drop (SbContactsPlace *place);
gboolean sb_ocr_scan_takes (const char *path);
void     sb_ocr_scan_path (SbContactsPlace *place,
                           const char      *path);
/* The same with a file that is removed when it was read. */
void sb_ocr_scan_take_path (SbContactsPlace *place,
                            const char      *path);
/* The pages of @path from @first on come to the list under review. */
void sb_ocr_scan_more (SbContactsPlace *place,
                       SbOcrReview     *review,
                       const char      *path,
                       int              first);
/* What is wrong with the photo, and what to do: over the rows, or instead of them. */
void sb_ocr_scan_show_verdict (GPtrArray *pages,
                               guint      n_rows,
                               GtkWidget *stack,
                               GtkWidget *banner);

G_END_DECLS
