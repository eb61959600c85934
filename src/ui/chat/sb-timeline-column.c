#include "sb-timeline-column.h"

#include <math.h>

/**
 * SbTimelineColumn:
 *
 * The scrolled column of a conversation. Places are counted from one row, the anchor: rows that come, go or change their
 * height above it move the lower end of the scroll range, never the value. So what a person reads stays where it is, to the
 * pixel, while pages come and go. A column that is at its foot stays at its foot.
 */
struct _SbTimelineColumn
{
  GtkWidget parent_instance;

  GtkAdjustment      *adjustments[2]; /* by orientation */
  GtkScrollablePolicy policies[2];
  GtkWidget          *anchor; /* NULL: none yet */
  double              anchor_y;
  gboolean            at_foot;
  double              foot_gap; /* how far from it while there */
  gboolean            laying_out;
  GtkWidget          *goal; /* to be shown @goal_offset below the top edge with the next layout */
  double              goal_offset;
};

typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
} SbTimelineColumnProperty;

#define WIDEST 900
#define MARGIN 18
#define NARROW 500
#define BELOW  12
#define NEARLY 30

G_DEFINE_FINAL_TYPE_WITH_CODE (SbTimelineColumn, sb_timeline_column, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

#define VERTICAL(self) ((self)->adjustments[GTK_ORIENTATION_VERTICAL])

/* Where the eye rests in a row: below the gap to the row before, which may change. */
static double
rest_of (GtkWidget *row)
{
  return gtk_widget_get_margin_top (row);
}

static int
row_width (int width)
{
  int margin = width < NARROW ? 12 : MARGIN;

  return MAX (1, MIN (WIDEST, width - 2 * margin));
}

static int
height_of (GtkWidget *row,
           int        width)
{
  int height = 0;

  if (gtk_widget_should_layout (row))
    gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

/* The place of @row as of the last layout, counted like the value of the scroll bar. */
static gboolean
place_of (SbTimelineColumn *self,
          GtkWidget        *row,
          double           *top,
          double           *bottom)
{
  graphene_rect_t bounds;
  double          value = gtk_adjustment_get_value (VERTICAL (self));

  if (row == NULL || gtk_widget_get_parent (row) != GTK_WIDGET (self) || !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    return FALSE;

  *top = value + bounds.origin.y;
  *bottom = *top + bounds.size.height;

  return TRUE;
}

static gboolean
is_message (GtkWidget *row)
{
  return gtk_widget_get_focusable (row);
}

static void
value_cb (GtkAdjustment    *adjustment,
          SbTimelineColumn *self)
{
  double upper = gtk_adjustment_get_upper (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (self->laying_out)
    return;

  self->foot_gap = upper - page - gtk_adjustment_get_value (adjustment);
  self->at_foot = self->foot_gap <= NEARLY;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      int min = 0, nat = 0;

      gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
      *minimum = MAX (*minimum, min);
      *natural = MAX (*natural, nat);
    }
  *minimum += 24;
  *natural = MAX (*minimum, *natural + 2 * MARGIN);
}

/* The height of all rows, and of those above the anchor. */
static double
sum_heights (SbTimelineColumn *self,
             int               width,
             GtkWidget        *anchor,
             double           *above)
{
  double sum = 0;

  *above = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (row == anchor)
        *above = sum + rest_of (row);
      sum += height_of (row, width);
    }

  return sum + BELOW;
}

/* Sets range and value for this layout. The first row begins at the lower end of the range. */
static void
set_range (SbTimelineColumn *self,
           int               width,
           int               height)
{
  double     value = gtk_adjustment_get_value (VERTICAL (self));
  GtkWidget *anchor = self->goal != NULL ? self->goal : self->anchor;
  double     above, sum = sum_heights (self, width, anchor, &above);
  double     lower = (anchor != NULL ? self->anchor_y : 0) - above;
  double     upper = lower + sum;
  double     foot;

  if (sum < height)
    lower = upper - height;
  foot = upper - height;
  if (self->goal != NULL)
    {
      value = MIN (upper - sum + above - self->goal_offset, foot);
      self->at_foot = foot - value <= NEARLY;
      self->foot_gap = foot - MAX (value, lower);
    }
  else if (self->at_foot)
    value = foot - self->foot_gap;
  self->goal = NULL;
  self->laying_out = TRUE;
  gtk_adjustment_configure (VERTICAL (self), CLAMP (value, lower, foot), lower, upper, height * 0.1, height * 0.9, height);
  self->laying_out = FALSE;
}

/* Places all rows, the last one first; the topmost message that is seen becomes the anchor. */
static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  SbTimelineColumn *self = SB_TIMELINE_COLUMN (widget);
  int               inner = row_width (width);
  double            value, y;

  if (VERTICAL (self) == NULL)
    return;

  set_range (self, inner, height);
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], 0, 0, width, width * 0.1, width * 0.9, width);
  value = gtk_adjustment_get_value (VERTICAL (self));
  y = gtk_adjustment_get_upper (VERTICAL (self)) - BELOW - value;
  for (GtkWidget *row = gtk_widget_get_last_child (widget); row != NULL; row = gtk_widget_get_prev_sibling (row))
    {
      int           h = height_of (row, inner);
      GtkAllocation place = { (width - inner) / 2, 0, inner, h };

      if (is_message (row) && (y > 0 || self->anchor == NULL))
        {
          self->anchor = row;
          self->anchor_y = value + y - h + rest_of (row);
        }
      y -= h;
      place.y = (int) floor (y + 0.5);
      if (gtk_widget_should_layout (row))
        gtk_widget_size_allocate (row, &place, -1);
    }
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  int height = gtk_widget_get_height (widget);

  for (GtkWidget *row = gtk_widget_get_first_child (widget); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (row, widget, &bounds) && bounds.origin.y + bounds.size.height > -40 && bounds.origin.y < height + 40)
        gtk_widget_snapshot_child (widget, row, snapshot);
    }
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* Tab enters at the lowest message that is seen, goes through its parts, and leaves; the arrows walk from message to message. */
static gboolean
focus (GtkWidget       *widget,
       GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child != NULL)
    return gtk_widget_child_focus (child, direction);

  for (GtkWidget *row = gtk_widget_get_last_child (widget); row != NULL; row = gtk_widget_get_prev_sibling (row))
    {
      graphene_rect_t bounds;

      if (is_message (row) && gtk_widget_compute_bounds (row, widget, &bounds) && bounds.origin.y < gtk_widget_get_height (widget) - BELOW)
        return gtk_widget_grab_focus (row);
    }

  return FALSE;
}

/* -- the scrollable -- */

static void
set_adjustment (SbTimelineColumn *self,
                GtkOrientation    orientation,
                GtkAdjustment    *adjustment)
{
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL && orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect (adjustment, "value-changed", G_CALLBACK (value_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_property (GObject      *object,
              guint         prop_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  SbTimelineColumn *self = SB_TIMELINE_COLUMN (object);

  switch ((SbTimelineColumnProperty) prop_id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  SbTimelineColumn *self = SB_TIMELINE_COLUMN (object);

  switch ((SbTimelineColumnProperty) prop_id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
sb_timeline_column_dispose (GObject *object)
{
  SbTimelineColumn *self = SB_TIMELINE_COLUMN (object);

  sb_timeline_column_clear (self);
  for (int i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
  g_clear_object (&self->adjustments[0]);
  g_clear_object (&self->adjustments[1]);

  G_OBJECT_CLASS (sb_timeline_column_parent_class)->dispose (object);
}

static void
sb_timeline_column_class_init (SbTimelineColumnClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = set_property;
  object_class->get_property = get_property;
  object_class->dispose = sb_timeline_column_dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  widget_class->get_request_mode = get_request_mode;
  widget_class->focus = focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
sb_timeline_column_init (SbTimelineColumn *self)
{
  self->at_foot = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
sb_timeline_column_new (void)
{
  return g_object_new (SB_TYPE_TIMELINE_COLUMN, NULL);
}

/* -- rows -- */

/* Another row takes over when the anchor is about to leave. */
static void
keep_an_anchor (SbTimelineColumn *self,
                GPtrArray        *rows)
{
  gboolean passed = FALSE;

  if (self->anchor == NULL || g_ptr_array_find (rows, self->anchor, NULL))
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      double top, bottom;

      passed = passed || row == self->anchor;
      if (is_message (row) && g_ptr_array_find (rows, row, NULL) && place_of (self, row, &top, &bottom))
        {
          self->anchor_y = top;
          self->anchor = row;
          if (passed)
            return;
        }
    }
  if (!g_ptr_array_find (rows, self->anchor, NULL))
    self->anchor = NULL;
}

/* Shows @rows, in this order; a row that was there before stays the same widget. The column owns them. */
void
sb_timeline_column_set_rows (SbTimelineColumn *self,
                             GPtrArray        *rows)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GtkWidget             *previous = NULL;

  keep_an_anchor (self, rows);
  self->foot_gap = 0;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (wanted, rows->pdata[i]);
  for (GtkWidget *next, *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (!g_hash_table_contains (wanted, row))
        gtk_widget_unparent (row);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      GtkWidget *row = rows->pdata[i];

      if (gtk_widget_get_parent (row) == NULL || gtk_widget_get_prev_sibling (row) != previous)
        gtk_widget_insert_after (row, GTK_WIDGET (self), previous);
      previous = row;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Forgets all rows and the place. */
void
sb_timeline_column_clear (SbTimelineColumn *self)
{
  GtkWidget *row;

  self->anchor = self->goal = NULL;
  self->anchor_y = 0;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (row);
}

gboolean
sb_timeline_column_is_at_foot (SbTimelineColumn *self)
{
  return self->at_foot;
}

void
sb_timeline_column_stick_to_foot (SbTimelineColumn *self)
{
  self->at_foot = TRUE;
  self->foot_gap = 0;
  self->goal = NULL;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* With the next layout @row stands @offset below the top edge, or as near to it as the ends allow. */
void
sb_timeline_column_show_row (SbTimelineColumn *self,
                             GtkWidget        *row,
                             double            offset)
{
  self->goal = row;
  self->goal_offset = offset;
  self->at_foot = FALSE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Scrolls just as far as is needed to see @row. */
void
sb_timeline_column_reveal (SbTimelineColumn *self,
                           GtkWidget        *row)
{
  double top, bottom;
  double value = gtk_adjustment_get_value (VERTICAL (self));
  double page = gtk_adjustment_get_page_size (VERTICAL (self));

  if (!place_of (self, row, &top, &bottom))
    return;
  if (top < value + BELOW || bottom - top > page)
    gtk_adjustment_set_value (VERTICAL (self), top - BELOW);
  else if (bottom > value + page - BELOW)
    gtk_adjustment_set_value (VERTICAL (self), bottom - page + BELOW);
}

/* (nullable) (transfer none): the topmost message that is seen, and how far below the top edge it stands. */
GtkWidget *
sb_timeline_column_get_anchor (SbTimelineColumn *self,
                               double           *offset)
{
  *offset = self->anchor != NULL ? self->anchor_y - gtk_adjustment_get_value (VERTICAL (self)) : 0;

  return self->anchor;
}
