/* A disk that fails at the n-th call, for LD_PRELOAD: nothing in the product knows of it.
 *
 * Counts every call that changes a file below one folder: write, fsync, truncate, rename, unlink
 * and opening for writing. At the n-th (and, if `forever`, at all that follow) the call fails with
 * an error number, or the process dies before, after or in the middle of it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DIE_BEFORE = -1, DIE_AFTER = -2, DIE_AMID = -3 };

static char folder[PATH_MAX];
static long at, seen;
static int what, forever;

void disk_break(const char *path, long n, int how, int from_then_on) {
    strncpy(folder, path, sizeof folder - 1);
    at = n, what = how, forever = from_then_on, seen = 0;
}

long disk_calls(void) { return seen; }

static void die(void) { syscall(SYS_kill, getpid(), SIGKILL); }

static int hit(const char *call, const char *path) {
    if (!folder[0] || strncmp(path, folder, strlen(folder)))
        return 0;
    long n = __sync_add_and_fetch(&seen, 1);
    if (!at || n < at || (n > at && !forever))
        return 0;
    if (n == at)
        dprintf(2, "disk: %s %s\n", call, path + strlen(folder));
    if (what == DIE_BEFORE)
        die();
    return 1;
}

static int hit_fd(const char *call, int fd) {
    char link[40], path[PATH_MAX];
    int kept = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    errno = kept;
    if (size < 0)
        return 0;
    path[size] = 0;
    return hit(call, path);
}

#define REAL(type, name, ...)                                                                      \
    static type (*real)(__VA_ARGS__);                                                              \
    if (!real)                                                                                     \
        real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);

#define BREAK(is_hit, call)                                                                        \
    if (is_hit) {                                                                                  \
        if (what > 0) {                                                                            \
            errno = what;                                                                          \
            return -1;                                                                             \
        }                                                                                          \
        (void)!(call);                                                                             \
        die();                                                                                     \
    }

#define AMID(size) (what == DIE_AMID ? (size) / 2 : (size))

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t)
    BREAK(hit_fd("write", fd), real(fd, data, AMID(size)))
    return real(fd, data, size);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int)
    BREAK(hit_fd("write", fd), real(fd, parts, count))
    return real(fd, parts, count);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)
    BREAK(hit_fd("write", fd), real(fd, data, AMID(size), place))
    return real(fd, data, size, place);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)
    BREAK(hit_fd("write", fd), real(fd, data, AMID(size), place))
    return real(fd, data, size, place);
}

int fsync(int fd) {
    REAL(int, "fsync", int)
    BREAK(hit_fd("fsync", fd), real(fd))
    return real(fd);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int)
    BREAK(hit_fd("fsync", fd), real(fd))
    return real(fd);
}

int ftruncate(int fd, off_t size) {
    REAL(int, "ftruncate", int, off_t)
    BREAK(hit_fd("truncate", fd), real(fd, size))
    return real(fd, size);
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t)
    BREAK(hit_fd("truncate", fd), real(fd, size))
    return real(fd, size);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *)
    BREAK(hit("rename", to), real(from, to))
    return real(from, to);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *)
    BREAK(hit("unlink", path), real(path))
    return real(path);
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...) {                                                   \
        REAL(int, #name, const char *, int, mode_t)                                                \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(rest, mode_t) : 0;                \
        va_end(rest);                                                                              \
        int writes = flags & (O_WRONLY | O_RDWR | O_CREAT);                                        \
        BREAK(writes && hit("open", path), real(path, flags, mode))                                \
        return real(path, flags, mode);                                                            \
    }

OPEN(open)
OPEN(open64)
