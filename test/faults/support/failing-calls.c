/*
 * Loaded before the C library (LD_PRELOAD): lets calls to the system fail, come short or take long. Counts only what concerns
 * files below SLIPWAY_FAILING_UNDER. The plan is a file, SLIPWAY_FAILING_PLAN, shared with the test that writes it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { SYNC = 1, WRITE = 2, CHANGE = 4 };

/* As `failing-calls.ts` writes it. */
struct plan {
  int32_t kinds;    /* which calls count */
  int32_t first;    /* number of the first one that is hit, from 1 */
  int32_t many;     /* how many are hit */
  int32_t error;    /* errno of a call that is hit; 0: it is done after all */
  int32_t delay_ms; /* before a call that is hit */
  int32_t is_short; /* half of a write is done, and said to be */
  int32_t seen;     /* counted so far */
};

static volatile struct plan *plan;
static const char *under;

__attribute__((constructor)) static void load(void) {
  const char *path = getenv("SLIPWAY_FAILING_PLAN");
  under = getenv("SLIPWAY_FAILING_UNDER");
  if (path == NULL || under == NULL) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void *shared = mmap(NULL, sizeof(struct plan), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (shared != MAP_FAILED) plan = shared;
}

static int is_ours(const char *path) { return path != NULL && strncmp(path, under, strlen(under)) == 0; }

static int is_our_file(int file) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

/* Whether this call is hit; the delay is over then. */
static int is_hit(int kinds) {
  if ((plan->kinds & kinds) == 0) return 0;
  int32_t number = __atomic_add_fetch(&plan->seen, 1, __ATOMIC_SEQ_CST);
  if (number < plan->first || number - plan->first >= plan->many) return 0;
  struct timespec delay = {plan->delay_ms / 1000, plan->delay_ms % 1000 * 1000000L};
  if (plan->delay_ms > 0) nanosleep(&delay, NULL);
  return 1;
}

static int fails(int kinds) {
  if (!is_hit(kinds) || plan->error == 0) return 0;
  errno = plan->error;
  return 1;
}

#define REAL(result, name, ...)                                                                                        \
  static result (*real)(__VA_ARGS__);                                                                                  \
  if (real == NULL) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define OF_FILE(name, kinds)                                                                                           \
  int name(int file) {                                                                                                 \
    REAL(int, #name, int);                                                                                             \
    return plan != NULL && is_our_file(file) && fails(kinds) ? -1 : real(file);                                        \
  }
OF_FILE(fsync, SYNC)
OF_FILE(fdatasync, SYNC)

/* How much of a write is to be done; below 0: nothing, it fails. */
static ssize_t allowed(int file, size_t size) {
  if (plan == NULL || !is_our_file(file) || !is_hit(WRITE | CHANGE)) return (ssize_t)size;
  if (plan->is_short && size > 1) return (ssize_t)(size / 2);
  if (plan->error == 0) return (ssize_t)size;
  errno = plan->error;
  return -1;
}

ssize_t write(int file, const void *bytes, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  ssize_t now = allowed(file, size);
  return now < 0 ? -1 : real(file, bytes, (size_t)now);
}

#define AT_PLACE(name, offset)                                                                                         \
  ssize_t name(int file, const void *bytes, size_t size, offset at) {                                                  \
    REAL(ssize_t, #name, int, const void *, size_t, offset);                                                           \
    ssize_t now = allowed(file, size);                                                                                 \
    return now < 0 ? -1 : real(file, bytes, (size_t)now, at);                                                          \
  }
AT_PLACE(pwrite, off_t)
AT_PLACE(pwrite64, off64_t)

#define OF_PATH(name)                                                                                                  \
  int name(const char *path) {                                                                                         \
    REAL(int, #name, const char *);                                                                                    \
    return plan != NULL && is_ours(path) && fails(CHANGE) ? -1 : real(path);                                           \
  }
OF_PATH(unlink)
OF_PATH(rmdir)

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  return plan != NULL && is_ours(path) && fails(CHANGE) ? -1 : real(path, mode);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  return plan != NULL && is_ours(to) && fails(CHANGE) ? -1 : real(from, to);
}

#define OPEN(name)                                                                                                     \
  int name(const char *path, int flags, ...) {                                                                         \
    REAL(int, #name, const char *, int, ...);                                                                          \
    va_list rest;                                                                                                      \
    va_start(rest, flags);                                                                                             \
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, int) : 0;                                                \
    va_end(rest);                                                                                                      \
    int changes = (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;                                              \
    return plan != NULL && changes && is_ours(path) && fails(CHANGE) ? -1 : real(path, flags, mode);                   \
  }
OPEN(open)
OPEN(open64)
