/*
 * Loaded into a program with LD_PRELOAD: remembers, of every file below $CRASH_ROOT, what a power cut would take back. Before each write
 * it keeps the bytes that are about to be replaced; a sync of the file lets them go; of names (made, renamed, removed) it keeps how to
 * undo them until their folder is synced. What it keeps lies in $CRASH_JOURNAL, on the same file system, and outlives a SIGKILL:
 *
 *   w-<inode>   writes since the last sync: {offset, size before, bytes kept} as 3 x u64, then the bytes; the newest last
 *   c-<inode>   the file was made and never synced since
 *   names       one line an act on names, tabs between: C made, M folder made, U removed, R renamed, D folder removed,
 *               F first sync of a made file, S sync of a folder
 *   k-…         a second name of what was removed or replaced
 *   control     a failpoint, set by the test while the program runs (struct failpoint)
 *
 * System calls are made directly: nothing here may come back to itself. Not seen: writes through mmap, and those of stdio.
 */
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { ON_WRITE = 1, ON_SYNC = 2, ON_TRUNCATE = 4, ON_NAME = 8 };
enum { ACT_FAIL = 1, ACT_KILL_BEFORE, ACT_KILL_AFTER, ACT_HALF_FAIL, ACT_HALF_KILL, ACT_LIE };

/* Set by the test, counted here. `countdown` 1 = the next one; `sticky` = that one and all after it. */
struct failpoint {
  uint32_t on, action, error;
  int32_t countdown;
  uint32_t sticky, fired, seen;
};

typedef struct {
  uint64_t inode, size;
  char path[PATH_MAX];
} File;

static char root[PATH_MAX], journal[PATH_MAX - 64];
static struct failpoint *control;
static pthread_mutex_t locks[64];
static unsigned long kept_names;

static int sys_open(const char *path, int flags) { return syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600); }
static void sys_close(int fd) { syscall(SYS_close, fd); }
static pthread_mutex_t *lock_of(const File *file) { return &locks[file->inode % 64]; }

__attribute__((constructor)) static void start(void) {
  const char *wanted = getenv("CRASH_ROOT"), *kept = getenv("CRASH_JOURNAL");
  for (int i = 0; i < 64; i += 1) pthread_mutex_init(&locks[i], NULL);
  if (!wanted || !kept || strlen(kept) >= sizeof journal || !realpath(wanted, root)) return;
  strcpy(journal, kept);
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/control", journal);
  int fd = sys_open(path, O_RDWR);
  if (fd < 0) return;
  void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (shared != MAP_FAILED) control = shared;
  sys_close(fd);
}

static int is_below(const char *path) {
  size_t length = strlen(root);
  return length > 0 && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* Says what lies behind a descriptor when it is below the root and of that type. */
static int file_of(int fd, mode_t type, File *file) {
  struct stat found;
  if (root[0] == 0 || fstat(fd, &found) != 0 || (found.st_mode & S_IFMT) != type) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, file->path, sizeof file->path - 1);
  if (length <= 0) return 0;
  file->path[length] = 0;
  file->inode = found.st_ino;
  file->size = found.st_size;
  return is_below(file->path);
}

/* Writes the absolute path of a name into `out`; says whether it is below the root. */
static int name_of(int folder, const char *path, char *out) {
  char base[PATH_MAX] = "", link[64];
  if (root[0] == 0) return 0;
  if (path[0] != '/') {
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 2);
    if (length <= 0) return 0;
    strcpy(base + length, "/");
  }
  return snprintf(out, PATH_MAX, "%s%s", base, path) < PATH_MAX && is_below(out);
}

static void mark_path(char *out, char mark, uint64_t inode) {
  snprintf(out, PATH_MAX, "%s/%c-%llu", journal, mark, (unsigned long long)inode);
}

static int remove_mark(char mark, uint64_t inode) {
  char path[PATH_MAX];
  mark_path(path, mark, inode);
  return syscall(SYS_unlinkat, AT_FDCWD, path, 0) == 0;
}

static void append(const char *path, const void *bytes, size_t length) {
  int fd = sys_open(path, O_WRONLY | O_CREAT | O_APPEND);
  if (fd < 0 || syscall(SYS_write, fd, bytes, length) != (ssize_t)length) abort();
  sys_close(fd);
}

static void note_name(char act, const char *path, const char *other, const char *kept) {
  char line[3 * PATH_MAX], names[PATH_MAX];
  int length = snprintf(line, sizeof line, "%c\t%s\t%s\t%s\n", act, path, other, kept);
  snprintf(names, sizeof names, "%s/names", journal);
  append(names, line, length);
}

/* Keeps what [offset, end) holds now, before it is replaced or cut off. */
static void keep(int fd, const File *file, uint64_t offset, uint64_t end) {
  uint64_t upto = end < file->size ? end : file->size, kept = offset < upto ? upto - offset : 0;
  char link[64], path[PATH_MAX];
  uint64_t *record = malloc(3 * sizeof *record + kept);
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  record[0] = offset, record[1] = file->size, record[2] = kept;
  if (kept > 0) {
    int reading = sys_open(link, O_RDONLY);
    if (reading < 0 || syscall(SYS_pread64, reading, record + 3, kept, offset) != (ssize_t)kept) abort();
    sys_close(reading);
  }
  mark_path(path, 'w', file->inode);
  append(path, record, 3 * sizeof *record + kept);
  free(record);
}

/* Returns the action of the failpoint if it is this very act that it waits for. Acts of programs without a control never fail. */
static uint32_t meet(uint32_t act) {
  if (!control || !(__atomic_load_n(&control->on, __ATOMIC_SEQ_CST) & act)) return 0;
  __atomic_add_fetch(&control->seen, 1, __ATOMIC_SEQ_CST);
  int32_t left = __atomic_sub_fetch(&control->countdown, 1, __ATOMIC_SEQ_CST);
  if (left > 0 || (left < 0 && !control->sticky)) return 0;
  __atomic_add_fetch(&control->fired, 1, __ATOMIC_SEQ_CST);
  if (control->action == ACT_KILL_BEFORE) syscall(SYS_kill, getpid(), SIGKILL);
  return control->action;
}

static int refuse(void) {
  errno = (int)control->error;
  return -1;
}

static void die_if(uint32_t action, uint32_t wanted) {
  if (action == wanted) syscall(SYS_kill, getpid(), SIGKILL);
}

ssize_t write_at(int fd, const void *bytes, size_t length, off_t offset, int is_placed) {
  File file;
  if (!file_of(fd, S_IFREG, &file))
    return is_placed ? syscall(SYS_pwrite64, fd, bytes, length, offset) : syscall(SYS_write, fd, bytes, length);
  pthread_mutex_lock(lock_of(&file));
  file_of(fd, S_IFREG, &file);
  int flags = syscall(SYS_fcntl, fd, F_GETFL);
  uint64_t from = flags & O_APPEND ? file.size : is_placed ? (uint64_t)offset : (uint64_t)lseek(fd, 0, SEEK_CUR);
  uint32_t action = meet(ON_WRITE);
  if (action == ACT_HALF_FAIL || action == ACT_HALF_KILL) length /= 2;
  ssize_t written = -1;
  if (action == ACT_FAIL) refuse();
  else {
    if (!(flags & O_DSYNC)) keep(fd, &file, from, from + length);
    written = is_placed ? syscall(SYS_pwrite64, fd, bytes, length, offset) : syscall(SYS_write, fd, bytes, length);
    die_if(action, ACT_KILL_AFTER);
    die_if(action, ACT_HALF_KILL);
    if (action == ACT_HALF_FAIL) written = refuse();
  }
  pthread_mutex_unlock(lock_of(&file));
  return written;
}

ssize_t write_parts(int fd, const struct iovec *parts, int count, off_t offset, int is_placed) {
  ssize_t sum = 0;
  for (int i = 0; i < count; i += 1) {
    ssize_t written = write_at(fd, parts[i].iov_base, parts[i].iov_len, offset + sum, is_placed);
    if (written < 0) return sum > 0 ? sum : -1;
    sum += written;
    if ((size_t)written < parts[i].iov_len) break;
  }
  return sum;
}

int is_file(int fd) {
  File file;
  return file_of(fd, S_IFREG, &file);
}

int sync_with(int fd, long call) {
  File file;
  if (file_of(fd, S_IFDIR, &file)) {
    int done = syscall(call, fd);
    if (done == 0) note_name('S', file.path, "", "");
    return done;
  }
  if (!file_of(fd, S_IFREG, &file)) return syscall(call, fd);
  pthread_mutex_lock(lock_of(&file));
  uint32_t action = meet(ON_SYNC);
  int done = action == ACT_FAIL ? refuse() : action == ACT_LIE ? 0 : syscall(call, fd);
  if (done == 0 && action != ACT_LIE) {
    remove_mark('w', file.inode);
    if (remove_mark('c', file.inode)) note_name('F', file.path, "", "");
  }
  die_if(action, ACT_KILL_AFTER);
  pthread_mutex_unlock(lock_of(&file));
  return done;
}

int resize(int fd, off_t size) {
  File file;
  if (!file_of(fd, S_IFREG, &file)) return syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(lock_of(&file));
  uint32_t action = meet(ON_TRUNCATE);
  int done = -1;
  if (action == ACT_FAIL) refuse();
  else {
    keep(fd, &file, size, file.size);
    done = syscall(SYS_ftruncate, fd, size);
    die_if(action, ACT_KILL_AFTER);
  }
  pthread_mutex_unlock(lock_of(&file));
  return done;
}

int reserve(int fd, int mode, off_t offset, off_t length) {
  File file;
  if (file_of(fd, S_IFREG, &file)) keep(fd, &file, offset, offset + length);
  return syscall(SYS_fallocate, fd, mode, offset, length);
}

int open_at(int folder, const char *path, int flags, mode_t mode) {
  char name[PATH_MAX];
  struct stat before;
  int is_ours = (flags & (O_CREAT | O_TRUNC)) && name_of(folder, path, name);
  int is_new = is_ours && stat(name, &before) != 0;
  if (is_new && meet(ON_NAME) == ACT_FAIL) return refuse();
  if (is_ours && !is_new && (flags & O_TRUNC) && S_ISREG(before.st_mode)) {
    int fd = sys_open(name, O_RDWR);
    if (fd >= 0) resize(fd, 0), sys_close(fd);
  }
  int fd = syscall(SYS_openat, folder, path, flags, mode);
  File file;
  if (fd < 0 || !is_new || !file_of(fd, S_IFREG, &file)) return fd;
  char mark[PATH_MAX];
  remove_mark('w', file.inode);
  mark_path(mark, 'c', file.inode);
  append(mark, "", 0);
  note_name('C', file.path, "", "");
  return fd;
}

/* Gives what a name stands for a second name; returns that, or nothing where there is no file. */
static const char *keep_name(const char *name, char *kept) {
  unsigned long number = __atomic_add_fetch(&kept_names, 1, __ATOMIC_SEQ_CST);
  snprintf(kept, PATH_MAX, "%s/k-%d-%lu", journal, getpid(), number);
  return syscall(SYS_linkat, AT_FDCWD, name, AT_FDCWD, kept, 0) == 0 ? kept : "";
}

int remove_name(int folder, const char *path, int flags) {
  char name[PATH_MAX], kept[PATH_MAX];
  if (!name_of(folder, path, name)) return syscall(SYS_unlinkat, folder, path, flags);
  if (meet(ON_NAME) == ACT_FAIL) return refuse();
  const char *second = flags & AT_REMOVEDIR ? "" : keep_name(name, kept);
  int done = syscall(SYS_unlinkat, folder, path, flags);
  if (done == 0) note_name(flags & AT_REMOVEDIR ? 'D' : 'U', name, "", second);
  else if (second[0]) syscall(SYS_unlinkat, AT_FDCWD, second, 0);
  return done;
}

int move_name(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  char source[PATH_MAX], target[PATH_MAX], kept[PATH_MAX];
  if (!name_of(from_folder, from, source) || !name_of(to_folder, to, target))
    return syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  const char *second = keep_name(target, kept);
  int done = syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
  if (done == 0) note_name('R', target, source, second);
  return done;
}

int make_folder(int folder, const char *path, mode_t mode) {
  char name[PATH_MAX];
  int done = syscall(SYS_mkdirat, folder, path, mode);
  if (done == 0 && name_of(folder, path, name)) note_name('M', name, "", "");
  return done;
}
