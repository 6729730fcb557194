/* Turns whose speakers are unknown, for the last lines of a run: how many calls have them, the first one's file and labels, and the remedy. */
#include "cli.h"

static void note_first(unknown_tally *tally, const jy_result *result, jy_str source, const cli_options *options)
{
    bool redact = option_has(options, OPT_REDACT);
    jy_str label;
    text_shown(&tally->source, source, redact);
    for (size_t k = 0; jy_result_unknown_label(result, k, &label) == JY_OK; k++) {
        text_c(&tally->labels, k ? words_text(options->language, W_LIST_COMMA) : "");
        text_shown(&tally->labels, label, redact);
        if (k == 0)
            text_shown(&tally->label, label, redact);
    }
}

void unknown_count(unknown_speakers *all, const jy_result *result, const jy_call *call, const cli_options *options)
{
    unknown_tally *tally = call->has_speakers ? &all->in_part : &all->speakerless;
    if (!jy_result_unknown_turns(result) && call->has_speakers)
        return;
    if (!tally->calls++)
        note_first(tally, result, call->source, options);
}

void unknown_say(const unknown_speakers *all, int language)
{
    const unknown_tally *none = &all->speakerless, *some = &all->in_part;
    char number[24];
    snprintf(number, sizeof(number), "%zu", none->calls);
    if (none->calls && none->labels.len)
        say(language, W_NO_SPEAKERS, number, none->source.ptr, none->labels.ptr, none->label.ptr, NULL);
    else if (none->calls)
        say(language, W_NO_LABELS, number, none->source.ptr, NULL);
    snprintf(number, sizeof(number), "%zu", some->calls);
    if (some->calls && some->labels.len)
        say(language, W_UNKNOWN_LABELS, number, some->source.ptr, some->labels.ptr, some->label.ptr, NULL);
}

void unknown_free(unknown_speakers *all)
{
    unknown_tally *const both[] = { &all->speakerless, &all->in_part };
    for (size_t i = 0; i < COUNT(both); i++) {
        text_free(&both[i]->source);
        text_free(&both[i]->labels);
        text_free(&both[i]->label);
    }
}
