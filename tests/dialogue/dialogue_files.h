/* The sample call in all its forms: samples/ holds one file a form. */
#ifndef DIALOGUE_FILES_H
#define DIALOGUE_FILES_H
#include "dialogue_dump.h"

typedef struct sample { const char *file, *format, *agent; int what; } sample;
enum { NO_TIMES = 1, NO_SPEAKERS = 2, TWO_CALLS = 4, BEGINS_ONLY = 8, EVENTS = 16 };
static const sample samples[] = {
    { "labelled.txt", "labelled", "", NO_TIMES }, { "labelled-times.txt", "labelled", "", BEGINS_ONLY },
    { "call.srt", "srt", "", 0 }, { "call.vtt", "vtt", "", 0 }, { "call.csv", "csv", "", 0 }, { "call.tsv", "tsv", "", 0 },
    { "turns.jsonl", "jsonl", "", 0 }, { "calls.jsonl", "jsonl", "", TWO_CALLS }, { "tickets.json", "tickets", "", EVENTS },
    { "aliyun-quality.json", "tickets", "", 0 }, { "funasr.json", "funasr", "0", 0 }, { "funasr-sentence.json", "funasr", "0", 0 },
    { "funasr-cli.json", "whisperx", "0", 0 }, { "whisper-cpp.json", "whisper-cpp", "0", 0 }, { "whisperx.json", "whisperx", "SPEAKER_00", 0 },
    { "wenet.jsonl", "jsonl", "", NO_SPEAKERS }, { "wenet-list.jsonl", "jsonl", "", NO_SPEAKERS }, { "aliyun.json", "aliyun", "0", 0 },
    { "aliyun-transcripts.json", "aliyun", "auto", 0 }, { "tencent.json", "tencent", "0", 0 }, { "tencent-lines.json", "tencent", "0", 0 },
    { "iflytek.json", "iflytek", "1", 0 }, { "iflytek-old.json", "iflytek", "auto", 0 }, { "huawei.json", "huawei", "", 0 },
    { "volcengine.json", "volcengine", "1", 0 }, { "contact-lens.json", "contact-lens", "", 0 }, { "call-analytics.json", "contact-lens", "", 0 },
    { "vcon-old.json", "vcon", "", EVENTS }, { "vcon.json", "vcon", "", EVENTS }, { "vcon-text.json", "vcon", "", 0 },
};

static inline void sample_path(const char *file, char *path, size_t room) { snprintf(path, room, "%s/%s", SAMPLES, file); }

static inline char *read_whole(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *text;
    long size;
    ck_assert_msg(file != NULL, "cannot open %s", path);
    fseek(file, 0, SEEK_END);
    size = ftell(file);
    rewind(file);
    text = calloc(1, (size_t)size + 1);
    *len = fread(text, 1, (size_t)size, file);
    fclose(file);
    return text;
}
#endif
