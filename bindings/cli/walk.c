/* Operands -> files to read. Folders are walked in name order (bytes), so that the order of results never depends on the disk;
 * names that begin with a dot are left out, as is what a .jinyuignore names, what the run itself reads or writes (own.c) and what Office and
 * Windows leave beside people's files. Links to files are followed, links to
 * folders are not (they may lead in a circle). */
#include "cli.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* The .jinyuignore files from the operand down to the folder at hand; the innermost speaks last. */
typedef struct ignore { const struct ignore *above; strings lines; size_t folder_len; bool holds_rules; } ignore;

/* A pattern with a slash is for paths from the file's folder on; "**" stands for any number of folders. */
static bool match_path(const char *pattern, const char *path)
{
    const char *slash;
    char segment[512];
    size_t len;
    if (!strncmp(pattern, "**/", 3)) {
        for (;; path = slash + 1) {
            if (match_path(pattern + 3, path))
                return true;
            if (!(slash = strchr(path, '/')))
                return false;
        }
    }
    if (!strcmp(pattern, "**"))
        return true;
    slash = strchr(pattern, '/');
    len = slash ? (size_t)(slash - pattern) : strlen(pattern);
    const char *path_slash = strchr(path, '/');
    size_t path_len = path_slash ? (size_t)(path_slash - path) : strlen(path);
    if (len >= sizeof(segment) / 2 || path_len >= sizeof(segment) / 2 || !slash != !path_slash)
        return false;
    memcpy(segment, pattern, len);
    segment[len] = 0;
    memcpy(segment + len + 1, path, path_len);
    segment[len + 1 + path_len] = 0;
    if (fnmatch(segment, segment + len + 1, 0))
        return false;
    return !slash || match_path(slash + 1, path_slash + 1);
}

bool ignore_match(const char *pattern, const char *path, bool is_folder)
{
    size_t len = strlen(pattern);
    char plain[512];
    bool anchored;
    if (!len || len >= sizeof(plain))
        return false;
    memcpy(plain, pattern, len + 1);
    if (plain[len - 1] == '/') {
        if (!is_folder)
            return false;
        plain[--len] = 0;
    }
    anchored = strchr(plain, '/') != NULL;
    if (anchored)
        return match_path(plain + (plain[0] == '/'), path);
    const char *name = strrchr(path, '/');
    return fnmatch(plain, name ? name + 1 : path, 0) == 0;
}

static bool ignored(const ignore *rules, const char *path, bool is_folder)
{
    for (; rules; rules = rules->above)
        for (size_t i = rules->lines.count; i-- > 0;) {
            const char *line = rules->lines.items[i];
            bool back = line[0] == '!';
            if (ignore_match(line + back, path + rules->folder_len, is_folder))
                return !back;
        }
    return false;
}

static void ignore_read(ignore *rules, const char *folder)
{
    text path = { 0 }, bytes = { 0 };
    text_c(&path, folder);
    text_c(&path, "/.jinyuignore");
    rules->folder_len = strlen(folder) + 1;
    if (!file_read(path.ptr, &bytes)) {
        for (char *at = bytes.ptr, *end = bytes.ptr + bytes.len; at < end;) {
            size_t len = (size_t)(end - at), line;
            const char *stop = memchr(at, '\n', len);
            line = stop ? (size_t)(stop - at) : len;
            size_t used = line;
            while (used && (at[used - 1] == '\r' || at[used - 1] == ' ' || at[used - 1] == '\t'))
                used--;
            if (used && at[0] != '#')
                strings_add(&rules->lines, at + (at[0] == '\\'), used - (at[0] == '\\'));
            at += line + 1;
        }
    }
    text_free(&path);
    text_free(&bytes);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void missing(inputs *list, const char *path, int error)
{
    const char *why = why_errno(list->language, error);
    if (!*path)
        path = "\"\""; /* an empty operand, to be seen */
    strings_add(&list->missing, path, strlen(path));
    strings_add(&list->why, why, strlen(why));
}

static void walk(inputs *list, const char *folder, const ignore *above);

static bool is_own(const inputs *list, const char *path, const struct stat *file, const ignore *folder)
{
    return own_has(&list->own, file) || (folder->holds_rules && own_is_rules(path));
}

static void walk_entry(inputs *list, const char *path, const ignore *rules)
{
    struct stat link, target;
    if (lstat(path, &link))
        return; /* gone since it was listed */
    bool is_folder = S_ISDIR(link.st_mode);
    if (ignored(rules, path, is_folder))
        return;
    if (is_folder)
        walk(list, path, rules);
    else if (!stat(path, &target) && S_ISREG(target.st_mode) && !is_own(list, path, &target, rules))
        strings_add(&list->paths, path, strlen(path));
    else if (S_ISLNK(link.st_mode) && stat(path, &target))
        missing(list, path, errno);
}

/* ~$calls.xlsx stands beside a workbook as long as it is open. */
static bool is_litter(const char *name) { return !strncmp(name, "~$", 2) || !strcasecmp(name, "thumbs.db") || !strcasecmp(name, "desktop.ini"); }

static void walk(inputs *list, const char *folder, const ignore *above)
{
    DIR *dir = opendir(folder);
    ignore rules = { .above = above };
    strings names = { 0 };
    text path = { 0 };
    struct stat here;
    if (!dir) {
        missing(list, folder, errno);
        return;
    }
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.' && !is_litter(entry->d_name))
            strings_add(&names, entry->d_name, strlen(entry->d_name));
    closedir(dir);
    if (names.count)
        qsort(names.items, names.count, sizeof(*names.items), by_name);
    ignore_read(&rules, folder);
    rules.holds_rules = (above && above->holds_rules) || (!stat(folder, &here) && own_has(&list->own, &here));
    for (size_t i = 0; i < names.count; i++) {
        path.len = 0;
        text_c(&path, folder);
        text_c(&path, "/");
        text_c(&path, names.items[i]);
        walk_entry(list, path.ptr, &rules);
    }
    text_free(&path);
    strings_free(&names);
    strings_free(&rules.lines);
}

void inputs_collect(inputs *list, char *const *operands, size_t count, int language)
{
    list->language = language;
    struct stat stat_of;
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(operands[i]);
        if (!strcmp(operands[i], "-")) {
            strings_add(&list->paths, "-", 1);
        } else if (stat(operands[i], &stat_of)) {
            missing(list, operands[i], errno);
        } else if (S_ISDIR(stat_of.st_mode)) {
            while (len > 1 && operands[i][len - 1] == '/')
                len--;
            char *folder = mem_copy(operands[i], len);
            walk(list, folder, NULL);
            free(folder);
        } else {
            strings_add(&list->paths, operands[i], len);
        }
    }
}

void inputs_free(inputs *list)
{
    strings_free(&list->paths);
    strings_free(&list->missing);
    strings_free(&list->why);
    own_free(&list->own);
}
