/* dialogue, inside — the way of the bytes:
 *
 *   file, pipe or memory ─▶ bytes (gzip, zstd undone, caps) ─▶ input (charset undone) ─▶ a window of UTF-8: lines, or all of it */
#ifndef JY_DIALOGUE_INPUT_H
#define JY_DIALOGUE_INPUT_H

#include "base/base.h"

/* ---- bytes */
typedef enum jy__packing { JY__PLAIN, JY__GZIP, JY__ZSTD } jy__packing;
typedef struct jy__bytes {
    const jy__mem *mem;
    int fd;                          /* -1: memory, or read below */
    jy_read_fn read;                 /* the caller's bytes, or NULL */
    void *read_ctx;
    bool close_fd, ended;
    jy__packing packing;             /* how the rest is packed; plain again behind the last piece */
    void *gzip, *zstd;
    char *raw;                       /* as it came: [begin, end) waits; memory sources stand here as they are */
    size_t begin, end, capacity;
    uint64_t in, out, max_bytes, max_ratio;
    int status;                      /* what stopped it: JY_OK until then */
    int32_t why;                     /* number of the message */
    int errno_seen;
} jy__bytes;
int    jy__bytes_open(jy__bytes *bytes, const jy__mem *mem, const char *path);
int    jy__bytes_from(jy__bytes *bytes, const jy__mem *mem, jy_read_fn read, void *ctx);
int    jy__bytes_of(jy__bytes *bytes, const jy__mem *mem, jy_str text);
size_t jy__bytes_read(jy__bytes *bytes, char *to, size_t room); /* 0: the end, or status tells */
void   jy__bytes_close(jy__bytes *bytes);

/* ---- charset */
typedef enum jy__charset { JY__UNDECIDED, JY__UTF8, JY__UTF16LE, JY__UTF16BE, JY__GB18030, JY__BIG5 } jy__charset;
const char *jy__charset_name(jy__charset charset);
bool        jy__charset_by_name(jy_str name, jy__charset *out);
/* JY__UNDECIDED while all is ASCII. complete: the text ends with the sample. */
jy__charset jy__charset_tell(jy_str sample, bool complete);
/* Of a sample that was taken for GB18030. */
bool        jy__charset_reads_as_big5(jy_str sample);
typedef struct jy__converter jy__converter;
int  jy__converter_new(jy__converter **out, const jy__mem *mem, jy__charset charset);
/* Moves *from behind what was read and *to behind what was written. Bad bytes become U+FFFD and are added to *bad. */
int  jy__converter_run(jy__converter *converter, const char **from, const char *from_end, char **to, char *to_end, bool last, size_t *bad);
void jy__converter_free(jy__converter *converter);

/* ---- input */
typedef struct jy__line { jy_str text; size_t offset; uint32_t number; } jy__line; /* without its line end */
typedef struct jy__input {
    const jy__mem *mem;
    jy__bytes bytes;
    jy__charset charset;
    jy__converter *converter;
    char *coded;                     /* not yet converted: [coded_begin, coded_end) */
    size_t coded_begin, coded_end, coded_capacity;
    char *buf;                       /* decoded window [begin, end); checked: validated so far */
    size_t begin, end, checked, capacity;
    bool borrowed, ended, like_big5; /* like_big5: told to be GB18030, but it reads like Big5 */
    size_t offset;                   /* in the decoded file, of begin */
    uint32_t line;                   /* number of the line at begin */
    size_t bad_bytes, first_bad;
    int status;
} jy__input;
/* bytes are open already and belong to the input from now on. */
void   jy__input_init(jy__input *input, const jy__mem *mem, jy__charset charset);
int    jy__input_fill(jy__input *input, size_t need); /* window at least so long, unless the end comes first */
static inline jy_str jy__input_window(const jy__input *input)
{
    return (jy_str){ input->buf + input->begin, input->end - input->begin };
}
/* JY_OK, JY_DONE. The line lives until the next call. */
int    jy__input_line(jy__input *input, jy__line *out);
void   jy__input_close(jy__input *input);

#endif
