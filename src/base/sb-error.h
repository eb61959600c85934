#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SB_ERROR (sb_error_quark ())

/**
 * SbError:
 *
 * The one error domain. A code exists where a caller does something different for it; the message of the GError is
 * for the log. Errors of GIO, SQLite's wrapper and libsoup pass through with a prefix.
 */
typedef enum
{
  SB_ERROR_INVALID,       /* input from outside does not have the shape it must have */
  SB_ERROR_NOT_FOUND,     /* no such row, file, box */
  SB_ERROR_REFUSED,       /* the gate said no; sb_error_get_reason () is in the message */
  SB_ERROR_WINDOW_CLOSED, /* the 24 hours are over: offer a template */
  SB_ERROR_STORAGE,       /* the disk or the database said no */
  SB_ERROR_DISK_FULL,     /* no room: stop taking and sending, nothing is lost */
  SB_ERROR_DAMAGED,       /* the shop file is damaged; it was set aside, never deleted */
  SB_ERROR_NEWER,         /* the shop file was written by a newer Shopbell */
  SB_ERROR_BUSY,          /* the shop is open in another window or program */
  SB_ERROR_READ_ONLY,     /* opened for reading only */
  SB_ERROR_AUTH,          /* key missing, wrong, expired or without permission */
  SB_ERROR_REMOTE,        /* the other side answered with an error we can name */
  SB_ERROR_NETWORK,       /* surely not sent: nothing left this computer */
  SB_ERROR_UNKNOWN,       /* ambiguous: it may or may not have happened */
  SB_ERROR_TOO_LARGE,     /* over a limit that is named in the message */
  SB_ERROR_NO_SECRET,     /* no password store, or nothing in it */
} SbError;

GQuark sb_error_quark (void);

G_END_DECLS
