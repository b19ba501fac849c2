/* map: hash map from byte string to pointer; iteration is in order of insertion, so that
 * nothing ever depends on addresses. Keys are copied into the arena given at the start. */
#ifndef GEN_BASE_MAP_H
#define GEN_BASE_MAP_H

#include "base/arena.h"

struct map_entry {
	struct str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct arena *arena;
	struct map_entry *entries; /* in order of insertion */
	uint32_t *slots;           /* index + 1 into entries, 0 = empty */
	size_t n, cap, n_slots;
};

void map_open(struct map *m, struct arena *a);
void *map_get(const struct map *m, struct str key); /* NULL when absent */
/* Set, and return the earlier value (NULL when there was none). */
void *map_set(struct map *m, struct str key, void *value);

#endif
