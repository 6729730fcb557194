/* One member of a zip archive in memory, by minizip, with caps on size and ratio: a document is small, a bomb is not. */
#include "dialogue/dialogue_office.h"
#include <minizip/unzip.h>

typedef struct memory_file { jy_str text; size_t at; } memory_file;

static voidpf ZCALLBACK open_memory(voidpf opaque, const void *name, int mode) { return opaque; }
static uLong ZCALLBACK write_memory(voidpf opaque, voidpf stream, const void *buf, uLong size) { return 0; }
static int ZCALLBACK close_memory(voidpf opaque, voidpf stream) { return 0; }
static int ZCALLBACK error_memory(voidpf opaque, voidpf stream) { return 0; }
static ZPOS64_T ZCALLBACK tell_memory(voidpf opaque, voidpf stream) { return ((memory_file *)stream)->at; }

static uLong ZCALLBACK read_memory(voidpf opaque, voidpf stream, void *buf, uLong size)
{
    memory_file *file = stream;
    size_t left = file->text.len - file->at, got = size < left ? size : left;
    memcpy(buf, file->text.ptr + file->at, got);
    file->at += got;
    return (uLong)got;
}

static long ZCALLBACK seek_memory(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    memory_file *file = stream;
    ZPOS64_T base = origin == ZLIB_FILEFUNC_SEEK_CUR ? file->at : origin == ZLIB_FILEFUNC_SEEK_END ? file->text.len : 0;
    if (offset > file->text.len || base + offset > file->text.len)
        return -1;
    file->at = (size_t)(base + offset);
    return 0;
}

static int read_member(unzFile zip, jy__text *out, uint64_t most)
{
    char buffer[16384];
    int got;
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return JY_E_TRANSCRIPT;
    while ((got = unzReadCurrentFile(zip, buffer, sizeof(buffer))) > 0) {
        if (out->len + (size_t)got > most) {
            unzCloseCurrentFile(zip);
            return JY_E_LIMIT;
        }
        jy__text_add(out, buffer, (size_t)got);
    }
    if (unzCloseCurrentFile(zip) != UNZ_OK || got < 0)
        return JY_E_TRANSCRIPT;
    return out->failed ? JY_E_NOMEM : JY_OK;
}

static unzFile open_archive(memory_file *file)
{
    zlib_filefunc64_def functions = { open_memory, read_memory, write_memory, tell_memory, seek_memory, close_memory, error_memory, file };
    return unzOpen2_64("archive", &functions);
}

bool jy__zip_has(jy_str archive, const char *name)
{
    memory_file file = { archive, 0 };
    unzFile zip = open_archive(&file);
    bool found = zip && unzLocateFile(zip, name, 1) == UNZ_OK;
    if (zip)
        unzClose(zip);
    return found;
}

int jy__zip_member(jy_str archive, const char *name, uint64_t most, jy__text *out)
{
    memory_file file = { archive, 0 };
    unzFile zip = open_archive(&file);
    int status = JY_E_TRANSCRIPT;
    if (!zip)
        return status;
    status = unzLocateFile(zip, name, 1) == UNZ_OK ? read_member(zip, out, most) : JY_DONE;
    unzClose(zip);
    return status;
}
