/* Writes the JSON Schema of the rule format to standard output, for test_schema.py. */
#include "rules/rules_tree.h"
#include <stdio.h>

int main(void)
{
    jy__mem mem = jy__mem_of(NULL);
    jy__text out;
    int status;
    jy__text_init(&out, &mem);
    status = jy__rules_schema(&out);
    fwrite(out.ptr, 1, out.len, stdout);
    jy__text_free(&out);
    return status == JY_OK ? 0 : 1;
}
