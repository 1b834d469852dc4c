/* The rule of the benchmark in plain C: what the machine can do with one core. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int32_t first, end; int64_t sum; } cover_t;
typedef struct { int64_t group, row; int32_t day; } late_t;

static int by_group(const void *one, const void *other) {
    const late_t *a = one, *b = other;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

void adjudicate(int64_t deductible, int64_t claim_cap, int64_t period_cap, int64_t waiting, int64_t second,
                int64_t claims, int64_t persons, int64_t covers, const int64_t *edges, const int64_t *ratios,
                const int64_t *person, const int32_t *began, const int32_t *ended, const int8_t *level,
                const int64_t *scope, const int64_t *basic, const int64_t *extra, const int64_t *cover_person,
                const int8_t *cover_period, const int32_t *first_day, const int32_t *end_day,
                const uint8_t *first_time, int64_t *paid) {
    int64_t below[3][4];
    for (int l = 0; l < 3; l++) {
        below[l][0] = 0;
        for (int k = 1; k < 4; k++)
            below[l][k] = below[l][k - 1] + (edges[k] - edges[k - 1]) * ratios[4 * l + k - 1];
    }
    cover_t *table = malloc(sizeof(cover_t) * 2 * persons);
    uint8_t *over = calloc(2 * persons, 1);
    for (int64_t i = 0; i < 2 * persons; i++) table[i] = (cover_t){INT32_MAX, 0, 0};
    for (int64_t i = 0; i < covers; i++) {
        if (i + 24 < covers) __builtin_prefetch(&table[cover_person[i + 24] * 2 + cover_period[i + 24]], 1);
        cover_t *own = &table[cover_person[i] * 2 + cover_period[i]];
        own->first = first_day[i] + (first_time[i] ? (int32_t)waiting : 0);
        own->end = end_day[i];
    }
    int64_t late = 0;
    for (int64_t i = 0; i < claims; i++) {
        if (i + 24 < claims) __builtin_prefetch(&table[person[i + 24] * 2 + (began[i + 24] >= second)], 1);
        int64_t group = person[i] * 2 + (began[i] >= second), amount = 0;
        cover_t *own = &table[group];
        if (began[i] >= own->first && began[i] < own->end) {
            int64_t base = scope[i] - basic[i] - extra[i] - deductible;
            base = base > 0 ? base : 0;
            int at = (base >= edges[1]) + (base >= edges[2]) + (base >= edges[3]), l = level[i] - 1;
            amount = (int64_t)((uint64_t)(below[l][at] + (base - edges[at]) * ratios[4 * l + at] + 5000) / 10000u);
            amount = amount < claim_cap ? amount : claim_cap;
            own->sum += amount;
            if (own->sum > period_cap) { over[group] = 1; late = 1; }
        }
        paid[i] = amount;
    }
    if (late) {
        int64_t room = 1 << 16, many = 0;
        late_t *few = malloc(sizeof(late_t) * room);
        for (int64_t i = 0; i < claims; i++) {
            int64_t group = person[i] * 2 + (began[i] >= second);
            if (!over[group] || !paid[i]) continue;
            if (many == room) few = realloc(few, sizeof(late_t) * (room *= 2));
            few[many++] = (late_t){group, i, ended[i]};
        }
        qsort(few, many, sizeof(late_t), by_group);
        int64_t group = -1, used = 0;
        for (int64_t k = 0; k < many; k++) {
            if (few[k].group != group) { group = few[k].group; used = 0; }
            int64_t left = period_cap - used, amount = paid[few[k].row];
            paid[few[k].row] = amount = amount < left ? amount : left;
            used += amount;
        }
        free(few);
    }
    free(table);
    free(over);
}
