#pragma once

#include "sb-tear-disk.h"

G_BEGIN_DECLS

/**
 * SbSeat:
 *
 * Where the disks that cuts left are put, one after the other, to be examined. To read the schema and to prepare the
 * statements takes most of the time of an examination, and is the same each time. So the handles of a shop are not closed at
 * its end: the disk is exchanged under them. What they knew of the files goes with the old one, the pages as well as the index
 * of the log; they recover the log and read everything from the new disk, as the handles of any start. Only when the schema
 * there is to the letter the one that they have read may they go on with it.
 *
 * A disk that is not in the state of a running shop (no log, one without a valid header, another journal) is opened with new handles.
 * For one thread.
 */

/* (transfer full) both: the disk to open the shop on: @left, or one with everything that was on it. */
SbTearDisk *sb_seat_take (SbTearDisk *left) G_GNUC_WARN_UNUSED_RESULT;
/* Takes @disk, of whatever origin. @fit: nothing on it was damaged, so that its handles may stay open. */
void sb_seat_leave (SbTearDisk *disk,
                    gboolean    fit);
/* FALSE: from here on all handles are new ones. */
void sb_seat_set_warm (gboolean warm);
/* Closes the handles that are left. */
void sb_seat_finish (void);

G_END_DECLS
