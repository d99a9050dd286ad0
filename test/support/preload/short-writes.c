// Preloaded into a listener: of the writes to a recording, some take only a part of the bytes, and leave others time to write
// in between.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static int is_recording(int fd) {
  char link[64], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 7) return 0;
  name[length] = 0;
  return strcmp(name + length - 7, ".ndjson") == 0;
}

// Every tenth write by default; SHORT_WRITES gives another share.
static int is_short(void) {
  static unsigned seed;
  if (seed == 0) seed = (unsigned)getpid();
  const char *share = getenv("SHORT_WRITES");
  return rand_r(&seed) % (unsigned)(share ? atoi(share) : 10) == 0;
}

static void leave_room(void) {
  struct timespec pause = {0, 1000000};
  nanosleep(&pause, NULL);
}

typedef ssize_t (*write_call)(int, const void *, size_t);

ssize_t write(int fd, const void *bytes, size_t length) {
  write_call real = (write_call)dlsym(RTLD_NEXT, "write");
  if (length < 2 || !is_recording(fd) || !is_short()) return real(fd, bytes, length);
  ssize_t taken = real(fd, bytes, length / 2);
  leave_room();
  return taken;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  ssize_t (*real)(int, const struct iovec *, int) = (ssize_t (*)(int, const struct iovec *, int))dlsym(RTLD_NEXT, "writev");
  if (count < 1 || parts[0].iov_len < 2 || !is_recording(fd) || !is_short()) return real(fd, parts, count);
  // The first part, and of the last one that is taken only a half.
  struct iovec some[2] = {parts[0], parts[count > 1 ? 1 : 0]};
  int taken = count > 1 ? 2 : 1;
  some[taken - 1].iov_len /= 2;
  ssize_t result = real(fd, some, taken);
  leave_room();
  return result;
}
