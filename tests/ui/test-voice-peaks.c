#include <glib/gstdio.h>
#include <math.h>

#include "sb-voice-peaks.h"

static GArray *
steps_of (guint n,
          float (*loud) (guint i, guint n))
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (float));

  for (guint i = 0; i < n; i++)
    {
      float step = loud (i, n);

      g_array_append_val (steps, step);
    }

  return steps;
}

static float
rising (guint i,
        guint n)
{
  return 0.5f * (float) (i + 1) / (float) n;
}

static float
silent (guint i,
        guint n)
{
  return 0.001f;
}

static void
test_rising (void)
{
  g_autoptr (GArray) steps = steps_of (600, rising);
  SbVoicePeaks       peaks;

  sb_voice_peaks_fold (steps, &peaks);
  for (guint i = 1; i < SB_VOICE_BARS; i++)
    g_assert_cmpfloat (peaks.bars[i], >, peaks.bars[i - 1]);
  g_assert_cmpfloat_with_epsilon (peaks.bars[SB_VOICE_BARS - 1], 1, 0.001);
}

static void
test_silence (void)
{
  g_autoptr (GArray) steps = steps_of (600, silent);
  SbVoicePeaks       peaks;

  sb_voice_peaks_fold (steps, &peaks);
  for (guint i = 0; i < SB_VOICE_BARS; i++)
    g_assert_cmpfloat (peaks.bars[i], <, 0.01);
}

/* Half a second has fewer steps than there are bars; none of them stays empty. */
static void
test_short (void)
{
  g_autoptr (GArray) steps = steps_of (7, rising);
  SbVoicePeaks       peaks;

  sb_voice_peaks_fold (steps, &peaks);
  for (guint i = 0; i < SB_VOICE_BARS; i++)
    g_assert_cmpfloat (peaks.bars[i], >, 0.1);
}

typedef struct
{
  GMainLoop    *loop;
  SbVoicePeaks *peaks;
  GError       *error;
} Reading;

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *reading = user_data;

  reading->peaks = sb_voice_peaks_read_finish (result, &reading->error);
  g_main_loop_quit (reading->loop);
}

static void
read_file (const char *path,
           Reading    *reading)
{
  *reading = (Reading) { .loop = g_main_loop_new (NULL, FALSE) };
  sb_voice_peaks_read_async (path, NULL, read_cb, reading);
  g_main_loop_run (reading->loop);
  g_main_loop_unref (reading->loop);
}

/* Two seconds of 8000 Hz, 16 bit, mono: silence, then a tone. */
static char *
make_wav (void)
{
  enum
  {
    N = 16000
  };
  static const guint8    head[] = { 'R', 'I', 'F', 'F', 0x24, 0x7d, 0, 0, 'W', 'A', 'V', 'E', 'f', 'm', 't', ' ', 16, 0, 0, 0, 1, 0, 1, 0,
                                    0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0, 'd', 'a', 't', 'a', 0x00, 0x7d, 0, 0 };
  g_autoptr (GByteArray) wav = g_byte_array_new ();
  char                  *path = NULL;
  int                    fd = g_file_open_tmp ("voice-XXXXXX.wav", &path, NULL);

  g_byte_array_append (wav, head, sizeof head);
  for (guint i = 0; i < N; i++)
    {
      gint16 sample = GINT16_TO_LE (i < N / 2 ? 0 : (gint16) (20000 * sin (i * 0.3)));

      g_byte_array_append (wav, (const guint8 *) &sample, sizeof sample);
    }
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, (const char *) wav->data, wav->len, NULL));

  return path;
}

static void
test_file (void)
{
  g_autofree char *path = make_wav ();
  Reading          reading;

  read_file (path, &reading);
  g_assert_no_error (reading.error);
  g_assert_cmpint (ABS (reading.peaks->duration_ms - 2000), <=, 20);
  g_assert_cmpfloat (reading.peaks->bars[5], <, 0.05);
  g_assert_cmpfloat (reading.peaks->bars[25], >, 0.9);
  g_free (reading.peaks);
  g_unlink (path);
}

static void
test_not_a_sound (void)
{
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp ("voice-XXXXXX.ogg", &path, NULL);
  Reading          reading;

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, "OggS, or so it says", -1, NULL));
  read_file (path, &reading);
  g_assert_null (reading.peaks);
  g_assert_nonnull (reading.error);
  g_clear_error (&reading.error);
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice-peaks/rising", test_rising);
  g_test_add_func ("/voice-peaks/silence", test_silence);
  g_test_add_func ("/voice-peaks/short", test_short);
  g_test_add_func ("/voice-peaks/file", test_file);
  g_test_add_func ("/voice-peaks/not-a-sound", test_not_a_sound);

  return g_test_run ();
}
