/* map: see map.h. Open addressing with linear steps; the table is at most half full, and slots
 * hold indices, so that growing never changes the order of the entries. */
#include "base/map.h"

#include "base/mem.h"

void map_open(struct map *m, struct arena *a)
{
	*m = (struct map){.arena = a};
}

/* The slot of key, or the empty slot where it belongs. n_slots is a power of two. */
static size_t find_slot(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = (size_t)(hash ^ hash >> 32) & (m->n_slots - 1);
	while (m->slots[i]) {
		const struct map_entry *e = &m->entries[m->slots[i] - 1];
		if (e->hash == hash && str_eq(e->key, key))
			break;
		i = (i + 1) & (m->n_slots - 1);
	}
	return i;
}

/* The tables left behind stay in the arena: together never more than the tables in use. */
static void grow(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : 8;
	if (cap > UINT32_MAX / 2)
		mem_die(cap);
	struct map_entry *entries = ARENA_ARRAY(m->arena, cap, struct map_entry);
	if (m->n)
		memcpy(entries, m->entries, m->n * sizeof *entries);
	m->entries = entries;
	m->cap = cap;
	m->n_slots = cap * 2;
	m->slots = ARENA_ARRAY(m->arena, m->n_slots, uint32_t);
	for (size_t i = 0; i < m->n; i++)
		m->slots[find_slot(m, entries[i].key, entries[i].hash)] = (uint32_t)(i + 1);
}

void *map_get(const struct map *m, struct str key)
{
	if (m->n == 0)
		return NULL;
	uint32_t slot = m->slots[find_slot(m, key, str_hash(key))];
	return slot ? m->entries[slot - 1].value : NULL;
}

void *map_set(struct map *m, struct str key, void *value)
{
	if (m->n == m->cap)
		grow(m);
	uint64_t hash = str_hash(key);
	size_t i = find_slot(m, key, hash);
	if (m->slots[i]) {
		struct map_entry *e = &m->entries[m->slots[i] - 1];
		void *earlier = e->value;
		e->value = value;
		return earlier;
	}
	m->entries[m->n] = (struct map_entry){arena_str(m->arena, key), value, hash};
	m->slots[i] = (uint32_t)++m->n;
	return NULL;
}
