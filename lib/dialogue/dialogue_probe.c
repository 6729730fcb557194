/* Which format a content has: every format looks at the first part of the decoded text, in the order below; names of files play
 * no part. What is no text at all is told here, with what it is instead. */
#include "dialogue/dialogue_shapes.h"
#include "dialogue/dialogue_csv.h"
#include "dialogue/dialogue_office.h"

static const jy__format *const formats[] = {
    &jy__format_jsonl, &jy__format_json, &jy__format_vtt, &jy__format_srt, &jy__format_csv, &jy__format_tsv, &jy__format_labelled,
    &jy__format_text,
};

/* Names only: what is inside is told like any text. */
static const jy__format office_formats[] = { { "docx", NULL, NULL, NULL, NULL }, { "xlsx", NULL, NULL, NULL, NULL } };

const jy__format *jy__format_at(size_t index)
{
    if (index < JY__COUNT(formats))
        return formats[index];
    index -= JY__COUNT(formats);
    if (index < jy__format_shape_count)
        return &jy__format_shapes[index];
    index -= jy__format_shape_count;
    return index < JY__COUNT(office_formats) ? &office_formats[index] : NULL;
}

const jy__format *jy__format_by_name(jy_str name)
{
    for (size_t i = 0; jy__format_at(i); i++)
        if (jy__str_is(name, jy__format_at(i)->name))
            return jy__format_at(i);
    return NULL;
}

const char *jy_reader_format_name(size_t index)
{
    const jy__format *format = jy__format_at(index);
    return format ? format->name : NULL;
}

static const char *binary_kind(jy_str head, int language)
{
    static const struct { const char *magic; size_t len; const char *kind[2]; } kinds[] = {
        { "\x7f" "ELF", 4, { "a program", "程序文件" } },
        { "\x89PNG", 4, { "a PNG picture", "PNG 图片" } },
        { "\xFF\xD8\xFF", 3, { "a JPEG picture", "JPEG 图片" } },
        { "GIF8", 4, { "a GIF picture", "GIF 图片" } },
        { "%PDF", 4, { "a PDF document; export it as text", "PDF 文档；请导出为文本" } },
        { "RIFF", 4, { "sound or video; transcribe it first", "音频或视频；请先转写" } },
        { "ID3", 3, { "sound; transcribe it first", "音频；请先转写" } },
        { "\xD0\xCF\x11\xE0", 4, { "an old Office document; save it as docx or xlsx", "旧版 Office 文档；请另存为 docx 或 xlsx" } },
        { "BZh", 3, { "compressed with bzip2; gzip and zstd can be read", "bzip2 压缩；支持 gzip 与 zstd" } },
        { "\xFD" "7zXZ", 5, { "compressed with xz; gzip and zstd can be read", "xz 压缩；支持 gzip 与 zstd" } },
        { "7z\xBC\xAF", 4, { "a 7z archive", "7z 压缩包" } },
        { "SQLite format 3", 15, { "a SQLite database", "SQLite 数据库" } },
    };
    for (size_t i = 0; i < JY__COUNT(kinds); i++)
        if (head.len >= kinds[i].len && memcmp(head.ptr, kinds[i].magic, kinds[i].len) == 0)
            return kinds[i].kind[language == JY_CHINESE];
    return NULL;
}

static bool begins_with(jy_str text, const char *lower)
{
    size_t len = strlen(lower);
    for (size_t i = 0; i < len; i++)
        if (i >= text.len || (text.ptr[i] != lower[i] && !(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' && (text.ptr[i] | 0x20) == lower[i])))
            return false;
    return true;
}

/* Markup that no format reads: between its tags a dialogue looks like a script, and all of it would be the agent's. */
static const char *markup_kind(jy_str sample, int language)
{
    static const struct { const char *begin; const char *kind[2]; } kinds[] = {
        { "<!doctype html", { "a web page; save it as text, xlsx or csv", "网页（HTML）；请另存为纯文本、xlsx 或 csv" } },
        { "<html", { "a web page; save it as text, xlsx or csv", "网页（HTML）；请另存为纯文本、xlsx 或 csv" } },
        { "<table", { "a web page; save it as text, xlsx or csv", "网页（HTML）；请另存为纯文本、xlsx 或 csv" } },
        { "<?xml", { "XML; export it as csv or JSON", "XML；请导出为 csv 或 JSON" } },
        { "{\\rtf", { "an RTF document; save it as docx or text", "RTF 文档；请另存为 docx 或纯文本" } },
        { "[script info]", { "ASS subtitles; save them as srt", "ASS 字幕；请另存为 srt" } },
        { "mime-version:", { "an archived web page (MHTML); save it as text, xlsx or csv", "网页存档（MHTML）；请另存为纯文本、xlsx 或 csv" } },
    };
    while (sample.len && sample.ptr[0] && strchr(" \t\r\n", sample.ptr[0]))
        sample = (jy_str){ sample.ptr + 1, sample.len - 1 };
    for (size_t i = 0; i < JY__COUNT(kinds); i++)
        if (begins_with(sample, kinds[i].begin))
            return kinds[i].kind[language == JY_CHINESE];
    return NULL;
}

#define AT_ONCE 64 /* bytes */

/* But for tabs and line ends; a byte each, so that the compiler can look at many at a time. */
static bool has_controls(const char *bytes)
{
    uint8_t any = 0;
    for (int i = 0; i < AT_ONCE; i++) {
        uint8_t byte = (uint8_t)bytes[i];
        any |= (uint8_t)((byte < 0x20) & (byte != '\n') & (byte != '\r') & (byte != '\t'));
    }
    return any;
}

/* Noise has control characters of many kinds, or a quarter of bytes that no charset explains; a text may have one kind strewn in
 * (NUL between the characters is seen in the field). */
static bool is_noise(const jy__input *input, jy_str sample)
{
    size_t count[32] = { 0 }, controls = 0, kinds = 0;
    for (size_t at = 0, some; at < sample.len; at += some) {
        some = sample.len - at < AT_ONCE ? sample.len - at : AT_ONCE;
        if (some == AT_ONCE && !has_controls(sample.ptr + at))
            continue;
        for (size_t i = at; i < at + some; i++)
            if ((unsigned char)sample.ptr[i] < 0x20)
                count[(unsigned char)sample.ptr[i]]++;
    }
    for (int byte = 0; byte < 32; byte++) {
        if (byte && strchr("\t\n\r\f\v\x1a\x1b", byte))
            continue;
        controls += count[byte];
        kinds += count[byte] > 0;
    }
    return sample.len >= 16 && (controls * 4 > sample.len || (kinds >= 6 && controls * 50 > sample.len) || input->bad_bytes * 4 > sample.len);
}

/* Names in quotation marks with a colon behind them, and densely: nobody talks so. With something in front a document looks like plain text; to
 * charge the agent with all that stands in it would be worse than to read nothing. */
static bool reads_like_json(jy_str sample)
{
    size_t names = 0;
    for (size_t i = 0; i + 1 < sample.len; i++)
        names += sample.ptr[i] == '"' && sample.ptr[i + 1] == ':';
    return names >= 4 && names * 400 >= sample.len;
}

static bool is_archive(jy_str head) { return head.len >= 4 && memcmp(head.ptr, "PK\x03\x04", 4) == 0; }

#define SAMPLE ((size_t)64 << 10)
#define LONGEST_FIRST_LINE ((size_t)64 << 20)

/* The sample: 64 KB, and on to the end of its first line. */
static int take_sample(jy_reader *reader, jy_str *out)
{
    size_t need = SAMPLE;
    for (;;) {
        int status = jy__input_fill(&reader->input, need);
        *out = jy__input_window(&reader->input);
        if (status || reader->input.ended || need >= LONGEST_FIRST_LINE || memchr(out->ptr, '\n', out->len))
            return status;
        need = out->len * 2;
    }
}

int jy__reader_probe(jy_reader *reader)
{
    jy_str sample, head = { reader->input.bytes.raw + reader->input.bytes.begin, reader->input.bytes.end - reader->input.bytes.begin };
    const char *kind = reader->input.bytes.packing == JY__PLAIN ? binary_kind(head, reader->language) : NULL;
    int status = JY_OK;
    jy_str why = { NULL, 0 };
    bool office = reader->format == &office_formats[0] || reader->format == &office_formats[1];
    if (reader->input.bytes.packing == JY__PLAIN && is_archive(head)) {
        status = jy__office_open(reader);
        if (status)
            return status;
    }
    if (office) {
        why = jy__str_of(reader->format->name);
        if (!reader->container || !jy__str_is(why, reader->container))
            return jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_NOT_SHAPE, (jy__pos){ 0, 0, 0, 0 }, &why, 1);
        reader->format = reader->asked = NULL;
    }
    if (!kind) {
        status = take_sample(reader, &sample);
        if (status)
            return status;
        kind = binary_kind(sample, reader->language);
        if (!kind && !reader->asked)
            kind = markup_kind(sample, reader->language);
        if (!kind && is_noise(&reader->input, sample))
            kind = reader->language == JY_CHINESE ? "二进制数据" : "binary data";
    }
    if (kind) {
        why = jy__str_of(kind);
        return jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_BINARY, (jy__pos){ 0, 0, 0, 0 }, &why, 1);
    }
    for (size_t i = 0; i < JY__COUNT(formats) && !reader->format; i++)
        if (formats[i]->probe && formats[i]->probe(reader, sample))
            reader->format = formats[i];
    if (!reader->asked && (reader->format == &jy__format_text || reader->format == &jy__format_labelled) && reads_like_json(sample))
        return jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_LIKE_JSON, (jy__pos){ 1, 1, 0, 0 }, NULL, 0);
    if (!reader->asked && reader->format == &jy__format_text && jy__csv_lacks_text(reader, ",;|\t", sample))
        return jy__reader_fail(reader, JY_E_TRANSCRIPT, JY__SAY_HEADER, (jy__pos){ 1, 1, 0, 0 }, NULL, 0);
    return reader->status;
}
