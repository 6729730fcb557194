/* dialogue — what floors above may ask besides the public interface (include/jinyu/jinyu.h) and JSON trees (dialogue_json.h). */
#ifndef JY_DIALOGUE_DIALOGUE_H
#define JY_DIALOGUE_DIALOGUE_H

/* Version of "json", "zlib", "zstd"; NULL for another name. */
const char *jy__dialogue_backend(const char *name);

#endif
