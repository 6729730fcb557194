/* A line on standard error that says how far a run is: files, rate, time left. Drawn at most ten times a second. */
#include "cli.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void progress_start(progress *bar, const cli_options *options, size_t files)
{
    const char *when = option_value(options, OPT_PROGRESS, "auto");
    bool wanted = !strcmp(when, "always") || (!strcmp(when, "auto") && isatty(2) && files > 1 && !option_has(options, OPT_QUIET));
    *bar = (progress){ .on = wanted, .language = options->language, .files = files, .began = clock_seconds() };
}

static void draw(const progress *bar, double now)
{
    char number[4][32];
    text line = { 0 };
    double spent = now - bar->began, rate = spent > 0 ? (double)bar->bytes / spent / 1e6 : 0;
    double left = bar->done ? spent / (double)bar->done * (double)(bar->files - bar->done) : 0;
    snprintf(number[0], sizeof(number[0]), "%zu", bar->done);
    snprintf(number[1], sizeof(number[1]), "%zu", bar->files);
    snprintf(number[2], sizeof(number[2]), "%.0f", rate);
    snprintf(number[3], sizeof(number[3]), "%d:%02d", (int)left / 60, (int)left % 60);
    text_c(&line, "\r\033[K");
    words_put(&line, bar->language, W_PROGRESS, number[0], number[1], number[2], number[3], NULL);
    fwrite(line.ptr, 1, line.len, stderr);
    fflush(stderr);
    text_free(&line);
}

void progress_step(progress *bar, uint64_t bytes, bool whole)
{
    double now;
    bar->done += whole;
    bar->bytes += bytes;
    if (!bar->on || ((now = clock_seconds()) - bar->shown < 0.1 && bar->done != bar->files))
        return;
    bar->shown = now;
    draw(bar, now);
}

void progress_hide(const progress *bar)
{
    if (bar->on)
        fputs("\r\033[K", stderr);
}

void progress_clear(progress *bar)
{
    progress_hide(bar);
    bar->on = false;
}
