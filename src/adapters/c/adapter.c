/* Inverted dropout and wire protocol 1.1 in C99, with nothing but the standard library.

       cc -O2 -o /tmp/dropout_adapter src/adapters/c/adapter.c -lm
       certify -- /tmp/dropout_adapter

   To judge a dropout of your own, replace the code under "The implementation". For little-endian machines only. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- The implementation. ---- */

static uint64_t state[4]; /* Blackman and Vigna's xoshiro256**, seeded by SplitMix64 */

static void seed_generator(uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        state[i] = z ^ (z >> 31);
    }
}

static uint64_t rotated(uint64_t word, int by) { return (word << by) | (word >> (64 - by)); }

static double uniform(void) {
    uint64_t word = rotated(state[1] * 5, 7) * 9, shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 45);
    return (word >> 11) * 0x1p-53;
}

static int is_rate(double rate) { return rate >= 0 && rate <= 1; } /* also refuses NaN */

static void draw_mask(unsigned char *kept, size_t n, double rate) {
    for (size_t i = 0; i < n; i++) kept[i] = uniform() >= rate;
}

/* In double, rounded once; a dropped element becomes 0, even a NaN. */
static void drop_float(float *x, const unsigned char *kept, size_t n, double rate) {
    for (size_t i = 0; i < n; i++) x[i] = kept[i] ? (float)(x[i] / (1 - rate)) : 0;
}

static void drop_double(double *x, const unsigned char *kept, size_t n, double rate) {
    for (size_t i = 0; i < n; i++) x[i] = kept[i] ? x[i] / (1 - rate) : 0;
}

/* ---- JSON: a value is a pointer to the start of its text; requests are taken to be well formed. ---- */

static const char *skip_space(const char *at) {
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') at++;
    return at;
}

static const char *skip_string(const char *at) {
    for (at++; *at != '"'; at++)
        if (*at == '\\') at++;
    return at + 1;
}

static const char *skip_value(const char *at) {
    int depth = 0;
    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        if (*at == '{' || *at == '[') depth++;
        if (*at == '}' || *at == ']') depth--;
        at++;
    } while (depth > 0 || (*at && !strchr(",}] \n", *at)));
    return skip_space(at);
}

/* The member of an object, or NULL where there is none. Fields that nobody asks for are skipped. */
static const char *member(const char *object, const char *name) {
    if (!object) return NULL;
    const char *at = skip_space(object + 1);
    while (*at == '"') {
        const char *end = skip_string(at);
        int found = (size_t)(end - at) == strlen(name) + 2 && !strncmp(at + 1, name, strlen(name));
        at = skip_space(skip_space(end) + 1);
        if (found) return at;
        at = skip_value(at);
        if (*at == ',') at = skip_space(at + 1);
    }
    return NULL;
}

static int is_string(const char *value, const char *text) {
    return value && *value == '"' && !strncmp(value + 1, text, strlen(text)) && value[strlen(text) + 1] == '"';
}

static double number(const char *value) { return strtod(*value == '"' ? value + 1 : value, NULL); } /* or "NaN" */

/* ---- Tensors. ---- */

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

typedef struct {
    int width;         /* of one element, in bytes */
    const char *shape; /* as it stands in the request */
    size_t size;       /* in bytes */
    void *data;
} Tensor;

static void *memory(size_t bytes) {
    void *made = malloc(bytes + 3);
    if (!made) {
        fprintf(stderr, "no memory for %zu bytes\n", bytes);
        exit(1);
    }
    return made;
}

static size_t elements(const char *shape) {
    size_t n = 1;
    for (const char *at = shape + 1; *(at = skip_space(at)) != ']'; at = skip_value(at)) {
        if (*at == ',') at = skip_space(at + 1);
        n *= strtoull(at, NULL, 10);
    }
    return n;
}

/* Decodes base64; returns the number of bytes. */
static size_t decode(const char *text, unsigned char *to) {
    static signed char values[256];
    if (!values['B'])
        for (int i = 0; i < 64; i++) values[(unsigned char)DIGITS[i]] = (signed char)i;
    size_t size = 0;
    uint32_t bits = 0;
    for (size_t i = 0; text[i] != '=' && text[i] != '"'; i++) {
        bits = bits << 6 | (uint32_t)values[(unsigned char)text[i]];
        if (i % 4 > 0) to[size++] = (unsigned char)(bits >> (6 - i % 4 * 2));
    }
    return size;
}

/* A tile is repeated until the tensor is full. */
static Tensor decoded(const char *tensor) {
    if (!tensor) return (Tensor){0, NULL, 0, NULL};
    const char *dtype = member(tensor, "dtype"), *tile = member(tensor, "tile");
    const char *text = (tile ? tile : member(tensor, "data")) + 1;
    int width = is_string(dtype, "float64") ? 8 : is_string(dtype, "float32") ? 4 : 1;
    Tensor made = {width, member(tensor, "shape"), 0, NULL};
    made.size = elements(made.shape) * (size_t)width;
    size_t length = strcspn(text, "\"");
    char *data = made.data = memory(made.size > length ? made.size : length);
    for (size_t from = 0, filled = decode(text, made.data); filled < made.size; filled++) data[filled] = data[from++];
    return made;
}

static void print_bytes(const unsigned char *data, size_t size) {
    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t bits = (uint32_t)data[i] << 16 | (left > 1 ? data[i + 1] << 8 : 0) | (left > 2 ? data[i + 2] : 0);
        char four[] = {DIGITS[bits >> 18], DIGITS[bits >> 12 & 63], left > 1 ? DIGITS[bits >> 6 & 63] : '=',
                       left > 2 ? DIGITS[bits & 63] : '='};
        fwrite(four, 1, 4, stdout);
    }
}

static void print_tensor(const char *name, Tensor tensor) {
    const char *dtype = tensor.width == 8 ? "float64" : tensor.width == 4 ? "float32" : "bool";
    int shape = (int)(strchr(tensor.shape, ']') + 1 - tensor.shape);
    printf(",\"%s\":{\"dtype\":\"%s\",\"shape\":%.*s,\"data\":\"", name, dtype, shape, tensor.shape);
    print_bytes(tensor.data, tensor.size);
    printf("\"}");
}

/* One bit an element, the lowest bit of a byte first, set where the element is not zero. */
static void print_kept(Tensor tensor) {
    size_t n = tensor.size / tensor.width;
    unsigned char *kept = memory(n / 8 + 1);
    memset(kept, 0, n / 8 + 1);
    for (size_t i = 0; i < n; i++) {
        double x = tensor.width == 8 ? ((double *)tensor.data)[i] : ((float *)tensor.data)[i];
        if (x != 0) kept[i / 8] |= (unsigned char)(1 << i % 8); /* NaN is not zero */
    }
    printf(",\"kept\":\"");
    print_bytes(kept, (n + 7) / 8);
    putchar('"');
    free(kept);
}

static void drop(Tensor tensor, const unsigned char *kept, double rate) {
    if (tensor.width == 8) drop_double(tensor.data, kept, tensor.size / 8, rate);
    if (tensor.width == 4) drop_float(tensor.data, kept, tensor.size / 4, rate);
}

/* ---- The conversation. ---- */

static const char HELLO[] = "{\"id\":0,\"protocol\":\"1.1\",\"implementation\":{\"name\":\"plain C example\",\"version\":\"1\","
                            "\"language\":\"C\"},\"operations\":[\"dropout\"],\"dtypes\":[\"float32\",\"float64\"],"
                            "\"capabilities\":[\"backward\",\"seed\",\"mask_output\",\"mask_input\","
                            "\"tiled_input\",\"kept_bits\"]}";

static void dropout(const char *request) {
    double rate = number(member(request, "rate"));
    if (!is_rate(rate)) {
        printf(",\"error\":{\"type\":\"invalid_argument\",\"message\":\"rate (%g) must be in [0, 1]\"}", rate);
        return;
    }
    if (member(request, "seed")) seed_generator((uint64_t)number(member(request, "seed")));
    Tensor x = decoded(member(request, "input")), gradient = decoded(member(request, "grad_output"));
    Tensor mask = decoded(member(request, "mask"));
    int bits_alone = is_string(member(request, "reply"), "kept");
    if (*member(request, "training") == 't') {
        size_t n = x.size / x.width;
        if (!mask.data) {
            mask = (Tensor){1, x.shape, n, memory(n)};
            draw_mask(mask.data, n, rate);
        }
        if (rate == 1) memset(mask.data, 0, n); /* nothing is kept, even where a given mask keeps */
        drop(x, mask.data, rate);
        drop(gradient, mask.data, rate);
        if (!bits_alone) print_tensor("mask", mask);
    }
    if (bits_alone)
        print_kept(x);
    else
        print_tensor("output", x);
    if (gradient.data) print_tensor("grad_input", gradient);
    free(x.data);
    free(gradient.data);
    free(mask.data);
}

/* The next line without its end, or NULL at the end of input. */
static char *read_line(void) {
    size_t length = 0, room = 1 << 16;
    char *line = memory(room);
    for (int c; (c = getchar()) != EOF; line[length++] = (char)c) {
        if (c == '\n') {
            line[length] = 0;
            return line;
        }
        if (length == room && !(line = realloc(line, (room *= 2) + 3))) exit(1);
    }
    free(line);
    return NULL;
}

int main(void) {
    seed_generator((uint64_t)time(NULL) ^ (uint64_t)(uintptr_t)&state);
    for (char *request; (request = read_line()); free(request)) {
        if (is_string(member(request, "op"), "hello")) {
            printf("%s\n", HELLO);
        } else {
            printf("{\"id\":%.0f", number(member(request, "id")));
            if (is_string(member(request, "op"), "dropout"))
                dropout(request);
            else
                printf(",\"error\":{\"type\":\"unsupported\",\"message\":\"another operation\"}");
            printf("}\n");
        }
        fflush(stdout);
    }
    return 0;
}
