/* base — memory, strings, UTF-8 with offsets, diagnostics. Knows nothing above it. */
#ifndef JY_BASE_BASE_H
#define JY_BASE_BASE_H

#include <jinyu/jinyu.h>
#include <stdbool.h>
#include <string.h>

#define JY__STR(literal) ((jy_str){ (literal), sizeof(literal) - 1 })
#define JY__COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* Of the numbers [low, high), of which those come first that are before something, the first that is not becomes low; high: there is none. is_before is asked of
 * `at`. */
#define JY__FIRST_NOT(low, high, at, is_before) \
    for (size_t at, high_##at = (high); (low) < high_##at;) \
        if (at = (low) + (high_##at - (low)) / 2, (is_before)) \
            (low) = at + 1; \
        else \
            high_##at = at

/* ---- memory: every allocation of an object family goes through its jy__mem */
typedef struct jy__mem { jy_alloc alloc; } jy__mem;

jy__mem jy__mem_of(const jy_alloc *alloc); /* NULL: libc */
void *jy__mem_alloc(const jy__mem *mem, size_t size);               /* zeroed; NULL when there is none */
void *jy__mem_resize(const jy__mem *mem, void *ptr, size_t old_size, size_t new_size);
void  jy__mem_free(const jy__mem *mem, void *ptr, size_t size);
/* Grows an array to hold at least `need` items; false (array untouched) on no memory or overflow. */
bool  jy__mem_grow(const jy__mem *mem, void *array_ptr, size_t *capacity, size_t need, size_t item_size);
/* Room for one more item of a vector { T *items; size_t count, capacity; }. */
#define JY__VEC_ROOM(mem, vec) \
    ((vec)->count < (vec)->capacity || \
     jy__mem_grow((mem), &(vec)->items, &(vec)->capacity, (vec)->count + 1, sizeof(*(vec)->items)))
#define JY__VEC_FREE(mem, vec) \
    ((vec)->items ? jy__mem_free((mem), (vec)->items, (vec)->capacity * sizeof(*(vec)->items)) : (void)0, \
     (vec)->items = NULL, (vec)->count = (vec)->capacity = 0)

/* ---- arena: many small pieces that die together */
typedef struct jy__arena_block jy__arena_block;
typedef struct jy__arena { const jy__mem *mem; jy__arena_block *head, *spare; size_t bytes; } jy__arena;
void  jy__arena_init(jy__arena *arena, const jy__mem *mem);
void *jy__arena_alloc(jy__arena *arena, size_t size); /* zeroed, aligned to 16; NULL on no memory */
bool  jy__arena_str(jy__arena *arena, jy_str text, jy_str *out);
/* Room for strings that are put together there, `least` bytes or more, less than 16 KiB; NULL: no memory. The first `used` are then theirs. Nothing else is
 * taken before. */
char *jy__arena_open(jy__arena *arena, size_t least, size_t *room);
void  jy__arena_close(jy__arena *arena, size_t used);
void  jy__arena_clear(jy__arena *arena); /* keeps one block for reuse */
void  jy__arena_keep(jy__arena *arena, size_t most); /* keeps as many as have no more than so many bytes together */
void  jy__arena_free(jy__arena *arena);
void  jy__arena_forget(jy__arena *arena); /* takes the blocks apart: what is in them is somebody else's now */

/* ---- growing text; failure sticks, so that callers check once at the end */
typedef struct jy__text { const jy__mem *mem; char *ptr; size_t len, cap; bool failed; } jy__text;
void jy__text_init(jy__text *text, const jy__mem *mem);
void jy__text_add(jy__text *text, const char *ptr, size_t len);
void jy__text_str(jy__text *text, jy_str piece);
void jy__text_c(jy__text *text, const char *zero_terminated);
static inline void jy__text_char(jy__text *text, char byte)
{
    if (text->failed || text->cap - text->len < 2) {
        jy__text_add(text, &byte, 1);
        return;
    }
    text->ptr[text->len++] = byte;
    text->ptr[text->len] = 0;
}
void jy__text_cp(jy__text *text, uint32_t cp);      /* UTF-8 of one code point */
void jy__text_int(jy__text *text, int64_t number);
void jy__text_clear(jy__text *text);
void jy__text_free(jy__text *text);
int  jy__text_give(jy__text *text, jy_buf *out);    /* moves the bytes into a public buffer */
static inline jy_str jy__text_view(const jy__text *text) { return (jy_str){ text->ptr, text->len }; }

/* ---- strings */
/* NULL with a length: nothing can be read there. */
static inline bool jy__str_lost(jy_str a) { return !a.ptr && a.len; }
static inline bool jy__str_eq(jy_str a, jy_str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }
static inline bool jy__str_is(jy_str a, const char *b) { return a.len == strlen(b) && (a.len == 0 || memcmp(a.ptr, b, a.len) == 0); }
int    jy__str_cmp(jy_str a, jy_str b);
jy_str jy__str_of(const char *zero_terminated);
const char *jy__memrchr(const char *text, char byte, size_t len); /* the last one; NULL: there is none */
static inline size_t jy__bits(uint64_t word) /* that are set; without an instruction for it a compiler's own way is a call */
{
    word -= (word >> 1) & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + ((word >> 2) & 0x3333333333333333u);
    return (size_t)(((word + (word >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}
size_t jy__lines(const char *at, const char *end); /* how many line ends there are in [at, end) */
/* Which bytes they are: a bit for each byte of text, JY__LINES_BLOCK in a word, the first word's lowest `skew` for what is before the text; and how many
 * there are in the first `counted` words. Whoever reads all of the text anyway may make the words. */
#define JY__LINES_BLOCK 64
#define JY__LINES_ROOM(len) ((len) / JY__LINES_BLOCK + 2) /* words for so many bytes of text */
typedef struct jy__lines_map { const uint64_t *ends; jy_str text; size_t skew, counted, before; } jy__lines_map;
jy__lines_map jy__lines_map_of(jy_str text, uint64_t *room);
size_t jy__lines_of(const jy__lines_map *map); /* how many there are */
/* The line in which a byte is, and how many there are before it; a line end is of the line it ends. */
typedef struct jy__line_at { size_t begin, end, before; } jy__line_at;
/* Those of some bytes. Cheap for ascending places. */
void jy__lines_around(jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out);
typedef enum jy__lines_way { JY__LINES_PLAIN, JY__LINES_256, JY__LINES_512 } jy__lines_way; /* bits read at a time */
bool   jy__lines_can(jy__lines_way way); /* for tests: whether the machine has it; the same done by it, and how many there are in some words */
size_t jy__lines_by(jy__lines_way way, const char *at, const char *end);
void   jy__lines_map_by(jy__lines_way way, const char *at, const char *end, uint64_t *map);
size_t jy__lines_sum_by(jy__lines_way way, const uint64_t *map, size_t count);
void   jy__lines_around_by(jy__lines_way way, jy__lines_map *map, const size_t *places, size_t count, jy__line_at *out);
uint64_t jy__hash(const void *bytes, size_t len);
/* Edit distance, for "nearest known key"; gives up above `most`. */
size_t jy__str_distance(jy_str a, jy_str b, size_t most);

/* ---- string -> number map (open addressing); keys are borrowed */
typedef struct jy__map_slot { jy_str key; uint32_t value; uint32_t used; /* of the key's hash; 0: empty */ } jy__map_slot;
typedef struct jy__map { const jy__mem *mem; jy__map_slot *slots; size_t capacity, count; } jy__map;
void jy__map_init(jy__map *map, const jy__mem *mem);
bool jy__map_get(const jy__map *map, jy_str key, uint32_t *out);
bool jy__map_put(jy__map *map, jy_str key, uint32_t value); /* false: no memory */
/* The value that the key has; when it has none it gets `fresh`. */
bool jy__map_intern(jy__map *map, jy_str key, uint32_t fresh, uint32_t *out);
void jy__map_free(jy__map *map);

/* ---- UTF-8. Invalid bytes: each maximal subpart (Unicode 3.9, table 3-8) is one U+FFFD with *valid false. */
#define JY__BAD 0xFFFDu
/* Decodes at p (p < end); gives the code point and moves p behind it. */
uint32_t jy__utf8_other(const char **p, const char *end, bool *valid); /* what is neither ASCII nor of a usual lead */
/* E1 to EF but ED: behind these any two continuations make a character. All of Chinese is of them, marks too. */
static inline bool jy__utf8_usual(unsigned char lead) { return (unsigned char)(lead - 0xE1) < 15 && lead != 0xED; }
static inline uint32_t jy__utf8_next(const char **p, const char *end, bool *valid)
{
    const unsigned char *s = (const unsigned char *)*p;
    if (*s < 0x80) {
        *p += 1;
        *valid = true;
        return *s;
    }
    if (jy__utf8_usual(*s) && end - *p >= 3 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80) {
        *p += 3;
        *valid = true;
        return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    }
    return jy__utf8_other(p, end, valid);
}
/* Start of the code point (or bad subpart) that ends at `at`; at > 0. */
size_t   jy__utf8_before(const char *text, size_t at);
size_t   jy__utf8_put(uint32_t cp, char out[4]);
size_t   jy__utf8_count(jy_str text);                  /* code points; a bad subpart counts one */
size_t   jy__utf8_bad(jy_str text, size_t *first_out); /* bytes in bad subparts */
/* Offsets in bytes -> unit. Near offsets are cheap: the cursor goes on, or back, from the last one. */
typedef struct jy__units { jy_str text; int unit; size_t byte, out; } jy__units;
void   jy__units_init(jy__units *units, jy_str text, int unit);
size_t jy__units_at(jy__units *units, size_t byte);
size_t jy__units_byte(jy__units *units, size_t out);

/* ---- diagnostics */
typedef struct jy__pos { uint32_t line, column; size_t offset, length; } jy__pos;
typedef struct jy__diag { int32_t code, severity; jy_str source, rule, text[2]; jy__pos pos; } jy__diag;
typedef struct jy__diags {
    const jy__mem *mem; jy__arena arena;
    struct { jy__diag *items; size_t count, capacity; } list;
    jy__map files; /* in the order in which they were read */
    size_t errors; bool failed;
} jy__diags;
/* One row of a floor's message table: {0}..{3} are filled with the arguments, in both languages. */
typedef struct jy__message { int32_t code; int32_t severity; const char *english, *chinese; } jy__message;
void jy__diags_init(jy__diags *diags, const jy__mem *mem);
void jy__diags_add(jy__diags *diags, const jy__message *message, jy_str source, jy_str rule, jy__pos pos,
                   const jy_str *args, size_t arg_count);
int  jy__diags_give(const jy__diags *diags, size_t index, int language, jy_diag *out);
/* A file is read now: what is said of it, now or later, comes behind what is said of those before. */
void jy__diags_file(jy__diags *diags, jy_str source);
/* File by file, in the order in which the files were read or else first named, and of each by place. */
void jy__diags_sort(jy__diags *diags);
void jy__diags_free(jy__diags *diags);
/* Fills {0}.. of a template. */
void jy__message_fill(jy__text *out, const char *template_text, const jy_str *args, size_t arg_count);

/* ---- why the system refused: an errno for people, in a jy_language. Static, or in room where nobody has a word for it. */
#define JY__ERRNO_ROOM 32
jy_str jy__errno_text(int error, int language, char room[JY__ERRNO_ROOM]);

/* ---- settings */
typedef struct jy__params { int64_t value[32]; } jy__params;
void    jy__params_init(jy__params *params);
int     jy__params_set(jy__params *params, jy_param param, int64_t value); /* JY_E_INVALID out of bounds */
/* Numbers stand in groups of a hundred, of which each has at most eight. */
static inline size_t jy__params_slot(jy_param param) { return (size_t)param / 100 * 8 + (size_t)param % 100; }
static inline int64_t jy__params_get(const jy__params *params, jy_param param) { return params->value[jy__params_slot(param)]; }

/* The receiver says a size that a struct can have: asked before something is taken that cannot be given twice. */
bool jy__struct_fits(const void *out);
/* Copies a struct that carries its size: what the receiver does not know is left out, what the giver lacks stays. */
int jy__struct_give(void *out, const void *from, size_t from_size);

#endif
