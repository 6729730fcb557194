/* dialogue_xml — names in the XML of office documents, for the files that read it with expat. */
#ifndef JY_DIALOGUE_XML_H
#define JY_DIALOGUE_XML_H

#include <expat.h>
#include <string.h>

/* Without its prefix. */
static inline const char *jy__xml_local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

/* Empty: there is none. */
static inline const char *jy__xml_attribute(const XML_Char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}

#endif
