#pragma once

#include <gtk/gtk.h>

#include "sb-consent-entry.h"
#include "sb-engine.h"

G_BEGIN_DECLS

/**
 * SbProof:
 *
 * One page that proves what a person agreed to: every entry with its time, its way and the exact words of that day, what
 * follows today, and a check value over all of it. Drawn the same on the screen, on paper and into a PDF.
 */
typedef struct _SbProof SbProof;

SbProof *sb_proof_new (SbEngine *engine,
                       gint64    contact_id) G_GNUC_WARN_UNUSED_RESULT;
void     sb_proof_free (SbProof *self);
char    *sb_proof_dup_text (SbProof *self) G_GNUC_WARN_UNUSED_RESULT;
char    *sb_proof_dup_file_name (SbProof *self) G_GNUC_WARN_UNUSED_RESULT;

/* On a page of A4 points (595 x 842); @context gives fonts and direction. */
void     sb_proof_draw (SbProof      *self,
                        cairo_t      *cr,
                        PangoContext *context);
gboolean sb_proof_save (SbProof    *self,
                        const char *path,
                        GError    **error);

#define SB_PROOF_WIDTH  595.0
#define SB_PROOF_HEIGHT 842.0

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SbProof, sb_proof_free)

G_END_DECLS
