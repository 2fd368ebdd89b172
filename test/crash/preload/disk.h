/* What the hooks call. Each does what the call of the same sense does, remembers what a power cut would undo, and fails where told to. */
#define _GNU_SOURCE
#include <sys/types.h>
#include <sys/uio.h>

#pragma GCC visibility push(hidden)
ssize_t write_at(int fd, const void *bytes, size_t length, off_t offset, int is_placed);
ssize_t write_parts(int fd, const struct iovec *parts, int count, off_t offset, int is_placed);
/* Says whether a regular file below the root lies behind a descriptor. */
int is_file(int fd);
/* `call` is SYS_fsync or SYS_fdatasync. */
int sync_with(int fd, long call);
int resize(int fd, off_t size);
int reserve(int fd, int mode, off_t offset, off_t length);
int open_at(int folder, const char *path, int flags, mode_t mode);
int remove_name(int folder, const char *path, int flags);
int move_name(int from_folder, const char *from, int to_folder, const char *to, unsigned flags);
int make_folder(int folder, const char *path, mode_t mode);
#pragma GCC visibility pop
